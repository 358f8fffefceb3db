"""What a large model may cost in a day: reserved before a request, settled after it, never forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class BudgetLimits:
    """For each day in UTC: tokens read and written together, and money at these prices, in any one currency."""

    tokens_per_day: int
    money_per_day: Decimal
    price_per_million_input: Decimal
    price_per_million_output: Decimal


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request. Fewer than none is a ValueError."""

    input_tokens: int
    output_tokens: int

    def __post_init__(self) -> None:
        if self.input_tokens < 0 or self.output_tokens < 0:
            raise ValueError("a request used fewer than no tokens")

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True, eq=False)
class Reservation:
    """Set aside for one request until it is settled; each is its own, whatever its estimate."""

    estimate: Usage


@dataclass(frozen=True, slots=True)
class Spent:
    """Of one day, with what is reserved."""

    day: date
    tokens: int
    money: Decimal


class Budget:
    """One process's. `now` is the time with its zone. An estimate is the most that a request can use, so that requests
    side by side do not overspend; one that used more all the same is counted in full.

    What was used before a start is told by `count`: the topic of decisions has it, but for the requests whose decision
    a crash has prevented, so no more than run side by side.
    """

    def __init__(self, limits: BudgetLimits, now: Callable[[], datetime]) -> None:
        self._limits = limits
        self._now = now
        self._spent = _nothing(self._today())
        self._reservations: set[Reservation] = set()

    def spent(self) -> Spent:
        """Today so far."""
        today = self._today()
        if today > self._spent.day:  # a clock that was put back gives nothing back
            self._spent = _nothing(today)
            self._reservations.clear()
        return self._spent

    def reserve(self, estimate: Usage) -> Reservation | None:
        """Set `estimate` aside; None when the day's budget does not hold it any more."""
        spent = self.spent()
        tokens, money = spent.tokens + estimate.tokens, spent.money + self.price(estimate)
        if tokens > self._limits.tokens_per_day or money > self._limits.money_per_day:
            return None
        self._spent = Spent(day=spent.day, tokens=tokens, money=money)
        reservation = Reservation(estimate)
        self._reservations.add(reservation)
        return reservation

    def settle(self, reservation: Reservation, actual: Usage) -> None:
        """The request used `actual`. One that is settled already, or that was reserved on a day that is over, changes
        nothing; one whose use nobody knows is best left unsettled, so its estimate counts.
        """
        spent = self.spent()
        if reservation not in self._reservations:
            return
        self._reservations.remove(reservation)
        estimate = reservation.estimate
        self._spent = Spent(
            day=spent.day,
            tokens=spent.tokens - estimate.tokens + actual.tokens,
            money=spent.money - self.price(estimate) + self.price(actual),
        )

    def count(self, usage: Usage, at: datetime) -> None:
        """What was used without a reservation here, `at` a time with its zone: by another process, or before a start.
        Use of any other day than today changes nothing.
        """
        spent = self.spent()
        if at.astimezone(UTC).date() == spent.day:
            self._spent = Spent(
                day=spent.day, tokens=spent.tokens + usage.tokens, money=spent.money + self.price(usage)
            )

    def _today(self) -> date:
        return self._now().astimezone(UTC).date()

    def price(self, usage: Usage) -> Decimal:
        """What it costs."""
        limits = self._limits
        return (
            usage.input_tokens * limits.price_per_million_input + usage.output_tokens * limits.price_per_million_output
        ) / MILLION


def _nothing(day: date) -> Spent:
    return Spent(day=day, tokens=0, money=Decimal(0))
