"""The one text clean-up, shared by training and serving: a difference between the two would be silent damage."""

import html
import re
import unicodedata

URL_MASK = "http"
HANDLE_MASK = "@user"

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

# Zero-width characters, bidirectional controls, soft hyphen, joiners, variation selectors, tags and C0/C1 controls but
# for white space: they carry no words and are used to hide them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]+"
)

# Canonical ordering of combining marks takes quadratic time in the length of one run; four marks on one letter are
# more than any living orthography writes. No character past the last code point here is a mark that is ordered.
_MARKS = "".join(
    character
    for character in map(chr, range(0x300, 0x1F000))
    if unicodedata.combining(character) or unicodedata.category(character) == "Me"
)
# A look at the marks up to U+FFFF first, which Python finds in a table, and at the range of the others: it spares most
# characters the search in a set of nine hundred, twenty times as slow.
_LOW = "".join(mark for mark in _MARKS if mark <= "\uffff")
_MARK_RUN = re.compile(f"(?=[{_LOW}{_MARKS[len(_LOW)]}-{_MARKS[-1]}])([{_MARKS}]{{4}})[{_MARKS}]+")
_HANDLE = re.compile(rf"(?<![\w@])@\w[\w{_MARKS}]*")  # a mark left over would combine with the mask

# Cyrillic, then Greek letters that readers take for the Latin ones below them. In a word that also holds Latin letters
# they are a disguise; a word of one script is left as it is. A word's marks belong to it, since they may combine.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝӏктмАВЕКМНОРСТУХІЈЅԌԚԜαογνρικυτχεηΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdqwlktmABEKMHOPCTYXIJSGQWaoyvpikutxenABEZHIKMNOPTYX",
)
_LOOK_ALIKE = re.compile(f"[{''.join(map(chr, _LOOK_ALIKES))}]")
_LATIN = "A-Za-z\u00c0-\u024f"
_WORD = r"\w\u0300-\u036f\u0483-\u0489"
_MIXED_WORD = re.compile(
    f"(?<![{_WORD}])(?=[{_WORD}]*[{_LATIN}])(?=[{_WORD}]*[{''.join(map(chr, _LOOK_ALIKES))}])[{_WORD}]+"
)

# A numeric reference of more digits than any character's; html.unescape raises on thousands of them.
_PADDED_REFERENCE = re.compile("&#0+(?=[0-9])")
_LONG_REFERENCE = re.compile("&#[0-9]{8,};?")
UNKNOWN_CHARACTER = "\ufffd"  # as html.unescape has it


def normalise(text: str) -> str:
    """Return `text` as the model reads it: NFKC, no invisible characters, handles and URLs masked, single spaces.

    Cyrillic and Greek letters that look like Latin ones become those within words that hold Latin letters too. Takes
    linear time. Idempotent but for HTML entities that were escaped twice, or that another step brings to light.
    """
    if "&" in text:
        text = _PADDED_REFERENCE.sub("&#", text)
        text = html.unescape(_LONG_REFERENCE.sub(UNKNOWN_CHARACTER, text))
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = _MARK_RUN.sub(r"\1", text)
        text = unicodedata.normalize("NFKC", text)
        text = _MARK_RUN.sub(r"\1", text)  # of a mark NFKC can make two
        if _LOOK_ALIKE.search(text):
            shown = _MIXED_WORD.sub(lambda word: word[0].translate(_LOOK_ALIKES), text)
            if shown != text:
                text = unicodedata.normalize("NFC", shown)  # a letter and its mark may now be one
    if "://" in text or "www." in text.lower():  # most texts have neither, and this look is cheap
        text = _URL.sub(URL_MASK, text)
    if "@" in text:
        text = _HANDLE.sub(HANDLE_MASK, text)
    return " ".join(text.split())
