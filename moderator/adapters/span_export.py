"""Tracing as it is set: off, or to a collector. One that is slow or away costs spans, and never time of the work."""

from collections.abc import Iterator
from contextlib import contextmanager

from moderator.errors import ConfigError
from moderator.telemetry.tracing import UNTRACING, Tracing
from moderator.tracing_settings import TracingSettings

FLUSH_TIMEOUT_S = 3.0  # at the end, for what is not sent yet; a pod's grace period has room for it


@contextmanager
def exported(settings: TracingSettings, role: str) -> Iterator[Tracing]:
    """Tracing whose spans reach the collector, as of `role`: agent, shadow, reviewer or console.

    Raises ConfigError where a collector is named and the extra is not installed.
    """
    if settings.endpoint is None:
        yield UNTRACING
        return
    try:
        from moderator.adapters.otlp import OtlpExport  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ConfigError(
            [f"MODERATOR_TRACING__ENDPOINT: needs {error.name}: pip install 'moderator[tracing]'"]
        ) from None
    export = OtlpExport(settings.endpoint, settings.part, role)
    try:
        yield Tracing(export.tracer)
    finally:
        export.close(FLUSH_TIMEOUT_S)
