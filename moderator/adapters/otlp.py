"""Spans by OpenTelemetry's protocol over HTTP (extra `tracing`)."""

import logging
from collections.abc import Sequence
from threading import Thread
from uuid import uuid4

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import Tracer

from moderator import __version__
from moderator.telemetry.log import get_logger

PATH = "/v1/traces"  # which the protocol names
EXPORT_TIMEOUT_S = 5.0  # of one request with its retries
# What waits for a collector that is away must not fill the memory: the span of a full batch has hundreds of links.
QUEUED_SPANS, SPANS_AT_ONCE, INTERVAL_MS = 512, 128, 1_000

log = get_logger(__name__)


class _Telling(SpanExporter):
    """Tells when the collector begins and ceases to take spans; the exporter's own words at each failure are many."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._taken = True
        self._over = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self._exporter.export(spans)
        taken = result is SpanExportResult.SUCCESS
        if self._over:  # what fails now was given up
            return result
        if taken and not self._taken:
            log.info("the collector takes spans again")
        elif self._taken and not taken:
            log.warning("the collector takes no spans; they are dropped", setting="MODERATOR_TRACING__ENDPOINT")
        self._taken = taken
        return result

    def shutdown(self) -> None:
        self._over = True
        self._exporter.shutdown()


class OtlpExport:
    """Makes spans and sends them from a thread of its own. When more wait than it keeps, the oldest are dropped."""

    def __init__(self, endpoint: str, part: float, role: str) -> None:
        """Of the traces that begin here a `part` (0 to 1) is kept; of others, what was kept where they began."""
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        address = endpoint.rstrip("/").removesuffix(PATH) + PATH
        self._exporter = _Telling(OTLPSpanExporter(address, timeout=EXPORT_TIMEOUT_S))
        names = {
            "service.namespace": "moderator",
            "service.name": f"moderator-{role}",
            "service.version": __version__,
            "service.instance.id": str(uuid4()),
        }
        self._provider = TracerProvider(
            ParentBasedTraceIdRatio(part),
            Resource.create(names),
            shutdown_on_exit=False,  # see `close`
            span_limits=SpanLimits(max_links=SpanLimits.UNSET),  # a batch has as many as messages
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(
                self._exporter,
                max_queue_size=QUEUED_SPANS,
                max_export_batch_size=SPANS_AT_ONCE,
                schedule_delay_millis=INTERVAL_MS,
            )
        )
        self.tracer: Tracer = self._provider.get_tracer("moderator", __version__)

    def close(self, within_s: float) -> None:
        """Send what is left, and give up what takes longer; the provider's own patience is half a minute."""
        flushing = Thread(target=self._provider.shutdown, name="flush-spans", daemon=True)
        flushing.start()
        flushing.join(within_s)
        self._exporter.shutdown()
