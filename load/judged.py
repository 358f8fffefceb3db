"""A load's figures held against its goals: rows with what their breach is called, and the exit code. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from load.report import NONE_LOST, Goal, Row


class Breach(IntEnum):
    """The exit code for each way to fail, the gravest first; 1 and 2 are Python's and the command line's."""

    LOST = 3
    VERDICTS = 4
    RATE = 5
    LATENCY = 6
    SPEED = 7
    BASELINE = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, and the breach that it is when its goal is missed."""

    row: Row
    breach: Breach | None = None

    def document(self) -> dict[str, object]:
        """As JSON takes it."""
        return self.row.document() | ({"breach": self.breach.name.lower()} if self.breach and self.row.goal else {})


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure that another machine can be held to: speed against speed of the same run, or a latency in the messages
    that are answered meanwhile.
    """

    name: str
    value: float
    lower_is_better: bool = False
    against_fp32: bool = False


ALL_SAME = Goal(100, at_least=True)
KEPT_UP = Goal(95, at_least=True)  # what waits when sending ends is a moment's work, unless there is too much
AGAINST_CLASSIFIER = Goal(90, at_least=True)


def speed_row(name: str, value: float, unit: str, goal: Goal | None = None) -> Judged:
    """A speed, or a multiple of one."""
    return Judged(Row(name, unit, (value,), goal), Breach.SPEED)


def accounted(lost: int, duplicates: int, dead_letters: int, same: float) -> list[Judged]:
    """Whether every message was answered, and as the same text is without a broker: `same` is the part in %."""
    return [
        Judged(Row("lost messages", "", (lost,), NONE_LOST), Breach.LOST),
        Judged(Row("messages answered twice", "", (duplicates,))),
        Judged(Row("dead letters", "", (dead_letters,))),
        Judged(Row("outcome as `moderator classify` has it", "%", (same,), ALL_SAME), Breach.VERDICTS),
    ]


def exit_code(judged: Sequence[Judged]) -> int:
    """0 when every goal is met, else that of the gravest breach."""
    return min((int(each.breach) for each in judged if each.breach and not each.row.met), default=0)
