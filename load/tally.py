"""What became of the messages of a load: latencies, what is missing or came twice, second by second. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hdrh.histogram import HdrHistogram

from load.rates import percentile

LONGEST_US = 3_600_000_000  # an hour
DIGITS = 3  # a value is kept to one part in a thousand
PERCENTS = (50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99, 100.0)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message: when it was due, and when it was really handed over, in seconds from the start."""

    identity: str
    due_s: float
    sent_s: float


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer's arrival. No outcome: a dead letter."""

    identity: str
    at_s: float
    outcome: str | None


@dataclass(slots=True)
class Journal:
    """What was sent and what came, in seconds from the start."""

    sent: list[Sent] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class Second:
    """One second of the run: messages that were due in it, answers that came in it, and the latencies of the former."""

    at_s: int
    due: int
    answered: int
    p50_ms: float | None
    p99_ms: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums. Latencies are from the intended send time, so a generator or an agent that stalls hides none."""

    sent: int
    lost: int
    duplicates: int
    outcomes: dict[str, int]
    percentiles_ms: dict[float, float]
    curve: list[tuple[float, float]]
    seconds: list[Second]
    latest_send_ms: float

    @property
    def p99_ms(self) -> float:
        """The latency that one message in a hundred exceeds."""
        return self.percentiles_ms[99.0]


def tally(sent: Sequence[Sent], answered: Sequence[Answered], warm_up_s: float = 0.0) -> Tally:
    """Of all messages what was lost and came twice; latencies of those that were due after the warm-up, or of all where
    the load ended before: a rate that the machine cannot do is given up at once.

    Raises ValueError when none was answered.
    """
    first: dict[str, Answered] = {}
    for answer in answered:
        first.setdefault(answer.identity, answer)
    of_all = {
        message: 1000 * (first[message.identity].at_s - message.due_s) for message in sent if message.identity in first
    }
    warm = {message: latency_ms for message, latency_ms in of_all.items() if message.due_s >= warm_up_s}
    latencies = warm or of_all
    if not latencies:
        raise ValueError("no message was answered")
    histogram = HdrHistogram(1, LONGEST_US, DIGITS)
    for latency_ms in latencies.values():
        histogram.record_value(min(LONGEST_US, max(1, round(1000 * latency_ms))))
    return Tally(
        sent=len(sent),
        lost=sum(message.identity not in first for message in sent),
        duplicates=len(answered) - len(first),
        outcomes=dict(Counter(answer.outcome or "dead letter" for answer in first.values())),
        percentiles_ms={percent: histogram.get_value_at_percentile(percent) / 1000 for percent in PERCENTS},
        curve=_curve(histogram),
        seconds=_seconds(latencies, sent, answered),
        latest_send_ms=max(1000 * (message.sent_s - message.due_s) for message in sent),
    )


def kept_up(sent: Sequence[Sent], answered: Sequence[Answered]) -> float:
    """Of the messages that were due while sending went on, the part that was answered by its end."""
    end = max(message.sent_s for message in sent)
    return sum(answer.at_s <= end for answer in answered) / len(sent)


def recovered_after(seconds: Sequence[Second], calm_s: float, below_ms: float) -> float:
    """How many seconds after `calm_s` the last second ends whose p99 is not below."""
    slow = [second.at_s for second in seconds if second.p99_ms is not None and second.p99_ms >= below_ms]
    return max(0.0, max(slow, default=-1) + 1 - calm_s)


def highest_rate_below(seconds: Sequence[Second], below_ms: float) -> float:
    """Of a rate that grows: how many messages were due in the last second before p99 stayed above for two in a row."""
    best = 0
    above = 0
    for second in seconds:
        above = above + 1 if second.p99_ms is not None and second.p99_ms >= below_ms else 0
        if above == 2:
            break
        best = max(best, second.due if not above else best)
    return float(best)


def _curve(histogram: HdrHistogram) -> list[tuple[float, float]]:
    """Latency in ms by the part of messages that exceed it, each a tenth of a decade rarer, down to a single one."""
    count = histogram.get_total_count()
    rarer = [10 ** (-step / 10) for step in range(61)]
    parts = [part for part in rarer if part * count >= 1]
    return [(part, histogram.get_value_at_percentile(100 * (1 - part)) / 1000) for part in parts]


def _seconds(latencies: dict[Sent, float], sent: Sequence[Sent], answered: Sequence[Answered]) -> list[Second]:
    due = Counter(int(message.due_s) for message in sent)
    came = Counter(int(answer.at_s) for answer in answered)
    by_second = {
        at_s: [latency for _, latency in group]
        for at_s, group in groupby(latencies.items(), lambda item: int(item[0].due_s))
    }
    return [
        Second(
            at_s,
            due[at_s],
            came[at_s],
            percentile(by_second[at_s], 50) if at_s in by_second else None,
            percentile(by_second[at_s], 99) if at_s in by_second else None,
        )
        for at_s in range(max(*due, *came) + 1)
    ]
