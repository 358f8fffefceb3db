"""Nothing that is held out is trained on: held-out texts stop a run, their near copies are left out of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from moderator.errors import ConfigError
from moderator.inference.normalise import HANDLE_MASK, URL_MASK, normalise
from moderator.training.rows import REPORTED_PROBLEMS, Row, digest

MASKS = frozenset({URL_MASK, HANDLE_MASK})


def require_disjoint(rows: Sequence[Row], heldout_texts: Iterable[str], path: Path) -> None:
    """Raise ConfigError with the lines of `path` whose text is held out, whatever its case.

    A text of masks alone, such as a single link, is nobody's: any other link reads the same.
    """
    held_out = {digest(text) for text in map(normalise, heldout_texts) if not MASKS.issuperset(text.split())}
    leaked = list(
        dict.fromkeys(
            f"{path if row.line is None else f'{path}:{row.line}'}: a held-out text (source {row.source})"
            for row in rows
            if digest(row.text) in held_out
        )
    )
    if leaked:
        raise ConfigError([f"{len(leaked)} training rows are held-out texts", *leaked[:REPORTED_PROBLEMS]])


class NearCopies:
    """Rows that say what a held-out text says: the same letters and digits, whatever emoji, marks or spaces.

    Data sets overlap, and authors of test cases change a mark or an emoji of a text to make the next one.
    """

    def __init__(self, heldout_texts: Iterable[str]) -> None:
        """Know the letters and digits of every held-out text."""
        self._held_out = {spelt(normalise(text)) for text in heldout_texts} - {""}
        self._found: dict[bytes, Row] = {}

    def leave_out(self, rows: Sequence[Row]) -> list[Row]:
        """`rows` without near copies, which are added to `left_out`."""
        kept: list[Row] = []
        for row in rows:
            if spelt(row.text) in self._held_out:
                self._found.setdefault(digest(row.text), row)
            else:
                kept.append(row)
        return kept

    @property
    def left_out(self) -> list[Row]:
        """What was left out so far, each text once."""
        return list(self._found.values())


def spelt(text: str) -> str:
    """The letters and digits of `text` beside its masks, whatever their case."""
    words = (word for word in text.split() if word not in MASKS)
    return "".join(character for word in words for character in word.casefold() if character.isalnum())
