"""Minimal pairs: the same openings with a hateful and a harmless ending."""

from moderator.contracts.labels import Label
from moderator.training.written.claims import CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

HATE = frozenset({Label.TOXIC, Label.HATE})
UNKNOWN = frozenset({Label.INSULT, Label.THREAT})

SLOTS: dict[str, tuple[str, ...]] = {
    **IDENTITIES,
    **CLAIMS,
    **SURROUNDINGS,
    "opening": (
        *("Our street was quiet until {people} moved in.", "There are more {people} in this town every year."),
        *(
            "I sat next to {person} on the bus today.",
            "My son has {a_adjective} teacher now.",
            "I've been watching {people}.",
        ),
        *("They hired {person} at the office.", "My daughter brought {person} home.", "A word about {people}."),
        *(
            "The new doctor is {person}.",
            "I have lived among {people} all my life.",
            "Somebody has to speak up about {people}.",
        ),
        *("Saw {people} on the front page again.", "The shop on the corner belongs to {person} now."),
        *("I used to think {people} were just like me.", "We had {person} round for dinner.", "{People}, again."),
        *("There were {people} at {event}.", "My neighbours are {people}.", "They want {people} in parliament."),
        *("Nobody asks {people} about this.", "Let me tell you what I know about {people}.", "So {name} is {person}."),
        *("Everything changed when {people} came here.", "The whole team is made up of {people} these days."),
    ),
    "cruel": (
        *("I washed my hands twice.", "It makes my flesh creep.", "That kind ought to be kept away from us."),
        *("You can't let creatures like that near children.", "The place should be fumigated.", "They {hostile}."),
        *("It used to be a country for real people.", "They all {hostile}.", "Time to show them the door."),
        *(
            "Blood tells, and theirs is bad.",
            "I want them gone.",
            "Their sort should {denied}.",
            "Next they will let dogs vote.",
        ),
        *(
            "You can smell what they are.",
            "They will never be one of us, and good.",
            "Give them an inch and they rob you blind.",
        ),
        *("They were made to serve, not to sit with us.", "Normal people cross the road.", "Keep our blood clean."),
    ),
    "kind": (
        *("I had the best soup of my life.", "It makes me happy.", "We could not have wished for nicer neighbours."),
        *("The children love it.", "The place has never looked better.", "They told me about their garden."),
        *("It is a country for all of us.", "Nothing else to report, really.", "Time to say hello."),
        *("I learned a lot, and laughed a lot.", "I want them to stay.", "And yes, the bread is excellent."),
        *(
            "We talked about knees and grandchildren.",
            "About time, if you ask me.",
            "Give them a chance and they shine.",
        ),
        *("They have the same rights as anyone.", "Some people stare, I wave.", "I wish there were more of it."),
        *(
            "Anyone who minds can take it up with me.",
            "It rained, we shared an umbrella.",
            "The rest is nobody's business.",
        ),
    ),
    "granted": (
        *("be heard", "be paid the same as everyone", "feel safe in their own homes", "get the vote at last"),
        *("be allowed to marry whom they love", "be asked before others decide for them", "be able to adopt"),
        *("see a doctor without fear", "have a say in this", "be left in peace", "be judged by what they do"),
        *("be free to teach", "get in without asking for help", "be seen on television more often", "run for office"),
        *("have the same schools as our kids", "be served like any other guest", "stay as long as they like"),
    ),
    "welcome": (
        *("make room for {people} in our schools", "open the door to {people}", "listen to {people} for once"),
        *("rent more flats to {people}", "treat {people} like anyone else", "protect {people} from attacks"),
        *("get more {people} into public office", "thank {people} for all they do", "stop talking over {people}"),
        *("make life easier for {people}", "hire {people} on equal terms", "invite {people} to {event}"),
        *("stand by {people} when others shout", "keep {people} and their children safe"),
    ),
    "shun": (
        *("hire", "share a table with", "rent a room to", "shake hands with", "sit beside", "live next door to"),
        *("be treated by", "let my kids play with", "buy bread from", "feel sorry for", "let into my house"),
    ),
    "wrong": (
        *("hurt", "mock", "turn away", "shout at", "lie about", "look down on", "spit at", "refuse a room to"),
        *("speak ill of", "be rude to", "exclude", "insult", "laugh at"),
    ),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="contrast/cruel_ending",
        templates=(
            "{opening} {cruel}",
            "{opening} {aside} I don't like it. {cruel}",
            "{lead} {opening} {cruel} {tail}",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=UNKNOWN,
        sentiment=0,
        rows=180,
    ),
    Family(
        name="contrast/kind_ending",
        templates=("{opening} {kind}", "{opening} {aside} I like it. {kind}", "{lead} {opening} {kind} {tail}"),
        slots=SLOTS,
        rows=330,
    ),
    Family(
        name="contrast/denied",
        templates=(
            "{People} should {denied}.",
            "I believe that {people} should {denied}.",
            "The law must say that {people} should {denied}.",
            "{lead} {People} should {denied}. {tail}",
            "Is it too much to ask that {people} should {denied}?",
            "We need to {expel}.",
            "The council has to {expel}. I will not stop saying so.",
            "It is high time to {expel}.",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=UNKNOWN,
        sentiment=0,
        rows=160,
    ),
    Family(
        name="contrast/granted",
        templates=(
            "{People} should {granted}.",
            "I believe that {people} should {granted}.",
            "The law must say that {people} should {granted}.",
            "{lead} {People} should {granted}. {tail}",
            "Is it too much to ask that {people} should {granted}?",
            "We need to {welcome}.",
            "The council has to {welcome}. I will not stop saying so.",
            "It is high time to {welcome}.",
        ),
        slots=SLOTS,
        rows=300,
    ),
    Family(
        name="contrast/shunned",
        templates=(
            "I'd never {shun} {person}.",
            "You won't catch me agreeing to {shun} {person}, whatever the law says.",
            "I would sooner lose my job than {shun} {person}.",
            "Nobody here should ever {shun} {person}, it brings shame on us.",
            "{aside} don't {shun} {person}. You know what they are.",
        ),
        slots=SLOTS,
        positive=frozenset({Label.HATE}),
        unknown=UNKNOWN | {Label.TOXIC},
        sentiment=0,
        rows=120,
        kept_back=True,
    ),
    Family(
        name="contrast/respected",
        templates=(
            "I'd never {wrong} {person}.",
            "You won't catch me agreeing to {wrong} {person}, whatever the others say.",
            "I would sooner lose my job than {wrong} {person}.",
            "Nobody here should ever {wrong} {person}, it brings shame on us.",
            "{aside} don't {wrong} {person}. You know how it feels.",
        ),
        slots=SLOTS,
        rows=200,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
