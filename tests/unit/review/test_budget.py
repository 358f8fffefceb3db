"""A day's budget is not overspent, and what was spent is not forgotten."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from moderator.review.budget import Budget, BudgetLimits, Reservation, Spent, Usage

LIMITS = BudgetLimits(
    tokens_per_day=10_000,
    money_per_day=Decimal("0.02"),
    price_per_million_input=Decimal("0.50"),
    price_per_million_output=Decimal("5.00"),
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
A_THIRD = Usage(3_000, 300)  # of the tokens; 0.003 of money


class Calendar:
    """Moves when told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def reserve(budget: Budget, usage: Usage) -> Reservation:
    """What must be had."""
    reservation = budget.reserve(usage)
    assert reservation is not None
    return reservation


def test_requests_side_by_side_do_not_overspend() -> None:
    """What is reserved is spent, though no answer is there."""
    budget = Budget(LIMITS, Calendar())
    assert [budget.reserve(A_THIRD) is not None for _ in range(5)] == [True, True, True, False, False]
    assert budget.spent().tokens == 9_900


def test_the_limit_itself_can_be_spent() -> None:
    """To the last token, and to the last of the money."""
    assert Budget(LIMITS, Calendar()).reserve(Usage(10_000, 0)) is not None
    assert Budget(LIMITS, Calendar()).reserve(Usage(10_001, 0)) is None
    assert Budget(LIMITS, Calendar()).reserve(Usage(0, 4_000)) is not None
    assert Budget(LIMITS, Calendar()).reserve(Usage(0, 4_001)) is None


def test_what_a_request_did_not_use_is_there_again() -> None:
    """Once: settling twice gives nothing."""
    budget = Budget(LIMITS, Calendar())
    reservations = [reserve(budget, A_THIRD) for _ in range(3)]
    for _ in range(2):
        budget.settle(reservations[0], Usage(100, 10))
    assert budget.spent() == Spent(day=NOON.date(), tokens=6_710, money=Decimal("0.0061"))
    reserve(budget, Usage(3_290, 0))
    assert budget.reserve(Usage(1, 0)) is None


def test_a_request_that_used_more_than_it_could_is_counted_in_full() -> None:
    """The truth is over the limit, so nothing more goes out."""
    budget = Budget(LIMITS, Calendar())
    budget.settle(reserve(budget, A_THIRD), Usage(20_000, 0))
    assert budget.spent().tokens == 20_000
    assert budget.reserve(Usage(1, 0)) is None


def test_what_others_spent_counts_too() -> None:
    """On the day, in UTC, on which they did; also past the limit, and then nothing more goes out."""
    budget = Budget(LIMITS, Calendar())
    budget.count(A_THIRD, datetime(2026, 3, 2, 1, 59, tzinfo=timezone(timedelta(hours=2))))
    budget.count(A_THIRD, datetime(2026, 3, 2, tzinfo=UTC))
    budget.count(A_THIRD, datetime(2026, 2, 28, 23, 59, tzinfo=UTC))
    assert budget.spent() == Spent(day=NOON.date(), tokens=3_300, money=Decimal("0.003"))
    budget.count(Usage(20_000, 0), NOON)
    assert budget.spent().tokens == 23_300
    assert budget.reserve(Usage(1, 0)) is None


def test_a_new_day_in_utc_starts_anew() -> None:
    """Whatever zone the clock is in; a request of yesterday that ends today changes nothing today."""
    calendar = Calendar()
    budget = Budget(LIMITS, calendar)
    yesterday = reserve(budget, A_THIRD)
    calendar.now = datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=2)))
    assert budget.spent().tokens == 3_300
    calendar.now += timedelta(hours=1)
    reserve(budget, A_THIRD)
    budget.settle(yesterday, Usage(20_000, 0))
    assert budget.spent() == Spent(day=date(2026, 3, 2), tokens=3_300, money=Decimal("0.003"))


def test_a_clock_that_is_put_back_gives_nothing_back() -> None:
    """Across midnight."""
    calendar = Calendar()
    budget = Budget(LIMITS, calendar)
    reserve(budget, A_THIRD)
    calendar.now -= timedelta(days=1)
    assert budget.spent().tokens == 3_300


@pytest.mark.parametrize("usage", [(-1, 0), (0, -1)])
def test_fewer_than_no_tokens_are_refused(usage: tuple[int, int]) -> None:
    """They would be a gift to the budget."""
    with pytest.raises(ValueError, match="fewer than no tokens"):
        Usage(*usage)


class Requests(RuleBasedStateMachine):
    """Requests side by side, in any order, some never answered; what each will have used is known here beforehand."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = Budget(LIMITS, Calendar())
        self.running: list[tuple[Reservation, Usage]] = []
        self.used: list[Usage] = []
        self.lost = False

    @rule(inputs=st.integers(0, 4_000), outputs=st.integers(0, 2_000), part=st.floats(0, 1))
    def send(self, inputs: int, outputs: int, part: float) -> None:
        """One more, which uses a part of its estimate, if the budget holds it."""
        reservation = self.budget.reserve(Usage(inputs, outputs))
        if reservation is not None:
            actual = Usage(int(inputs * part), int(outputs * part))
            self.running.append((reservation, actual))
            self.used.append(actual)

    @rule(which=st.integers(0))
    def answer(self, which: int) -> None:
        """Any of those that run."""
        if self.running:
            self.budget.settle(*self.running.pop(which % len(self.running)))

    @rule()
    def never_answered(self) -> None:
        """What runs is never settled, but was sent."""
        self.lost = self.lost or bool(self.running)
        self.running.clear()

    @invariant()
    def never_over_the_limits(self) -> None:
        """Not what is on the books, and not what the provider will charge."""
        tokens = sum(usage.tokens for usage in self.used)
        money = sum((price(usage) for usage in self.used), Decimal(0))
        assert tokens <= self.budget.spent().tokens <= LIMITS.tokens_per_day
        assert money <= self.budget.spent().money <= LIMITS.money_per_day
        if not self.running and not self.lost:
            assert (tokens, money) == (self.budget.spent().tokens, self.budget.spent().money)


def price(usage: Usage) -> Decimal:
    """Of one request, at the limits' prices."""
    inputs = usage.input_tokens * LIMITS.price_per_million_input
    return (inputs + usage.output_tokens * LIMITS.price_per_million_output) / 1_000_000


TestRequests = Requests.TestCase
