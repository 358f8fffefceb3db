"""Measured series to a table with goals. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from load.rates import percentile


class Figure(StrEnum):
    """What is measured; its name in the JSON of the results."""

    CLASSIFIER = "classifier_texts_per_s"
    CLASSIFY = "classify_lines_per_s"
    CLASSIFY_WITH_START = "classify_lines_per_s_with_start"
    END_TO_END = "end_to_end_messages_per_s"
    PIPELINE = "transformers_pipeline_texts_per_s"
    PIPELINE_BATCH = "transformers_pipeline_batch_size"
    LOST = "lost_messages"
    LATENCY = "idle_latency_ms"
    BROKER_LATENCY = "broker_latency_ms"
    MEMORY = "memory_after_backlog_mb"
    PEAK_MEMORY = "peak_memory_mb"
    START = "start_to_ready_s"
    FIRST_VERDICT = "start_to_first_verdict_s"


Series = Mapping[Figure, Mapping[str, Sequence[float]]]
"""The values of each figure, a round each, by variant: a provider, an order of texts, or nothing to tell apart."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a row's median."""

    limit: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether `value` keeps to it."""
        return value >= self.limit if self.at_least else value < self.limit

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<'} {self.limit:g}"


CLASSIFY_GOAL = Goal(90, at_least=True)
END_TO_END_GOAL = Goal(90, at_least=True)
PEER_GOAL = Goal(16, at_least=True)
NONE_LOST = Goal(1)
LATENCY_GOAL = Goal(20)
START_GOAL = Goal(3)
MEMORY_GOALS = {"CPU": Goal(300), "OpenVINO": Goal(500)}

# The peer pads each batch to its longest text, so the order of the texts matters to it. It reads them as they come; its
# caller may sort a file, a stream has no order to choose.
AS_GIVEN = "as given"
SORTED = "sorted by length"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `values` are of one round each."""

    title: str
    unit: str
    values: tuple[float, ...]
    goal: Goal | None = None

    @property
    def value(self) -> float:
        """The median, which the goal is about."""
        return median(self.values)

    @property
    def met(self) -> bool:
        """Whether it keeps to its goal, if it has one."""
        return self.goal is None or self.goal.met(self.value)

    def document(self) -> dict[str, object]:
        """The row as JSON takes it."""
        spread = {"median": self.value, "min": min(self.values), "max": max(self.values)}
        judged = {"goal": str(self.goal), "met": self.met} if self.goal else {}
        return {"figure": self.title, "unit": self.unit, **spread, **judged}


def variant_name(provider: str) -> str:
    """ONNX Runtime's provider, short."""
    return provider.removesuffix("ExecutionProvider")


def report(series: Series, default: str) -> list[Row]:
    """The table of what was measured. `default` is the provider that the program takes unless told otherwise: the
    command, and the comparison with the peer, are about it. A ratio is taken within each round.
    """
    classifier = series.get(Figure.CLASSIFIER, {})
    end_to_end = series.get(Figure.END_TO_END, {})
    classify = series.get(Figure.CLASSIFY, {})
    pipeline = series.get(Figure.PIPELINE, {})
    of_peer = {order: end_to_end.get(default, ()) for order in pipeline}
    return [
        *_rows(series, Figure.CLASSIFIER, "classifier alone", "texts/s"),
        *_rows(series, Figure.CLASSIFY, "moderator classify, its start left out", "texts/s"),
        *_rows(series, Figure.CLASSIFY_WITH_START, "moderator classify, with its start", "texts/s"),
        *_rows(series, Figure.END_TO_END, "end to end", "texts/s"),
        *_rows(series, Figure.PIPELINE, "transformers pipeline", "texts/s"),
        *_rows(series, Figure.PIPELINE_BATCH, "  its best batch size", "texts"),
        *_ratios(
            "moderator classify / classifier alone", "%", 100, classify, classifier, _all(classify, CLASSIFY_GOAL)
        ),
        *_ratios("end to end / classifier alone", "%", 100, end_to_end, classifier, _all(end_to_end, END_TO_END_GOAL)),
        *_ratios("end to end / transformers pipeline", "times", 1, of_peer, pipeline, {AS_GIVEN: PEER_GOAL}),
        *_rows(series, Figure.LOST, "lost messages", "", goals=_all(end_to_end, NONE_LOST)),
        *_latencies(series, Figure.LATENCY, "idle latency", LATENCY_GOAL),
        *_latencies(series, Figure.BROKER_LATENCY, "  the clients' and one pass through the broker", None),
        *_rows(series, Figure.MEMORY, "memory after the backlog", "MB", goals=MEMORY_GOALS),
        *_rows(series, Figure.PEAK_MEMORY, "  its peak", "MB"),
        *_rows(series, Figure.START, "start to ready", "s", goals=_all(end_to_end, START_GOAL)),
        *_rows(series, Figure.FIRST_VERDICT, "  to the first verdict", "s"),
    ]


def _all(variants: Iterable[str], goal: Goal) -> dict[str, Goal]:
    return dict.fromkeys(variants, goal)


def _rows(series: Series, figure: Figure, title: str, unit: str, goals: Mapping[str, Goal] | None = None) -> list[Row]:
    return [
        Row(_titled(title, variant), unit, tuple(values), (goals or {}).get(variant))
        for variant, values in series.get(figure, {}).items()
    ]


def _ratios(
    title: str,
    unit: str,
    scale: float,
    above: Mapping[str, Sequence[float]],
    below: Mapping[str, Sequence[float]],
    goals: Mapping[str, Goal],
) -> list[Row]:
    """Of the variants that were measured for both, round by round."""
    return [
        Row(
            _titled(title, variant),
            unit,
            tuple(scale * over / under for over, under in zip(values, below[variant], strict=True)),
            goals.get(variant),
        )
        for variant, values in above.items()
        if values and below.get(variant)
    ]


def _latencies(series: Series, figure: Figure, title: str, goal: Goal | None) -> list[Row]:
    return [
        Row(f"{_titled(title, variant)}, {name}", "ms", (percentile(values, percent),), bound)
        for variant, values in series.get(figure, {}).items()
        for name, percent, bound in (("p50", 50, None), ("p99", 99, goal), ("max", 100, None))
    ]


def _titled(title: str, variant: str) -> str:
    return f"{title}, {variant}" if variant else title


HEAD = ("figure", "median", "min", "max", "unit", "goal", "")


def table(rows: Sequence[Row]) -> str:
    """Aligned text."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    left = {0, 4, 6}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    spread = (_number(min(row.values)), _number(max(row.values))) if len(row.values) > 1 else ("", "")
    judged = "" if row.goal is None else "met" if row.met else "MISSED"
    return (row.title, _number(row.value), *spread, row.unit, "" if row.goal is None else str(row.goal), judged)


def _number(value: float) -> str:
    digits = next((digits for bound, digits in ((100, 0), (10, 1)) if abs(value) >= bound), 2)
    return f"{value:,.{digits}f}" if value % 1 else f"{value:,.0f}"


def exit_code(rows: Sequence[Row]) -> int:
    """0 when every goal is met, else 1."""
    return int(not all(row.met for row in rows))
