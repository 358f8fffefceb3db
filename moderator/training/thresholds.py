"""The default policy: thresholds of each label by a stated rule, with what they were measured to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS, Label
from moderator.training.calibrate import UNKNOWN, targets
from moderator.training.calibration_rows import WRITTEN, drop_one_sided_labels, origin
from moderator.training.recipe import Assumption
from moderator.training.rows import Row

BLOCK_PRECISION = 0.9  # of the outcome: most of what is blocked is harmful in one way or another
LABEL_PRECISION = 0.65  # of the reason given for it: annotators agree less on kinds of harm than on harm
FEWEST_BLOCKED = 10  # a precision measured on fewer rows than this is luck
BYSTANDERS_BLOCKED = 0.005
BYSTANDERS_ESCALATED = 0.02
ESCALATE_LIMITS = (0.05, 0.9)
BLOCK_LIMITS = (0.5, 0.98)
NARROWEST_BAND = 0.05
STEPS = 100  # to two digits
JUST_ABOVE = 1e-4  # less than the last digit
UNTRAINED = (0.5, 0.9)  # out of reach of a pinned score
NEVER = 1.0  # no score is 1
FOR_A_PERSON = frozenset({Label.SELF_HARM})  # to hold back a call for help would leave it unheard
# Texts that were written to mislead a model: they tell where it fails, and not how often a platform's texts mislead it.
ADVERSARIAL = frozenset({"dynabench", "hatemojibuild"})

RULE = f"""\
# The default policy. From block_at on a message is blocked, from escalate_at on it goes to a reviewer.
#
# Chosen on rows that the model was not trained on. Far more of them are harmful than of a platform's messages: expect
# the recall given here and a lower precision. The rule, for each label:
#   block_at     the lowest score from which on {BLOCK_PRECISION:.0%} of texts are harmful (by any label)
#                and {LABEL_PRECISION:.0%} by this label, of {FEWEST_BLOCKED} texts or more;
#                texts that people wrote to mislead a model left out, generated ones too where there are others,
#                raised until no more than {BYSTANDERS_BLOCKED:.1%} of bystanders reach it,
#                within {BLOCK_LIMITS[0]} and {BLOCK_LIMITS[1]}, at least {NARROWEST_BAND} above escalate_at;
#                {BLOCK_LIMITS[1]} where no score is as precise;
#                {NEVER}, which is never, for {", ".join(FOR_A_PERSON)}: a person looks
#   escalate_at  the score with the best F1,
#                raised until no more than {BYSTANDERS_ESCALATED:.1%} of bystanders reach it,
#                within {ESCALATE_LIMITS[0]} and {ESCALATE_LIMITS[1]}
# Bystanders of a label are texts from sources that the recipe assumes to carry next to none of it.
# Each threshold with what it did on those rows: the part that was harmful, the precision and recall of the label, and
# the part of bystanders caught.
"""

UNSUPPORTED = """\
# What becomes of a text in a language that the model does not read, which is not scored: escalate, allow or block.
unsupported_language = "escalate"\
"""

Array = npt.NDArray[np.float64]
Targets = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a threshold did on the calibration rows. Of texts caught that know the label: the part that is `harmful` by
    any label, and `precision`; `recall`; and the part that it catches of its bystanders, texts from sources that carry
    next to none of the label.
    """

    harmful: float
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one label's thresholds are chosen on: calibrated `scores` [n], `wanted` [n] (1, 0, or -1: unknown), whether
    each row is `harmful` by any label, whether it is `typical` of what a platform carries, whether it is a bystander.
    """

    scores: Array
    wanted: Targets
    harmful: Flags
    typical: Flags
    bystander: Flags


def choose(evidence: Evidence) -> Choice:
    """Thresholds of one label, by the rule that the policy file states."""
    known = evidence.wanted != UNKNOWN
    curve = Curve.of(evidence.scores[known], evidence.wanted[known])
    bystanders = evidence.scores[evidence.bystander]
    escalate = max(curve.best_f1(), _reached_by(BYSTANDERS_ESCALATED, bystanders), ESCALATE_LIMITS[0])
    escalate_at = min(_round_up(escalate), ESCALATE_LIMITS[1])
    block = max(_reached_by(BYSTANDERS_BLOCKED, bystanders), escalate_at + NARROWEST_BAND, BLOCK_LIMITS[0])
    block_at = lowest_precise(evidence, _round_up(block))
    return Choice(escalate_at, block_at, effect(evidence, escalate_at), effect(evidence, block_at))


def lowest_precise(evidence: Evidence, floor: float) -> float:
    """The lowest threshold from `floor` on, to two digits, with both precisions on at least ten typical rows; the upper
    limit where there is none. Precision need not rise with the score, so each threshold is tried.
    """
    judged = evidence.typical & (evidence.wanted != UNKNOWN)
    scores, harmful, hits = evidence.scores[judged], evidence.harmful[judged], evidence.wanted[judged] == 1
    for hundredths in range(round(floor * STEPS), round(BLOCK_LIMITS[1] * STEPS)):
        caught = scores >= hundredths / STEPS
        if caught.sum() < FEWEST_BLOCKED:
            break
        if harmful[caught].mean() >= BLOCK_PRECISION and hits[caught].mean() >= LABEL_PRECISION:
            return hundredths / STEPS
    return BLOCK_LIMITS[1]


def effect(evidence: Evidence, threshold: float) -> Effect:
    """What `threshold` does, on all rows; precision 1 where it catches none."""
    caught = evidence.scores >= threshold
    flagged = caught & (evidence.wanted != UNKNOWN)
    positive = evidence.wanted == 1
    return Effect(
        float(evidence.harmful[flagged].mean()) if flagged.any() else 1.0,
        float(positive[flagged].mean()) if flagged.any() else 1.0,
        float((caught & positive).sum() / max(1, positive.sum())),
        float(caught[evidence.bystander].mean()) if evidence.bystander.any() else 0.0,
    )


def choose_policy(
    rows: Sequence[Row], scores: Array, assumption: Assumption, pinned: Sequence[Label]
) -> dict[Label, Choice]:
    """Thresholds of every label from calibrated `scores` [n, 8] of `rows`, whose one-sided labels still stand."""
    harmful = np.array([any(row.labels.values()) for row in rows])
    usable = drop_one_sided_labels(rows)
    choices: dict[Label, Choice] = {}
    for column, label in enumerate(LABELS):
        if label in pinned:
            choices[label] = Choice(*UNTRAINED)
            continue
        wanted = targets(usable, label)
        bystander = np.array([label not in row.labels and label in assumption.labels(row.source) for row in rows])
        evidence = Evidence(scores[:, column], wanted, harmful, typical(rows, wanted), bystander)
        choices[label] = choose(evidence)
        if label in FOR_A_PERSON:
            choices[label] = Choice(
                choices[label].escalate_at, NEVER, choices[label].escalated, effect(evidence, NEVER)
            )
    return choices


def typical(rows: Sequence[Row], wanted: Targets) -> Flags:
    """Whether each row is of a kind that a platform carries: collected, and not to mislead. Generated rows count where
    fewer than ten collected ones are positive.
    """
    collected = np.array([row.source.partition("/")[0] not in ADVERSARIAL and origin(row) != WRITTEN for row in rows])
    if (wanted[collected] == 1).sum() >= FEWEST_BLOCKED:
        return collected
    return np.array([row.source.partition("/")[0] not in ADVERSARIAL for row in rows])


def policy_text(choices: Mapping[Label, Choice], version: str) -> str:
    """The policy file, each threshold with what was measured."""
    lines = [RULE, f'version = "{version}"', "", UNSUPPORTED]
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
    def of(cls, scores: Array, wanted: Targets | Flags) -> "Curve":
        """From scores [n] and what is wanted of them [n], 0 or 1."""
        order = np.argsort(-scores, kind="stable")
        ordered = scores[order]
        last_of_equal = np.append(ordered[1:] != ordered[:-1], values=True)
        hits = np.cumsum(wanted[order])[last_of_equal]
        flagged = np.arange(1, len(scores) + 1)[last_of_equal]
        return cls(ordered[last_of_equal], hits, flagged)

    def best_f1(self) -> float:
        """The score from which F1 is highest."""
        positives = self.hits[-1]
        return float(self.scores[np.argmax(2 * self.hits / (self.flagged + positives))])


def _reached_by(part: float, scores: Array) -> float:
    """A score that at most `part` of `scores` reach."""
    return float(np.quantile(scores, 1 - part, method="higher")) + JUST_ABOVE if len(scores) else 0.0


def _round_up(value: float) -> float:
    return float(np.ceil(round(value * STEPS, 6)) / STEPS)


def _comment(measured: Effect | None) -> str:
    if measured is None:
        return "  # not trained: its score is fixed below this"
    return (
        f"  # harmful {measured.harmful:.2f}, precision {measured.precision:.2f}, recall {measured.recall:.2f},"
        f" bystanders {measured.bystanders:.1%}"
    )
