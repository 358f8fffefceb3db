"""Labelled rows: read, verified, mixed by source. Reports malformed rows by source and line, never their text."""

import gzip
import hashlib
import json
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.inference.normalise import HANDLE_MASK, URL_MASK, normalise
from moderator.training.recipe import Recipe

MASKS = frozenset({URL_MASK, HANDLE_MASK})
MALFORMED_LIMIT = 0.01  # a file with more than this part of malformed rows is not what the recipe was written for
REPORTED_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text, normalised. A label that is absent from `labels` is unknown."""

    text: str
    labels: dict[str, int]
    sentiment: int | None
    source: str
    tier: str = "A"


def digest(text: str) -> bytes:
    """Identity of a normalised text, for finding held-out texts among training rows."""
    return hashlib.blake2b(text.casefold().encode("utf-8", "replace"), digest_size=12).digest()


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line) of a JSON Lines file, gzipped or not.

    Raises ConfigError when it is missing or cannot be read to its end.
    """
    if not path.is_file():
        raise ConfigError([f"{path}: no such file"])
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield number, line
    except UnicodeDecodeError:
        raise ConfigError([f"{path}:{number + 1}: not UTF-8"]) from None
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError([f"{path}:{number + 1}: cannot be read on: {error}"]) from None


def parse_row(line: str) -> Row:
    """Parse one training line. Raises ValueError that says what is wrong without quoting the text."""
    record: Any = json.loads(line)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ValueError("no text")  # noqa: TRY004  one kind of error for all that can be wrong with a line
    text = normalise(record["text"])
    if not text:
        raise ValueError("empty text")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("the text holds half a surrogate pair")
    labels = record.get("labels") or {}
    if not isinstance(labels, dict):
        raise ValueError("labels are not an object")  # noqa: TRY004  likewise
    unknown = sorted(set(labels) - set(LABELS))
    if unknown:
        raise ConfigError([f"label {name!r} is not in the vocabulary" for name in unknown])
    if any(value not in (0, 1) for value in labels.values()):
        raise ValueError("a label is neither 0 nor 1")
    sentiment = record.get("sentiment")
    if sentiment not in (None, 0, 1, 2):
        raise ValueError("sentiment is none of 0, 1, 2, null")
    sources = record.get("sources") or ["unnamed"]
    return Row(text, dict(labels), sentiment, str(sources[0]), str(record.get("tier", "A")))


def load_rows(path: Path) -> tuple[list[Row], list[str]]:
    """Read a training file: its rows, and a report line for each malformed one.

    Raises ConfigError when the file is missing or empty, names an unknown label, or has more than 1 % malformed rows.
    """
    rows: list[Row] = []
    report: list[str] = []
    for number, line in read_lines(path):
        try:
            rows.append(parse_row(line))
        except ConfigError as error:
            raise ConfigError([f"{path}:{number}: {problem}" for problem in error.problems]) from None
        except ValueError as error:
            reason = "not JSON" if isinstance(error, json.JSONDecodeError) else str(error)
            report.append(f"{path}:{number}: {reason}")
    if len(report) > MALFORMED_LIMIT * (len(rows) + len(report)):
        raise ConfigError([f"{path}: {len(report)} malformed rows", *report[:REPORTED_PROBLEMS]])
    if not rows:
        raise ConfigError([f"{path}: holds no rows"])
    return rows, report


def require_disjoint(rows: Sequence[Row], heldout_texts: Iterable[str]) -> None:
    """Raise ConfigError with the positions of training rows whose text is held out, whatever its case.

    A text of masks alone, such as a single link, is nobody's: any other link reads the same.
    """
    kept_back = {digest(text) for text in map(normalise, heldout_texts) if not MASKS.issuperset(text.split())}
    leaked = [
        f"training row {number} ({row.source}) is a held-out text"
        for number, row in enumerate(rows, start=1)
        if digest(row.text) in kept_back
    ]
    if leaked:
        raise ConfigError([f"{len(leaked)} training rows are held-out texts", *leaked[:REPORTED_PROBLEMS]])


def hold_back(rows: Sequence[Row], part: float) -> tuple[list[Row], list[Row]]:
    """Split `rows` into those to train on and those held back; a row's text alone decides, whatever is around it."""
    limit = int(part * 2**32)
    training: list[Row] = []
    held_back: list[Row] = []
    for row in rows:
        (held_back if int.from_bytes(digest(row.text)[:4]) < limit else training).append(row)
    return training, held_back


def mix(rows: Sequence[Row], recipe: Recipe) -> list[Row]:
    """Draw each source's share by the recipe's seed, its rows as often as it repeats; the order of `rows` is kept."""
    by_source: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_source[row.source].append(index)
    kept: list[int] = []
    for name in sorted(by_source):
        source = recipe.source(name)
        indices = by_source[name]
        if source.rows is not None and source.rows < len(indices):
            indices = random.Random(f"{recipe.seed}/{name}").sample(indices, source.rows)
        kept.extend(indices * source.repeats)
    return [rows[index] for index in sorted(kept)]


def label_counts(rows: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Negatives and positives known of each label."""
    counts: Counter[tuple[str, int]] = Counter()
    for row in rows:
        counts.update(row.labels.items())
    return {label: (counts[label, 0], counts[label, 1]) for label in LABELS}
