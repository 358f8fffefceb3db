"""How people write: everyday variations of a text, and disguises of single words. Pure but for the given generator.

Harmless and harmful texts go through the same variations, so that a disguise alone tells nothing.
"""

import random
import re
from collections.abc import Callable, Collection

# Shorter words leave nothing to read once a letter is hidden; the masks of links and handles are no words.
WORD = re.compile(r"(?<![@\w])(?!http\b)[A-Za-z]{3,}")
SENTENCE_START = re.compile(r"(?:^|[.!?] )(?!http)[a-z]")
ENDINGS = (
    "!!!",
    "!!",
    "...",
    "??",
    " lol",
    " :)",
    " :/",
    " smh",
    " 😂",
    " 🙏",
    " 😡",
    " 🔥",
    " ❤️",
    " 🤔",
    " 💀",
    " 👍",
)
NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn", strict=True))  # the key to the right
LEET = str.maketrans("aeiostAEIOST", "431057431057")
HOMOGLYPHS = str.maketrans("aeopcyxiAEOPCTHK", "аеорсухіАЕОРСТНК")  # noqa: RUF001  Cyrillic is the point
ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
BETWEEN = ("🔥", "💀", "😂", "⭐", "🙈")
DISGUISED_MOST = 3  # words of a text: people hide the word that matters, not the sentence
DISGUISED_FROM = 4  # letters of a word chosen by length

Change = Callable[[str, random.Random], str]


def capitalised(text: str) -> str:
    """Sentences begin with capitals; a link's mask does not."""
    return SENTENCE_START.sub(lambda start: start[0].upper(), text)


def lowered(text: str, _: random.Random) -> str:
    """All in lower case."""
    return text.lower()


def shouted(text: str, _: random.Random) -> str:
    """All in upper case."""
    return text.upper()


def bare(text: str, draw: random.Random) -> str:
    """Without apostrophes, and half of the time without any punctuation."""
    return re.sub(r"[.,!?;:]" if draw.random() < 0.5 else "$^", "", re.sub("['\u2019]", "", text))


def mistyped(text: str, draw: random.Random) -> str:
    """One or two typing errors: letters swapped, dropped, doubled, or the neighbouring key."""
    for _ in range(draw.randint(1, 2)):
        places = [word.span() for word in WORD.finditer(text)]
        if not places:
            return text
        start, end = draw.choice(places)
        at = draw.randrange(start + 1, end)
        letter = text[at]
        wrong = draw.choice(("", letter * 2, NEIGHBOURS[letter.lower()], None))
        if wrong is None:
            text = text[: at - 1] + letter + text[at - 1] + text[at + 1 :]
        else:
            text = text[:at] + wrong + text[at + 1 :]
    return text


def elongated(text: str, draw: random.Random) -> str:
    """One word drawn out at a vowel or its end: "sooo", "pleaseee"."""
    places = [word.end() for word in re.finditer(r"[A-Za-z]*[aeiouyAEIOUY](?![A-Za-z])|\b(?:so|no|yes|please)\b", text)]
    if not places:
        return text
    end = draw.choice(places)
    return text[:end] + text[end - 1] * draw.randint(2, 4) + text[end:]


def exclaimed(text: str, draw: random.Random) -> str:
    """Ending with what people add: marks, an emoji."""
    return text.rstrip(".!") + draw.choice(ENDINGS)


def tagged(text: str, draw: random.Random) -> str:
    """One word made a hashtag where it stands, or repeated as one at the end."""
    places = [word.span() for word in WORD.finditer(text) if len(word[0]) >= DISGUISED_FROM]
    if not places:
        return text
    start, end = draw.choice(places)
    if draw.random() < 0.5:
        return f"{text[:start]}#{text[start:]}" if start == 0 or text[start - 1] == " " else text
    return f"{text} #{text[start:end].lower()}"


EVERYDAY: tuple[tuple[Change, float], ...] = (
    (lowered, 0.45),
    (bare, 0.35),
    (mistyped, 0.35),
    (elongated, 0.12),
    (exclaimed, 0.2),
    (tagged, 0.08),
    (shouted, 0.06),
)


def vary(text: str, draw: random.Random) -> str:
    """Apply each everyday variation with its probability in `EVERYDAY`, or one of the first three if none came up."""
    applied = [change for change, probability in EVERYDAY if draw.random() < probability]
    for change in applied or [draw.choice([change for change, _ in EVERYDAY[:3]])]:
        text = change(text, draw)
    return text


def leet(word: str, _: random.Random) -> str:
    """Digits in place of letters."""
    return word.translate(LEET)


def spaced(word: str, draw: random.Random) -> str:
    """The same separator between all letters."""
    return draw.choice((" ", ".", "-", "_", "*")).join(word)


def starred(word: str, draw: random.Random) -> str:
    """One or two inner letters starred out."""
    first = draw.randrange(1, len(word) - 1)
    stars = min(draw.randint(1, 2), len(word) - 1 - first)
    return word[:first] + draw.choice("*#") * stars + word[first + stars :]


def zero_width(word: str, draw: random.Random) -> str:
    """Invisible characters between the letters; normalisation undoes it."""
    return draw.choice(ZERO_WIDTH).join(word)


def homoglyphs(word: str, draw: random.Random) -> str:
    """Some letters replaced by Cyrillic ones of the same look, one at least left Latin; normalisation undoes it."""
    spared = draw.randrange(len(word))
    return "".join(
        letter if at == spared or draw.random() < 0.4 else letter.translate(HOMOGLYPHS)
        for at, letter in enumerate(word)
    )


def stretched(word: str, draw: random.Random) -> str:
    """One letter repeated."""
    at = draw.randrange(len(word))
    return word[:at] + word[at] * draw.randint(3, 5) + word[at + 1 :]


def emoji_between(word: str, draw: random.Random) -> str:
    """An emoji between the letters, or once within the word."""
    emoji = draw.choice(BETWEEN)
    if draw.random() < 0.5:
        return emoji.join(word)
    at = draw.randrange(1, len(word))
    return word[:at] + emoji + word[at:]


DISGUISES: tuple[Change, ...] = (leet, spaced, starred, zero_width, homoglyphs, stretched, emoji_between)


def obfuscate(text: str, words: Collection[str] | None, draw: random.Random) -> str:
    """Disguise up to three words of `text`: those of `words`, or if None some of four letters and more.

    One kind of disguise a text, as one writer would use. Unchanged when no word is found.
    """
    wanted = None if words is None else {word.casefold() for word in words}
    found = [
        word
        for word in WORD.finditer(text)
        if (len(word[0]) >= DISGUISED_FROM if wanted is None else word[0].casefold() in wanted)
    ]
    disguise = draw.choice(DISGUISES)
    chosen = draw.sample(found, min(len(found), draw.randint(1, DISGUISED_MOST)))
    for word in sorted(chosen, key=re.Match[str].start, reverse=True):
        text = text[: word.start()] + disguise(word[0], draw) + text[word.end() :]
    return text
