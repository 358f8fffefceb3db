"""HateCheck's cases file: which functionality each text tests, and which group it is about."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.inference.normalise import normalise
from moderator.policy.thresholds import Policy
from moderator.training.benchmarks import ScoredSplit, escalated
from moderator.training.breakdown import Breakdown, mean_of_parts
from moderator.training.heldout import HeldOutRow

COLUMNS = ("functionality", "test_case", "target_ident")


@dataclass(frozen=True, slots=True)
class Case:
    """What one text of HateCheck tests; `group` is empty when it is about no group of people."""

    functionality: str
    group: str


def load_cases(path: Path, rows: Sequence[HeldOutRow]) -> list[Case]:
    """The case of each HateCheck row, from the authors' CSV file.

    Raises ConfigError when the file is missing, has not the authors' columns, or lacks a row's text.
    """
    if not path.is_file():
        raise ConfigError([f"{path}: no such file"])
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [f"{path}: has no column {name!r}" for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ConfigError(missing)
        cases = {normalise(line["test_case"]): Case(line["functionality"], line["target_ident"]) for line in reader}
    texts = [normalise(row.text) for row in rows]
    unknown = sum(text not in cases for text in texts)
    if unknown:
        raise ConfigError([f"{path}: lacks {unknown} of the {len(rows)} HateCheck texts of the held-out file"])
    return [cases[text] for text in texts]


def by_functionality(split: ScoredSplit, cases: Sequence[Case], policy: Policy) -> Breakdown:
    """Accuracy of each functionality, flagged by what the policy would not allow for its hate score."""
    wanted, _ = split.label(Label.HATE)
    right = escalated(split, policy)[:, LABELS.index(Label.HATE)] == wanted
    names = list(dict.fromkeys(case.functionality for case in cases))
    return mean_of_parts(right, {name: np.array([case.functionality == name for case in cases]) for name in names})


def flagged_by_group(split: ScoredSplit, cases: Sequence[Case], policy: Policy) -> Breakdown:
    """The part of each group's non-hateful texts that the policy does not allow for its hate score."""
    harmless = split.label(Label.HATE)[0] == 0
    flags = escalated(split, policy)[:, LABELS.index(Label.HATE)]
    groups = sorted({case.group for case in cases} - {""})
    members = {name: harmless & np.array([case.group == name for case in cases]) for name in groups}
    return mean_of_parts(flags, members)
