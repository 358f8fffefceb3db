"""Settings of traces."""

from pydantic import Field, field_validator

from moderator.kafka_settings import Section
from moderator.web_address import WebAddress, base_address


class TracingSettings(Section):
    """Where spans go. They hold no text, key or identifier of a user, so plain HTTP to another machine is let pass."""

    endpoint: WebAddress | None = Field(
        default=None, description="Collector that takes OTLP over HTTP (http://host:4318); unset: no spans are made"
    )
    part: float = Field(default=1.0, ge=0, le=1, description="Part of batches, and of traces that begin here, kept")

    @field_validator("endpoint")
    @classmethod
    def _is_base(cls, value: str | None) -> str | None:
        credentials = "credentials go into OTEL_EXPORTER_OTLP_HEADERS"
        return None if value is None else base_address(value, "http://host:4318", credentials)
