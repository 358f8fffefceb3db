"""JSON Schema of every contract: `python -m moderator.contracts.schemas schemas/`, with `--check` to compare only."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.message import Message
from moderator.contracts.review import Decision, Escalation
from moderator.contracts.verdict import Verdict

VERSION = 1
OPEN = "Open on purpose: readers ignore unknown fields."

CONTRACTS: Mapping[str, tuple[type[BaseModel], JsonSchemaMode]] = {
    "message": (Message, "validation"),
    "verdict": (Verdict, "serialization"),
    "escalation": (Escalation, "serialization"),
    "decision": (Decision, "serialization"),
    "dead_letter": (DeadLetter, "serialization"),
}
"""Each noun's contract, and whether it is read ("validation": what is accepted) or published."""


class WireSchema(GenerateJsonSchema):
    """What is on the wire: in published contracts an unset field is absent, not null, and every other one is there."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Null where it is read; where it is published, the value alone."""
        inner = self.generate_inner(schema["schema"])
        if self.mode == "serialization":
            return inner
        types = inner["type"] if isinstance(inner["type"], list) else [inner["type"]]
        return {**inner, "type": [*types, "null"]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The default only where leaving the field out means it."""
        if self.mode == "serialization" or schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,  # noqa: FBT001  pydantic's signature
    ) -> bool:
        """What is published is always there unless its default is None."""
        if self.mode == "serialization":
            return field["schema"].get("default", ...) is not None
        return super().field_is_required(field, total)

    def field_title_should_be_set(self, schema: object) -> bool:
        """Never: a field's title would only repeat its name."""
        del schema
        return False


def schema_of(noun: str) -> dict[str, Any]:
    """The schema of one contract."""
    contract, mode = CONTRACTS[noun]
    generated = contract.model_json_schema(mode=mode, schema_generator=WireSchema)
    head = {"$schema": WireSchema.schema_dialect, "$id": f"urn:moderator:{noun}:v{VERSION}", "$comment": OPEN}
    order = ("title", "description", "type", "properties", "required", "allOf", "$defs")
    schema: dict[str, Any] = _first_paragraphs({**head, **{key: generated[key] for key in order if key in generated}})
    return schema


def _first_paragraphs(schema: Any) -> Any:
    """`schema` with each description cut to its first paragraph, on one line: the rest is for readers of the code."""
    if isinstance(schema, list):
        return [_first_paragraphs(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    cut = {key: _first_paragraphs(value) for key, value in schema.items()}
    if isinstance(description := schema.get("description"), str):
        cut["description"] = " ".join(description.split("\n\n")[0].split())
    return cut


def schema_files() -> dict[str, str]:
    """The content of every schema file by its name."""
    return {
        f"{noun}.v{VERSION}.schema.json": json.dumps(schema_of(noun), indent=2, ensure_ascii=False) + "\n"
        for noun in CONTRACTS
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or name those that differ: exit code 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m moderator.contracts.schemas", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the schema files are")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a file is not as generated")
    options = parser.parse_args(arguments)
    failed = False
    for name, content in schema_files().items():
        path = options.folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == content:
            continue
        if options.check:
            failed = True
            sys.stderr.write(f"{path}: not as generated from the contracts\n")
        else:
            path.write_text(content, encoding="utf-8")
            sys.stdout.write(f"{path}: written\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
