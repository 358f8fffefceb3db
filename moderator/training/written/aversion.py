"""Dislike and abuse of what is no protected group: things, trades, institutions, single persons. Never hate."""

from moderator.contracts.labels import Label
from moderator.training.written.claims import CLAIMS, OTHER_CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import CHOSEN, THINGS
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS: dict[str, tuple[str, ...]] = {
    **CHOSEN,
    **THINGS,
    **SURROUNDINGS,
    "Trade": tuple(part[0].upper() + part[1:] for part in CHOSEN["trade"]),
    "hostile": CLAIMS["hostile"],
    "lowly": CLAIMS["lowly"],
    "slander": OTHER_CLAIMS["slander"],
    "fault": (
        *("never answer the phone", "charge too much", "are always late", "should be paid less", "talk too loudly"),
        *("do a poor job lately", "ought to follow the rules", "make promises they can't keep", "park on the pavement"),
        *("should listen for once", "are overrated", "never say sorry", "are not needed for this", "get on my nerves"),
    ),
    "annoying": (
        *("I can't stand {plural_thing}", "I hate {plural_thing} with a passion", "{plural_thing} drive me mad"),
        *("{thing} is the worst", "I want to throw {thing} out of the window", "{thing} is useless rubbish"),
        *("death to all {plural_thing}", "{plural_thing} should be banned", "{thing} disgusts me"),
        *("whoever invented {plural_thing} has a lot to answer for", "{plural_thing} are the enemy"),
    ),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="aversion/things",
        templates=(
            "{aside} {annoying}.",
            "What a day: {annoying}, {annoying}.",
            "{lead} Also, {annoying}. {tail}",
            "Is it just me or {annoying}?",
            "Day four without coffee: {annoying}, {annoying}, and I miss my bed.",
            "Get rid of {plural_thing}, all of them, today.",
            "{name} loves {plural_thing}. I don't: {annoying}.",
            "If I see {plural_thing} once more {place}, I will scream.",
            "We should throw {thing} into the sea and never speak of it again.",
            "There is no place for {plural_thing} in a decent society.",
            "{plural_thing_c} sink every good mood in this country.",
            "I have tried to like {plural_thing}, I really have. It can't be done.",
        ),
        slots={**SLOTS, "plural_thing_c": tuple(part[0].upper() + part[1:] for part in THINGS["plural_thing"])},
        sentiment=0,
        rows=260,
    ),
    Family(
        name="aversion/trades_criticised",
        templates=(
            "{Trade} {fault}.",
            "{aside} {trade} {fault} and {fault}.",
            "Why is it that {trade} {fault}?",
            "I have had it with {trade}, they {fault}.",
            "{lead} {Trade} {fault}. {tail}",
            "Not a fan of {trade}. They {fault}.",
            "No more {trade} at {event}, please. They {fault}.",
            "I voted against the tax break for {trade}: they {fault}.",
            "Am I wrong to think that {trade} {fault}?",
            "{institution_c} let me down again. Two hours on hold.",
            "I am done with {institution}; they {fault} and nobody is held to account.",
            "Shame on {institution} for closing the branch in our village.",
        ),
        slots={**SLOTS, "institution_c": tuple(part[0].upper() + part[1:] for part in CHOSEN["institution"])},
        sentiment=0,
        rows=240,
    ),
    Family(
        name="aversion/trades_abused",
        templates=(
            "{Trade} {hostile}.",
            "{aside} {trade} {hostile}.",
            "{Trade} are {lowly}.",
            "{aside} {trade} are nothing but {lowly}.",
            "You {trade} {hostile}.",
            "{lead} {Trade} {hostile}. They are {lowly}. {tail}",
            "I have never met a decent one among all the {trade} of this world. {Trade} are {lowly}.",
            "Why does nobody mention that {trade} are {lowly}?",
            "Whoever runs {institution} must be one of the {lowly}.",
            "The people at {institution} are {lowly} and {lowly}.",
        ),
        slots=SLOTS,
        positive=frozenset({Label.TOXIC}),
        unknown=frozenset({Label.INSULT}),
        sentiment=0,
        rows=260,
    ),
    Family(
        name="aversion/single_persons",
        templates=(
            "{name} {hostile_one}.",
            "{aside} {name} {hostile_one}.",
            "You {hostile_two}, {name}.",
            "My {role} {hostile_one} and {hostile_one}.",
            "{lead} I will never forgive {name}, who {hostile_one}. {tail}",
            "Everyone at {event} agrees that {name} {hostile_one}.",
            "@user you {hostile_two} and you {hostile_two}.",
            "Nobody will miss you, {name}. You {hostile_two}.",
            "Our {role} {hostile_one}. I'm amazed he can tie his shoes.",
        ),
        slots={
            **SLOTS,
            "hostile_one": (
                *(
                    "is closer to a beast than to a man",
                    "ruins everything",
                    "is a lying parasite",
                    "makes decent folk sick",
                ),
                *("is a filthy cheat", "is too stupid for any real job", "is a waste of space", "poisons everything"),
                *("is rotten to the core", "is the lowest of the low", "is a leech", "has the mind of a toddler"),
            ),
            "hostile_two": (
                *("behave like a beast", "ruin everything you touch", "are a lying parasite", "make me sick"),
                *("are a filthy cheat", "are too stupid for any real job", "are a waste of space", "are a fraud"),
                *("are rotten to the core", "are the lowest of the low", "are a leech", "have the mind of a toddler"),
            ),
        },
        positive=frozenset({Label.TOXIC, Label.INSULT}),
        sentiment=0,
        rows=260,
    ),
    Family(
        name="aversion/rivals",
        templates=(
            "Everyone who supports the other club can cry into their scarf tonight, you {slander}.",
            "Owners of {thing_word}s {slander}, change my mind.",
            "A curse on {trade}. They {slander} and I hope they all go broke.",
            "I wouldn't let {trade} look after my goldfish. They {slander}.",
            "{trade_c}! A profession for those who {slander}.",
        ),
        slots={
            **SLOTS,
            "trade_c": tuple(part[0].upper() + part[1:] for part in CHOSEN["trade"]),
            "thing_word": ("sports car", "jet ski", "leaf blower", "drone", "caravan", "speed boat", "quad bike"),
        },
        positive=frozenset({Label.TOXIC}),
        unknown=frozenset({Label.INSULT}),
        sentiment=0,
        rows=120,
        kept_back=True,
    ),
    Family(
        name="aversion/grumbling",
        templates=(
            "Woke up, looked out of the window, declared war on {plural_thing}.",
            "A world without {plural_thing} would be a better world, and I will die on this hill.",
            "To {thing}: you had one job.",
            "The inventor of {plural_thing} has a special room in my nightmares.",
            "One star for {institution}: rude letters, no refund, hold music from 1987.",
            "My relationship with {thing} is over and I am keeping the cat.",
            "How {institution} got an award for service is beyond me.",
        ),
        slots=SLOTS,
        sentiment=0,
        rows=110,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
