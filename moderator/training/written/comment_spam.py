"""Spam below videos: begging for views, adverts, money stories, chain messages. Names, sites and sums are invented."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

# What remarks below videos have in common, harmless or not: comment_talk.py draws from it too.
VIDEO = {
    "artist": choices("""Lumi Harte | Ray Okonda | The Paper Tigers | Nova Quill | Kid Marrow | DJ Halden | Sister Bloom | Los Faros | Vee Castell | Oak & Ember
        MC Tallis | Juno Park | the Velvet Engines | Mara Sol"""),
    "song": choices("""this song | this track | the new single | this video | this clip | that chorus | the live version | the remix | this cover | the whole album"""),
    "praise": choices("""I love {song} | {song} is so good | {song} never gets old | best thing {artist} ever made | {song} gives me chills
        {artist} is a legend | what a voice | {song} is stuck in my head | wow, {song} | can't stop playing {song}"""),
    "views": choices("1 million | 2 billion | 800k | 40 million | 500 million | 3,000 | 99k | 1.2 billion | 10 million"),
    "year": choices("2014 | 2016 | 2018 | 2019 | 2021 | 2023 | 2024 | 2025 | 2026"),
    "few": choices("2 | 3 | 5 | 7 | 10 | 12 | 15 | 20 | 30"),
    "many": choices("50 | 100 | 200 | 300 | 500 | 1000 | 1,500 | 2k | 5k | 10k"),
    "mark": choices("! | !! | !!! | :) | lol | ❤ | <3 | xD | 🔥 | . | - | - | - | -"),
    "hey": choices("hey guys, | hi everyone, | hello, | yo, | guys, | ok people, | - | - | - | -"),
}

SLOTS = VIDEO | {
    "link": choices("http | http | http | tunehub.example | @user | mixpond.example/new | http | clipnest.example"),
    "craft": choices("""rap | beats | acoustic covers | remixes | gaming videos | comedy sketches | dance videos | piano versions | beatbox | metal covers
        short films | drum covers | makeup videos | football clips | parodies | travel vlogs | songs in my bedroom"""),
    "who": choices("""I'm {age} and I sing | I'm a producer from a small town | it's me and my brother | we are a small band | I'm a new rapper | we are two friends from school
        I'm a student with a cheap camera | my cousin sings and I play | we are a little crew | I'm an independent artist"""),
    "age": choices("18 | 19 | 20 | 22 | 24 | 27 | 31"),
    "beg": choices("""one click means everything to me | I only have {few} subscribers | I just want one chance to be heard | you have nothing to lose
        help me get to {many} subs | it only takes {few} seconds | tell me what you think | I answer every comment | thumbs this up so people see it
        I know these comments are annoying but how else do I start | dreams come true with your help | I'll sub back, promise"""),
    "where": choices("""click on my name | my channel | {link} | link on my page | search my name | just tap my picture | the first video on my channel"""),
    "sum": choices("$90 | $150 | $300 | $450 | $2,000 | $3,400 | $7,000 | £200 | €500"),
    "kin": choices("my aunt | my roommate | my sister in law | a friend of mine | my neighbour's son | my classmate | my step-mom | my uncle"),
    "work": choices("""working from home | answering surveys | with a laptop and an hour a day | clicking adverts | with this one website | watching videos | with an app on a phone"""),
    "goods": choices("""cheap sneakers | phone unlocking | band shirts | free movies | ringtones of {song} | weight loss drops | followers and views | gold chains
        concert tickets | free mp3 downloads | essays written for you | energy drinks | headphones"""),
    "game": choices("Clash of Farms | Star Miners | Block Kingdom | Racer City | Dragon Pets | Goal Manager | Puzzle Island"),
    "coins": choices("gems | coins | gold | diamonds | skins | points | credits"),
    "contest": choices("the school band contest | Talent Night | the next big voice | the city cover contest | Best New DJ | the dance battle | the photo contest | the cutest pet page"),
    "wish": choices("your wish will come true | you will be kissed on Friday | someone will call you | you'll have good luck for {few} years | you will get the best day of your life"),
    "doom": choices("you will have {few} years of bad luck | your mother will fall ill | she will stand at your bed tonight | nobody will ever love you | your day goes wrong"),
}


def _spam(name: str, templates: str, *, rows: int, kept_back: bool = False) -> Family:
    return Family(f"comment_spam/{name}", lines(templates), SLOTS, frozenset({Label.SPAM}), rows=rows, kept_back=kept_back)


