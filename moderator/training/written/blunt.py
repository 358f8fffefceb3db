"""Hard words that insult nobody: criticism of work and ideas, teasing with care, self-mockery, quoted insults."""

from moderator.training.written.grammar import Family
from moderator.training.written.insults import SLOTS as INSULTS
from moderator.training.written.surroundings import with_paragraphs

SLOTS: dict[str, tuple[str, ...]] = {
    **INSULTS,
    "flaw": (
        *("is nonsense", "is a mess from start to finish", "makes no sense", "is wrong on every count", "is terrible"),
        *("falls apart at the first question", "is boring beyond words", "needs to be redone", "is a failure"),
        *("is the worst I have read this year", "is full of errors", "is plain stupid", "is rubbish", "stinks"),
        *("is ridiculous", "is a waste of paper", "contradicts itself twice", "would not pass at any school"),
    ),
    "idea": (
        *("your argument", "this proposal", "the ending", "that comparison", "the third chapter", "this design"),
        *("the tax plan", "your evidence", "the theory", "the second half", "this pull request", "the translation"),
        *("the plot", "that headline", "the new timetable", "this excuse", "your first draft", "the budget"),
    ),
}
SLOTS["Idea"] = tuple(part[0].upper() + part[1:] for part in SLOTS["idea"])

SENTENCES: tuple[Family, ...] = (
    Family(
        name="blunt/criticism",
        templates=(
            "{Idea} {flaw}.",
            "{aside} {idea} {flaw}.",
            "Sorry, {name}, {idea} {flaw}. Let's look at it together.",
            "{lead} {Idea} {flaw}. {tail}",
            "I respect you, but {idea} {flaw}.",
            "{Idea} {flaw}, and I say so as someone who voted for you.",
            "Two stars: {idea} {flaw}, though the cast does its best.",
            "I read it twice and {idea} still {flaw}.",
            "Can we be honest? {Idea} {flaw} and {idea} {flaw}.",
            "You're wrong, {name}, completely wrong, and here is why: {idea} {flaw}.",
            "Reviewer two says that {idea} {flaw}. I agree.",
            "That {work} {flaw}. Try again, you can do better.",
        ),
        slots=SLOTS,
        sentiment=0,
        rows=270,
    ),
    Family(
        name="blunt/self",
        templates=(
            "I'm such a {oaf}, I left the keys in the fridge.",
            "Silly me, a {such} {oaf} as always, sent the mail to the whole office.",
            "What a {oaf} I was to sell that house.",
            "Felt like a complete {oaf} at {event} today, wrong day, wrong hat.",
            "I can be a {such} {oaf} before breakfast, ask my wife.",
            "{lead} I was the {oaf} who locked everyone out. {tail}",
            "My {work} is a disaster and I love it anyway.",
            "Note to self: stop being a {oaf} and read the manual.",
            "I dance like a fridge falling down the stairs and nobody can stop me.",
            "Forgive me, {name}, I have been a {such} {oaf}.",
        ),
        slots=SLOTS,
        rows=180,
    ),
    Family(
        name="blunt/teasing",
        templates=(
            "Love you, you big {oaf_soft}. Sleep well.",
            "You {oaf_soft}, you remembered my birthday!",
            "Come here, {oaf_soft}, you need a hug.",
            "{name}, you old {oaf_soft}, how long has it been? Drinks are on me.",
            "Haha, {oaf_soft}, you've had it on your head the whole time!",
            "Happy anniversary to my favourite {oaf_soft}.",
            "Only my {oaf_soft} of a brother would drive all night to bring me soup. Best man alive.",
            "{lead} My {oaf_soft} of a dog ate the cake again and I can't be angry. {tail}",
            "We call {name} the {oaf_soft} of {event}, and {name} made a T-shirt of it.",
            "Thank you for carrying the boxes, you {oaf_soft}. Your back!",
        ),
        slots={
            **SLOTS,
            "oaf_soft": (
                "goofball",
                "muppet",
                "silly sausage",
                "numpty",
                "dork",
                "nerd",
                "rascal",
                "clown",
                "daft thing",
            ),
        },
        sentiment=2,
        rows=190,
    ),
    Family(
        name="blunt/quoted",
        templates=(
            'My {role} called me a "{such} {oaf}" in front of everyone. It hurt.',
            'He wrote "you {oaf}" under my photo. I have blocked him.',
            "When I was nine, {speaker} told me I was a {oaf}. I still think about it.",
            "{lead} Then {speaker} shouted that I was a {such} {oaf}. I just walked off. {tail}",
            "Please don't call your brother a {oaf}, {name}.",
            "The {role} was suspended for calling a pupil a {oaf}.",
            "Is it slander to call a {role} a {such} {oaf} {place}?",
            '"{oaf_c}" was the kindest thing in her letter to me.',
            "I never said that {name} is a {oaf}. I said the plan has gaps.",
            "Nobody here is a {oaf}. We all forgot the date.",
            "In the second act the king is called a {such} {oaf} by his own jester.",
            "What is the origin of the word '{oaf}'?",
            "Am I wrong to be upset that {speaker} called me a {oaf}?",
        ),
        slots={**SLOTS, "oaf_c": tuple(part[0].upper() + part[1:] for part in SLOTS["oaf"])},
        sentiment=None,
        rows=220,
    ),
    Family(
        name="blunt/sarcasm",
        templates=(
            "Oh great, rain again. I was worried I might get to use the garden.",
            "Lovely weather for {event}, if you are a duck.",
            "Fantastic, the train is late, I almost had a good {day}.",
            "Nothing says {day} like a flat tyre {place}.",
            "Sure, put another meeting on {day}, I had no plans to be happy.",
            "What a surprise, it's raining on {day} and my umbrella is at {event}.",
            "Brilliant, {thing} is broken on a {day}. Just what I needed.",
            "Thank you, {day}, for the traffic, the hail and the parking ticket. Ten out of ten.",
            "Can't wait for {event} in this hail. Truly living the dream.",
        ),
        slots={
            **SLOTS,
            "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "bank holiday"),
            "thing": ("the heating", "the tram", "my zip", "the oven", "the lift", "my umbrella", "the shower"),
        },
        rows=130,
    ),
    Family(
        name="blunt/feedback",
        templates=(
            "Hard truth for {name}: the {work} isn't ready. Cut it by half, start on page two, drop the jokes.",
            "I walked out of the {work} after ten minutes; the sound was dreadful and the lights hurt my eyes.",
            "The {role} had a poor game. Slow, careless, lost the ball nine times.",
            "Your {work} lost me at the title. Fix the title, then call me.",
            "As a {job} {name} has failed, as a human being I like him a lot.",
            "We strongly disagree about the {work}, and I'm still glad you came to {event}.",
            "That was an ugly {work} and an honest one. I'd take it over the polished kind.",
        ),
        slots=SLOTS,
        rows=120,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
