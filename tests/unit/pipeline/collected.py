"""Spans of a test, in memory."""

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from moderator.telemetry.tracing import Tracing


class Collected:
    """What ended under `tracing`."""

    def __init__(self) -> None:
        self._kept = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self._kept))
        self.tracing = Tracing(provider.get_tracer("test"))

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        """In the order in which they ended."""
        return self._kept.get_finished_spans()

    def one(self, name: str) -> ReadableSpan:
        """The only one of the name."""
        (span,) = [span for span in self.spans if span.name == name]
        return span
