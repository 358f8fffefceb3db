"""A comparison as tables, remarks and JSON."""

import json
from dataclasses import dataclass
from typing import Any

from moderator.comparison.comparison import OUTCOMES, Comparison
from moderator.comparison.judged import JudgedBy
from moderator.contracts.verdict import Outcome
from moderator.policy.interval import Interval

DIGITS = 6
NONE = "-"
Table = list[list[str]]  # the first row names the columns


@dataclass(frozen=True, slots=True)
class Report:
    """What `comparison` says to somebody who takes it if not more than the part `most_flips` of messages flips."""

    comparison: Comparison
    most_flips: float | None

    @property
    def advised(self) -> bool | None:
        """Whether to take it; None where nobody said what is too much."""
        if self.most_flips is None and self.comparison.compared:
            return None
        return self.comparison.within(self.most_flips or 0.0)

    def flip_table(self) -> Table:
        """What is, and what would be: a line for each that differs, then all together."""
        comparison = self.comparison
        flips = comparison.flips()
        rows = [
            [flip_name(first, shadow), f"{messages:,}", _percent(comparison.share(messages))]
            for (first, shadow), messages in sorted(flips.items(), key=lambda flip: -flip[1])
        ]
        total = sum(flips.values())
        return [
            ["flips", "messages", "share (95 %)"],
            *rows,
            ["all flips", f"{total:,}", _percent(comparison.share(total))],
        ]

    def outcome_table(self) -> Table:
        """How the share of each outcome would change."""
        comparison = self.comparison
        rows = []
        for outcome in OUTCOMES:
            now = sum(messages for (first, _), messages in comparison.outcomes.items() if first is outcome)
            then = sum(messages for (_, shadow), messages in comparison.outcomes.items() if shadow is outcome)
            change = _percent(comparison.change(outcome), sign="+")
            shares = (f"{part / comparison.compared:.2%}" for part in (now, then))
            rows.append([outcome.value, *shares, change])
        return [["outcome", "now", "shadow", "change (95 %)"], *rows]

    def label_table(self) -> Table:
        """Which labels messages gain and lose, and how far scores move."""
        compared = self.comparison.compared
        return [
            ["label", "gained", "lost", "mean shift", "mean distance", "largest"],
            *(
                [
                    shift.label.value,
                    f"{shift.gained:,}",
                    f"{shift.lost:,}",
                    f"{shift.shift / compared:+.4f}",
                    f"{shift.distance / compared:.4f}",
                    f"{shift.largest:.4f}",
                ]
                for shift in self.comparison.labels
            ),
        ]

    def remarks(self) -> list[str]:
        """What the tables do not say, a line each; the result last."""
        comparison = self.comparison
        lines = [f"first:  {_versions(comparison.first)}", f"shadow: {_versions(comparison.shadow)}"]
        for count, what in (
            (comparison.unshadowed, "messages between the shadow's first and last that it has not judged"),
            (comparison.unmatched, "shadow verdicts left out: there is no first verdict on their message"),
            (comparison.other_versions, "messages left out: judged by other versions than the newest of each side"),
            (comparison.repeated, "verdicts were repeated; the last on a message counts"),
        ):
            if count:
                lines.append(f"{count:,} {what}")
        return [*lines, self.result()]

    def result(self) -> str:
        """In one line."""
        if not self.comparison.compared:
            return "NOTHING TO COMPARE: no message has both a first verdict and a shadow's"
        if self.most_flips is None:
            return "no advice without --most-flips, the part of messages that may flip"
        high = self.comparison.share(sum(self.comparison.flips().values())).high
        if self.advised:
            return f"WITHIN: at most {high:.3%} of messages flip, and {self.most_flips:.3%} may"
        return f"TOO MANY: up to {high:.3%} of messages flip, and {self.most_flips:.3%} may; or too few were compared"

    def to_json(self) -> str:
        """Figures only."""
        comparison = self.comparison
        content: dict[str, Any] = {
            "compared": comparison.compared,
            "first": comparison.first and comparison.first._asdict(),
            "shadow": comparison.shadow and comparison.shadow._asdict(),
            "most_flips": self.most_flips,
            "advised": self.advised,
            "unshadowed": comparison.unshadowed,
            "unmatched": comparison.unmatched,
            "other_versions": comparison.other_versions,
            "repeated": comparison.repeated,
        }
        if comparison.compared:
            content |= self._figures()
        return json.dumps(_rounded(content), indent=1) + "\n"

    def _figures(self) -> dict[str, Any]:
        comparison = self.comparison
        flips = comparison.flips()
        return {
            "outcomes": [
                {"first": first, "shadow": shadow, "messages": comparison.outcomes.get((first, shadow), 0)}
                for first in OUTCOMES
                for shadow in OUTCOMES
            ],
            "flips": {
                "messages": sum(flips.values()),
                "share": comparison.share(sum(flips.values()))._asdict(),
                "by_pair": {
                    f"{first}->{shadow}": comparison.share(messages)._asdict()
                    for (first, shadow), messages in flips.items()
                },
            },
            "changes": {outcome.value: comparison.change(outcome)._asdict() for outcome in OUTCOMES},
            "labels": {
                shift.label.value: {
                    "gained": shift.gained,
                    "lost": shift.lost,
                    "mean_shift": shift.shift / comparison.compared,
                    "mean_distance": shift.distance / comparison.compared,
                    "largest": shift.largest,
                }
                for shift in comparison.labels
            },
        }


def flip_name(first: Outcome, shadow: Outcome) -> str:
    """As the table has it."""
    return f"{first} -> {shadow}"


def _percent(interval: Interval, sign: str = "") -> str:
    expected, low, high = (format(part, f"{sign}.3%") for part in interval)
    return f"{expected} ({low} to {high})"


def _versions(by: JudgedBy | None) -> str:
    return " ".join(f"{name} {value}" for name, value in by._asdict().items()) if by else NONE


def _rounded(figures: Any) -> Any:
    if isinstance(figures, dict):
        return {name: _rounded(value) for name, value in figures.items()}
    if isinstance(figures, list):
        return [_rounded(value) for value in figures]
    return round(figures, DIGITS) if isinstance(figures, float) else figures
