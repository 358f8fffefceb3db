"""Posts in a glad, an upset and no particular mood about the same plans, shows, matches and news."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

TASK = choices("the exam | the job interview | the speech | the move | the audition | the big match")
DAY = choices("tomorrow | on Friday | on Sunday | next Tuesday | on 4 May | this weekend | on the 12th | tonight")
EVENT = choices("the concert | the match | the season finale | the book launch | the party | the open-air show | the final | the album release | the game launch | the quiz night")
WHO = choices("my sister | the band | our team | my boss | the mayor | Dana | the new drummer | my flatmate | the coach | the minister")
PLACE = choices("Leeds | Dublin | Austin | Ghent | Halifax | Oslo | the old town")
SPOT = choices("the town hall | the station | the stadium | the library | the harbour | the bakery")
BASE = {"day": DAY, "event": EVENT, "who": WHO, "place": PLACE, "spot": SPOT, "task": TASK}

FAMILIES = (
    Family("moods/glad", lines("""
        {event} {day}, {eager}
        {joy} {who} got me a ticket for {event}!
        Saw {who} at {spot} today and {smile}.
        can't wait for {event} {day}!! {eager}
        {who} just called: {event} is on after all. {joy}
        Never thought {event} could be this much fun. {joy}
        Home from {event} in {place}, tired and {happy}.
        {who} made my week. {joy}
        @user thank you for {event}, we are all so {happy}
        Rain all day, no coffee, missed the bus, and I'm still {happy} because of {event}.
        It may be a long way to {place}, but for {event} I'd walk it twice. {joy}
        Was so nervous about {task}. It went better than I dared hope. {joy}
        that new song by {the band|Dana|the new drummer}... I'm not crying, you are. {joy}
    """), {**BASE, "eager": choices("so excited! | counting the hours. | I'm over the moon. | best thing all month."), "joy": choices("I'm over the moon. | I could dance. | what a day! | love it. | this makes me so happy."), "smile": choices("my face hurts from smiling | it made my day | I'm still grinning | we laughed until we cried"), "happy": choices("happy | grateful | proud | thrilled | cheerful")}, sentiment=2, rows=250),
    Family("moods/upset", lines("""
        {event} is cancelled {day}, {woe}
        {woe} {who} gave away my ticket for {event}.
        Saw {who} at {spot} today and {frown}.
        I'm dreading {task} {day}. {can't sleep|my stomach hurts|wish it were over already|why did I say yes}
        {who} just called: {event} is off after all. {woe}
        Never thought {event} could be this boring. {woe}
        Home from {event} in {place}, tired and {sad}.
        {who} ruined my week. {woe}
        @user thanks for nothing, after {event} we are all so {sad}
        Sun all day, free coffee, caught the early bus, and I'm still {sad} because of {event}.
        It's such a long way to {place}, and {event} wasn't worth one step of it. {woe}
        Was so hopeful about {task}. It went worse than I feared. {woe}
        oh great, {who} is late again. just what I needed before {event}. {woe}
    """), {**BASE, "woe": choices("so disappointed. | I'm fed up. | I could cry. | what a day, and not in a good way. | hate this. | this makes me so sad."), "frown": choices("it spoiled my mood | I'm still annoyed | I came home in tears | I've been cross ever since"), "sad": choices("miserable | let down | frustrated | worried | gutted")}, sentiment=0, rows=250),
    Family("moods/plain_plans", lines("""
        {event} is {day}.
        is {event} {day} or the week after?
        {who} is at {spot} {day}.
        Going to {place} {day} with {who}.
        What time does {event} start? {detail}
        Does anyone know whether {who} will be at {event} {day}?
        {event} in {place}, {day}. {detail}
        On the train to {place}. {who} gets on at the next stop.
        @user are you going to {event}? {who} asked.
        Off to {event} with {who} {day}, then back to {place}.
        If {event} is {day}, I'll take the early train; if not, I'm in {place} with {who}.
        First {place}, then {event}, then dinner with {who}. {detail}
        {who} may play the old songs {day}. {detail}
    """), {**BASE, "detail": choices("Doors open at 7. | Row 12, seat 4. | Gate B, I think. | It's on channel 4. | The link is in the calendar. | Parking is behind the church. | -")}, sentiment=1, rows=250),
    Family("moods/plain_news", lines("""
        {body} to {act} on {date}
        {body} will {act} {when}, a spokesperson said.
        {date}: {body} meets in {place} to discuss {topic}.
        {topic}: {body} expected to {act} {when}
        Poll on {topic} due on {date}, results a week later.
        Who speaks for {body} on {topic} these days?
        {body} has until {date} to {act}.
        Live from {place} at 8: the debate on {topic}
        Did {body} say anything about {topic} before {date}?
        {body} and the unions hold talks on {topic} in {place} on {date}.
        Here's what changes on {date}: {body} may {act}, and the rules on {topic} apply to everyone in {place}.
        The vote on {topic} is on {date}. Four parties are for it, three are against, one is undecided. {body} will {act} afterwards.
        Reading up on {topic} before the vote on {date}. Which party wants what?
    """), {"place": PLACE, "body": choices("Parliament | the city council | the central bank | the party | the committee | the ministry | the transport board | the trade ministry"), "act": choices("publish its report | name a new chair | announce the dates | reply to the letter | present the budget | vote a second time | open a second office"), "date": choices("3 March | Monday | 17 June | Thursday | 9 October | 21 November"), "when": choices("next week | in spring | by the end of the month | later today | after the summer break"), "topic": choices("rents | the bus lanes | tax on sugar | broadcast rights | the new stadium | school meals | the ceasefire | immigration rules | interest rates | ticket prices")}, sentiment=1, rows=250),
    Family("moods/plain_fans", lines("""
        {act} plays {place} {day}.
        New single by {act} out {day}.
        Which album by {act} has the one with the flute on it?
        {show} returns {day} with {num} new episodes.
        Is {show} still on before the news?
        {game} version {num}: what's in the patch?
        Anyone else watching {show} and the match side by side {day}?
        {act} or the Tin Choir, who was first to tour {place}?
        Episode {num} of {show} is the one where they go to {place}, right?
        Queueing for {game} {day}, number {num} in line.
        {act} posted the set list for {place}: {num} songs, two covers, one encore.
        {show} was filmed in {place}; {game} is set there too.
        I have {num} episodes of {show} left, then {game}, then whatever {who} picks.
        RT if you have seen {act} in {place}, like if you haven't.
    """), {**BASE, "act": choices("the Paper Lanterns | Mara Quill | Northbound | the Velvet Moles | DJ Osk | Slow Harbour"), "show": choices("Harbour Nine | The Long Shift | Bake Street | Cold Ferry | Second Cousins"), "game": choices("Starwright | Moss Kingdom 2 | Rally Point | Deepfield"), "num": choices("3 | 4 | 6 | 8 | 12 | 21")}, sentiment=1, rows=250),
)
