"""Text that must not turn up where no text belongs, in every kind of record, and how it is searched for."""

import base64
import json
from collections.abc import Mapping

from tests.integration.platform import Headers, Sent
from tests.integration.quoting_agent import GUILTY

CANARY = "qzkanari"  # in every marker, and in no name of a topic, a file or a setting
PLACES = ("key", "header", "id", "text", "author_id", "channel", "tenant", "language", "reply_to", "unknown")
MARKERS = {place: f"{CANARY}{place.replace('_', '')}" for place in PLACES}
KEY = MARKERS["key"].encode()
TRACEPARENT = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
HEADER = ("note", MARKERS["header"].encode())
FIELDS = {place: MARKERS[place] for place in PLACES if place not in ("key", "header")}

PAST_THE_LAST_WINDOW = "Nine o'clock, platform four. " * 400
TOO_LARGE_TO_ESCALATE = "Nine o'clock, platform four. " * 3000  # for a topic of ESCALATION_BYTES
ESCALATION_BYTES = 50_000
TOO_LONG = "tea " * 50_000


def message(text: str) -> bytes:
    """With a marker in every field, and `text` after the text's."""
    return written(text=f"{MARKERS['text']} {text}")


def written(**fields: object) -> bytes:
    """With a marker in every field but `fields`."""
    return json.dumps({**FIELDS, **fields}).encode()


def sent(value: bytes | None, *headers: tuple[str, bytes]) -> Sent:
    """With a marker in key and header."""
    more: Headers = [HEADER, *headers]
    return Sent(KEY, value, more)


MESSAGES = [
    sent(message("is what they call their boat, and the weather is fine.")),
    sent(message("You are a worthless idiot.")),
    sent(message("¿Alguien sabe a qué hora empieza la partida de mañana?")),
    sent(message(PAST_THE_LAST_WINDOW)),
    sent(message("is in no trace, whatever its header says."), ("traceparent", MARKERS["header"].encode())),
    sent(message("is in a trace."), ("traceparent", TRACEPARENT), ("tracestate", "ä".encode() + KEY)),
]
GUILTY_OF_FAILURE = sent(message(GUILTY))
TOO_LARGE = sent(message(TOO_LARGE_TO_ESCALATE))

WHOLE = written()
EVENT = {"specversion": "1.0", "id": MARKERS["id"], "source": MARKERS["unknown"], "type": MARKERS["unknown"]}
IN_BINARY_FORM = ("ce_specversion", b"1.0")


def event(**attributes: object) -> Sent:
    """A structured CloudEvent."""
    return sent(json.dumps({**EVENT, "data": FIELDS, **attributes}).encode())


UNDECODABLE = [
    sent(None),
    sent(WHOLE[:-2] + b'\xff"}'),
    sent(CANARY.encode("utf-16")),
    sent(WHOLE[:-2]),
    sent(WHOLE.replace(b"}", b', "x": NaN}')),
    sent(WHOLE.replace(b"}", b', "x": "\\ud800"}')),
    sent(b"\xef\xbb\xbf" + WHOLE),
    sent(b"[" * 300 + WHOLE + b"]" * 300),
    sent(KEY),
    sent(b"[" + WHOLE + b"]"),
    sent(b'"' + KEY + b'"'),
    sent(json.dumps({"id": MARKERS["id"], "body": MARKERS["text"]}).encode()),
    sent(json.dumps({"text": MARKERS["text"], MARKERS["unknown"]: 1}).encode()),
    *(sent(written(**{place: {MARKERS[place]: [MARKERS[place]]}})) for place in FIELDS if place != "unknown"),
    *(sent(written(**{place: MARKERS[place] * 100})) for place in FIELDS if place not in ("text", "unknown")),
    sent(written(source=MARKERS["unknown"])),
    sent(written(created_at=MARKERS["unknown"])),
    sent(json.dumps({**FIELDS, "text": " \n"}).encode()),
    sent(message(TOO_LONG)),
    sent(WHOLE, ("ce_specversion", KEY)),
    sent(WHOLE, IN_BINARY_FORM, ("ce_id", KEY + b"\xff")),
    sent(WHOLE, ("content-type", b"application/cloudevents-batch+json")),
    event(specversion=MARKERS["unknown"]),
    event(id={MARKERS["id"]: 1}),
    event(time=[MARKERS["unknown"]]),
    event(data_base64=MARKERS["text"] + "?"),
]


def _in_base64(text: bytes, before: int) -> bytes:
    """What is the same whatever follows, behind so many other bytes."""
    encoded = base64.b64encode(bytes(before) + text)
    return encoded[-(-before * 8 // 6) : (before + len(text)) * 8 // 6]


def _joined(template: str, separator: str = "") -> bytes:
    return separator.join(template.format(byte) for byte in CANARY.encode()).encode()


# By name; all but base64 are looked for without regard to case.
FORMS: Mapping[str, bytes] = {
    "as it is": CANARY.encode(),
    "UTF-16": CANARY.encode("utf-16-le"),
    "hex": _joined("{:02x}"),
    "hex, apart": _joined("{:02x}", " "),
    "numbers": _joined("{}", ", "),
    "escaped bytes": _joined("\\x{:02x}"),
    "escaped JSON": _joined("\\u{:04x}"),
    "escaped URL": _joined("%{:02x}"),
}
BASE64: Mapping[str, bytes] = {f"base64 + {before}": _in_base64(CANARY.encode(), before) for before in range(3)}


def forms_in(content: bytes) -> list[str]:
    """The forms in which `content` holds the canary."""
    lowered = content.lower()
    return [name for name, form in FORMS.items() if form in lowered] + [
        name for name, form in BASE64.items() if form in content
    ]


def places_in(content: bytes) -> set[str]:
    """The places whose markers `content` holds as they are."""
    return {place for place, marker in MARKERS.items() if marker.encode() in content}
