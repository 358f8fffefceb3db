"""What `settings:` of the chart's values may hold: the program's own settings, but for those that the chart sets."""

from typing import Any

from moderator.config import Settings

# Set by the chart from other values, or from what it mounts; settings that are no business of a pod's.
SET_BY_CHART = {
    "kafka": {
        "bootstrap_servers",
        "security_protocol",
        "sasl_mechanism",
        "allow_plaintext",
        "sasl_username",
        "sasl_password",
        "sasl_password_file",
        "sasl_token_file",
        "ssl_ca_file",
        "ssl_cert_file",
        "ssl_key_file",
        "group_instance_id",
    },
    "http": {"host", "port"},
    "reviewer": {"api_key_file"},
    "console": {"store_url", "store_url_file", "host", "port", "dev_login"},
}
KEPT = {
    "type",
    "enum",
    "const",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "description",
}

Schema = dict[str, Any]


def settings_schema() -> Schema:
    """JSON Schema of `settings:`, made of the program's settings."""
    whole = Settings.model_json_schema()
    return _table(whole, whole["$defs"], set(), SET_BY_CHART)


def _table(table: Schema, named: Schema, left_out: set[str], below: dict[str, set[str]]) -> Schema:
    properties = {}
    for name, field in table["properties"].items():
        if name in left_out:
            continue
        found = _resolved(field, named)
        if "properties" in found:
            found = _table(found, named, below.get(name, set()), {})
            if not found["properties"]:
                continue
            properties[name] = found
        else:
            properties[name] = {key: value for key, value in found.items() if key in KEPT}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _resolved(field: Schema, named: Schema) -> Schema:
    """Without reference, and of what may also be null or text (a decimal), only the other kind."""
    if "anyOf" in field:
        field = {**field["anyOf"][0], "description": field["description"]}
    if "$ref" in field:
        field = {**named[field["$ref"].rpartition("/")[2]], **field}
    return field
