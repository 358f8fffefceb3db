"""Bias by identity terms: whether harmless texts that name a group are taken for toxic more often than others."""

import re
import tomllib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from moderator.contracts.labels import Label
from moderator.policy.thresholds import Policy
from moderator.training.benchmarks import ScoredSplit, not_allowed
from moderator.training.breakdown import Breakdown, Part, mean_of_parts

TERMS = Path(__file__).with_suffix(".toml")
EVERY = "all texts"


def named_groups(split: ScoredSplit) -> dict[str, npt.NDArray[np.bool_]]:
    """Whether each row names a group by one of its terms, for each group; and all rows."""
    groups: dict[str, list[str]] = tomllib.loads(TERMS.read_text(encoding="utf-8"))["groups"]
    members = {EVERY: np.ones(len(split.rows), dtype=np.bool_)}
    for name, terms in groups.items():
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)
        members[name] = np.array([pattern.search(row.text) is not None for row in split.rows])
    return members


def flagged_by_term(split: ScoredSplit, policy: Policy) -> Breakdown:
    """The part of the non-toxic texts naming each group that the policy does not allow, for any label: the
    false-positive rate whose equality Dixon et al. 2018 ask for.
    """
    harmless = split.label(Label.TOXIC)[0] == 0
    return mean_of_parts(
        not_allowed(split, policy), {name: rows & harmless for name, rows in named_groups(split).items()}
    )


def auc_by_term(split: ScoredSplit) -> Breakdown:
    """Toxic AUC within the texts naming each group that holds both kinds (subgroup AUC, Borkan et al. 2019)."""
    wanted, scores = split.label(Label.TOXIC)
    return {
        name: Part(int(rows.sum()), float(roc_auc_score(wanted[rows], scores[rows])))
        for name, rows in named_groups(split).items()
        if len(set(wanted[rows].tolist())) == 2
    }
