"""What the load's report says became of its messages."""

import pytest

from load.rates import percentile
from load.tally import Answered, Second, Sent, highest_rate_below, kept_up, recovered_after, tally


def sent(count: int, every_s: float = 0.1) -> list[Sent]:
    """Messages in time."""
    return [Sent(f"m{number}", number * every_s, number * every_s) for number in range(count)]


def answers(messages: list[Sent], after_s: float) -> list[Answered]:
    """One each."""
    return [Answered(message.identity, message.due_s + after_s, "allow") for message in messages]


def test_latency_counts_from_the_time_at_which_a_message_was_due() -> None:
    """A generator that is held up by what it loads must not hide the wait: that is coordinated omission."""
    late = [Sent("m0", 0.0, 2.0)]
    found = tally(late, [Answered("m0", 2.1, "allow")])
    assert found.percentiles_ms[100.0] == pytest.approx(2_100, rel=0.001)
    assert found.latest_send_ms == pytest.approx(2_000)


def test_a_message_without_an_answer_is_lost_and_a_second_answer_is_counted() -> None:
    """A dead letter is an answer too."""
    messages = sent(4)
    came = answers(messages[:2], 0.05) + answers(messages[:1], 0.5) + [Answered("m2", 0.3, None)]
    found = tally(messages, came)
    assert (found.sent, found.lost, found.duplicates) == (4, 1, 1)
    assert found.outcomes == {"allow": 2, "dead letter": 1}
    assert found.percentiles_ms[100.0] == pytest.approx(100, rel=0.001), "the first answer counts"


def test_percentiles_are_exact_to_a_thousandth() -> None:
    """As sorted latencies would have them."""
    messages = sent(1_000)
    came = [
        Answered(message.identity, message.due_s + (number + 1) / 1_000, "allow")
        for number, message in enumerate(messages)
    ]
    found = tally(messages, came)
    latencies = [float(number + 1) for number in range(1_000)]
    for percent, value in found.percentiles_ms.items():
        assert value == pytest.approx(percentile(latencies, percent), rel=0.002)
    assert found.curve[0][1] <= found.curve[-1][1] == pytest.approx(999, rel=0.002)


def test_a_load_that_is_given_up_within_the_warm_up_has_latencies_all_the_same() -> None:
    """A rate that the machine cannot do ends in its first second."""
    found = tally([Sent("m0", 0.1, 0.1)], [Answered("m0", 0.6, "allow")], warm_up_s=3.0)
    assert found.p99_ms == pytest.approx(500, rel=0.01)


def test_the_warm_up_is_left_out_of_latencies_and_of_nothing_else() -> None:
    """Connections that are made in the first seconds say nothing of a service that runs for months."""
    messages = sent(100)
    came = answers(messages[:20], 5.0) + answers(messages[20:-1], 0.01)
    found = tally(messages, came, warm_up_s=2.0)
    assert found.percentiles_ms[100.0] == pytest.approx(10, rel=0.001)
    assert found.sent == 100
    assert found.lost == 1


def test_nothing_answered_is_said() -> None:
    """There are no percentiles of nothing."""
    with pytest.raises(ValueError, match="no message was answered"):
        tally(sent(3), [])


def test_seconds_hold_what_was_due_and_what_came() -> None:
    """The rates over time of the page."""
    found = tally(sent(20), answers(sent(20), 0.55))
    assert [(second.due, second.answered) for second in found.seconds] == [(10, 5), (10, 10), (0, 5)]
    assert found.seconds[2].p99_ms is None


def test_a_second_has_its_median_and_its_tail() -> None:
    """Of the messages that were due in it."""
    messages = sent(100, 0.01)
    came = [Answered(each.identity, each.due_s + number / 1_000, "allow") for number, each in enumerate(messages, 1)]
    (second,) = (second for second in tally(messages, came).seconds if second.due)
    assert second.p50_ms == pytest.approx(50, abs=1.5)
    assert second.p99_ms == pytest.approx(99, abs=1.5)


def test_who_answers_later_than_it_is_asked_does_not_keep_up() -> None:
    """Half of the answers come when sending has long ended."""
    messages = sent(100, 0.01)
    assert kept_up(messages, answers(messages, 0.01)) > 0.95
    assert kept_up(messages, answers(messages, 0.5)) == pytest.approx(0.5, abs=0.02)


def seconds(*p99s: float) -> list[Second]:
    """Ten messages more in each."""
    return [Second(at, 10 * (at + 1), 10, 1.0, p99) for at, p99 in enumerate(p99s)]


def test_a_burst_is_over_when_p99_stays_below() -> None:
    """A second that is slow again starts the waiting anew."""
    assert recovered_after(seconds(1, 400, 400, 400, 1, 1), calm_s=2.0, below_ms=250) == 2
    assert recovered_after(seconds(1, 400, 400, 1, 400, 1), calm_s=2.0, below_ms=250) == 3
    assert recovered_after(seconds(1, 1, 1), calm_s=2.0, below_ms=250) == 0


def test_a_ramp_ends_where_p99_stays_above() -> None:
    """One slow second does not end it, two in a row do."""
    assert highest_rate_below(seconds(1, 400, 1, 1, 400, 400, 1), 250) == 40
