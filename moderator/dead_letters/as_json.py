"""Dead letters and their fates as JSON."""

import base64

from moderator.dead_letters.letter import Letter
from moderator.dead_letters.replay import Replayed


def exported(letter: Letter) -> dict[str, object]:
    """All of a letter; bytes in base64."""
    record = letter.record
    return {
        "place": letter.place,
        "error": letter.error.model_dump(mode="json"),
        "replays": letter.replays,
        "key": coded(record.key),
        "value": coded(record.value),
        "headers": [[name, coded(value)] for name, value in letter.headers],
    }


def coded(content: bytes | None) -> str | None:
    """Base64."""
    return None if content is None else base64.b64encode(content).decode()


def told(each: Replayed) -> dict[str, object]:
    """A letter's fate, without its text."""
    error = each.letter.error
    origin = {"topic": error.topic, "partition": error.partition, "offset": error.offset}
    return {"place": each.letter.place, "code": error.code, "origin": origin, "fate": each.fate}
