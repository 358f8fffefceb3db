"""Opinions without abuse, their sentiment known: products, films, places, complaints, contrast and negation."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SHARED = {
    "time": choices("two weeks | a month | half a year | three days | a year | one evening | the holidays | five minutes"),
    "who": choices("my wife | my dad | our kids | my colleague | everyone I know | the neighbours | my sister | a friend | nobody at home"),
    "film": choices("the film | this movie | the sequel | the pilot | the documentary | her debut | the remake | the finale | this thriller | the comedy | the musical | the adaptation | the third season | the short film"),
    "part": choices("the acting | the script | the score | the pacing | the dialogue | the camera work | the ending | the lead | the humour | the first act | the cast | the sets"),
    "product": choices("""kettle | headset | vacuum | jacket | mattress | tent | laptop | blender | watch | app | camera | backpack | pair of boots | desk | pan set | e-reader
        speaker | raincoat | electric toothbrush | stroller | coffee machine | bike light | keyboard | lamp"""),
    "place": choices("hotel | restaurant | campsite | café | museum | hostel | bakery | spa | guest house | bar | swimming pool | zoo | ferry | gym"),
    "good": choices("works like a charm | is worth every penny | exceeded my hopes | is solid and light | feels great in the hand | does exactly what I need | still looks new | is so easy to set up | makes my mornings better"),
    "bad": choices("broke after {time} | never worked properly | feels cheap | smells of plastic | stopped charging | is far too loud | arrived scratched | is a waste of money | drives me mad | isn't worth half the price"),
    "goodend": choices("Would buy again. | Highly recommended! | Five stars. | Love it. | So happy. | Great value. | Thank you! | - | -"),
    "badend": choices("Avoid. | I want a refund. | One star. | Very disappointed. | Not again. | Save your money. | What a letdown. | - | -"),
    "goodfilm": choices("moving from start to finish | a small wonder | clever and warm | the best I've seen this year | funnier than it has any right to be | beautifully made | gripping | a joy | full of life"),
    "badfilm": choices("a chore | painfully slow | a mess | lifeless | far too long | predictable | an empty shell | all noise and no heart | a missed chance | dull beyond words"),
}

FAMILIES = (
    Family("everyday/product_praise", lines("""
        This {product} {good}. {goodend}
        Bought the {product} {time} ago and it {good}. {goodend}
        Love my new {product}, it {good}!
        {who} wanted the same {product} after {time}. {goodend}
        I had my doubts, but the {product} {good}. {goodend}
        Not cheap, but this {product} {good}. {goodend}
        My old {product} gave up after years; the new one {good} and {good}. {goodend}
        best {product} ever
        No complaints about the {product} after {time}. {goodend}
        you can't go wrong with this {product} {goodend}
        The {product} came a day early, was packed without plastic, and {good}. I called support with a silly question and they were patient and kind. {goodend}
        Couldn't be happier with the {product}. {goodend}
    """), SHARED, sentiment=2, rows=290),
    Family("everyday/product_complaint", lines("""
        This {product} {bad}. {badend}
        The {product} {bad} and {bad}. {badend}
        After {time} the {product} {bad}. {badend}
        I wanted to like this {product}, but it {bad}. {badend}
        Looks nice, yet the {product} {bad}. {badend}
        Not what I'd call a good {product}: it {bad}.
        {who} warned me about the {product}. {badend}
        Third {product} in a row that {bad}. {badend}
        worst {product} I've owned, {bad}
        Is it too much to ask for a {product} that lasts {time}? {badend}
        Support has ignored my mails about the {product} for {time}. {badend}
        I ordered the {product} for a trip, it {bad}, the shop sent a replacement, and that one {bad} as well. All I got was an offer of ten percent off my next order. {badend}
        The {product} would be great if it worked. {badend}
    """), SHARED, sentiment=0, rows=290),
    Family("everyday/product_neutral", lines("""
        Does the {product} come with a cable?
        I bought the {product} on {day}.
        The {product} weighs {num} grams and fits in a drawer.
        Is the {product} available in {colour}?
        My {product} is {colour}, {who} has the {colour} one.
        The {product} ships with a manual in {num} languages.
        How long is the warranty on this {product}?
        {colour} {product}, size {num}, picked up on {day}
        We compared {num} models of {product} between {day} and {day}.
        Where is the serial number of the {product}?
        The {product} has replaced last year's model. The new version is {num} millimetres wider, comes in {colour} and {colour}, and uses the same charger as before.
        Do I need an account to use the {product}?
    """), SHARED | {"day": choices("Monday | Tuesday | Wednesday | Thursday | Friday | Saturday"), "colour": choices("black | white | green | blue | grey | red | yellow | silver"), "num": choices("two | four | six | nine | twelve | forty | 120 | 300 | 850")}, sentiment=1, rows=230),
    Family("everyday/film_praise", lines("""
        {film} is {goodfilm}
        {film}: {goodfilm}, and {part} deserves a prize
        I laughed, I cried, {film} is {goodfilm}.
        Not bad at all: {part} carries {film} to the end.
        {part} never gets in the way, and {film} is {goodfilm}.
        It isn't perfect, but {film} is {goodfilm}.
        I went in expecting little, and {film} turned out {goodfilm}.
        {film} may be small, but it's {goodfilm}
        far from boring, {film} is {goodfilm}
        Thanks to {part}, {film} stayed with me for {time}.
        go and see {film}, it's {goodfilm}!
        What starts as a plain story grows, scene by scene, into something {goodfilm}; {part} is handled with such care that even the quiet minutes hold you, and {who} was in tears beside me.
        you won't regret a minute of {film}
        rarely has {part} been this fine in {film}
    """), SHARED, sentiment=2, rows=270),
    Family("everyday/film_complaint", lines("""
        {film} is {badfilm}
        {film}: {badfilm}, and {part} doesn't help
        I wanted to love {film}, but it's {badfilm}.
        {part} is fine; everything else about {film} is {badfilm}.
        Despite {part}, {film} is {badfilm}.
        Hard to believe that so much talent made {film}, which is {badfilm}.
        {film} isn't half as clever as it thinks
        I checked my watch every ten minutes. {film} is {badfilm}.
        For all its beauty, {film} is {badfilm}.
        neither funny nor sad, {film} is {badfilm}
        {who} fell asleep during {film}. I was jealous.
        {film} could have been {goodfilm}, but {part} lets it down.
        The trailer promised something {goodfilm}. What we got after a long wait is {badfilm}, with {part} left in pieces and a last half hour that had people walking out of the room.
        there is nothing in {film} you haven't seen done better
    """), SHARED, sentiment=0, rows=270),
    Family("everyday/place_review", lines("""
        The {place} was lovely, and {plus}.
        We'd go back to this {place} tomorrow: {plus}.
        What a gem of a {place}! {plus}, {plus}.
        {plus}. Great {place}.
        I can't fault the {place}. {plus}.
        {who} loved the {place} because {plus}.
        Small {place}, big heart: {plus}.
        The {place} isn't fancy, but {plus} and {plus}.
        thank you to the team at the {place}, {plus}
        We arrived late, tired and wet, and the owner of the {place} had kept the kitchen open for us. {plus}, {plus}, and we stayed {time} longer than planned.
    """), SHARED | {"plus": choices("the staff were kind | the view was stunning | breakfast was superb | the beds were soft | everything was spotless | the soup was the best I've had | prices were fair | children were welcome | they remembered our names | the garden smells of jasmine | there was live music")}, sentiment=2, rows=210),
    Family("everyday/place_complaint", lines("""
        The {place} was a disappointment: {minus}.
        {minus} and {minus}. We won't return to this {place}.
        Avoid this {place}, {minus}.
        Three stars online, one from me: {minus}.
        Pretty {place}, but {minus} and {minus}.
        I've been to the {place} for years, and now {minus}.
        {who} left the {place} hungry, {minus}
        we paid a lot for the {place} and {minus}
        How can a {place} stay open when {minus}?
        The {place} told us to come at six. At seven {minus}, at half past {minus}, and when I asked politely for the manager I was told to write a letter. {badend}
    """), SHARED | {"minus": choices("the room was damp | nobody greeted us | the food came cold | the music was deafening | the toilets were dirty | the bill was wrong | the lift was broken | we waited an hour | the heating was off | the staff seemed annoyed | the pool was closed | our booking was lost")}, sentiment=0, kept_back=True, rows=200),
    Family("everyday/service_complaint", lines("""
        {service} again. {wish}
        Why is it always {service}? {wish}
        I've complained about {service} for {time}. {wish}
        So fed up with {service}. {wish}
        {service} ruined our morning. {wish}
        {service}, no apology, no refund. {wish}
        Dear council, {service} is not acceptable. {wish}
        @user your app says all is fine, yet I'm standing here with {service}. {wish}
        Tired of {service}, and {who} is too. {wish}
        Since the new timetable came we've had {service} every week. I don't blame the people at the counter, who do what they can. I blame whoever decided that {time} of this was fine. {wish}
    """), SHARED | {"service": choices("late buses | a cancelled train | a two-hour queue | a broken ticket machine | another price rise | rubbish not collected | no hot water | an outage | dropped calls | a lost suitcase | road works at 6 am | a wrong bill | a closed counter"), "wish": choices("Please fix it. | Someone should answer for this. | Not good enough. | I expected better. | Terrible service. | So frustrating. | Enough is enough. | - | -")}, sentiment=0, rows=240),
    Family("everyday/contrast_good", lines("""
        I thought I'd hate {act}, but I loved it.
        {act} wasn't the nightmare I feared, {happy}
        Nobody believed in {act}, and now {happy}
        not gonna lie, {act} was pretty great
        {act} was hard, and {happy}
        It rained all day and {act} was still the best part of my week.
        {happy} after {act}!
        never been less bored than during {act}
        I was scared of {act}; {happy}
        can't say a bad word about {act}
        Despite a rough start, {act} went really well, {happy}
        The alarm failed, the car wouldn't start, it poured, and {act} began without me. By noon none of that mattered: {happy}
    """), SHARED | {"act": choices("choir | my first 10k | moving to Leeds | the night class | cooking for twelve | camping | jury duty | the blind date | swimming in the sea | my first day at work | learning Welsh | the school reunion | teaching | babysitting | ballet"), "happy": choices("I'm over the moon. | couldn't be prouder. | I can't stop smiling. | we laughed until midnight. | I feel alive again. | I'd do it again tomorrow. | life is good.")}, sentiment=2, rows=200),
    Family("everyday/contrast_bad", lines("""
        I thought I'd enjoy {act}, but no.
        {act} was not the fun I was promised, {sad}
        Everyone raves about {act}. {sad}
        not exactly thrilled about {act}
        {act} could have been so good. {sad}
        The sun was out and still {act} got me down. {sad}
        {sad} {act} was cancelled.
        I miss the old days of {act}. {sad}
        never again, {act} was awful
        it's hard to find a kind word for {act}. {sad}
        I tried to stay cheerful through {act}, brought cake, told the old jokes, and went home early with a headache. {sad}
        another weekend lost to {act} {sad}
    """), SHARED | {"act": choices("the office party | my birthday | the open-air concert | the ski trip | house hunting | the parade | the group holiday | family dinner | the half marathon | my new job | the panel talk | book club | wedding planning | pub night"), "sad": choices("I feel so let down. | What a shame. | I'm worn out. | it just makes me sad. | I could have cried. | so disappointed. | nothing went right. | I'm still upset.")}, sentiment=0, rows=200),
    Family("everyday/feelings", lines("""
        {good2} {cause}
        {cause} {good2}
        so {mood} today, {cause}
        {who} says I look {mood}. {cause}
        feeling {mood} and a bit sleepy. {cause}
        Woke up {mood}. {cause} {good2}
        {mood}, {mood}, {mood}! {cause}
        I don't remember when I last felt this {mood}. {cause}
        {good2} {good2} {cause}
        {cause} I know it's a small thing, but after {time} of waiting it made me {mood}, so I bought flowers, rang {who} and danced in the kitchen. {good2}
    """), SHARED | {"mood": choices("happy | grateful | proud | hopeful | calm | relieved | excited | lucky | content"), "cause": choices("The test came back clear. | The baby sleeps through. | Spring is here. | I passed! | Our team won. | The rain stopped. | My visa arrived. | The cat came home. | She said yes! | My friend is visiting. | I finished the book."), "good2": choices("Best day ever. | Love this life. | Thank you all! | What a lovely morning. | Hooray! | It's the little things. | So much to be thankful for.")}, sentiment=2, rows=170),
)
