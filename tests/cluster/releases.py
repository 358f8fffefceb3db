"""Releases on the cluster: each value set comes, proves itself and goes; one is upgraded and rolled back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.chart.rendering import CHART, RELEASE, Manifest
from tests.cluster.client import Client, Refused

WAIT = ("--wait", "--timeout=120s")
STUCK = ("--wait", "--timeout=20s", "--set-string=agent.podLabels.stuck=yes")  # pods.yaml never makes such a pod ready
OWN = f"--selector=app.kubernetes.io/instance={RELEASE}"
KINDS = (
    "configmap,serviceaccount,service,deployment,statefulset,horizontalpodautoscaler,poddisruptionbudget,networkpolicy,"
    "ingress,podmonitor,servicemonitor,prometheusrule,scaledobject,triggerauthentication,kafkatopic,kafkauser"
)
SOON = "--timeout=60s"
# What controllers say of objects that point at others: a budget's pods, a scaler's target, a Service's pods and port.
SETTLED = (
    ("poddisruptionbudget", "jsonpath={.status.disruptionsAllowed}=1"),
    ("horizontalpodautoscaler", "condition=AbleToScale"),
    ("endpointslice", "jsonpath={.endpoints[0].conditions.ready}=true"),
    ("endpointslice", "jsonpath={.ports[0].port}"),
)
KEEP = "helm.sh/resource-policy"
MINIMAL, EVERYTHING = (CHART / "ci" / f"{name}.yaml" for name in ("minimal", "everything"))
AGENTS = 2  # of the minimal release
# What the server fills in by itself, anew for an object that was made anew.
GIVEN = ("clusterIP", "clusterIPs")


def comes_and_goes(client: Client, values: Path) -> Iterator[str]:
    """Install, `helm test`, uninstall: what is wrong, if anything. Topics outlive the release, nothing else does."""
    try:
        client.helm("install", RELEASE, CHART, "--values", values, *WAIT)
        _works(client)
        client.helm("test", RELEASE, "--timeout=120s")
    except Refused as refused:
        yield f"{refused}{client.kubectl('events', '--types=Warning')}"  # they tell why pods never came
    finally:
        client.helm("uninstall", RELEASE, "--ignore-not-found", *WAIT)
    for left in client.found(KINDS, OWN)["items"]:
        if left["metadata"].get("annotations", {}).get(KEEP) != "keep":
            yield f"{_name(left)} is still there after the release went"
    client.kubectl("delete", f"{KINDS},pod", OWN, "--wait")


def is_upgraded_and_rolled_back(client: Client) -> Iterator[str]:
    """One release through what happens to releases; whatever happened, a rollback brings back the first revision."""
    client.helm("install", RELEASE, CHART, "--values", MINIMAL, *WAIT)
    first, pods = _objects(client), _pods(client)

    yield from _without_a_gap(client, "--set=image.tag=9.9.9")
    yield from _replaced(client, "another image", pods)
    yield from _rolled_back(client, "another image", first)

    pods = _pods(client)
    client.helm("upgrade", RELEASE, CHART, "--values", MINIMAL, "--set=settings.drain_timeout_s=10", *WAIT)
    yield from _replaced(client, "another setting", pods)
    yield from _rolled_back(client, "another setting", first)

    yield from _stopped_half_way(client)
    yield from _rolled_back(client, "an upgrade that failed", first)

    client.helm("upgrade", RELEASE, CHART, "--values", MINIMAL, "--set=agent.kind=StatefulSet", *WAIT)
    _works(client)
    yield from _rolled_back(client, "a StatefulSet", first)

    client.helm("upgrade", RELEASE, CHART, "--values", EVERYTHING, *WAIT)
    _works(client)
    yield from _rolled_back(client, "everything", first)

    client.helm("uninstall", RELEASE, *WAIT)
    client.helm("install", RELEASE, CHART, "--values", EVERYTHING, *WAIT)  # takes over the topics that were kept
    _works(client)


def _without_a_gap(client: Client, *changes: str) -> Iterator[str]:
    """An upgrade during which as many agents as before are ready, at every moment."""
    ready = client.watch(f"deployment/{RELEASE}-agent", '--output=jsonpath={.status.readyReplicas}{"\\n"}')
    try:
        client.helm("upgrade", RELEASE, CHART, "--values", MINIMAL, *changes, *WAIT)
    finally:
        ready.terminate()
    seen = [int(line or 0) for line in ready.communicate()[0].splitlines()]
    if len(seen) < 2 or min(seen) < AGENTS:
        yield f"while agents were replaced, {AGENTS} should have been ready all the time; numbers seen: {seen}"


def _stopped_half_way(client: Client) -> Iterator[str]:
    """An upgrade whose pods never become ready fails by name, and the old ones go on."""
    try:
        client.helm("upgrade", RELEASE, CHART, "--values", MINIMAL, *STUCK)
    except Refused:
        pass
    else:
        yield "an upgrade whose pods never become ready is reported as done"
    (agents,) = client.found("deployment", OWN)["items"]
    if agents["status"].get("readyReplicas") != AGENTS:
        yield f"of {AGENTS} agents, after an upgrade that failed, {agents['status'].get('readyReplicas', 0)} are ready"


def _rolled_back(client: Client, after: str, first: dict[str, Any]) -> Iterator[str]:
    client.helm("rollback", RELEASE, "1", *WAIT)
    now = _objects(client)
    for name in sorted(first.keys() | now.keys()):
        if first.get(name) != now.get(name):
            yield f"{name} is not what it was, rolled back after {after}: {first.get(name)} became {now.get(name)}"
    _works(client)


def _replaced(client: Client, change: str, before: set[str]) -> Iterator[str]:
    for uid in before & _pods(client):
        yield f"{change}: pod {uid} was not replaced"


def _works(client: Client) -> None:
    """Wait until the controllers have made of the release what they should. Raises Refused with what is not so."""
    for found in client.found("deployment,statefulset", OWN)["items"]:
        client.kubectl("rollout", "status", _name(found), SOON)
    for kind, wanted in SETTLED:
        if client.found(kind, OWN)["items"]:
            client.kubectl("wait", kind, OWN, f"--for={wanted}", SOON)


def _pods(client: Client) -> set[str]:
    """Those that are not on their way out."""
    found = client.found("pod", OWN)["items"]
    return {pod["metadata"]["uid"] for pod in found if "deletionTimestamp" not in pod["metadata"]}


def _objects(client: Client) -> dict[str, Any]:
    """All of the release but what outlives it: by name, what the chart decides about them."""
    return {
        _name(found): {
            "labels": found["metadata"]["labels"],
            "spec": {name: value for name, value in found.get("spec", {}).items() if name not in GIVEN},
            "data": found.get("data"),
        }
        for found in client.found(KINDS, OWN)["items"]
        if found["metadata"].get("annotations", {}).get(KEEP) != "keep"
    }


def _name(found: Manifest) -> str:
    return f"{found['kind']}/{found['metadata']['name']}"
