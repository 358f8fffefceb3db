"""What each value set of deploy/helm/ci becomes: objects a cluster takes, safe pods, settings that work."""

import importlib
import sys
from pathlib import Path

import helm_python as helm
import pytest

from moderator.config import Settings, load_settings
from tests.chart.kubernetes_schemas import problems
from tests.chart.policies import breaches
from tests.chart.rendering import (
    CHART,
    NAMESPACE,
    RELEASE,
    VALUE_SETS,
    Manifest,
    chart,
    manifests,
    of_kind,
    pod_specs,
    pod_template,
    render,
    value_set,
)
from tests.chart.running import run_in

NAMES = [path.stem for path in VALUE_SETS]
NEEDED = {"minimal", "sasl", "mtls", "keda", "hpa", "statefulset", "console", "gitops", "restricted", "everything"}

each = pytest.mark.parametrize("name", NAMES)


def components(objects: list[Manifest]) -> list[str]:
    """Those that run."""
    label = "app.kubernetes.io/component"
    return [found["metadata"]["labels"][label] for found in objects if found["kind"] in ("Deployment", "StatefulSet")]


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the package that brings it."""
    monkeypatch.setitem(sys.modules, "helm_python", None)
    monkeypatch.delitem(sys.modules, "tests.chart.rendering")
    with pytest.raises(RuntimeError, match="pip install helm-python-sdk"):
        importlib.import_module("tests.chart.rendering")


def test_the_value_sets_are_there() -> None:
    """Each is a way to install that somebody relies on."""
    assert set(NAMES) >= NEEDED


@each
def test_a_cluster_takes_every_object(name: str) -> None:
    """Strictly: a field that nobody knows is one that does nothing."""
    found = [f"{each['kind']} {problem}" for each in manifests(value_set(name)) for problem in problems(each)]
    assert not found


@each
def test_a_field_that_nobody_knows_is_a_problem(name: str) -> None:
    """Of every kind that the chart makes; else the test above would say nothing of it."""
    objects = [found | {"spec": found.get("spec", {}) | {"unknown": 1}} for found in manifests(value_set(name))]
    assert [found["kind"] for found in objects if not problems(found)] == []


def test_every_breach_is_seen() -> None:
    """In a pod about which nobody has thought."""
    container = {
        "image": "moderator:latest",
        "volumeMounts": [{"name": "node", "mountPath": "/node"}],
        "env": [{"name": "STORE_PASSWORD"}, {"name": "TOKEN", "valueFrom": {"secretKeyRef": {}}}],
    }
    shared = dict.fromkeys(("hostNetwork", "hostPID", "hostIPC"), True)
    pod: Manifest = {"volumes": [{"name": "node", "hostPath": {}}], "containers": [container]} | shared
    assert [breach.removeprefix("Deployment/a: ") for breach in breaches("Deployment/a", pod)] == [
        "may run as root",
        "has no seccomp profile",
        "is given a token of the service account",
        "is given the addresses of all services",
        "shares the node's: hostNetwork",
        "shares the node's: hostPID",
        "shares the node's: hostIPC",
        "sees the node's files: node",
        "may gain privileges",
        "keeps capabilities",
        "may write to its image",
        *(f"has no {bound} of {what}" for bound in ("requests", "limits") for what in ("cpu", "memory")),
        "runs whatever moderator:latest is today",
        *(f"has no {probe}" for probe in ("startupProbe", "livenessProbe", "readinessProbe")),
        "may write to /node",
        "has a secret in its environment: STORE_PASSWORD",
        "has a secret in its environment: TOKEN",
    ]


@each
def test_every_pod_is_safe(name: str) -> None:
    """Restricted Pod Security and more, in every way to install."""
    found = [breach for owner, pod in pod_specs(manifests(value_set(name))) for breach in breaches(owner, pod)]
    assert not found


@each
def test_lint_has_nothing_to_say(name: str) -> None:
    """Not even a warning."""
    report = helm.lint(CHART, value_set(name), strict=True, namespace=NAMESPACE)
    assert [message for message in report["messages"] if message["severity"] > 1] == []


@each
def test_it_is_the_same_every_time(name: str) -> None:
    """Else GitOps would never come to rest."""
    again = chart().render(value_set(name), name=RELEASE, namespace=NAMESPACE)
    assert again == render(value_set(name))


@each
def test_nothing_is_there_twice(name: str) -> None:
    """Two objects of one kind and name overwrite each other."""
    found = [(each["kind"], each["metadata"]["name"]) for each in manifests(value_set(name))]
    assert len(found) == len(set(found))


@each
def test_selectors_find_the_pods(name: str) -> None:
    """Of workloads, disruption budgets, network policies and services: one that finds none protects nobody."""
    objects = manifests(value_set(name))
    pods = [pod_template(objects, component)["metadata"]["labels"] for component in components(objects)]
    for found in objects:
        spec = found.get("spec", {})
        selector = spec.get("selector") or spec.get("podSelector")
        if selector is None or found["kind"] == "ServiceMonitor":
            continue
        wanted = selector.get("matchLabels", selector)
        assert wanted, found["metadata"]["name"]  # of no labels it finds everybody's pods
        assert any(wanted.items() <= labels.items() for labels in pods), found["metadata"]["name"]


@each
def test_the_program_takes_its_settings(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every component: as it would read them in its pod, files of Secrets included."""
    objects = manifests(value_set(name))
    for component in components(objects):
        run_in(objects, component, tmp_path / component, monkeypatch)
        settings: Settings = load_settings()
        assert settings.http.host == "0.0.0.0"  # noqa: S104  else no probe would get through
        assert settings.kafka.bootstrap_servers == value_set(name)["kafka"]["bootstrapServers"]


@each
def test_all_components_have_budgets_and_policies(name: str) -> None:
    """Drains take one pod at a time, and a broken one always; nobody speaks to everybody."""
    objects = manifests(value_set(name))
    for component in components(objects):
        (budget,) = of_kind(objects, "PodDisruptionBudget", component)
        assert budget["spec"]["maxUnavailable"] == 1
        assert budget["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow"
        (policy,) = of_kind(objects, "NetworkPolicy", component)
        assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
