"""Open hostility towards protected groups: neutral group words, mild wording, many forms."""

from moderator.contracts.labels import Label
from moderator.training.written.claims import CLAIMS, OTHER_CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS = {**IDENTITIES, **CLAIMS, **SURROUNDINGS}
HATE = frozenset({Label.TOXIC, Label.HATE})
# Whether abuse of a group is also an insult, raters do not agree; what drives people out may read as a threat.
OPEN = frozenset({Label.INSULT})
DRIVEN_OUT = frozenset({Label.INSULT, Label.THREAT})

SENTENCES: tuple[Family, ...] = (
    Family(
        name="hate/statement",
        templates=(
            "{People} {hostile}.",
            "{aside} {people} {hostile}.",
            "{People} {hostile} and {hostile}.",
            "All {people} {hostile}, no exceptions.",
            "{aside} {people} {hostile}, and everybody knows it.",
            "{People} {hostile}. {tail}",
            "{lead} {People} {hostile}.",
            "Say what you like, {people} {hostile}.",
            "It was true then and it is true now: {people} {hostile}.",
            "My father told me {people} {hostile}, and my father was right.",
            "Nobody dares to print it, but {people} {hostile}.",
            "{lead} I stand by every word: {people} {hostile}. {tail}",
            "Every time I go to {event} I am reminded that {people} {hostile}.",
            "You can't change {people}. They {hostile}.",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=OPEN,
        sentiment=0,
        rows=260,
    ),
    Family(
        name="hate/lowly",
        templates=(
            "{People}: {lowly}.",
            "Show me {person} and I'll show you one of the {lowly}.",
            "{aside} {people} are {lowly}.",
            "{People} are nothing but {lowly}. {tail}",
            "Call {people} what they are: {lowly}.",
            "I see no neighbours there, I see {people}, which means {lowly}.",
            "{lead} We pay for {people}, and {people} stay {lowly}.",
            "{People} are {lowly} and {lowly}, that is the whole story.",
            "The paper calls them {people}. I call them {lowly}.",
            "They can dress up as much as they want, {people} remain {lowly}.",
            "{lead} All I see in {people} is {lowly}. They {hostile}. {tail}",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=OPEN,
        sentiment=0,
        rows=170,
    ),
    Family(
        name="hate/exclusion",
        templates=(
            "Time to {expel}.",
            "Let's {expel}.",
            "{aside} we should {expel}.",
            "Vote for whoever promises to {expel}.",
            "{lead} The only answer is to {expel}. {tail}",
            "When will this government finally {expel}?",
            "Good people of this town, {expel}!",
            "First {expel}, then {expel}. In that order.",
            "I've signed the petition to {expel}, have you?",
            "My plan for {event}: {expel}.",
            "If nobody else does it we will {expel} ourselves.",
            "They {hostile}. {Expel}, I say, and do it now.",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=170,
    ),
    Family(
        name="hate/denied_rights",
        templates=(
            "{People} should {denied}.",
            "{aside} {people} should {denied}, and I am not joking.",
            "Why can't we agree that {people} must {denied}?",
            "{lead} {People} should {denied}. {tail}",
            "New rule for this city: {people} must {denied}.",
            "Equality went too far. {People} should {denied} and {denied}.",
            "There is nothing wrong with saying that {people} should {denied}.",
            "I support equal rights, just not for {people}. They should {denied}.",
            "Giving {people} the same rights as us was the mistake of the century. They should {denied}.",
            "A country with any pride would decide that {people} must {denied}.",
            "Human rights are for humans, and {people} should {denied}.",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=170,
    ),
    Family(
        name="hate/wish_of_harm",
        templates=(
            "{Harm}.",
            "{aside} {harm}.",
            "{lead} {Harm}. {tail}",
            "They {hostile}, so {harm}.",
            "Call me what you like, but {harm}.",
            "{Harm}, and {harm}.",
            "{People} {hostile}. I mean it: {harm}.",
            "No more talking. {Harm}.",
        ),
        slots=SLOTS,
        positive=HATE | {Label.THREAT},
        unknown=OPEN,
        sentiment=0,
        rows=190,
    ),
    Family(
        name="hate/addressed",
        templates=(
            "You {people} {hostile}.",
            "Listen, you {people}: nobody here wants you.",
            "To the {people} reading this: you {hostile}.",
            "@user you people {hostile}. {People}, all the same.",
            "Go back to wherever {people} come from, you do not belong here.",
            "You're {person}, so keep your mouth shut when real citizens talk.",
            "Of course you would say that, you are {person}. Your kind {hostile}.",
            "We don't serve {people} here and we never will. Get out.",
            "If you are {person}, do us all a favour and leave this group. You people {hostile}.",
            "Do you {people} even know that you {hostile}?",
            "{lead} To all {people}: you {hostile}. You should {denied}. {tail}",
            "{name}, people like you {hostile}. That is what comes of letting {people} in.",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=170,
    ),
    Family(
        name="hate/profane",
        templates=(
            "Fucking {people}, they {hostile}.",
            "{People} {hostile} and I'm sick of their shit.",
            "I don't give a damn who hears it, {people} {hostile}.",
            "What the hell are {people} doing here? They {hostile}.",
            "Screw {people}, and screw everyone who defends them.",
            "Goddamn {people} again. They should {denied}.",
            "{lead} All this bullshit about respecting {people}. They {hostile}. {tail}",
            "{People} can kiss my arse, they {hostile}.",
            "Holy shit, {person} on my train again. They fucking {hostile}.",
            "Piss off with your {people}. Bloody {lowly}.",
        ),
        slots=SLOTS,
        positive=HATE | {Label.OBSCENE},
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=170,
    ),
    Family(
        name="hate/rant",
        templates=(
            "{lead} {People} {hostile}. They should {denied}, and the sooner the better. {tail}",
            (
                "{lead} It started when {a_adjective} family moved in across the road. Since then the place is "
                "finished, because that sort {hostile}. {lead} They {hostile}. {tail}"
            ),
            (
                "{lead} I have tried to like {people}, I really have. It can't be done. They {hostile}, they "
                "{hostile}, and we are supposed to clap. {tail}"
            ),
            (
                "{lead} At {event} there was {person}, laughing and eating our food as if it was normal. It is not "
                "normal. {People} {hostile}. I took my children home. {tail}"
            ),
            (
                "{lead} Everyone was so nice about {people}. I was the only one who said it out loud: they "
                "{hostile}. You could have heard a pin drop. {tail} We should {expel}."
            ),
            (
                "{lead} My grandparents built this town. Now you see {people} wherever you look, and what do they "
                "do? They {hostile}. {tail}"
            ),
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=260,
    ),
    Family(
        name="hate/someone",
        templates=(
            "My new {role} is {person}. They {hostile}, so I asked for somebody else.",
            "I will not be treated by {a_adjective} {role}. Those people {hostile}.",
            "Found out that {name} is {person}. Disgusting, I threw away the cup they drank from.",
            "{A_adjective} {role}? No thanks, they {hostile}.",
            "Who let {person} become a {job}? They {hostile}.",
            "If my daughter ever brought home {person}, she would no longer be my daughter. They {hostile}.",
            "Imagine being {person}. I would be ashamed to get out of bed.",
            "{lead} The {role} was {person}, so we walked out. They {hostile}. {tail}",
            "You can't have {person} as a {job}. Their whole kind {hostile}.",
            "There goes the street: {a_adjective} family has bought number nine. They {hostile}.",
        ),
        slots=SLOTS,
        positive=HATE,
        unknown=OPEN,
        sentiment=0,
        rows=200,
    ),
    Family(
        name="hate/slander",
        templates=(
            "Wherever you find {people} you find trouble, because they {slander}.",
            "Name one decent thing {people} ever did. Exactly. They {slander}.",
            "The older I get the less I can stand {people}; they {slander}.",
            "Given the choice between {people} and a flood I'd take the flood. They {slander}.",
            "Keep voting for open doors and soon {people} will run the place. And they {slander}.",
            "Another day, another story about {people}. What did you expect? They {slander}.",
            "Scratch {person} and you find the same thing underneath: they {slander}.",
            "{People} {slander}, {people} {slander}. How much more proof do you need?",
            "I raise my kids to stay clear of {people}. They {slander}.",
        ),
        slots={**IDENTITIES, **OTHER_CLAIMS},
        positive=HATE,
        unknown=DRIVEN_OUT,
        sentiment=0,
        rows=190,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
