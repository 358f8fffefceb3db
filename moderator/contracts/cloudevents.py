"""CloudEvents 1.0 over Kafka: read in binary, structured and bare JSON form, written in binary form."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from moderator.contracts.record import Headers, Record
from moderator.contracts.trace_context import passed_on
from moderator.errors import ContractError, DeadLetterCode

SPEC_VERSION = "1.0"
STRUCTURED = "application/cloudevents+json"
BATCHED = "application/cloudevents-batch+json"


class Event(NamedTuple):
    """The payload of a record and the attributes of the CloudEvent round it, if there is one."""

    data: Any
    id: str | None = None
    time: str | None = None


def open_event(record: Record, parse_json: Any) -> Event:
    """Return the payload of `record`, whichever form it has. `parse_json` turns bytes into a document.

    Raises ContractError(INVALID_CLOUDEVENT) on an envelope that breaks the specification.
    """
    headers = {name.lower(): value or b"" for name, value in record.headers}
    content_type = headers.get("content-type", b"").decode("utf-8", "replace").split(";")[0].strip().lower()
    if content_type == BATCHED:
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "content-type")
    document = parse_json(record.value)
    if "ce_specversion" in headers:
        if headers["ce_specversion"] != SPEC_VERSION.encode():
            raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "ce_specversion")
        return Event(document, _text(headers, "ce_id"), _text(headers, "ce_time"))
    is_envelope = isinstance(document, Mapping) and {"specversion", "id", "source", "type"} <= document.keys()
    if content_type == STRUCTURED and not is_envelope:
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "")
    return _open_envelope(document, parse_json) if is_envelope else Event(document)


def _open_envelope(envelope: Mapping[str, Any], parse_json: Any) -> Event:
    if envelope["specversion"] != SPEC_VERSION:
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "/specversion")
    if not isinstance(envelope["id"], str) or not envelope["id"]:
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "/id")
    time = envelope.get("time")
    if time is not None and not isinstance(time, str):
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "/time")
    if "data_base64" in envelope:
        try:
            data = parse_json(base64.b64decode(envelope["data_base64"], validate=True))
        except (binascii.Error, TypeError, ValueError):
            raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "/data_base64") from None
    elif "data" in envelope:
        data = envelope["data"]
    else:
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, "/data")
    return Event(data, envelope["id"], time)


def _text(headers: Mapping[str, bytes], name: str) -> str | None:
    try:
        return headers.get(name, b"").decode() or None
    except UnicodeDecodeError:
        raise ContractError(DeadLetterCode.INVALID_CLOUDEVENT, name) from None


def event_headers(
    noun: str,
    event_id: str,
    source: str,
    subject: str,
    time: datetime,
    record: Record,
    created_in: bytes | None = None,
) -> Headers:
    """Headers of a published event in binary form. It goes on with the trace of `record`; `created_in` is the
    traceparent of the span that makes it, if there is one.
    """
    attributes = {
        "ce_specversion": SPEC_VERSION,
        "ce_id": event_id,
        "ce_source": source,
        "ce_type": f"moderator.{noun}.v1",
        "ce_subject": subject,
        "ce_time": time.isoformat(),
        "content-type": "application/json",
    }
    trace = passed_on(record.headers, created_in)
    return (*((name, value.encode()) for name, value in attributes.items()), *trace)
