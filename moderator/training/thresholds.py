"""The default policy: thresholds of each label by a stated rule, with what they were measured to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS, Label
from moderator.training.calibrate import UNKNOWN, targets
from moderator.training.recipe import Assumption
from moderator.training.rows import Row

BLOCK_PRECISION = 0.9
FEWEST_BLOCKED = 10  # a precision measured on fewer rows than this is luck
BYSTANDERS_BLOCKED = 0.005
BYSTANDERS_ESCALATED = 0.02
ESCALATE_LIMITS = (0.05, 0.9)
BLOCK_LIMITS = (0.5, 0.98)
NARROWEST_BAND = 0.05
DIGITS = 2
JUST_ABOVE = 1e-4  # less than the last digit
UNTRAINED = (0.5, 0.9)  # out of reach of a pinned score

RULE = f"""\
# The default policy. From block_at on a message is blocked, from escalate_at on it goes to a reviewer.
#
# Chosen on rows that the model was not trained on. Far more of them are harmful than of a platform's messages: expect
# the recall given here and a lower precision. The rule, for each label:
#   block_at     the lowest score with a precision of {BLOCK_PRECISION},
#                raised until no more than {BYSTANDERS_BLOCKED:.1%} of bystanders reach it,
#                within {BLOCK_LIMITS[0]} and {BLOCK_LIMITS[1]}, at least {NARROWEST_BAND} above escalate_at
#   escalate_at  the score with the best F1,
#                raised until no more than {BYSTANDERS_ESCALATED:.1%} of bystanders reach it,
#                within {ESCALATE_LIMITS[0]} and {ESCALATE_LIMITS[1]}
# Bystanders of a label are texts from sources that the recipe assumes to carry next to none of it.
"""

Array = npt.NDArray[np.float64]
Targets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a threshold did on the calibration rows: precision and recall where the label is known, and the part that it
    catches of its bystanders, texts from sources that carry next to none of the label.
    """

    precision: float
    recall: float
    bystanders: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Thresholds of one label and their effects, None for a label that was not trained."""

    escalate_at: float
    block_at: float
    escalated: Effect | None = None
    blocked: Effect | None = None


def choose(scores: Array, wanted: Targets, bystanders: Array) -> Choice:
    """Thresholds of one label from calibrated `scores` [n], `wanted` [n] (1, 0, or -1: unknown) and bystanders' scores.

    By the rule that the policy file states.
    """
    known = wanted != UNKNOWN
    curve = Curve.of(scores[known], wanted[known])
    escalate = max(curve.best_f1(), _reached_by(BYSTANDERS_ESCALATED, bystanders), ESCALATE_LIMITS[0])
    escalate_at = min(_round_up(escalate), ESCALATE_LIMITS[1])
    block = max(
        curve.lowest_with_precision(BLOCK_PRECISION),
        _reached_by(BYSTANDERS_BLOCKED, bystanders),
        escalate_at + NARROWEST_BAND,
        BLOCK_LIMITS[0],
    )
    block_at = min(_round_up(block), BLOCK_LIMITS[1])
    effects = [effect(scores, wanted, bystanders, threshold) for threshold in (escalate_at, block_at)]
    return Choice(escalate_at, block_at, *effects)


def effect(scores: Array, wanted: Targets, bystanders: Array, threshold: float) -> Effect:
    """What `threshold` does on rows with calibrated `scores`; precision 1 where it catches none."""
    caught = scores >= threshold
    hits = int((caught & (wanted == 1)).sum())
    flagged = int((caught & (wanted != UNKNOWN)).sum())
    return Effect(
        hits / flagged if flagged else 1.0,
        hits / max(1, int((wanted == 1).sum())),
        float((bystanders >= threshold).mean()) if len(bystanders) else 0.0,
    )


def choose_policy(
    rows: Sequence[Row], scores: Array, assumption: Assumption, pinned: Sequence[Label]
) -> dict[Label, Choice]:
    """Thresholds of every label from calibrated `scores` [n, 8] of `rows`."""
    choices: dict[Label, Choice] = {}
    for column, label in enumerate(LABELS):
        if label in pinned:
            choices[label] = Choice(*UNTRAINED)
            continue
        bystanders = [label not in row.labels and label in assumption.labels(row.source) for row in rows]
        choices[label] = choose(scores[:, column], targets(rows, label), scores[bystanders, column])
    return choices


def policy_text(choices: Mapping[Label, Choice], version: str) -> str:
    """The policy file, each threshold with what was measured."""
    lines = [RULE, f'version = "{version}"']
    for label, choice in choices.items():
        lines += [
            "",
            f"[labels.{label}]",
            f"escalate_at = {choice.escalate_at}{_comment(choice.escalated)}",
            f"block_at = {choice.block_at}{_comment(choice.blocked)}",
        ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Curve:
    """Hits and flagged rows for a threshold at each distinct score, highest score first."""

    scores: Array
    hits: Targets
    flagged: Targets

    @classmethod
    def of(cls, scores: Array, wanted: Targets) -> "Curve":
        """From scores [n] and what is wanted of them [n], 0 or 1."""
        order = np.argsort(-scores, kind="stable")
        ordered = scores[order]
        last_of_equal = np.append(ordered[1:] != ordered[:-1], values=True)
        hits = np.cumsum(wanted[order])[last_of_equal]
        flagged = np.arange(1, len(scores) + 1)[last_of_equal]
        return cls(ordered[last_of_equal], hits, flagged)

    def lowest_with_precision(self, precision: float) -> float:
        """The lowest score from which at least `precision` of at least ten flagged rows are hits; else 1."""
        enough = (self.hits >= precision * self.flagged) & (self.flagged >= FEWEST_BLOCKED)
        return float(self.scores[enough].min()) if enough.any() else 1.0

    def best_f1(self) -> float:
        """The score from which F1 is highest."""
        positives = self.hits[-1]
        return float(self.scores[np.argmax(2 * self.hits / (self.flagged + positives))])


def _reached_by(part: float, scores: Array) -> float:
    """A score that at most `part` of `scores` reach."""
    return float(np.quantile(scores, 1 - part, method="higher")) + JUST_ABOVE if len(scores) else 0.0


def _round_up(value: float) -> float:
    return float(np.ceil(round(value * 10**DIGITS, 6)) / 10**DIGITS)


def _comment(measured: Effect | None) -> str:
    if measured is None:
        return "  # not trained: its score is fixed below this"
    return f"  # precision {measured.precision:.2f}, recall {measured.recall:.2f}, bystanders {measured.bystanders:.1%}"
