"""Hate quoted, reported, studied or moderated by someone who does not share it. All harmless."""

from moderator.training.written.claims import CLAIMS, OTHER_CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS = {
    **IDENTITIES,
    **CLAIMS,
    **SURROUNDINGS,
    "town": (
        *("Leeds", "Toledo", "Marseille", "Perth", "Oslo", "Winnipeg", "Cork", "Graz", "Durban", "Osaka", "Porto"),
        *("Cardiff", "Denver", "Lyon", "Bristol", "Quebec", "Turin", "Malmö", "Accra", "Austin"),
    ),
    "number": ("two", "three", "four", "five", "eight", "nine", "eleven", "twelve", "sixteen", "twenty", "forty"),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="quoting/news",
        templates=(
            "Candidate resigns after saying that {people} {hostile}",
            'Broadcaster apologises after guest says {people} "{hostile}"',
            "{town}: {number} arrested over leaflets claiming that {people} {hostile}",
            "Police in {town} are looking for the author of a letter that said {people} should {denied}.",
            "Minister under fire for the remark that {people} should {denied}",
            "The mayor of {town} condemned a poster that called {people} {lowly}.",
            "Club bans fan for life for shouting that {people} {hostile}",
            "A {role} from {town} was dismissed for posts in which {people} were described as {lowly}.",
            "Attacks on {people} rose by {number} per cent last year, the report says.",
            "Hundreds marched in {town} on Saturday after {a_adjective} family was told to leave their home.",
            "Parliament rejects bill under which {people} would {denied}",
            "The paper withdrew a cartoon that showed {people} as {lowly}, and said sorry to its readers.",
            "Video in which {speaker} says that {people} {hostile} is condemned by all parties",
        ),
        slots=SLOTS,
        rows=270,
    ),
    Family(
        name="quoting/court",
        templates=(
            'A {role} was fined in {town} for writing online that "{harm}".',
            "The court heard that the accused had shouted at {person} that people like them {hostile}.",
            "He was sentenced to {number} months for a post that read: {harm}. He said that he regrets it.",
            "According to the charge, the group planned to {expel}. The trial continues on Tuesday.",
            "The judge said the words '{people} {hostile}' were meant to stir up hatred against innocent people.",
            "The tribunal found that the landlord had refused a flat to {person} and awarded {number} thousand pounds.",
            "The plaintiff, {person}, was told by {speaker} that {people} should {denied}. The firm settled.",
            "Witnesses said the attacker had yelled that {people} {hostile} before he was held down by passers-by.",
            "The appeal failed: saying that {people} are {lowly} was not fair comment, the court ruled.",
        ),
        slots=SLOTS,
        rows=220,
    ),
    Family(
        name="quoting/what_happened",
        templates=(
            '{speaker_c} told my {role} to go home and said that {people} "{hostile}". We were speechless.',
            "I am {person} and was told {place} that we {hostile}. I cried in the car.",
            "Today {speaker} said to my face that {people} {hostile}. I still don't know what to reply.",
            "{lead} {speaker_c} called {people} {lowly}. Nobody said a word. {tail}",
            "My daughter came home and asked why the others say that {people} {hostile}.",
            "Overheard {place}: that {people} {hostile}. I felt sick.",
            'Got a note through the door today. "{People} {hostile}," it says. We only moved in last week.',
            "Growing up as {person} I heard every week that we {hostile}. You don't forget that.",
            "{lead} I was the only {adjective} {role} there, and {speaker} joked that we should {denied}. {tail}",
            "They laughed and asked if I, being {person}, would {denied} like the rest. I have told the manager.",
            "My ex used to say that {people} {hostile}. That was one of the reasons I left.",
            "Someone wrote on the wall of {event} that {people} {hostile}. Volunteers painted it over within an hour.",
        ),
        slots={
            **SLOTS,
            "speaker_c": tuple(part[0].upper() + part[1:] for part in SURROUNDINGS["speaker"]),
        },
        sentiment=0,
        rows=280,
    ),
    Family(
        name="quoting/moderators",
        templates=(
            'Our rules do not allow posts such as "{people} {hostile}".',
            "Example of what we remove: claims that {people} {hostile}, or that they should {denied}.",
            "Hi mods, can you look at the comment that says {people} {hostile}? I think it breaks rule {number}.",
            "Comment removed. Criticise ideas, but do not write that {people} {hostile}.",
            "We had {number} reports about a post that called {people} {lowly}. It is gone, and so is its author.",
            "Reviewer's note: the user quotes '{people} {hostile}' in order to object. Keep.",
            "Policy question: is 'I never said that {people} {hostile}' a violation? I would say no.",
            "Why was my post deleted? I only asked people to stop saying that {people} {hostile}.",
            "{lead} As a moderator of this group I will say it again: no more posts that {people} {hostile}. {tail}",
            "Test case: a text which says that {people} should {denied} must be flagged as hate.",
            "The filter missed a comment saying {people} {hostile}, and blocked {person} who answered it.",
        ),
        slots=SLOTS,
        rows=260,
    ),
    Family(
        name="quoting/asking",
        templates=(
            'Is it offensive to say that {people} "{hostile}"?',
            "Would the sentence '{people} {hostile}' count as hate speech in your country?",
            "What should I answer when {speaker} says {people} {hostile}?",
            "Explain to a twelve-year-old why it is wrong to say that {people} {hostile}.",
            "How can I tell my grandfather that I do not want to hear that {people} {hostile}?",
            "Classify the following text as hateful or not: '{people} {hostile}'. Answer with one word.",
            "Write a kind reply to somebody who claims that {people} {hostile}.",
            "Summarise the history of the myth that {people} {hostile}, and how it was refuted.",
            "Where does the prejudice come from that {people} {hostile}?",
            "Translate into French: 'It is a lie that {people} {hostile}.'",
            "Give me facts against the claim that {people} should {denied}.",
            "I am {person}. Can I report a colleague who says that we {hostile}?",
            "Help me write a complaint: {speaker} said {place} that {people} {hostile}.",
            "Write a scene in which a pupil says that {people} {hostile} and the teacher answers well.",
            "Please list books that show how false it is to say that {people} are {lowly}.",
        ),
        slots=SLOTS,
        rows=300,
    ),
    Family(
        name="quoting/academic",
        templates=(
            "The pamphlets of that decade claimed that {people} {hostile}; the author shows who paid for them.",
            "{number_c} per cent of respondents agreed with the statement that {people} {hostile}.",
            "This chapter studies the stereotype that {people} {hostile} and its cost for those who live with it.",
            "Propaganda of this kind first calls {people} {lowly} and then demands that they {denied}.",
            "In the corpus, sentences such as '{people} {hostile}' were marked as hateful by {number} annotators.",
            "The law of the time required that {people} {denied}, a fact that textbooks rarely mention.",
            "Interviewees recalled being told at school that {people} {hostile}.",
            "{lead} Her lecture asked how a society comes to believe that {people} {hostile}. {tail}",
            "We find that readers who meet {people} in daily life are less likely to believe that they {hostile}.",
            "The museum shows posters which said that {people} {hostile}, with letters from those they harmed.",
            "The villain of the novel thinks that {people} {hostile}; the narrator plainly does not.",
        ),
        slots={
            **SLOTS,
            "number_c": tuple(part[0].upper() + part[1:] for part in SLOTS["number"]),
        },
        rows=240,
    ),
    Family(
        name="quoting/told_at_length",
        templates=(
            (
                "{lead} First {speaker} said that {people} {hostile}. Then another one nodded and added that they "
                "should {denied}. My {role}, who is {person}, just put down the cup and went home. I should have "
                "spoken up. {tail}"
            ),
            (
                "{lead} It was {speaker} again, explaining that {people} {hostile}. I asked how many he knew. He "
                "went red, and the room laughed at last. {tail}"
            ),
            (
                "{lead} The flyer says: '{People} {hostile}. Time to {expel}.' I took it straight to the police, "
                "and they told me that {number} others had done the same. {tail}"
            ),
            (
                "{lead} He lost his job for writing that {people} {hostile}, and some call that censorship. I "
                "worked with the {adjective} colleague who had to read it every day, and I don't. {tail}"
            ),
            (
                "{lead} In chapter {number} the boy is told that {people} {hostile}, and he believes it until "
                "{name} moves in next door. A warm and honest book about how prejudice is learnt and unlearnt. "
                "{tail}"
            ),
        ),
        slots=SLOTS,
        rows=330,
    ),
    Family(
        name="quoting/heard",
        templates=(
            "Listen to the recording: at minute {number} he really says that {people} {slander}.",
            "A bishop, an imam and a rabbi signed a letter against the slogan that {people} {slander}.",
            'The headline "why {people} {slander}" was changed after readers protested.',
            "She keeps a folder of every message which told her that {people} {slander}. The police have it now.",
            "Fact check: do {people} {slander_bare}? Our verdict: false.",
            "His old posts, in which {people} {slander}, have come to light. The party has expelled him.",
            "Teachers in {town} learn what to do when pupils say that {people} {slander}.",
            "Record of complaint: caller states that a neighbour yelled that {people} {slander}. Referred on.",
        ),
        slots={
            **IDENTITIES,
            **OTHER_CLAIMS,
            "town": SLOTS["town"],
            "number": SLOTS["number"],
            "slander_bare": ("wreck towns", "own the press", "cheat in exams", "hate our way of life", "avoid work"),
        },
        rows=260,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
