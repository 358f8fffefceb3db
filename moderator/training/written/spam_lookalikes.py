"""Harmless messages that look like spam: links, codes, prices, offers and announcements between people who asked."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SLOTS = {"name": choices("""Anna | Ben | Priya | Tom | Leila | Marcus | Sofia | Jun | Grace | Omar | Ella | Dmitri | Nia | Pat | Lucas | Mei | Rosa | Idris
        Hannah | Kofi | Sam | Yara | Will | Chloe | Ravi | mum | dad | grandma"""),
    "day": choices("Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday | May 2 | June 12 | March 21 | the 14th | the 30th"),
    "time": choices("9 am | 10:30 | noon | 2 pm | 3:15 | 4 o'clock | 5:30 pm | 7 | half past eight | 6 pm | 11"),
    "n": choices("2 | 3 | 4 | 5 | 6 | 8 | 10 | 12 | 15 | 20 | 30 | 45"),
    "price": choices("$4 | $9.50 | £12 | $15 | €20 | £25 | $30 | $48 | £60 | €75 | $90 | $120 | £240 | $400"),
    "hi": choices("Hi, | Hello, | Hey | Hi all, | Hi {name}, | Hey {name}, | Good morning, | Dear {name}, | - | - | -"),
    "bye": choices("Thanks! | See you! | Cheers, {name} | Best, {name} | Let me know. | Hope that works. | Talk soon. | - | - | - | -"),
    "store": choices("""Fernhill Books | the garden centre | Oakline Furniture | Blue Kettle | the bike shop | Pixel & Paper | Marlow Shoes
        Corner Pharmacy | Green Basket | the hardware store | Loom & Thread | Tideway Sports"""),
    "topic": choices("""sourdough | the new tram line | container gardening | the eclipse | old synthesizers | bike maintenance | knitting socks
        the history of maps | learning Rust | home insulation | birdwatching | fermentation | chess openings | film photography
        tax forms | sleep | the local election | watercolours | the Roman roads | electric cars | octopuses | typography"""),
}

CHAT = {"plan": choices("""r u comin 2nite | wat time u finish | im on da bus | c u l8r | pick me up at {time} | can u get milk | gonna b late sorry | where r u
        did u eat yet | call me wen u can | im outside | got ur msg | meet at the usual place | battery dying ttyl | home in {n} mins
        lecture got cancelled | bring ur charger | {name} says hi | dont forget the keys | wanna watch a film {day} | still at work"""),
    "tail": choices("ok? | lol | xx | haha | k? | pls | x | tb | ttyl | - | - | - | - | no worries if not | luv u | wbu | dunno yet"),
}

THINGS = {"thing": choices("""winter coat | desk lamp | rice cooker | pair of boots | monitor | tent | bread machine | backpack | second-hand sofa | keyboard
        raincoat | bike helmet | coffee grinder | suitcase | bookshelf | office chair | guitar | blender | phone | pram"""),
    "view": choices("""is that a fair price? | seems a lot to me. | I might wait for the sale. | worth it? | cheaper than I expected. | I paid less last year.
        the old one still works though. | I think it's a bargain. | can't decide. | my sister got hers for less."""),
}


def _lookalike(
    name: str, templates: str, slots: dict[str, tuple[str, ...]], *, rows: int = 190, kept_back: bool = False
) -> Family:
    return Family(f"spam_lookalikes/{name}", lines(templates), SLOTS | slots, rows=rows, kept_back=kept_back)


FAMILIES = (
    _lookalike("shared_link", """
        {hi} this is the {piece} about {topic} I told you about: http
        {name} have you seen this {piece}? http
        http <- good {piece} on {topic}
        Found the {piece} on {topic}, it's here http {bye}
        loved this {piece}, made me think of you http
        Does anyone have a better {piece} on {topic} than http ?
        {hi} the slides from {day} are at http {bye}
        Photos from {day} are up: http {bye}
        the {piece} starts at minute {n} http
        For those who asked, I used the {piece} at http to get started with {topic}. The second half is weaker, but the pictures are clear.
        here's the map http, we meet at {time}
        Source for the claim about {topic}: http
        is http the right page for the {topic} meeting?
    """, {"piece": choices("article | video | thread | podcast | paper | recipe | interview | talk | tutorial | documentary | blog post | song | map | review | lecture | book list")
        }),
    _lookalike("bare_link", """
        http
        {look} http
        http {look}
        @user http
        @user {look} http
        {look} @user http
        {look} http http
        {name} http
        {topic}: http
        http ({topic})
    """, {"look": choices("""this | look | lol | this one | seen this? | for later | via | source | here | wow | same | relevant | from {day} | it's back | read this | ha | context | part {n}
        update | the original | full version | my notes | more here | mood | the thread | as promised | our minutes | bug report""")
        }, rows=150),
    _lookalike("order", """
        Your order {ref} from {store} has been {state}.
        {store}: order {ref} is ready to collect until {day}, {time}.
        Thank you for your order! {ref}, total {price}. We'll email you when it ships.
        Your table for {n} at {place} on {day} at {time} is confirmed.
        Hi {name}, your {thing} has been {state}. Estimated delivery {day}.
        Receipt from {store}: {thing}, {price}, paid by card.
        Your refund of {price} for the {thing} has been issued and should appear in {n} days.
        Your driver arrives in {n} minutes.
        We've {state} order {ref}. You don't need to do anything.
        Booking {ref}: {n} nights from {day}, {price} in total, free cancellation until {time} the day before. The key code is sent on arrival.
        Your invoice {ref} for {price} is attached. Payment is due within {n} days. Kind regards, {store}
        {store} left your parcel with your neighbour at number {n}.
        Sorry, the {thing} in order {ref} is out of stock. You have not been charged.
    """, THINGS
        | {"ref": choices("#10{n}4 | A{n}-77 | 55{n}0 | no. {n}81 | RB{n}{n} | #{n}{n}6 | W-{n}09 | 2{n}7-{n}"),
            "state": choices("shipped | packed | dispatched | delivered | received | updated | cancelled as you asked"),
            "place": choices("Trattoria Lina | the Old Mill | Sushi Ko | The Anchor | Café Nord | Saffron House | Pho 21")}, rows=230),
    _lookalike("code", """
        {code} is your {app} verification code.
        Your {app} code: {code}. Don't share it with anyone.
        Use {code} to sign in to {app}. It expires in {n} minutes.
        {app}: your one-time password is {code}
        {code} - {app} login. If this wasn't you, ignore this message.
        Hi {name}, confirm your new email for {app} with {code}.
        We will never call you to ask for this code. {app} passcode {code}, valid {n} min.
        Your {app} PIN was changed on {day} at {time}. No action is needed if that was you.
        {app} security code {code} for a payment of {price} at {store}.
        A new sign-in to {app} on {day}. If it was you, you can delete this email.
    """, {"code": choices("{d}{d}{d}{d}{d}{d} | {d}{d}{d}{d} | {d}{d}{d}-{d}{d}{d} | G-{d}{d}{d}{d}{d}"),
            "d": choices("0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9"),
            "app": choices("Lumen Mail | Tramway | NotePad Plus | Harbor Bank | Skylark | ChessNow | Pantry | CityBikes | your library | HealthPort | Ridely | Tindra Pay")}, kept_back=True, rows=150),
    _lookalike("newsletter", """
        This week in {paper}: {topic}, {topic}, and a reader's letter on {topic}.
        {paper} no. {n}: what we learnt about {topic}
        You're receiving this because you subscribed to {paper}. Unsubscribe any time.
        In this month's {paper}, {name} writes about {topic}. Also: opening hours over the holidays.
        Welcome to {paper}! We write once a month and never share your address.
        {paper} is taking a summer break. Back in {n} weeks.
        Dear members, the minutes of the annual meeting are online. The fee stays at {price}. On {day} there is a talk on {topic}, open to everyone, and the small library will open at {time}.
        Correction: last week's {paper} gave the wrong date for the walk. It is on {day}.
        From the editor of {paper}: we asked {n} readers about {topic}, and most of them disagreed with us.
    """, {"paper": choices("The Allotment Letter | Slow Code Weekly | the choir newsletter | Bridge Club News | Museum Notes | the parents' bulletin | Tide & Trail | Letterpress Monthly | the union circular | Neighbourhood Post | The Data Digest")
        }),
    _lookalike("announcement", """
        My {work} is out today. It took {n} months, and I'm happy with it.
        I made a {work} about {topic}, hope some of you like it
        After {n} years I finally finished my {work}!
        {hi} I'm reading from my {work} at the library on {day}, {time}, come along if you're nearby
        small personal news: my {work} was accepted
        Working on a {work} about {topic}. Here's a sketch.
        Our little show opens {day}. Admission is free, donations go to the hall roof.
        thank you all for the kind words about the {work}
        I released an update of my {work}: fixes for {n} bugs you reported.
        Some of you asked whether the {work} would be translated. Yes, {name} is doing it now, and I've read the first {n} pages and laughed at my own jokes.
    """, {"work": choices("album | first novel | zine | short film | board game | open-source library | photo exhibition | comic | podcast episode | poem collection | play | web app | font | documentary | EP | thesis")
        }),
    _lookalike("reminder", """
        Reminder: your appointment with {who} is on {day} at {time}.
        {who}: please call us to move your appointment of {day}.
        Reply YES to confirm your visit to {who} on {day} at {time}, or NO to cancel.
        {hi} don't forget {thing} on {day}! {bye}
        Your {n} library books are due {day}. Renew online or at the desk.
        School closes at {time} on {day}. Please send {thing} with your child.
        Water will be off on {day} from {time} for about {n} hours.
        Bin collection moves to {day} this week.
        {name} has {thing} at {time}, can you take him?
        This is a message from {who}: the results are in and everything looks fine. Please ring between {time} and {time} if you have questions. No need to come in.
        Your prescription is ready at {who}.
        Please bring {thing} to {who} on {day}, and arrive {n} minutes early.
    """, {"who": choices("Dr Okafor | the dentist | the eye clinic | the vet | the physio | the school office | Dr Lindqvist | the town hall | the garage | the nursery | the hairdresser | the vaccination centre | the music school"),
            "thing": choices("a packed lunch | swimming things | the signed form | football practice | a water bottle | the piano lesson | the insurance card | old newspapers | the parents' evening | rain clothes | the costume | your passport")}, rows=210),
    _lookalike("price_talk", """
        The {thing} is {price} at {store}, {view}
        I got a {thing} for {price} at {store}.
        {price} for a {thing}? {view}
        {hi} does anyone want my {thing}? {price} or a cake. {bye}
        how much did you pay for your {thing}?
        They dropped the {thing} from {price} to {price}, {view}
        We split the {thing}, so {price} each. {bye}
        Is a {thing} on sale anywhere this week?
        Sold the {thing} for {price} at the flea market.
        Student discount makes the {thing} {price}, {view}
        I compared a cheap {thing} for {price} with an expensive one. After {n} weeks I could not tell them apart, so for me the cheap one won. {view}
        The rent went up by {price} again.
    """, THINGS, rows=220),
    _lookalike("free", """
        Are you free {day} at {time}? {bye}
        I'm free after {time} if you want to {do}
        Feel free to {do}. {bye}
        {food} is {free_of}-free, so {name} can eat it.
        Entry to the museum is free on {day}.
        finally free of exams, let's {do}
        Freedom of speech came up in class {day}.
        {hi} there's a free seat next to me if you come by {time}
        Free parking behind the church on {day}.
        I have {n} free days left this year and want to {do}.
        The library offers free courses on {topic}, no registration.
        Is the tool really free or only a trial? I'd like to {do} without paying.
        Nothing in life is free, as {name} used to say, but {food} on {day} comes close.
    """, {"do": choices("go for a walk | borrow the ladder | ask again | grab lunch | call me | start without me | play chess | correct my draft | drop by | watch the match | bring a friend | see the exhibition | edit the page | cook"),
            "food": choices("The cake | This bread | The soup | The curry | Their pizza | The pudding | My lasagne | The muesli"),
            "free_of": choices("gluten | dairy | sugar | nut | egg | lactose")}),
    _lookalike("congratulations", """
        Congratulations on {event}! {wish}
        {hi} congrats on {event}, {wish}
        Well done {name}, {event}, who would have thought! {wish}
        I just heard about {event}. {wish}
        You won! {wish}
        We won the {contest}! {wish}
        {name} won the {contest} and got {prize}.
        so proud of you for {event} {wish}
        Congrats to the winners of the {contest}: {name}, {name} and {name}.
        The {contest} raised {price} for the playground. First place goes to {name}, who takes home {prize}.
        Happy birthday {name}! {wish}
        Winner of our {contest} gets {prize}, draw on {day} in the canteen.
    """, {"event": choices("the new job | your exam | the baby | your wedding | the promotion | passing your driving test | the house | finishing the marathon | your degree | {n} years together | the award | your retirement"),
            "wish": choices("You earned it. | Drinks on {day}? | So happy for you! | Your parents must be proud. | Enjoy every minute. | What a day. | Can't wait to celebrate. | Love from all of us. | -"),
            "contest": choices("pub quiz | bake-off | school raffle | spelling bee | chess cup | village fair tombola | science fair | photo contest | egg hunt | sack race | hackathon"),
            "prize": choices("a box of chocolates | a plant | a book token | two cinema tickets | the wooden spoon | a hamper | a mug | a week of no dishes | a certificate")}, rows=210),
    _lookalike("school_fair", """
        Our {fair} is on {day} from {time}! {stall}
        Tickets for the {fair} are {price} at the office. {stall}
        Raffle tickets {price} each, all money goes to {cause}. {stall}
        {hi} can you help at the {fair} for {n} hours? {bye}
        Guess the number of sweets in the jar and win it! {fair}, {day}
        We collect prizes for the {fair}: books, toys, puzzles. {bye}
        Everyone who brings a cake to the {fair} gets a free coffee.
        {stall} {stall} See you at the {fair}.
        Last year's {fair} raised {price} for {cause}. Let's beat that!
        The {fair} is back: {stall} {stall} Come by between {time} and {time}, rain or shine, and tell your neighbours. Proceeds go to {cause}.
    """, {"fair": choices("summer fair | winter bazaar | charity run | jumble sale | plant swap | harvest supper | cake sale | open day | street party | book fair"),
            "stall": choices("There will be face painting. | Bring a blanket. | Winner of the quiz gets a hamper. | Free squash for children. | The band plays at {time}. | Tombola with {n} prizes! | Pony rides {price}. | Second-hand toys from {price}."),
            "cause": choices("the new swings | the animal shelter | the school trip | the food bank | the church roof | the lifeboats | the library van")}, kept_back=True, rows=170),
    _lookalike("business_mail", """
        {hi} please find attached the {doc}. {bye}
        Could you send me the {doc} by {day}? {bye}
        {hi} the {doc} needs your signature before {time}. {bye}
        I've moved our call to {day} at {time}. {bye}
        Following up on the {doc}: legal has {n} small questions.
        The client accepted the offer of {price} per licence. {bye}
        We're out of budget this quarter, so the {doc} will have to wait.
        Can accounting check whether the {price} was booked twice?
        {hi} thank you for your interest in the position. We'd like to invite you for an interview on {day} at {time}. {bye}
        My manager wants the {doc} to be {n} pages shorter.
        Minutes: {name} presented the {doc}. Marketing asked for one more week. The discount stays at {n} percent for existing customers. Next meeting {day}, {time}.
    """, {"doc": choices("quarterly report | contract | invoice | offer | agenda | slide deck | cost estimate | purchase order | roadmap | price list | press release | audit letter | travel policy | timesheet")
        }, rows=220),
    _lookalike("sms_chat", """
        {plan} {tail}
        {name} {plan} {tail}
        hey {plan} {tail}
        {plan}, {plan} {tail}
        ok {plan} {tail}
        sorry {plan} {tail}
        yeah im good, {plan} {tail}
        {plan}? i dunno, {name} told me {tail}
        soz missed ur call, {plan} {tail}
        so {name} said {plan} and i was like ok, then {plan} {tail} anyway {plan} {tail}
        haha nope. {plan} {tail}
        gud mornin, {plan} {tail}
    """, CHAT, rows=260),
    _lookalike("video_praise", """
        {praise} {detail}
        This {video} {praise2} {detail}
        who is still watching this {video} in {year}?
        {detail} {praise}
        Came here from @user's channel, not disappointed. {praise}
        Subscribed after {n} minutes of this {video}. {detail}
        the {video} I needed today, {praise}
        {n} million views and every one deserved. {detail}
        more {video}s about {topic} please!
        I watched this {video} with {name} and {praise2}
        {year} and this {video} {praise2}
        My channel is tiny but your {video} taught me how to light a scene. {praise}
        I've followed this channel since the first {video}. {detail} What I like most is that you say when you don't know something. {praise}
        Does anybody know the song at {n}:15? {praise}
    """, {"video": choices("video | song | cover | tutorial | episode | remix | interview | lecture | clip | live set | mashup"),
            "year": choices("2012 | 2015 | 2018 | 2020 | 2022 | 2023 | 2024"),
            "praise": choices("Love it! | Masterpiece. | so good omg | best one yet | Thank you for this. | Goosebumps every time. | Underrated. | this made my day | What a voice! | Instant classic."),
            "praise2": choices("never gets old. | still makes me smile. | deserves more views. | is pure joy. | explains it better than my teacher. | got me through winter."),
            "detail": choices("The drummer is unreal. | That bridge at {n}:02! | The editing is so clean. | I learnt more here than at school. | The cat at the end, lol. | The lyrics hit different now. | Sound could be louder though. | -")}, rows=260),
    _lookalike("link_question", """
        {hi} is http a real shop or a scam? {bye}
        I got a text about {lure}, is it spam?
        Has anyone ordered from http? {worry}
        My {who} clicked a link about {lure}. What should {who2} do now?
        How do I report a message about {lure}?
        got another call about {lure} today, {worry}
        Beware of mails about {lure}. The bank says they are fake.
        what does the spam filter do with {lure}?
        Do I need an account to open http ? {bye}
        Be careful, the message about {lure} going round is a fraud. Nobody will ask for your PIN. If you already paid, ring your bank and tell the police.
        Why do I keep getting emails on {lure}? {worry}
    """, {"lure": choices("a parcel fee | a lottery win | a tax refund | a blocked account | bitcoin | a free phone | a job from home | an inheritance | gift cards | a car insurance refund | a crypto coach | an unpaid toll"),
            "who": choices("grandfather | aunt | neighbour | colleague | flatmate"),
            "who2": choices("they | we"),
            "worry": choices("looks dodgy to me. | I didn't answer. | I deleted it. | the grammar gave it away. | not sure. | my card is blocked now. | be careful.")}, kept_back=True, rows=170),
    _lookalike("job_talk", """
        I start at {firm} on {day}. {feel}
        {name} got an offer from {firm}, {price} an hour. {feel}
        Does anyone know whether {firm} is hiring {role}s? {feel}
        We're looking for a {role}, part time, apply by {day} with a short letter.
        How do I ask my boss for a raise as a {role}?
        I've been a {role} for {n} years. {feel}
        The interview at {firm} is on {day} at {time}, wish me luck
        {firm} pays {role}s {price} an hour, {feel}
        Working from home as a {role} suits me. {feel}
        Thinking of leaving {firm}. {feel}
        Looking for advice: {firm} offers me a post as {role}, less money but {n} minutes from home. The old job pays more and I dread every Monday. {feel}
    """, {"firm": choices("the bakery | a law firm | the post office | the hospital | a startup | the city | a garage | the theatre | the university | a farm | the airport | an insurer"),
            "role": choices("nurse | barista | developer | teacher | bus driver | translator | welder | librarian | chef | accountant | gardener | receptionist"),
            "feel": choices("A bit nervous. | Finally! | Not sure yet. | It's honest work. | The people are nice. | Good hours at least. | They said they'd call. | -")}, rows=200),
    _lookalike("recommendation", """
        I'd recommend the {thing} from {store}. {view}
        {name} swears by her {thing}. {view}
        Any recommendations for a {thing} under {price}?
        Try {store}, they repaired my {thing} for {price}.
        best {thing} I ever had, bought at {store}
        Don't buy a {thing} online before you tried one. {view}
        You should really visit {store}. They let you test the {thing} for {n} days.
        can someone lend me a {thing} on {day}?
        My {thing} lasted {n} years, so I'd call it money well spent. {view}
        check out the {thing} at {store}, {view}
        I ordered the {thing} with the ten percent voucher {name} gave me for my birthday. It came in {n} days, well packed, and the colour is as shown. {view}
    """, THINGS, rows=190),
)
