"""A trace goes on through what is published; what is no trace context is not passed on, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.record import Headers
from moderator.contracts.trace_context import CREATED_IN, TraceContext, passed_on, trace_context

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
OWN = f"00-{TRACE}-00f067aa0ba902b7-01".encode()
BATCH = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
REVIEW = f"00-{TRACE}-b7ad6b7169203331-01".encode()
STATE = b"vendor=1"
HOSTILE = [
    None,
    b"",
    b"00-1",
    OWN.upper(),
    OWN + b"\n",
    OWN + b"-more",
    b"ff" + OWN[2:],
    b"00-" + b"0" * 32 + b"-00f067aa0ba902b7-01",
    b"00-" + TRACE.encode() + b"-" + b"0" * 16 + b"-01",
    OWN.replace(b"4", "٤".encode()),  # a digit, to those who do not look closely
    b"\0" * 100,
    b"what somebody wrote",
    OWN * 100_000,
]


def of(*pairs: tuple[str, bytes | None]) -> Headers:
    """Headers."""
    return pairs


def test_a_trace_goes_on_as_it_is_where_nobody_traces() -> None:
    """Under the standard's names, in whatever case they came; the last one counts, as it does to Kafka's clients."""
    headers = of(("traceparent", b"00-1"), ("Traceparent", OWN), ("TraceState", STATE), ("x", b"y"))
    assert passed_on(headers, None) == (("traceparent", OWN), ("tracestate", STATE))
    assert passed_on((), None) == ()


def test_the_trace_of_a_message_goes_past_the_batch_and_the_event_names_the_batch() -> None:
    """From a verdict one gets to the message's trace, and to the span of the batch that it was in."""
    headers = of(("traceparent", OWN), ("tracestate", STATE))
    assert passed_on(headers, BATCH) == ((CREATED_IN, BATCH), ("traceparent", OWN), ("tracestate", STATE))


@pytest.mark.parametrize("headers", [(), of(("traceparent", b"00-1"), ("tracestate", STATE))])
def test_a_message_in_no_trace_goes_on_in_its_batchs(headers: Headers) -> None:
    """Whose state another's trace had is not taken over."""
    assert passed_on(headers, BATCH) == ((CREATED_IN, BATCH), ("traceparent", BATCH))


def test_a_span_in_the_records_trace_is_where_it_goes_on() -> None:
    """As a reviewer's is."""
    headers = of(("traceparent", OWN), ("tracestate", STATE))
    assert passed_on(headers, REVIEW) == ((CREATED_IN, REVIEW), ("traceparent", REVIEW), ("tracestate", STATE))


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_no_traceparent_is_not_passed_on(value: bytes | None) -> None:
    """A header of that name may hold what somebody wrote, and a long one would make the answer too large."""
    headers = of(("traceparent", value), ("tracestate", STATE))
    assert trace_context(headers) is None
    assert passed_on(headers, None) == ()


@pytest.mark.parametrize("value", [None, b"", b"\xff", b"a=1\n", "ä=1".encode(), b"a" * 513])
def test_what_is_no_tracestate_is_left_out(value: bytes | None) -> None:
    """The trace goes on without."""
    assert trace_context(of(("traceparent", OWN), ("tracestate", value))) == TraceContext(OWN)


@given(st.lists(st.tuples(st.sampled_from(["traceparent", "tracestate", "Traceparent"]), st.none() | st.binary())))
def test_no_headers_harm(headers: list[tuple[str, bytes | None]]) -> None:
    """Whatever they hold."""
    passed_on(tuple(headers), BATCH)
