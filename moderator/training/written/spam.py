"""Spam: what is sent to many for the sender's gain. Names, numbers and shops are invented."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SPAM = frozenset({Label.SPAM})

SLOTS = {"url": choices("http | http | http | bit-win24 dot com | our site: http | the link http | dealzone247.example"),
    "go": choices("""Click here: {url} | Visit {url} | Tap {url} | Go to {url} now | Open {url} today | Details: {url}
        Link in bio | Link in my profile | Follow the link {url} | Just go to {url} | More at {url} | Order at {url}"""),
    "hurry": choices("""Hurry! | Act now! | Offer ends tonight. | Only {n} left! | Don't miss out! | Limited time only. | Today only!
        Last chance! | Expires in 24h. | While stocks last. | Don't wait! | First {n} people only. | Ends midnight! | - | - | -"""),
    "n": choices("3 | 5 | 7 | 10 | 12 | 20 | 25 | 50 | 100"),
    "pct": choices("20% | 30% | 40% | 50% | 60% | 70% | 75% | 80% | 90%"),
    "money": choices("""$100 | $250 | $500 | $750 | $1,000 | $1500 | $2000 | $5,000 | $10,000 | £100 | £250 | £500 | £800
        £1000 | £2,000 | £5000 | €300 | €900 | 1 million dollars | 2,500 USD | $850,000"""),
    "phone": choices("""09061000000 | 08000-000-123 | 0900 555 0100 | 1-800-555-0199 | +1 555 0134 | 087 0000 1234 | 555-0177
        0844 000 0011 | 1 (888) 555-0123 | 09050 000 505"""),
    "short": choices("80000 | 85055 | 60606 | 88888 | 81010 | 70700 | 83555 | 61600"),
    "word": choices("WIN | YES | GO | CASH | CLAIM | PLAY | PRIZE | LUCK | TONE | FREE | BONUS | QUIZ | MUSIC"),
    "prize": choices("""a new iPhone | a {money} gift card | a holiday for two | a brand new car | a {money} cash prize | a PS5
        a 4K TV | a cruise to the Bahamas | free groceries for a year | {money} in cash | a MacBook | a luxury watch
        a {money} voucher | two tickets to the final | a smart watch | a weekend in Paris | {money} of shopping | a tablet"""),
    "hello": choices("""Dear customer, | Dear friend, | Congratulations! | CONGRATS! | Good news! | Hello dear, | Attention! | Hi there!
        URGENT! | Dear user, | Dear winner, | Hey! | Final notice: | - | - | - | -"""),
    "stop": choices("Txt STOP to end. | T&Cs apply. | 18+ only. | Cost 150p/msg. | Std rates apply. | Reply STOP to opt out. | - | - | -"),
    "result": choices("""I made {money} in my first week | I quit my job after {n} weeks | my account grew to {money} in {n} days
        I paid off all my debts | I got my money back in {n} days | I turned $200 into {money} | my wife thought it was fake until the money came
        I withdrew {money} yesterday | I earn {money} every week"""),
}

PROMOTION = {"thing": choices("""designer sunglasses | running shoes | phone cases | LED strip lights | memory foam pillows | smart watches
        wireless earbuds | leather handbags | slimming tea | hair growth serum | teeth whitening kits | vitamins | car covers
        air fryers | drones | posture correctors | solar panels | window blinds | gym leggings | ink cartridges | mattresses
        anti-aging cream | massage guns | keto gummies | ringtones | broadband | mobile contracts | car insurance | perfume
        garden furniture | kitchen knives | pet beds | power banks | LED masks | knee sleeves"""),
    "praise": choices("""The best quality on the market. | Thousands of happy customers. | As seen on TV! | Doctors hate this.
        Free shipping worldwide. | Money-back guarantee. | You won't find it cheaper. | Rated 5 stars by everyone. | Prices slashed!
        Buy one get one free. | No questions asked refund. | 100% satisfaction guaranteed. | Stock is going fast. | -"""),
}

JOBS = {"job": choices("""data entry | liking videos | reviewing hotels | packing pens | typing captchas | a work-from-home assistant position
        remote product testing | rating apps | simple online tasks | mystery shopping | reposting ads | part-time work from your phone"""),
    "pay": choices("""{money} a day | {money} per week | up to {money} weekly | {money} for 2 hours a day | {money}/month guaranteed
        {money} paid daily | {money} from day one"""),
    "ease": choices("""No experience needed. | No skills required! | Work from your couch. | Anyone can do it. | Just a phone is enough. | No interview.
        You choose your hours. | Students and moms welcome. | We train you for free. | Paid same day. | No boss, no stress."""),
}

