"""Strict schemas of Kubernetes and of the custom resources that the chart makes: an unknown field is refused."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from kubernetes_validate.utils import schema_contents
from referencing import Registry, Resource

from tests.chart.rendering import Manifest

KUBERNETES = "1.34.0"
CUSTOM = Path(__file__).with_name("crds")
# What the API server knows of every object, and CRDs leave out.
METADATA = ("name", "namespace", "labels", "annotations")


def problems(found: Manifest) -> list[str]:
    """What is wrong with an object, each with the path of the field; empty when nothing is."""
    return [
        f"{error.json_path}: {error.message}"
        for error in _validator(found["apiVersion"], found["kind"]).iter_errors(found)
    ]


@cache
def _validator(api_version: str, kind: str) -> Draft202012Validator:
    custom = CUSTOM / f"{kind}.json"
    if custom.exists():
        return Draft202012Validator(_strict(json.loads(custom.read_text(encoding="utf-8"))[api_version]))
    group, _, version = api_version.rpartition("/")
    folder = f"kubernetes-json-schema/v{KUBERNETES}-local-strict"
    name = "-".join(part for part in (kind.lower(), group.partition(".")[0], version) if part)
    schema = schema_contents(f"{folder}/{name}.json", KUBERNETES)
    return Draft202012Validator(schema, registry=_kubernetes(folder))


@cache
def _kubernetes(folder: str) -> Registry[Any]:
    return Resource.from_contents(schema_contents(f"{folder}/_definitions.json", KUBERNETES)) @ Registry()


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """A CRD's schema, refusing what it does not name."""
    whole = _closed(schema)
    whole["required"] = ["apiVersion", "kind", "metadata", "spec"]
    whole["properties"]["metadata"] = {
        "type": "object",
        "properties": {name: {} for name in METADATA},
        "additionalProperties": False,
        "required": ["name"],
    }
    return whole


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    closed = dict(schema)
    if schema.get("x-kubernetes-int-or-string"):
        closed.pop("type", None)
    if "properties" in schema:
        closed["properties"] = {name: _closed(field) for name, field in schema["properties"].items()}
        if not schema.get("x-kubernetes-preserve-unknown-fields"):
            closed["additionalProperties"] = False
    for below in ("items", "additionalProperties"):
        if isinstance(schema.get(below), dict):
            closed[below] = _closed(schema[below])
    return closed
