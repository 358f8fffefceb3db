"""W3C Trace Context in a record's headers: what of it is passed on, and what is not believed."""

import re
from typing import NamedTuple

from moderator.contracts.record import Headers

TRACEPARENT, TRACESTATE = "traceparent", "tracestate"
CREATED_IN = "ce_traceparent"  # CloudEvents' Distributed Tracing extension: the span in which an event was made

# https://www.w3.org/TR/trace-context/: lower case, no version ff, no id of zeros only.
_TRACEPARENT = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_TRACE_ID = slice(3, 35)
# As long as the standard asks everybody to pass on; a longer one could make an answer too large for its topic.
_TRACESTATE = re.compile(rb"[\x20-\x7e]{1,512}")


class TraceContext(NamedTuple):
    """Where a record stands in its trace. Both are valid as they are."""

    traceparent: bytes
    tracestate: bytes | None = None


def trace_context(headers: Headers, name: str = TRACEPARENT) -> TraceContext | None:
    """What `headers` say under `name`, in any case; the last one counts. None where that is no traceparent."""
    traceparent = tracestate = None
    for header, value in headers:
        lowered = header.lower()
        if lowered == name:
            traceparent = value
        elif lowered == TRACESTATE:
            tracestate = value
    if traceparent is None or not _TRACEPARENT.fullmatch(traceparent):
        return None
    return TraceContext(traceparent, tracestate if tracestate and _TRACESTATE.fullmatch(tracestate) else None)


def passed_on(headers: Headers, created_in: bytes | None) -> Headers:
    """Trace headers of an event that follows from a record with `headers`, made in the span `created_in`, if any.

    The record's trace goes on: in that span where it is of this trace or there was none, else where the record stands,
    for a batch's span is of no message's trace. The event names the span that made it in either case.
    """
    context = trace_context(headers)
    if created_in is None:
        passed = context
    elif context is None:
        passed = TraceContext(created_in)
    elif context.traceparent[_TRACE_ID] == created_in[_TRACE_ID]:
        passed = context._replace(traceparent=created_in)
    else:
        passed = context
    named = [(CREATED_IN, created_in)] if created_in else []
    if passed:
        named.append((TRACEPARENT, passed.traceparent))
        if passed.tracestate:
            named.append((TRACESTATE, passed.tracestate))
    return tuple(named)
