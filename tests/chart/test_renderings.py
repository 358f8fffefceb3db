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
