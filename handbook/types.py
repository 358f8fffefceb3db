"""What a JSON Schema allows, in a few words."""

from typing import Any

from handbook.tables import code

WORDS = {"string": "text", "array": "list", "null": "nothing"}
FORMATS = {"date-time": "time, RFC 3339", "path": "path", "file-path": "path", "password": "secret"}


def kind_of(schema: dict[str, Any]) -> str:
    """Values, or the type and its bounds. Null, and a number as text, go without saying."""
    if "anyOf" in schema:
        options = {option.get("type", option.get("$ref")): option for option in schema["anyOf"]}
        options.pop("null", None)
        if "number" in options:
            options.pop("string", None)
        return " or ".join(kind_of(option) for option in options.values())
    if "enum" in schema:
        return code(value for value in schema["enum"] if value is not None)
    if "const" in schema:
        return code([schema["const"]])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "items" in schema:
        return f"list of {kind_of(schema['items'])}"
    return f"{_type(schema)}{_bounds(schema)}"


def _type(schema: dict[str, Any]) -> str:
    if "format" in schema:
        return FORMATS.get(schema["format"], str(schema["format"]))
    types = schema.get("type", "any")
    names = [types] if isinstance(types, str) else [name for name in types if name != "null"]
    return " or ".join(WORDS.get(name, name) for name in names)


def _bounds(schema: dict[str, Any]) -> str:
    pairs = (
        ("minimum", "from"),
        ("exclusiveMinimum", "above"),
        ("maximum", "to"),
        ("exclusiveMaximum", "below"),
        ("maxLength", "of at most"),
    )
    told = " ".join(f"{word} {schema[key]:,}" for key, word in pairs if key in schema)
    return f", {told}{' characters' * ('maxLength' in schema)}" if told else ""
