"""JSON Pointer (RFC 6901), parsed once and resolved per message."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Path = tuple[str, ...]
ABSENT = object()
_INDEX = re.compile("0|[1-9][0-9]{0,17}")  # no array is longer; Python refuses to read thousands of digits


def parse_pointer(pointer: str) -> Path:
    """Split a pointer into its reference tokens. Raises ValueError when it is not one."""
    if pointer and not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is not a JSON Pointer: it must start with '/'")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def resolve(document: Any, path: Path) -> Any:
    """The value at `path` of a JSON document, or ABSENT."""
    for token in path:
        if isinstance(document, Mapping):
            document = document.get(token, ABSENT)
            if document is ABSENT:
                return ABSENT
        elif isinstance(document, Sequence) and not isinstance(document, str) and _INDEX.fullmatch(token):
            if int(token) >= len(document):
                return ABSENT
            document = document[int(token)]
        else:
            return ABSENT
    return document
