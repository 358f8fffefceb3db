"""The chart and its value sets, rendered by Helm's own engine."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

try:
    import helm_python as helm
except ImportError as error:
    raise RuntimeError(
        "The tests of the chart need Helm's engine and there is none: install helm-python-sdk from PyPI"
        f" (pip install helm-python-sdk; it is in the extra dev). {error}"
    ) from error

CHART = Path(__file__).parents[2] / "deploy" / "helm"
VALUE_SETS = sorted((CHART / "ci").glob("*.yaml"))
# Of C where PyYAML was built with it: dashboards are long.
SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RELEASE, NAMESPACE = "moderator", "trust"

Manifest = dict[str, Any]
Values = Mapping[str, Any]


def value_set(name: str) -> dict[str, Any]:
    """The values of `ci/NAME.yaml`."""
    values: dict[str, Any] = yaml.safe_load((CHART / "ci" / f"{name}.yaml").read_text(encoding="utf-8"))
    return values


@cache
def chart() -> helm.Chart:
    """The chart, read once."""
    return helm.Chart.load(CHART)


def render(values: Values) -> Mapping[str, str]:
    """What each template makes of the values, as text. Raises HelmError that names each value that will not do."""
    return _rendered(json.dumps(values))


@cache
def _rendered(values: str) -> Mapping[str, str]:
    return chart().render(json.loads(values), name=RELEASE, namespace=NAMESPACE)


def manifests(values: Values) -> list[Manifest]:
    """All objects that an installation with the values consists of, the check of `helm test` included."""
    texts = [text for path, text in sorted(render(values).items()) if not path.endswith("NOTES.txt")]
    return [found for text in texts for found in yaml.load_all(text, SAFE) if found]


def of_kind(objects: list[Manifest], kind: str, component: str | None = None) -> list[Manifest]:
    """Those of a kind, of one component or of all."""
    label = "app.kubernetes.io/component"
    return [
        found
        for found in objects
        if found["kind"] == kind and component in (None, found["metadata"].get("labels", {}).get(label))
    ]


def pod_template(objects: list[Manifest], component: str) -> Manifest:
    """The template of a component's pods."""
    (found,) = of_kind(objects, "Deployment", component) + of_kind(objects, "StatefulSet", component)
    template: Manifest = found["spec"]["template"]
    return template


def pod_specs(objects: list[Manifest]) -> list[tuple[str, Manifest]]:
    """Every pod, by the name of what it belongs to: those that run on, and the check."""
    specs = []
    for found in objects:
        name = f"{found['kind']}/{found['metadata']['name']}"
        if found["kind"] == "Pod":
            specs.append((name, found["spec"]))
        elif found["kind"] in ("Deployment", "StatefulSet"):
            specs.append((name, found["spec"]["template"]["spec"]))
    return specs