COINS = {"coin": choices("""Bitcoin | BTC | ETH | crypto | forex | Dogecoin | binary options | this new token | $MOONX | NFT flips | gold trading
        the ZENIX coin | AI trading | meme coins | USDT staking"""),
    "guru": choices("""Mr {name} | Mrs {name} | @user | expert trader {name} | coach {name} | my mentor {name} | {name}_fx | Dr {name}"""),
    "name": choices("""Aldric | Harlan Voss | Morella | Kestrel | Dana Whitlow | Brightman | Olsen Reed | Tamsin | Pierce Holt | Lorna
        Vance Okley | Gretchen | Silas | Corvin | Adela Marsh"""),
    "gain": choices("""10x | 100x | {pct} profit a week | {money} daily | double your money | triple returns in {n} days | {pct} monthly, guaranteed"""),
}

BRANDS = {"bank": choices("""Northgate Bank | your bank | First Harbor Bank | PayMate | the Tax Office | MyMail | StreamBox | Your card issuer | ShopRiver
        Account Services | Unity Credit Union | the security team | CloudBox | Revenue Service | GameHub"""),
    "parcel": choices("""Your parcel | Package #{n}4471 | Your delivery | A shipment in your name | Your order RX{n}09 | Item TR-{n}88"""),
    "problem": choices("""has been suspended | has been locked | will be closed in 24 hours | shows unusual activity | was accessed from a new device
        needs to be verified | is on hold | has been limited | will be charged {money} | expired yesterday"""),
}

SELF = {"topic": choices("""gaming | beats | covers | vlogs | makeup | fitness | comedy | rap | pranks | magic | guitar lessons | football edits | cooking
        reaction videos | anime edits | ASMR | tech reviews | dance | singing | car videos | drawing | fortune telling"""),
    "plea": choices("""it would mean the world to me | I promise you won't regret it | I need {n}00 more subs | just give me a chance | I sub back
        help me reach {n}k | 1 like = 1 prayer | I only started {n} weeks ago | I'm better than this guy lol | thumbs up so others can see
        pleaseee | no haters please | I follow everyone back"""),
}


def _spam(
    name: str, templates: str, *slots: dict[str, tuple[str, ...]], rows: int = 170, kept_back: bool = False
) -> Family:
    own = {key: values for part in slots for key, values in part.items()}
    unknown = frozenset({Label.SEXUAL}) if "dating" in name else frozenset[Label]()
    return Family(f"spam/{name}", lines(templates), SLOTS | own, SPAM, unknown, rows=rows, kept_back=kept_back)