FAMILIES = (
    _spam("own_music", """
        {praise} {mark} now please listen to my {craft}, {beg}
        {who}, {hey} we make {craft}. {beg}: {where}
        {praise}, but if you want something fresh, check my {craft}: {where} {mark}
        {hey} {who} and we just uploaded our first video. {beg}
        my version of {song} is up, {where} {mark}
        if {artist} has {views} views why can't I get {many}? {where}, {beg}
        {who}. I know you came for {artist} and will scroll past. But if you stop for {few} seconds and look at my {craft}, {beg}. {where}
        fans of {artist} will like my {craft} {link}
        {link} {craft}, {beg} {mark}
        please {subscribe to me|check me out|give my page a look|look at my channel|visit my channel}, {beg}
        {hey} new {craft} every {day|Friday|week|weekend}, subscribe {mark}
        anyone who likes {artist}: {who}, {beg}. {where}
        you won't believe that I made {craft} better than {song}, {where}
        check out my {craft} on {link} {mark}
        I've been making {craft} since {year} and nobody watches. {beg}
        CHECK OUT MY {craft} {mark} {beg}
    """, rows=280),
    _spam("trading_and_begging", """
        subscribe to me and I subscribe to you {mark}
        {hey} can we get {many} likes on this comment? {beg}
        smash like on this and then on everything on my page, {where} {mark}
        who subs to me in the next {few} minutes gets a shoutout {mark}
        everyone who likes this comment will get a sub from me {mark}
        I bet I can't get {many} subscribers without a single video {mark} {beg}
        {hey} I need {many} followers before {Friday|Sunday|my birthday|New Year}, I follow back within the hour
        {praise} {mark} also follow me on insta @user, I follow back
        my dad said he'd buy me a {camera|puppy|guitar|bike} if I reach {many} subs, {beg}
        {few} people sub to me = I sub to {few} people, comment done
        please like, please share, please subscribe, {beg} {mark}
        let's help each other grow, sub to my channel and reply "done" {mark}
        if this comment gets {many} thumbs up I will post a new video, so press it {mark} {where}
        return every follow, every like, every view {mark} {where}
        {hey} add me, like my page, I like yours, {link}
    """, rows=230),
    _spam("money_story", """
        I make {sum} a day {work}, look: {link}
        {kin} just paid for a {car|house|boat|truck} by {working from home|clicking adverts|answering surveys}. see how at {link}
        {praise}. btw I earned {sum} this week {work}, {where}
        stop wasting time on videos and earn {sum} {work} {mark} {link}
        {kin} laughed when I said you can earn {work}. Last month I got {sum}. No tricks, no fee, just sign up with my link: {link}
        get paid {sum} {work}, use my code {many} when you join {link}
        I was {broke|jobless|in debt} until {kin} showed me {link}, now it's {sum} every week {mark}
        anyone want to make {sum} {work}? {hey} message me
        I didn't think it was real, then {sum} was on my card {mark} {link}
        {few} spots left in my team, earn {sum} {work}, {where}
        do you have a phone? then you can make {sum} {work} {mark}
        the bank called because {kin} deposited {sum} from {link} {mark}
    """, rows=190),
    _spam("advert", """
        get {goods} at {link} {mark}
        {praise} {mark} and for {goods} go to {link}
        {goods}, best price on the net, {link}
        {hey} I found a site with {goods}, no sign-up: {link}
        download {song} free here {link} {mark}
        watch the full movie in HD without registration {link}
        tired of slow sites? {goods} at {link}, {many} happy users {mark}
        {artist} uses {goods} from {link}, so should you {mark}
        {many} views for {few} dollars, real people, safe, {link}
        like our page for {goods} {link} {mark}
        we sell {goods}, worldwide shipping, message us {link}
        {hey} our community of {many} fans of {artist} has moved: join {link} and get {goods} free {mark}
        I lost {few} kilos in {few} days thanks to {link} {mark}
        {link} {link} {goods} {mark}
    """, rows=220),
    _spam("chain", """
        post this on {few} videos or {doom}
        sorry, I have to do this. A girl read this and didn't pass it on. Now you have to copy it to {few} comments or {doom} {mark}
        copy and paste this {few} times, then press F{few}, and {wish}
        don't stop reading. {wish}, but only if you send this to {few} people within the hour
        now that you have started reading this you can't stop. put it under {few} other videos tonight or {doom}
        {praise}. Repost this to {few} songs and {wish} {mark}
        if you ignore this comment {doom}. if you copy it {wish}
        put this on {few} pages in {few} minutes and {wish} {mark} it really works
        say the name of your crush {few} times, paste this under {few} videos and {wish}
        {kin} did not pass this on and it happened: {doom}. You have been warned, paste it {few} times
        send this to everyone in your list, {this site|the app|the chat} will start charging unless {many} people copy it
        like and repost or {doom}, sorry guys
    """, rows=180),
    _spam("votes_and_coins", """
        please vote for {me|us|my sister|our band} in {contest}, {link}
        {hey} I'm number {few} in {contest}, a vote takes {few} seconds: {link}
        get {many} {coins} in {game} with code {few}{few}A {mark}
        free {coins} for {game}, works in {year}: {link}
        use my invite code {many} in {game}, we both get {coins} {mark}
        {praise} {mark} but vote for my friends in {contest} {link}
        I got {many} {coins} in {game} in {few} minutes, no survey, {link}
        we are only {few} votes behind in {contest}, everybody click {link} and share it
        install {TapCash|AppCoinz|PlayPoints} and put code {many} to get {coins}, legit {mark}
        help me win {contest}, you can vote every day {mark} {link}
        {hey} {game} hack, unlimited {coins}, {where}
        enter {few}{few}X in the app for free {coins}, I need the referrals {mark}
    """, rows=170, kept_back=True),
)
