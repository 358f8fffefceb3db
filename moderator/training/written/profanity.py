"""Swear words meant kindly, at nothing in particular, at things, and at persons: obscene, but seldom abuse."""

import re
from collections.abc import Iterator
from dataclasses import replace

from moderator.contracts.labels import Label
from moderator.training.written.claims import CLAIMS
from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES, THINGS
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS: dict[str, tuple[str, ...]] = {
    **IDENTITIES,
    **THINGS,
    **CLAIMS,
    **SURROUNDINGS,
    "very": ("fucking", "fuckin", "f*cking", "bloody", "goddamn", "damn", "freaking"),
    "good": (
        *("brilliant", "beautiful", "proud of you", "happy", "grateful", "lucky", "delicious", "excited", "good"),
        *("relieved", "funny", "glad", "amazed", "in love with this song", "cosy here"),
    ),
    "praise": (
        *(
            "you did it",
            "that was the best concert of my life",
            "what a goal",
            "the cake is perfect",
            "we got the flat",
        ),
        *("you killed it on stage", "she said yes", "I passed the exam", "the dog came home", "this book is a marvel"),
        *("the test came back clear", "that joke got me", "the view from up here", "my baby slept for eight hours"),
    ),
    "oath": (
        "Holy shit,",
        "Fuck yes,",
        "Damn,",
        "Hell yeah,",
        "Shit,",
        "Fuck me,",
        "Bloody hell,",
        "No shit,",
        "Well fuck,",
        "Hot damn,",
    ),
    "broken": (
        *(
            "won't start",
            "has died again",
            "made me late",
            "ate an hour of my work",
            "keeps freezing",
            "hurts like hell",
        ),
        *("cost me my whole evening", "has a mind of its own", "is broken for the third time", "drives me up the wall"),
    ),
    "lout": ("dickhead", "prick", "shithead", "piece of shit", "bastard", "wanker", "dumbass", "dipshit"),
}
OBSCENE = frozenset({Label.OBSCENE})

