"""Records as a test needs them."""

import json
from datetime import UTC, datetime
from typing import Any

from moderator.config import InputSettings
from moderator.contracts.codec import MessageDecoder
from moderator.contracts.message import Message
from moderator.contracts.record import Headers, Record

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MAX_CHARACTERS = 100_000


def record(value: bytes | None, key: bytes | None = None, headers: Headers = ()) -> Record:
    """A fetched record with this value."""
    return Record("messages", 3, 41, 1_772_357_400_000, key, value, headers)


def as_json(document: Any) -> bytes:
    """JSON as a platform would send it."""
    return json.dumps(document, ensure_ascii=False).encode()


def decode(
    value: bytes | None, headers: Headers = (), max_characters: int = MAX_CHARACTERS, **pointers: str
) -> Message:
    """What the decoder makes of `value`; `pointers` replaces single default pointers, as settings do."""
    settings = InputSettings.model_validate({f"{name}_pointer": pointer for name, pointer in pointers.items()})
    return MessageDecoder(settings.pointers(), max_characters).decode(record(value, headers=headers))
