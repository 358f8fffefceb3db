"""Settings of traces."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator

from moderator.kafka_settings import Section


class TracingSettings(Section):
    """Where spans go. They hold no text, key or identifier of a user, so plain HTTP to another machine is let pass."""

    endpoint: str | None = Field(
        default=None, description="Collector that takes OTLP over HTTP (http://host:4318); unset: no spans are made"
    )
    part: float = Field(default=1.0, ge=0, le=1, description="Part of batches, and of traces that begin here, kept")

    @field_validator("endpoint")
    @classmethod
    def _is_base(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            url = urlsplit(value)
            usable = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("no address of the form http://host:4318")
        if url.username or url.password or url.query or url.fragment:
            raise ValueError("holds more than host, port and path; credentials go into OTEL_EXPORTER_OTLP_HEADERS")
        return value
