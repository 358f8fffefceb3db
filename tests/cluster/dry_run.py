"""Every rendering, judged by the API server: schemas, defaults, validation and admission, as if it were created."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.chart.rendering import CHART, RELEASE, SAFE, Manifest
from tests.cluster.client import Client, Refused

# `helm install --dry-run=server` passes most of what the server would refuse, and a real one passes unknown fields;
# warnings are what it says of pods that a template will make.
STRICT = ("--dry-run=server", "--validate=strict", "--warnings-as-errors")


@dataclass(frozen=True, slots=True)
class Plant:
    """A mistake, put into the first object of a kind, and what the server must say of it."""

    kind: str
    path: tuple[str | int, ...]
    value: Any
    says: str


POD = ("spec", "template", "spec")
ENDPOINTS = ("spec", "podMetricsEndpoints")
PLANTS = {
    "a negative number of pods": Plant("Deployment", ("spec", "replicas"), -1, "spec.replicas"),
    "a field that Deployments lack": Plant("Deployment", ("spec", "replica"), 1, 'unknown field "spec.replica"'),
    "a field that pods lack": Plant("StatefulSet", (*POD, "gracePeriod"), 3, "spec.template.spec.gracePeriod"),
    "a selector of other pods": Plant("Deployment", ("spec", "selector", "matchLabels"), {"a": "b"}, "does not match"),
    "a pod that may be root": Plant("StatefulSet", (*POD, "securityContext"), {}, "would violate PodSecurity"),
    "two bounds of disruption": Plant("PodDisruptionBudget", ("spec", "minAvailable"), 1, "cannot be both set"),
    "a port out of range": Plant("Service", ("spec", "ports", 0, "port"), 70_000, "spec.ports[0].port"),
    "nothing to scrape": Plant("PodMonitor", ENDPOINTS, "probes", "spec.podMetricsEndpoints"),
    "a misspelt interval": Plant("PodMonitor", (*ENDPOINTS, 0, "intervall"), "30s", "intervall"),
    "a duration without a unit": Plant("PrometheusRule", ("spec", "groups", 0, "interval"), "soon", "interval"),
    "a number of pods in words": Plant("ScaledObject", ("spec", "maxReplicaCount"), "many", "spec.maxReplicaCount"),
    "no partitions": Plant("KafkaTopic", ("spec", "partitions"), 0, "spec.partitions"),
    "rights of no kind": Plant("KafkaUser", ("spec", "authorization", "type"), "odd", "spec.authorization.type"),
}


def judged(client: Client, values: Path) -> Iterator[str]:
    """What is wrong with the rendering of a file of values. Raises Refused with all that the server dislikes."""
    text = _rendered(client, values)
    count = _applied(client, text)
    if count != len(_objects(text)):
        yield f"of {len(_objects(text))} objects the server answered for {count}"


def unseen(client: Client) -> Iterator[str]:
    """The plants that the server takes, or refuses for another reason: the same in the chart would go unseen, too."""
    objects = _objects(_rendered(client, CHART / "ci" / "everything.yaml"))
    for name, plant in PLANTS.items():
        try:
            _applied(client, yaml.safe_dump(_planted(objects, plant)))
        except Refused as refused:
            if plant.says not in str(refused):
                yield f"{name}: refused for another reason: {refused}"
        else:
            yield f"{name}: taken"


def _rendered(client: Client, values: Path) -> str:
    """What Helm's command line makes of a file of values, without the check that only `helm test` creates."""
    version = yaml.safe_load(client.kubectl("version", "--output=yaml"))["serverVersion"]["gitVersion"]
    return client.helm("template", RELEASE, CHART, "--values", values, "--skip-tests", "--kube-version", version)


def _objects(text: str) -> list[Manifest]:
    return [found for found in yaml.load_all(text, SAFE) if found]


def _applied(client: Client, text: str) -> int:
    """How many objects the server would take, which is all of them. Raises Refused with each problem of each."""
    return client.kubectl("apply", "--filename=-", *STRICT, stdin=text).count("(server dry run)")


def _planted(objects: list[Manifest], plant: Plant) -> Manifest:
    """A copy of the first object of the kind, with the mistake."""
    mistaken = deepcopy(next(found for found in objects if found["kind"] == plant.kind))
    at: Any = mistaken
    for step in plant.path[:-1]:
        at = at[step]
    at[plant.path[-1]] = plant.value
    return mistaken
