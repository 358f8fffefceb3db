"""OpenTelemetry spans, made by hand: of a piece of work, and of its stages. Where none are collected, none are made.

Only the API is needed here; `adapters/otlp.py` sends what is made. No span holds a text, a key, an id or an exception's
message: a failure is named by its type.
"""

import time
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

from opentelemetry.context import Context
from opentelemetry.trace import (
    INVALID_SPAN,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
    set_span_in_context,
)

Attributes = Mapping[str, str | int | float | list[str]]

NANOSECONDS = 1_000_000_000


class Traced:
    """A piece of work under way, with its span, if it has one. As a context it ends the span when it is left."""

    __slots__ = ("_span", "_tracer")

    def __init__(self, tracer: Tracer | None = None, span: Span = INVALID_SPAN) -> None:
        """Without a tracer, of nothing."""
        self._tracer = tracer
        self._span = span

    @property
    def recording(self) -> bool:
        """Whether anything said of the work is kept."""
        return self._span.is_recording()

    @property
    def traceparent(self) -> bytes | None:
        """By which others go on with the span; None where it is not kept."""
        if not self.recording:
            return None
        context = self._span.get_span_context()
        return b"00-%032x-%016x-%02x" % (context.trace_id, context.span_id, context.trace_flags)

    def stage(self, name: str, kind: SpanKind = SpanKind.INTERNAL, attributes: Attributes | None = None) -> "Traced":
        """A part of the work, to be used as a context."""
        if self._tracer is None or not self.recording:
            return UNTRACED
        parent = set_span_in_context(self._span, Context())
        return Traced(self._tracer, self._tracer.start_span(name, parent, kind, attributes))

    def note(self, attributes: Attributes) -> None:
        """Say more of the work."""
        self._span.set_attributes(attributes)

    def link(self, traceparents: Iterable[bytes]) -> None:
        """Point to other spans, by valid traceparents."""
        for traceparent in traceparents:
            self._span.add_link(_span_context(traceparent))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._span.set_attribute("error.type", kind.__name__)
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()


UNTRACED = Traced()


class Tracing:
    """Begins spans. Nobody's context is taken from the air: who goes on with a trace says so."""

    def __init__(self, tracer: Tracer | None = None) -> None:
        """Without a tracer nothing is traced."""
        self._tracer = tracer

    @property
    def on(self) -> bool:
        """Whether spans are made."""
        return self._tracer is not None

    def begin(
        self,
        name: str,
        kind: SpanKind,
        attributes: Attributes,
        *,
        parent: bytes | None = None,
        ago_s: float = 0.0,
    ) -> Traced:
        """A piece of work that began `ago_s` seconds ago; in the trace of `parent`, a valid traceparent, if any."""
        if self._tracer is None:
            return UNTRACED
        context = Context()
        if parent is not None:
            context = set_span_in_context(NonRecordingSpan(_span_context(parent)), context)
        began = time.time_ns() - int(ago_s * NANOSECONDS)
        return Traced(self._tracer, self._tracer.start_span(name, context, kind, attributes, start_time=began))


UNTRACING = Tracing()


def _span_context(traceparent: bytes) -> SpanContext:
    _, trace_id, span_id, flags = traceparent.split(b"-")
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16)))
