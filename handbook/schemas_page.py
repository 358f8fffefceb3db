"""docs/reference/schemas.md: topics from schemas/asyncapi.yaml, fields from the contracts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from handbook.links import ROOT
from handbook.tables import page, table
from handbook.types import kind_of
from moderator.config import TopicSettings, variable_name
from moderator.contracts.schemas import CONTRACTS, schema_of

INTRODUCTION = """\
What goes over the topics, for a glance; [contracts](../contracts.md) explains it, with examples, and
[asyncapi.yaml](../../schemas/asyncapi.yaml) has it for machines. Readers ignore fields that they do not know."""


def schemas_page(asyncapi: Path = ROOT / "schemas" / "asyncapi.yaml") -> str:
    """The page."""
    channels = yaml.safe_load(asyncapi.read_text(encoding="utf-8"))["channels"]
    defaults = TopicSettings().model_dump()
    settings = {default: variable_name("topics", name) for name, default in defaults.items()}
    parts = [INTRODUCTION, "## Topics", table(("topic", "setting", "what"), _topics(channels, settings))]
    schemas = {noun: schema_of(noun) for noun in CONTRACTS}
    for noun, schema in schemas.items():
        parts += [
            f"## {schema['title']}",
            f"{schema['description']}",
            f"[{noun}.v1](../../schemas/{noun}.v1.schema.json)",
        ]
        parts.append(_fields(schema))
    parts.append("## Parts")
    named = {name: part for schema in schemas.values() for name, part in schema.get("$defs", {}).items()}
    for name, part in sorted(named.items()):
        if part.get("title") in {schema["title"] for schema in schemas.values()}:
            continue  # a message in an escalation: told above
        parts += [f"### {name}", part.get("description", ""), _fields(part) if "properties" in part else kind_of(part)]
    return page("Topics and schemas", *filter(None, parts))


def _topics(channels: dict[str, Any], settings: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for channel in channels.values():
        address = channel["address"]
        yield f"`{address}`", f"`{settings[address]}`", channel["description"]


def _fields(schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    return table(
        ("field", "type", "", "meaning"),
        (
            (f"`{name}`", kind_of(field), "required" if name in required else "", field.get("description", ""))
            for name, field in schema["properties"].items()
        ),
    )