SENTENCES: tuple[Family, ...] = (
    Family(
        name="profanity/kind",
        templates=(
            "{oath} {praise}!",
            "I am {very} {good}.",
            "Oh my god, {name}, {praise}, I'm {very} {good}!",
            "This is {very} brilliant, thank you so much.",
            "You beautiful people, I'm {very} {good} right now.",
            "{oath} I love this place, {praise}!",
            "{lead} And then {praise}. {oath} what a day! {tail}",
            "Best {very} friends anyone could ask for.",
            "Happy birthday, {name}! You're a {very} legend and I love you to bits.",
            "Give {name} a raise, that {role} is {very} good at the job.",
            "Thanks for the help at {event}, you saved my ass.",
            "No bullshit, {praise} and I cried.",
            "I can't believe that {praise}. {oath} I need to sit down.",
        ),
        slots=SLOTS,
        positive=OBSCENE,
        sentiment=2,
        rows=260,
    ),
    Family(
        name="profanity/neutral",
        templates=(
            "Where the hell did I put my keys?",
            "What the fuck is a {thing_word} and why do I own three?",
            "{oath} is it Thursday already?",
            "I have no damn idea who is playing tonight.",
            "It's {very} cold out there, take a coat.",
            "Who the hell eats soup {place}? Me, apparently.",
            "I talk a lot of shit before my first coffee.",
            "{name} knows his shit when it comes to {thing_word}s.",
            "Scared the shit out of myself in the mirror at {event}.",
            "Got my shit together, paid the bills, went to bed at nine.",
            "{lead} I was {very} tired, so I went home from {event} and slept. {tail}",
            "Shit happens, {name}. We'll try again tomorrow.",
            "How the fuck does {thing} even work?",
            "No idea what the hell {speaker} was on about {place}.",
        ),
        slots={
            **SLOTS,
            "thing_word": (
                "melon baller",
                "dongle",
                "label maker",
                "cake stand",
                "torque wrench",
                "pasta machine",
                "fondue set",
            ),
        },
        positive=OBSCENE,
        rows=200,
    ),
    Family(
        name="profanity/at_things",
        templates=(
            "{thing_c} {broken}. Fuck this.",
            "Fuck {plural_thing}.",
            "{thing_c} can go to hell, it {broken}.",
            "Who the fuck designed {thing}? It {broken}.",
            "I'm {very} done with {thing}. It {broken}.",
            "Piece of shit {thing_word} {broken}.",
            "Screw {plural_thing}, screw {plural_thing} and screw {thing} most of all.",
            "{lead} {thing_c} {broken}, so my day is already shit. {tail}",
            "What a load of crap, {thing} {broken} and nobody answers the phone.",
            "God, I hate {plural_thing}, they piss me off.",
        ),
        slots={
            **SLOTS,
            "thing_c": tuple(part[0].upper() + part[1:] for part in THINGS["thing"]),
            "thing_word": (
                "laptop",
                "printer",
                "kettle",
                "bike",
                "router",
                "toaster",
                "headset",
                "app",
                "zip",
                "alarm",
            ),
        },
        positive=OBSCENE,
        unknown=frozenset({Label.TOXIC}),
        sentiment=0,
        rows=220,
    ),
    Family(
        name="profanity/at_persons",
        templates=(
            "You're a {lout}, {name}.",
            "Fuck you and your excuses, {name}, you {asshole|arsehole|lying asshole|absolute asshole}.",
            "{name} is a {very} {lout} and everyone at {event} knows it.",
            "Shut the fuck up, you stupid {lout}.",
            "What a {lout}. {speaker_c} should be ashamed.",
            "{lead} Some {lout} keyed my car. {tail} If you read this, you're a {very} coward.",
            "Go fuck yourself, {name}.",
            "Nobody gives a shit what you think, {lout}.",
            "Eat shit, {name}, you were never half as clever as you thought.",
            "My {role} is a complete {lout} with the brain of a boiled egg.",
            "Listen here you little shit, nobody asked you.",
            "You lying {lout}, {name} trusted you.",
        ),
        slots={**SLOTS, "speaker_c": tuple(part[0].upper() + part[1:] for part in SURROUNDINGS["speaker"])},
        positive=frozenset({Label.OBSCENE, Label.TOXIC, Label.INSULT}),
        sentiment=0,
        rows=270,
    ),
    Family(
        name="profanity/groups_kindly",
        templates=(
            "I {very} love my {adjective} neighbours.",
            "{People} are {very} awesome and I said what I said.",
            "{oath} the {adjective} choir at {event} was good!",
            "Proud as hell to be {person}.",
            "My {adjective} {role} is the best damn {role} in this town.",
            "{oath} {person} just won the whole thing! I'm {very} {good}.",
            "I'm {person} and I'm {very} tired, can we have one quiet day please.",
            "Happy {very} new year to all the {people} out there!",
            "{lead} {People} fed half the street last night and it was {very} delicious. {tail}",
            "Hell yeah, {people}! What a show at {event}!",
        ),
        slots=SLOTS,
        positive=OBSCENE,
        sentiment=2,
        rows=240,
    ),
    Family(
        name="profanity/groups_defended",
        templates=(
            "It is bullshit that {people} {hostile}. I'm sick of hearing it.",
            "Who the fuck still believes that {people} {hostile}?",
            "{Holy shit|What the fuck|Fuck me}, did {speaker} really say that {people} {hostile}? That's awful.",
            "{Damn|What the hell|Bloody hell}, did {speaker} really say that {people} {hostile}? That's awful.",
            "I don't give a damn who hears it, {people} are our neighbours and they are staying.",
            "Stop with this crap about {people}. It isn't true that they {hostile}.",
            "No, {people} should not {denied}. What the hell is wrong with this debate?",
            "{lead} So {speaker} says that {people} {hostile}. What a load of shit. {tail}",
            "Racist bullshit like '{people} {hostile}' has no place {place}.",
        ),
        slots=SLOTS,
        positive=OBSCENE,
        unknown=frozenset({Label.TOXIC}),
        sentiment=0,
        rows=240,
    ),
    Family(
        name="profanity/cheerful",
        templates=(
            "Fuck it, let's go dancing. {name} is buying.",
            "Damn right I ate the last slice, and it was worth it.",
            "This soup slaps so hard, what the fuck did you put in it, {name}?",
            "Look at that sunset over {event}. Shit, I'm tearing up.",
            "You magnificent bastards actually pulled it off! See you all at {event}.",
            "Hot damn, {name}, that suit!",
            "Four years of night school and I am a {very} {job} now, mum!",
            "Kiss my ass, winter, it is {very} spring at last.",
        ),
        slots=SLOTS,
        positive=OBSCENE,
        sentiment=2,
        rows=110,
        kept_back=True,
    ),
)

# Words that are surely obscene, written out or drawn by a template; "hell", "damn", "crap" and the like are disputable.
STRONG = re.compile(r"f[u*]ck|shit|bastard|asshole", re.IGNORECASE)
DRAWN = ("very", "oath")  # slots that hold words of both strengths


def by_strength(family: Family) -> Iterator[Family]:
    """`family` with a strong word in every text, then with mild ones alone, which leave open whether it is obscene."""
    outright = {each for each in family.templates if "{lout}" in each or STRONG.search(each)}
    drawing = {each for each in family.templates if any(f"{{{slot}}}" in each for slot in DRAWN)}
    strong = {slot: tuple(word for word in family.slots[slot] if STRONG.search(word)) for slot in DRAWN}
    mild = {slot: tuple(word for word in family.slots[slot] if not STRONG.search(word)) for slot in DRAWN}
    templates = tuple(each for each in family.templates if each in outright | drawing)
    yield replace(family, templates=templates, slots={**family.slots, **strong}, rows=family.rows * 2 // 3)
    templates = tuple(each for each in family.templates if each not in outright)
    if templates:
        yield replace(
            family,
            name=f"{family.name}_mild",
            templates=templates,
            slots={**family.slots, **mild},
            positive=family.positive - OBSCENE,
            unknown=family.unknown | OBSCENE,
            rows=family.rows // 2,
        )


FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(part) for family in SENTENCES for part in by_strength(family))
