"""A user's text to what a page shows of it: as text, and with what would not be seen made visible.

Zero-width characters break up words so that filters miss them, and controls of direction show them in an order other
than the one they are read in; a reviewer has to see both. Joiners stay where a script or an emoji needs them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

LINES = frozenset("\n\t")
ODD_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x85\u2028\u2029", "\n"))
JOINERS = frozenset("\u200c\u200d")
EMOJI_STYLE = frozenset("\ufe0e\ufe0f")
# Drawn as nothing, though they count as letters, marks or symbols.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE0E))
)
VIRAMA = 9  # the combining class of marks after which Indic scripts write joiners
UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # controls, formats and surrogates, of Unicode's general categories
TAGS_AND_SELECTORS = "\U000e0000"  # from here on nothing has looks of its own, and texts are smuggled in it
BEFORE_STYLE = frozenset({"So", "Sm", "Po", "Nd"})  # a symbol, an arrow, a keycap's sign or digit


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or one character that has no looks: then its code and name are shown in its place."""

    text: str
    name: str | None = None


def pieces(text: str) -> list[Piece]:
    """Of `text`, in its order; none holds an unseen character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(ODD_LINE_ENDS)
    marked = ((_is_unseen(text, at), character) for at, character in enumerate(text))
    return list(_gathered(marked))


def _gathered(marked: Iterator[tuple[bool, str]]) -> Iterator[Piece]:
    for unseen, run in groupby(marked, key=lambda each: each[0]):
        characters = [character for _, character in run]
        if unseen:
            yield from (Piece(f"U+{ord(each):04X}", unicodedata.name(each, "no character")) for each in characters)
        else:
            yield Piece("".join(characters))


def _is_unseen(text: str, at: int) -> bool:
    character = text[at]
    if character in LINES or (character.isascii() and character.isprintable()):
        return False
    if character in JOINERS:
        return not _joins(text, at)
    if character in EMOJI_STYLE:
        return at == 0 or unicodedata.category(text[at - 1]) not in BEFORE_STYLE
    return character in BLANKS or unicodedata.category(character) in UNSEEN or character >= TAGS_AND_SELECTORS


def _joins(text: str, at: int) -> bool:
    """Whether the joiner there does something: between Arabic letters, after a virama, or in an emoji."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return False
    if unicodedata.combining(before) == VIRAMA:
        return True
    if unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL":
        return True
    in_emoji = before in EMOJI_STYLE or unicodedata.category(before) in {"So", "Sk"}
    return in_emoji and unicodedata.category(after) == "So"
