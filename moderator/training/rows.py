"""Labelled rows: read, verified, mixed by source. Reports malformed rows by line and source, never their text."""

import gzip
import hashlib
import json
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.inference.normalise import normalise
from moderator.training.recipe import Recipe, Tier

MALFORMED_LIMIT = 0.01  # a file with more than this part of malformed rows is not what the recipe was written for
REPORTED_PROBLEMS = 50
UNNAMED = "unnamed"  # the source of rows that name none


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text, normalised. A label that is absent from `labels` is unknown."""

    text: str
    labels: dict[str, int]
    sentiment: int | None
    source: str
    tier: str = "A"
    line: int | None = None  # of the training file that it is read from, or made of


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


def parse_record(line: str) -> dict[str, Any]:
    """The object that a line holds. Raises ValueError when it holds none."""
    record: Any = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an object")  # noqa: TRY004  one kind of error for all that can be wrong with a line
    return record


def parse_source(record: dict[str, Any]) -> str:
    """The first of a record's sources. Raises ValueError when they are no names."""
    sources = record.get("sources") or [UNNAMED]
    if not isinstance(sources, list) or not isinstance(sources[0], str):
        raise ValueError("sources are not a list of names")  # noqa: TRY004  likewise
    return sources[0]


def parse_row(record: dict[str, Any], source: str, number: int | None = None) -> Row:
    """The row of a record of `source` on line `number`.

    Raises ConfigError for labels out of the vocabulary, and ValueError for all else, which does not quote the text.
    """
    if not isinstance(record.get("text"), str):
        raise ValueError("no text")  # noqa: TRY004  likewise
    text = normalise(record["text"])
    if not text:
        raise ValueError("empty text")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("the text holds half a surrogate pair")
    labels = {} if record.get("labels") is None else record["labels"]
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
    tier = record.get("tier", "A")
    if tier not in get_args(Tier):
        raise ValueError("tier is neither A nor B")
    whole = {name: int(value) for name, value in labels.items()}  # 1.0 and true are 1 in JSON of other makes
    return Row(text, whole, None if sentiment is None else int(sentiment), source, tier, number)


def load_rows(path: Path) -> tuple[list[Row], list[str]]:
    """Read a training file: its rows, and a report line for each malformed one, by line and source.

    Raises ConfigError when the file is missing or empty, names unknown labels, or has more than 1 % malformed rows.
    """
    rows: list[Row] = []
    report: list[str] = []
    unknown: list[str] = []
    for number, line in read_lines(path):
        source = UNNAMED
        try:
            record = parse_record(line)
            source = parse_source(record)
            rows.append(parse_row(record, source, number))
        except ConfigError as error:
            unknown.extend(f"{path}:{number}: {problem}" for problem in error.problems)
        except ValueError as error:
            reason = "not JSON" if isinstance(error, json.JSONDecodeError) else str(error)
            report.append(f"{path}:{number}: {reason} (source {source})")
    if unknown:
        raise ConfigError(unknown[:REPORTED_PROBLEMS])
    if len(report) > MALFORMED_LIMIT * (len(rows) + len(report)):
        raise ConfigError([f"{path}: {len(report)} malformed rows", *report[:REPORTED_PROBLEMS]])
    if not rows:
        raise ConfigError([f"{path}: holds no rows"])
    return rows, report


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
