"""People on themselves and their own: teasing, self-names and pride in a friendly tone. All harmless.

No slur is written out: "queer" and the names of established events are as far as it goes.
"""

from moderator.training.written.grammar import Family
from moderator.training.written.identities import IDENTITIES
from moderator.training.written.surroundings import SURROUNDINGS, with_paragraphs

SLOTS: dict[str, tuple[str, ...]] = {
    **IDENTITIES,
    **SURROUNDINGS,
    "us": (
        *(
            "us old ladies",
            "us queer folk",
            "us nerds",
            "us weirdos",
            "us immigrants",
            "us deaf folk",
            "us dykes on bikes",
        ),
        *(
            "us old geezers",
            "us clumsy girls",
            "us bookworms",
            "us Mad folk",
            "us country bumpkins",
            "us autistic oddballs",
        ),
        *("us blind bats", "us grumpy pensioners", "us village atheists", "us noisy Italians", "us crazy cat ladies"),
    ),
    "self": (
        *(
            "queer",
            "a big old queer",
            "a soft old butch",
            "a fat, happy woman",
            "an old hag with a garden",
            "a total nerd",
        ),
        *(
            "a menace in a fast wheelchair",
            "a weirdo and fine with it",
            "half deaf and twice as loud",
            "a tough old bird",
        ),
        *(
            "a crazy cat lady",
            "an autistic geek",
            "a silly old fool",
            "a mad woman in the best sense",
            "a bit of a witch",
        ),
    ),
    "joy": (
        *("we have the best parties", "we get things done", "nobody dances like we do", "we know how to laugh"),
        *("we always bring too much food", "we look out for each other", "our jokes are the worst and we love them"),
        *("we were here long before it was fashionable", "we can't be told to be quiet", "we have the best stories"),
    ),
}

SENTENCES: tuple[Family, ...] = (
    Family(
        name="reclaimed/us",
        templates=(
            "A toast to {us}: {joy}!",
            "You should come along with {us}, {joy}.",
            "{aside} nobody messes with {us} because {joy}.",
            "Only {us} would turn up to {event} in this rain. I love it.",
            "The thing about {us} is that {joy}.",
            "{lead} Leave it to {us} to get thrown out of {event} for laughing. {tail}",
            "Photo of {us} at {event}. What a bunch, I adore you all.",
            "Come on, {name}, one more song for {us}!",
            "They said it couldn't be done, and then along came {us}.",
        ),
        slots=SLOTS,
        sentiment=2,
        rows=150,
    ),
    Family(
        name="reclaimed/self",
        templates=(
            "I'm {self} and I would not change a thing.",
            "Yes, I am {self}. Yes, I baked the cake.",
            "At seventy I can finally say it: I'm {self}.",
            "My wife calls me {self} and I call her worse. Forty happy years.",
            "I was {self} before you were born, darling.",
            "{lead} If being {self} is wrong I don't want to be right. {tail}",
            "Proud parent of a queer kid, and {self} myself.",
            "Coming to {event} tonight? Look for me, I'm {self} in a yellow hat.",
            "I'm {person}, I'm {self}, and I run {event}. Ask me anything.",
            "It took me years of therapy to say with a smile that I'm {self}.",
        ),
        slots=SLOTS,
        sentiment=2,
        rows=150,
    ),
    Family(
        name="reclaimed/own_people",
        templates=(
            "My fellow {people}, {joy}.",
            "As {person} I can tell you that {people} are impossible at parties: {joy}, and then nobody goes home.",
            "We {people} are a stubborn lot and I love every one of us.",
            "You know you're {person} when three aunties ask about your love life before the soup.",
            "{People} will understand: it is never just one cup of tea.",
            "I'm {person}, so obviously I cried at {event}. We're like that, leave us alone, haha.",
            "Only {people} would argue for an hour over who gets to pay. Never change, my lovelies.",
            "{lead} {name} and I are both {people} and we tease each other from morning till night. {tail}",
            "The {adjective} agenda today: coffee, nap, washing, world domination after lunch.",
        ),
        slots=SLOTS,
        sentiment=2,
        rows=240,
    ),
    Family(
        name="reclaimed/marches",
        templates=(
            "Who's joining the {march} on Saturday? Meet at the fountain.",
            "The {march} was loud, wet and glorious. {name} cried twice.",
            "First {march} for me and my mum, who held the banner the whole way.",
            "Queer and here, with sore feet: the {march} never lets me down.",
            "Road closed until six for the {march}, take the tram.",
            "Thank you, {march}, for letting {us} lead the way this year.",
            "Volunteers needed for the {march}: water, first aid, good mood.",
        ),
        slots={
            **SLOTS,
            "march": (
                *(
                    "Dyke March",
                    "Pride parade",
                    "Mad Pride",
                    "Queer Picnic",
                    "Disability Pride march",
                    "Bear Week parade",
                ),
                *("Slutwalk", "Reclaim the Night march", "Raging Grannies tour", "Deaf Pride day", "Nerd Prom"),
            ),
        },
        sentiment=None,
        rows=110,
        kept_back=True,
    ),
)

FAMILIES: tuple[Family, ...] = tuple(with_paragraphs(family) for family in SENTENCES)
