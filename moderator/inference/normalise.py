"""The one text clean-up, shared by training and serving: a difference between the two would be silent damage."""

import html
import re
import unicodedata

URL_MASK = "http"
HANDLE_MASK = "@user"

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@\w+")
_SPACE = re.compile(r"\s+")

# Zero-width characters, bidirectional controls, soft hyphen, joiners, variation selectors and C0/C1 controls but for
# white space: they carry no words and are used to hide them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]+"
)

# Canonical ordering of combining marks takes quadratic time in the length of one run; four marks on one letter are
# more than any living orthography writes.
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARK_RUN = re.compile(f"({_MARKS}{{4}}){_MARKS}+")


def normalise(text: str) -> str:
    """Return `text` as the model reads it: NFKC, no invisible characters, handles and URLs masked, single spaces.

    Idempotent but for HTML entities that were escaped twice.
    """
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        text = _MARK_RUN.sub(r"\1", text)
        text = unicodedata.normalize("NFKC", text)
    text = _INVISIBLE.sub("", text)
    text = _URL.sub(URL_MASK, text)
    text = _HANDLE.sub(HANDLE_MASK, text)
    return _SPACE.sub(" ", text).strip()
