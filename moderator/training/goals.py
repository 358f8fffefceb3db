"""The figures that the model is judged by: what it should reach, and what others have published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moderator.training.figure_names import WORST_CALIBRATION, WORST_LABEL

VARIANT_NAMES = {"fp32": "fp32", "openvino": "int8 OpenVINO", "cpu": "int8 CPU"}
INT8 = ("openvino", "cpu")


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure. `beside` are published figures of the same benchmark."""

    figure: str
    bound: float
    beside: str = ""
    at_most: bool = False

    def __str__(self) -> str:
        """The bound as it is shown."""
        return f"{'<=' if self.at_most else '>='} {shown(self.bound)}"

    def missed(self, value: float) -> bool:
        """Whether `value` is on the wrong side."""
        return value > self.bound if self.at_most else value < self.bound


GOALS = (
    Goal("TweetEval offensive, macro-F1", 0.81, "RoBERTa-base .795, TimeLMs-2021 .822"),
    Goal("TweetEval sentiment, macro-recall", 0.715, "RoBERTa-base .713, BERTweet .734"),
    Goal("SST-2 dev, accuracy", 0.90, "MiniLM-L6 .913, on 67k phrases"),
    Goal("HateCheck by the policy, accuracy", 0.80, "Perspective .766"),
    Goal("HateCheck by the policy, accuracy on non-hateful", 0.70, "Perspective .482"),
    Goal("OpenAI-1680, any flag, AUPRC", 0.80, "Perspective .787, OpenAI .856"),
    Goal("OpenAI-1680, sexual, AP", 0.85),
    Goal("OpenAI-1680, hate, AP", 0.70),
    Goal("OpenAI-1680, self_harm, AP", 0.70),
    Goal("OpenAI-1680, threat, AP", 0.60),
    Goal("Wikipedia, toxic AUC", 0.985, "Detoxify .986, on another sample"),
    Goal("Wikipedia, AUC lost by fuzzing", 0.01, at_most=True),
    Goal("EDOS threat, AP", 0.75),
    Goal("SMS spam, macro-F1", 0.98),
    Goal("YouTube spam, macro-F1", 0.95),
    Goal("XSTest, safe prompts flagged", 0.08, at_most=True),
    Goal(WORST_CALIBRATION, 0.02, at_most=True),
    Goal(WORST_LABEL, 0.5, at_most=True),
)
BESIDE = {
    "TweetEval hate, macro-F1": "RoBERTa-base .466, BERTweet .564",
    "HateCheck by the policy, accuracy on hateful": "Perspective .895",
}


def goal_table(evaluation: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows: each goal's figure by variant, the goal and whether it was missed, and what others reached.

    A goal is missed when either int8 variant misses it; of a figure without any, when fp32 does.
    """
    figures: Mapping[str, Mapping[str, float]] = evaluation["figures"]
    variants = [name for name in VARIANT_NAMES if any(name in values for values in figures.values())]
    rows: list[list[str]] = []
    for goal in GOALS:
        values = figures.get(goal.figure, {})
        judged = [values[name] for name in INT8 if name in values] or list(values.values())
        verdict = "not measured" if not judged else "missed" if any(map(goal.missed, judged)) else "reached"
        cells = [shown(values[name]) if name in values else "" for name in variants]
        rows.append([goal.figure, *cells, str(goal), verdict, goal.beside])
    return ["held out", *(VARIANT_NAMES[name] for name in variants), "goal", "", "beside"], rows


def other_table(evaluation: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of every figure that no goal is set for."""
    figures: Mapping[str, Mapping[str, float]] = evaluation["figures"]
    variants = [name for name in VARIANT_NAMES if any(name in values for values in figures.values())]
    with_goal = {goal.figure for goal in GOALS}
    return ["held out", *(VARIANT_NAMES[name] for name in variants), "beside"], [
        [name, *(shown(values[v]) if v in values else "" for v in variants), BESIDE.get(name, "")]
        for name, values in figures.items()
        if name not in with_goal
    ]


def breakdown_table(parts: Mapping[str, Mapping[str, float]]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of one breakdown."""
    variants = [name for name in VARIANT_NAMES if any(name in values for values in parts.values())]
    return ["", "rows", *(VARIANT_NAMES[name] for name in variants)], [
        [name, str(values["rows"]), *(shown(values[variant]) for variant in variants)] for name, values in parts.items()
    ]


def shown(value: float) -> str:
    """Three digits, as the field writes rates."""
    text = f"{value:.3f}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text
