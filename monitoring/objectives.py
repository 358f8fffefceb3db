"""What is promised, and how fast a promise may be used up before somebody is told."""

from dataclasses import dataclass

ON_CALL, TRUST_AND_SAFETY = "on-call", "trust-and-safety"
PAGE, TICKET = "page", "ticket"

# Both are bounds of buckets, since no histogram knows what lies between two.
FRESH_WITHIN_S = 4.096
REVIEWED_WITHIN_S = 16_384.0  # four and a half hours

FEWEST_ERRORS = 10
"""The guard of low traffic: at night one late message may be 10 % of an hour's, and is no reason to wake anybody."""


@dataclass(frozen=True, slots=True)
class Burn:
    """The budget is used up `rate` times as fast as it may be, over `long` and still over `short`."""

    rate: float
    long: str
    short: str
    severity: str


# Of a budget for 30 days: 2 % of it in an hour, 5 % in six hours, 10 % in a day, 10 % in three days.
BURNS = (
    Burn(14.4, "1h", "5m", PAGE),
    Burn(6, "6h", "30m", PAGE),
    Burn(3, "1d", "2h", TICKET),
    Burn(1, "3d", "6h", TICKET),
)
WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")
LONG_WINDOWS = tuple(burn.long for burn in BURNS)


@dataclass(frozen=True, slots=True)
class Objective:
    """At least the part `good` of the events. `events` and `errors` are PromQL with the places COUNTED and WINDOW,
    for the function over time and its range.
    """

    slo: str
    alert: str
    promise: str
    good: float
    team: str
    events: str
    errors: str

    def over(self, window: str, counted: str, of: str) -> str:
        """`of`, which is `events` or `errors`, counted by `rate` or `increase` over a window."""
        return of.replace("COUNTED", counted).replace("WINDOW", window)

    @property
    def budget(self) -> float:
        """The part that may go wrong."""
        return round(1 - self.good, 6)


def _summed(series: str) -> str:
    return f"sum by (namespace) (COUNTED({series}[WINDOW]))"


def _later_than(histogram: str, matchers: str, seconds: float) -> str:
    """Observations above a bucket's bound."""
    all_of_them = _summed(f"{histogram}_count{{{matchers}}}")
    within = _summed(f'{histogram}_bucket{{{matchers}le="{seconds}"}}')
    return f"clamp_min({all_of_them} - {within}, 0)"


_LATENCY, _TOTAL = "moderator_end_to_end_latency_seconds", 'stage="total",'
_TURNAROUND = "moderator_review_turnaround_seconds"
# A label's value that never occurred has no series. Records are also what reviewer and console fetch.
_NONE = f"0 * {_summed('moderator_records_total')}"
_MESSAGES = f"({_summed('moderator_messages_total')} or {_NONE})"
_DEAD_LETTERS = f"({_summed('moderator_dead_letters_total')} or {_NONE})"

OBJECTIVES = (
    Objective(
        "freshness",
        "ModeratorFreshnessBurn",
        f"99.9 % of messages have their verdict within {FRESH_WITHIN_S} s of the record's timestamp",
        0.999,
        ON_CALL,
        _summed(f"{_LATENCY}_count{{{_TOTAL}}}"),
        _later_than(_LATENCY, _TOTAL, FRESH_WITHIN_S),
    ),
    Objective(
        "completeness",
        "ModeratorCompletenessBurn",
        "99.9 % of records get an answer other than a dead letter",
        0.999,
        ON_CALL,
        f"({_MESSAGES} + {_DEAD_LETTERS})",
        _DEAD_LETTERS,
    ),
    Objective(
        "review",
        "ModeratorReviewTurnaroundBurn",
        "95 % of escalations are decided within 4 h 33 min",
        0.95,
        TRUST_AND_SAFETY,
        _summed(f"{_TURNAROUND}_count{{}}"),
        _later_than(_TURNAROUND, "", REVIEWED_WITHIN_S),
    ),
)
