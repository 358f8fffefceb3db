"""Groups in daily life: work, love, food, figures, questions, pride, policy. All harmless."""

from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS: dict[str, tuple[str, ...]] = {
    **IDENTITIES,
    **SURROUNDINGS,
    # After "they" or the name of a group.
    "decent": (
        *("deserve the same respect as anyone else", "have lived on this street for generations", "pay taxes like us"),
        *("keep our hospitals running", "make this town a better place", "love their children as everybody does"),
        *("want what all of us want: a safe home", "run half of the shops on the market", "are part of this country"),
        *("have written some of my favourite books", "belong here as much as I do", "sing in our choir"),
        *("work as hard as anyone I know", "were the first to help after the flood", "are welcome at our table"),
        *("built the bridge you drive over", "are our neighbours, friends and colleagues", "teach in our schools"),
        *("are as different from each other as the rest of us", "can be funny, dull, kind or grumpy like anyone"),
        *("should feel safe on the way home", "have always been here", "taught me how to cook", "make great friends"),
    ),
    "hardship": (
        *(
            "wait longer for a doctor's appointment",
            "are paid less for the same work",
            "are rarely asked for their view",
        ),
        *("are turned away by landlords", "get stopped by the police more often", "often feel alone in the first year"),
        *(
            "are missing from the history books",
            "find it harder to get a loan",
            "struggle to find a place to pray or meet",
        ),
        *("are mocked on television", "face abuse online every day", "have fought for their rights for a century"),
        *("are three times as likely to be bullied at school", "cannot get through the door of many shops"),
    ),
    "topic": (
        *("rent", "the new bus line", "school meals", "the pension age", "bread", "football", "grandchildren", "exams"),
        *("gardening", "the election", "raising twins", "bad knees", "music", "the best dumplings in town", "dating"),
    ),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="identity_mentions/decent",
        templates=(
            "{People} {decent}.",
            "{aside} {people} {decent}.",
            "{People} {decent} and {decent}.",
            "{lead} {People} {decent}. {tail}",
            "Say what you like, {people} {decent}.",
            "It was true then and it is true now: {people} {decent}.",
            "You asked about {people}. They {decent}.",
            "Nobody should forget that {people} {decent}.",
            "All I know is that {people} {decent}, whatever the papers say.",
            "Another day, another story about {people}. They {decent}, and that never makes the front page.",
        ),
        slots=SLOTS,
        rows=290,
    ),
    Family(
        name="identity_mentions/i_am",
        templates=(
            "I'm {person} and I work as a {job}.",
            "As {person} I get asked about {topic} more than you would think.",
            "I am {person}, {name} is not, and we have shared a flat for nine years without a single row.",
            "Being {person} is a part of me, like my love of {topic}.",
            "I am {person}. I am also a {role}, a parent and a terrible cook.",
            "{lead} I am {person} and so is my best friend. {tail}",
            "Hello everybody, I'm {name}, {person} from up north, new here and keen to talk about {topic}.",
            "I came out as {person} in my own words, in my own time, and my family threw a party.",
            "For years I hid that I'm {person}. Now I sing about it on stage.",
            "We're {people} and we would like to book a table for six.",
            "I'm {person}, and no, I don't mind if you ask about it.",
            "Never thought I would say this in public: I'm {person} and I'm happy.",
        ),
        slots=SLOTS,
        rows=240,
    ),
    Family(
        name="identity_mentions/someone",
        templates=(
            "My new {role} is {person} and knows everything about {topic}.",
            "{A_adjective} {role} won the prize for the best new album this year.",
            "Found out that {name} is {person}. Makes no difference to anyone at work.",
            "Our {role}, {person} in her fifties, retires in June after thirty years.",
            "The {adjective} family next door lent us their ladder again.",
            "Looking for {a_adjective} {role} who would like to speak at {event}.",
            "I married {person} eleven years ago and would do it again tomorrow.",
            "{name} asked {person} and {person} from work what they thought about {topic}.",
            "There was {a_adjective} couple in front of us in the queue, very chatty, all about {topic}.",
            "If my daughter brings home {person}, I'll put another plate on the table.",
            "First {adjective} {job} appointed at the county hospital",
            "{lead} Met {person} at {event} and we talked about {topic} until they closed. {tail}",
            "My grandmother's best friend was {person}; they played cards every Thursday.",
        ),
        slots=SLOTS,
        rows=280,
    ),
    Family(
        name="identity_mentions/love",
        templates=(
            "So much love for {people} today!",
            "Happy to see so many {people} at {event} this year.",
            "I adore my {adjective} neighbours, they {decent}.",
            "Thank you to all the {people} who helped at {event}, you were wonderful.",
            "To {people} everywhere: have a great weekend, you have earned it.",
            "Three cheers for the {people} of our team!",
            "I wish {people} well, in this country and in every other.",
            "Some of my best friends are {people}, and they {decent}.",
            "The world would be poorer without {people}.",
            "I'm raising my kids to be friends with {people}, because they {decent}.",
            "Bless them, the {people} next door cleared the snow before I was up.",
            "We welcome {people} at {event}. There's cake.",
            "{lead} I am grateful for the {people} in my life. They {decent}. {tail}",
        ),
        slots=SLOTS,
        sentiment=2,
        rows=270,
    ),
    Family(
        name="identity_mentions/celebrations",
        templates=(
            "{event_c} puts {adjective} history in the spotlight this month. Free entry.",
            "Great turnout for the {adjective} film night at {event}, over two hundred people.",
            "Made a soup from {a_adjective} cookbook last night. The whole table went quiet.",
            "Any good {adjective} podcasts you can recommend? I like the ones about {topic}.",
            "This weekend: {adjective} poets read at {event}. Bring a cushion.",
            "A {number} page history of {people} in our town, written by {name}. I read it in one sitting.",
            "The exhibition shows photographs by {people} from the last sixty years.",
            "Tickets for the concert by the {adjective} women's orchestra are gone, sorry.",
            "Proud of our {adjective} youth group, which won the quiz at {event}.",
            "Today we honour the {people} who served in the fire brigade.",
        ),
        slots={
            **SLOTS,
            "event_c": tuple(part[0].upper() + part[1:] for part in SURROUNDINGS["event"]),
            "number": ("two-hundred", "ninety", "four-hundred", "hundred", "six-hundred"),
        },
        rows=220,
    ),
    Family(
        name="identity_mentions/figures",
        templates=(
            "About {number} per cent of those asked were {people}.",
            "The share of {people} among students rose from {number} to {number} per cent.",
            "According to the census there are {number} thousand {people} in the county.",
            "{People} {hardship}, a new study finds.",
            "On average {people} {hardship}.",
            "The ministry counts {number} per cent more {people} in training than a year ago.",
            "Report: {people} {hardship}",
            "Researchers want to know why {people} {hardship}, and interviewed {number} of them.",
            "Doctors should know that {people} {hardship}, says the guideline.",
            "{lead} It says that {people} {hardship}. {number_c} per cent, to be exact. {tail}",
        ),
        slots={
            **SLOTS,
            "number": ("three", "seven", "twelve", "15", "18", "22", "31", "46", "52", "60"),
            "number_c": ("Three", "Seven", "Twelve", "Fifteen", "Twenty-two", "Forty"),
        },
        sentiment=1,
        rows=240,
    ),
    Family(
        name="identity_mentions/hardship",
        templates=(
            "It breaks my heart that {people} {hardship}.",
            "Why is it still the case that {people} {hardship}?",
            "How would you feel? {People} {hardship}.",
            "We need to talk about the fact that {people} {hardship}.",
            "{aside} {people} {hardship}, and nothing is done about it.",
            "Sick and tired of hearing that this is fine: {people} {hardship}.",
            "{lead} {People} {hardship}. It has to change. {tail}",
            "I am {person}. We {hardship}. People get angry when I mention it.",
            "The film shows how {people} {hardship}. Hard to watch, and necessary.",
            "There is a help line for {people}, who {hardship}. It is open at night too.",
        ),
        slots=SLOTS,
        sentiment=0,
        rows=240,
    ),
    Family(
        name="identity_mentions/question",
        templates=(
            "What do {people} think of the new law?",
            "Which gift would be right for {a_adjective} colleague who has a new baby?",
            "Are there {people} here who can tell me what it's like to work as a {job} in this town?",
            "How do I make {event} a place where {people} feel welcome?",
            "Why are there so few {people} in the film business?",
            "What's the best town to live in for {people}?",
            "Can anyone tell me a good book about {people}, for a ten-year-old?",
            "How many {people} live in this city?",
            "Is it true that {people} {hardship}? I had no idea.",
            "Am I the only one who finds it odd that no {people} were invited to {event}?",
            "Serious question from {person}: is {event} easy to get to?",
            "Who was the first {adjective} {job} in this country?",
            "What is the polite word, '{adjective}' or something else? I would like to get it right.",
            "Do {people} get a discount at {event}?",
        ),
        slots=SLOTS,
        rows=260,
    ),
    Family(
        name="identity_mentions/request",
        templates=(
            "Write a {text} about {a_adjective} {role} who solves a mystery.",
            "Please write a {text} in which {person} and {person} become friends.",
            "Give me ten ideas for {event} so that {people} enjoy it too.",
            "Act as {a_adjective} {role} and tell me about your day.",
            "Help me draft a {text} that invites {people} to {event}.",
            "Make a {text} that thanks {people} for their work.",
            "Explain why {people} {hardship} and what could be done.",
            "I need a catchy {text} for a job fair for {people}.",
            "Can you come up with a name for a club of {people} who like {topic}?",
            "Tell me a harmless joke that {a_adjective} comedian could tell about {topic}.",
            "List famous {people} who worked as a {job}.",
            "Write a {text} in which {person} answers a rude stranger with wit.",
        ),
        slots={
            **SLOTS,
            "text": (
                *("poem", "short article", "leaflet", "tweet", "speech", "blog post", "song", "slogan", "story"),
                *("letter", "school essay", "children's story", "press release", "radio spot", "post", "scene"),
            ),
        },
        sentiment=1,
        rows=250,
    ),
    Family(
        name="identity_mentions/long",
        templates=(
            (
                "{lead} It started when {a_adjective} family moved in across the road. Since then the place has "
                "come to life: music on Fridays, a fruit stall, somebody to water the plants. {tail}"
            ),
            (
                "{lead} At {event} there was {person}, laughing and sharing food with everyone. We got talking "
                "about {topic} and missed the last bus. {tail}"
            ),
            (
                "{lead} {People} {hardship}. It isn't the fault of {people}, it's a rule from another age, and the "
                "council could change it tomorrow. {tail}"
            ),
            (
                "{lead} My {role} is {person}. She never made much of it, nor did we, until someone asked her to "
                "speak at {event}. The room stood up for her. {tail}"
            ),
            (
                "{lead} The flat was damp, the lift broken, the bus late. Only the {adjective} neighbours made it "
                "bearable. They {decent}. I miss them. {tail}"
            ),
            (
                "{lead} I do not agree with {name} on {topic}, or on much else. But when she says that {people} "
                "{decent}, she is right. {tail}"
            ),
        ),
        slots=SLOTS,
        rows=400,
    ),
    Family(
        name="identity_mentions/negative_news",
        templates=(
            "{A_adjective} {role} was hurt in a crash on the ring road last night.",
            "My {adjective} {role} was rude to me today. Everyone has bad days.",
            "I broke up with {name}, who is {person}. We wanted different things.",
            "The {adjective} restaurant was a let-down: cold rice, slow service, loud music.",
            "I hated that film about {person} who becomes a {role}. Two hours of bad dialogue.",
            "Two {people} were among the dead, the fire brigade said.",
            "The law on {people} is badly written and should go back to parliament.",
            "I disagree with the minister's plan for {people}; it costs a lot and helps nobody.",
            "The {adjective} {role} was booed for missing the penalty. That's sport.",
            "{lead} As {person} I am allowed to say that our association is badly run. {tail}",
            "I'm fed up with how the government treats {people}. It is a bloody disgrace.",
        ),
        slots=SLOTS,
        sentiment=0,
        rows=230,
    ),
    Family(
        name="identity_mentions/neighbourly",
        templates=(
            "Ramadan, Diwali, Easter, a name day: the {adjective} ladies upstairs bring sweets for all of them.",
            "If you want to learn chess, ask {name}, who is {person} and has endless patience.",
            "Volunteers wanted: we cook for {people} and with {people} every second Saturday.",
            "Fun fact: the inventor of this tool was {person}.",
            "The {adjective} players stayed after the match to sign shirts, whatever the weather.",
            "Half of my office are {people}, the other half support the wrong club.",
            "{People} and their neighbours have planted forty trees behind the station.",
            "Casting call: we are looking for {people} of any age for a commercial about toothpaste.",
            "She raised four children, buried a husband, learned to drive at sixty and is proud to be {person}.",
        ),
        slots=SLOTS,
        rows=240,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
