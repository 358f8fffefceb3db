"""Values mended on their way back: a JSON Patch (RFC 6902), or a mapping of fields, which is one of moves."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from moderator.errors import ConfigError

Transform = Callable[[bytes], bytes]
"""A value to another. Raises ValueError, which quotes nothing, when it does not fit."""


def load_transform(path: Path) -> Transform:
    """Read a patch, a JSON array, or a mapping, a JSON object of new to old JSON Pointers.

    Raises ConfigError when it is neither, or the package that applies patches is missing.
    """
    try:
        import jsonpatch  # noqa: PLC0415  only those who transform need it
    except ModuleNotFoundError:
        raise ConfigError(["--transform needs jsonpatch: pip install 'moderator[dead-letters]'"]) from None
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict):
            document = [{"op": "move", "from": pointer(old), "path": pointer(new)} for new, old in document.items()]
        patch = jsonpatch.JsonPatch(document)
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    except ValueError as error:
        raise ConfigError([f"{path}: not JSON: {error}"]) from None
    except RecursionError:
        raise ConfigError([f"{path}: nested too deeply"]) from None
    except (jsonpatch.InvalidJsonPatch, jsonpatch.JsonPointerException, TypeError) as error:
        raise ConfigError([f"{path}: neither a JSON Patch nor a mapping of JSON Pointers: {error}"]) from None

    def transform(value: bytes) -> bytes:
        try:
            return to_json(patch.apply(from_json(value), in_place=True))
        except (ValueError, jsonpatch.JsonPatchException, jsonpatch.JsonPointerException, TypeError) as error:
            raise ValueError(f"transform: {type(error).__name__}") from None

    return transform


def pointer(text: object) -> str:
    """A JSON Pointer. Raises TypeError when it is none."""
    if not isinstance(text, str) or not text.startswith("/"):
        raise TypeError(f"{text!r} is no JSON Pointer")
    return text