FAMILIES = (
    _spam("promotion", """
        {hello} {pct} off all {thing}! {hurry} {go}
        {thing} at {pct} OFF!!! {praise} {go}
        Get your {thing} now and save {pct}. {praise} {hurry} {go}
        MEGA SALE: {thing}, was {money}, now half price. {go}
        Tired of paying too much for {thing}? {praise} {go} {hurry}
        Use code {word}{n} for {pct} off {thing}. {hurry}
        {hello} our {thing} are back in stock. {praise} {praise} Use code SAVE{n} at checkout. {hurry} {go}
        Cheap {thing} {url}
        My skin, my hair, my life changed since I found these {thing}. {praise} {go}
        WHOLESALE {thing}, min order {n} pieces, WhatsApp {phone}
    """, PROMOTION, rows=260),
    _spam("prize", """
        {hello} you have won {prize}! To claim call {phone}. {stop}
        {hello} Your number was selected to receive {prize}. Text {word} to {short}. {stop}
        You're our lucky visitor number {n}000! Claim {prize} here: {url}
        {hello} your email won {money} in the {n}th international lottery. Send your full name, address and bank details to the claims agent.
        WINNER!! As a valued customer you have been chosen for {prize}. {hurry} Call {phone} now. {stop}
        We tried to contact you about your reward of {prize}. {go}
        You have 1 unclaimed reward: {prize}. {hurry} {url}
        Spin the wheel and win {prize}! {go}
        U have been picked 4 {prize}! Txt {word} 2 {short} b4 it's gone. {stop}
        Your mobile number has won {money}. Call {phone} from a landline, claim code {n}{n}K. {stop}
        Final call: {prize} will go to someone else unless you reply {word} today.
        {hello} This is not a joke. The draw took place on Friday and ticket {n}-{n}-{n} is yours: {prize}. Contact our claims office on {phone}, keep this secret until the money is paid. {hurry}
    """,
        rows=260),
    _spam("investment", """
        Thanks to {guru} {result} with {coin}. Message them on WhatsApp {phone}
        {coin} is about to explode, {gain}! Join our VIP group {url}
        I never believed in {coin} until {result}. {guru} is the real deal, write to them on Telegram.
        Want {gain}? Ask me how. DM "{word}" {hurry}
        Invest {money} today and get {gain}. {go}
        {hello} our {coin} bot gives {gain} with zero risk. Minimum deposit {money}. {go}
        The banks don't want you to know this {coin} trick. {result}. {go}
        Am I the only one trading with {guru}? {result}.
        FREE {coin} signals!!! {gain}!!! join {url}
        Send {n} ETH to this address and receive double back. {hurry}
        {hello} I lost {money} to bad brokers before a friend introduced me to {guru}. Since then {result}. They handle the {coin} for you and you only pay ten percent of the profit. {go}
        Presale of {coin} is live, early buyers get {gain}. {go} {hurry}
    """, COINS, rows=260),
    _spam("loan", """
        {hello} you are pre-approved for a loan of {money}. Apply: {url}
        Need cash fast? Borrow up to {money}, no credit check. {go}
        Bad credit? No problem! {money} in your account within {n} minutes. Call {phone}
        We offer loans from {money} at 2% interest to serious people only. Contact WhatsApp {phone}
        Credit repair in {n} days, guaranteed. DM me for a score of 800.
        {hello} are you in financial trouble, do you need a loan to clear debts or start a business? We grant personal and business loans from {money} without collateral. {hurry} Send your phone number and country.
        You may be owed {money} for an accident you had. Text {word} to claim. {stop}
        Government grant of {money} available in your area, never pay it back! {go}
        Mis-sold insurance? Claim {money} today, call {phone}. {stop}
    """,
        rows=150),
    _spam("giveaway", """
        GIVEAWAY! Like, follow and tag {n} friends to win {prize} {hurry}
        I'm giving away {money} to the first {n} people who comment "{word}" and open {url}
        Retweet + follow = {prize}. {n} winners tonight!
        To celebrate {n}0k followers I'm sending {money} to everyone who signs up at {url}
        Free {gift} generator, works {n}/{n}, no survey: {url}
        Get free {gift} now!! {go}
        Drop your cashtag and I'll send you {money}, must be following. {hurry}
        {hello} the foundation is donating {money} to random people this month. {go}
        Who wants {prize}? Share this to {n} groups and write DONE. I will inbox the winners.
        Our page is giving out {n} sets of {gift}. Step 1: like. Step 2: share. Step 3: register with your card at {url} (we only charge shipping). {hurry}
    """, {"gift": choices("V-Bucks | Robux | gift cards | skins | game coins | diamonds | followers | premium accounts | Steam keys | movie passes")
        }),
    _spam("phishing_account", """
        {bank}: your account {problem}. Verify at {url}
        {hello} your account at {bank} {problem}. Log in within {n} hours to avoid closure: {url}
        ALERT from {bank}. A payment of {money} was made. If this was NOT you, tap {url}
        Your password expires today. Keep the same password: {url}
        {bank}: you are due a refund of {money}. Enter your card details at {url} to receive it.
        Security notice: your profile {problem}. Confirm your PIN and date of birth here {url}
        {hello} we could not process your last payment, your subscription {problem}. Update billing: {url}
        Your mailbox is {n}0 MB over the limit. Click {url} to upgrade or mails will be deleted.
        Dear client, due to the new regulation every account {problem}. Please follow {url}, sign in with your user number and fill in the form completely. Failure to do so will lead to permanent closure. {bank}
        We detected a copyright violation on your page. It will be removed in {n} hours unless you appeal at {url}
        Hi mum, I dropped my phone, this is my new number. Can you send {money} today? I'll pay you back tomorrow
    """, BRANDS, rows=240),
    _spam("phishing_parcel", """
        {parcel} could not be delivered because of an unpaid fee of ${n}. Pay here: {url}
        {parcel} is waiting at the depot. Confirm your address: {url}
        Customs: {parcel} is being held, pay {n}.99 within {n} hours or it goes back. {url}
        We missed you! Reschedule: {url} ref {n}{n}71
        {parcel} has an incomplete house number. Please update within 12 hours {url}
        Last reminder about {parcel}, after today it will be returned to sender. {go}
        {hello} {parcel} was stopped at our centre as the postage was short by ${n}. Settle the amount by card at {url} and it will arrive tomorrow. {hurry}
        Your toll of ${n}.40 is unpaid. Avoid a late fee of {money}: {url}
    """, BRANDS, kept_back=True, rows=160),
    _spam("follow_trade", """
        follow me and I follow back {plea}
        sub 4 sub? {plea}
        Check out my channel, I do {topic} {plea}
        Hey guys I make {topic} videos, {plea}
        like for like, follow for follow, {plea}
        who wants {n}00 free followers? follow everyone who likes this
        Can you please check out my {topic} channel? {plea}
        if you like {topic} you'll love my page, {plea} {go}
        F4F L4L always active {plea}
        Gain with me! Follow all who retweet, {n}0 new followers in an hour
        Don't read this. OK now that you did, subscribe to my {topic} channel, {plea}, {plea}
        Shoutout 4 shoutout? I have {n}k, DM me
        My new {topic} video is up, better than anything here: {url} {plea}
    """, SELF, rows=240),
    _spam("comment_promotion", """
        I know nobody will see this but I'm an unknown artist who makes {topic}. {plea}. {go}
        Not to hate, but I do {topic} too and {plea}
        Sorry for the spam, I just want people to see my {topic}, {plea}
        Nice video! Now look at mine: {url}
        I just dropped a {topic} tape, go listen, {plea}
        Hello everyone, my dream is to live from {topic}. I don't have money for ads so I write here. Please spend two minutes on my page, {plea}. God bless whoever does. {go}
        come to my page for {topic}, new upload every day, {plea}
        Bored? Watch my {topic} instead :) {url}
        THIS IS NOT SPAM. I'm giving my {topic} away for free, {go}
        People who read this: have a nice day. And visit my {topic} page, {plea}
        Best {topic} ever on my profile, first {n} comments get a shoutout
    """, SELF, kept_back=True, rows=180),
    _spam("premium_sms", """
        Get the latest {tone} on your mobile! Text {word} to {short}. {stop}
        Quiz: who sang it? A) {band} B) someone else. Txt A or B to {short} 2 win {prize}. {stop}
        Ur {tone} is waiting! Collect by calling {phone}. {stop}
        Join our txt club 4 {tone}, ${n}/week, txt {word} to {short}
        Your free trial of {tone} is ready. To activate send {word} to {short} now. {stop}
        {n} new msgs 4 u. Listen: {phone}. {stop}
        Someone u know left a voice greeting. Hear it on {phone}, {n}0ppm. {stop}
        ur weekly horoscope is in! Txt ur sign to {short}. {stop} {stop}
    """, {"tone": choices("ringtone | polyphonic tone | wallpaper | game | logo | joke line | dance hits | football alerts | screensaver | mobile video | theme | chat line"),
            "band": choices("The Lanterns | DJ Oriole | Paper Moons | Kid Marble | Velvet Harbor | Juno Park | The Tin Kings | Salt & Vine")}),
    _spam("job", """
        Earn {pay} doing {job}! {ease} {go}
        {hello} we saw your CV and offer {pay} for {job}. {ease} WhatsApp {phone}
        HIRING NOW: {job}, {pay}. {ease} {ease} {hurry}
        I get {pay} just from {job}. {ease} DM me "{word}"
        Looking for {n} people who want {pay}. {ease} Serious only, inbox me
        Hi, I am Lena from HR. Our company needs help with {job}, {pay}. {ease} Interested? Reply on Telegram @user
        Why work 9 to 5? {job} pays {pay}. {ease} {go}
        {job}, {pay}!!! {url}
        Single mom makes {pay} with {job}. {ease} {go}
        Dear candidate, after reviewing many profiles we selected you for {job}. The salary is {pay} plus bonus. {ease} {ease} A small registration fee of ${n} is refunded with your first wage. {go}
    """, JOBS, rows=190),
    _spam("dating", """
        Hi handsome, I saw your profile and I'm lonely tonight. {go}
        {n} singles near you want to meet! {go}
        Hey {dear}, I'm new in town, add me on {url}
        {dear}, I uploaded my private pics here: {url}
        A secret admirer is looking for you. Find out who, call {phone}. {stop}
        Looking for a serious man, age no problem, write me at {url}
        Hot singles in your area are online now. No sign-up! {url} {hurry}
        Someone who lives near you fancies you. Txt {word} to {short}. {stop}
        Don't be shy {dear}, my webcam is on, free for {n} minutes {url}
        {hello} my name is Irina, {n} photos in my album wait for a kind man like you. I do not use this site often, so write to my mail. {go}
        Chat to real singles 24/7 only {n}0p/min: {phone}
    """, {"dear": choices("honey | babe | dear | sweetie | darling | handsome | stranger | sugar | love")}),
    _spam("counterfeit", """
        Replica {item}, 1:1 quality, {pct} cheaper. {go}
        Rolex style {item} from ${n}0, nobody can tell the difference. {url}
        Authentic-looking {item}, all brands, ship worldwide, pay by crypto
        DM for {item}, top grade copies, {hurry}
        Cheap meds without prescription, overnight shipping {url}
        {hello} factory outlet clears {n}00 pieces of {item}: same leather, same logo, same box, only {pct} of the price. {go}
        AAA+ {item} direct from factory {url}
        IPTV: {n}000 channels, all sports, ${n} a month. {go}
    """, {"item": choices("watches | handbags | sneakers | sunglasses | jackets | belts | jerseys | perfumes | earbuds | wallets | software keys | streaming accounts")
        }, rows=130),
    _spam("seo", """
        I can get your site to page one of Google in {n} days. {go}
        Buy {n}000 backlinks for ${n}. {url}
        {hello} I was on your website and noticed errors that hurt your ranking. May I send a free quote?
        {n}k real followers for ${n}, instant delivery, no password. {go}
        Great post! I found the same on {url} cheap web design hosting seo
        We build apps and websites from ${n}9. Interested? Reply with your phone number.
        Increase your likes, views and plays: {url}
        Hello owner of this site, your traffic is low because nobody can find you. Our team of {n} experts has helped thousands of companies. Shall I call you on Monday with a plan? First audit is free. {go}
        Email list of {n} million buyers, fresh, ${n}0
    """,
        rows=110),
    _spam("chain_letter", """
        Send this to {n} people or {fate}
        Forward this message to {n} friends before midnight and {luck}. Ignore it and {fate}.
        This is not a joke. A girl read this and did not share, and {fate}. Post it on {n} pages now!
        Copy and paste this to {n} videos and {luck}
        WARNING! From tomorrow the app will charge money. Forward to {n} contacts and your account stays free.
        Do not break the chain! It has travelled the world {n} times. Send {n} copies and {luck}.
        If you love your mother, repost this within {n} minutes. If you scroll on, {fate}.
        Now that you have started reading don't stop. Tomorrow will be the best day of your life, but only if you post this to {n} comments. If you don't, {fate}. {luck}!
    """, {"fate": choices("""you will have bad luck for {n} years | your crush will forget you | you will fail your next exam | your phone will break on Friday | you'll lose someone you love
        your week will be cursed | nothing good will happen for {n} months | you will never find love | you'll see a ghost tonight"""),
            "luck": choices("""your wish comes true | your crush will kiss you | good news will reach you in {n} hours | money will come to you | your phone will ring with good news | you get a surprise on your screen | your battery fills up by itself | heaven will bless your home""")}, rows=160),
    _spam("betting", """
        {n} correct scores today, 100% sure! Join {url}
        Fixed matches available, odds {n}00. WhatsApp {phone}
        Deposit {money} and get {pct} bonus at our casino {url}
        My tipster hit {n} in a row, {result}. {go}
        {n} free spins, no deposit! {go} {stop}
        SURE ODDS for tonight: inbox me before kick-off. {hurry}
        I was broke until I found this betting group. {result}. {go}
        Slots are paying like crazy right now! {url}
        VIP tips only {n} USD per week. Yesterday {n} of {n} won. {hurry} {go}
        {hello} your casino account has been credited with {money}. Log in to play: {url}. {stop}
    """,
        rows=140),
    _spam("fake_support", """
        Your computer is infected with {n} viruses! Call support at {phone} immediately.
        For {issue} call the toll free helpline {phone}, open 24/7
        I had {issue} too, this number solved it in {n} minutes: {phone}
        Hacked account? @user on insta got mine back in {n} hours, best hacker, text them
        WARNING: do not turn off your PC. {issue} was detected. Ring {phone}
        Customer care number {phone} {issue} refund number {phone}
        Lost crypto or scammed? The recovery team at {url} got my {money} back
        Your antivirus renewed for {money}. To cancel call {phone} within 24h.
        {hello} this is technical department. We see {issue} on your machine, and your files will be lost in {n} hours. Please install the remote tool from {url} and read the code to our agent on {phone}.
        Message @user if you have {issue}, he is legit and fast
    """, {"issue": choices("printer errors | email not working | a frozen wallet | router problems | a locked account | a failed update | a blocked card | a missing refund | ticket cancellation | a hacked profile | flight changes | a suspicious login")
        }, rows=150),
)
