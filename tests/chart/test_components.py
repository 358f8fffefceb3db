"""What an SRE relies on: stops that lose nothing, starts that are waited for, secrets that may change."""

from pathlib import Path
from typing import Any

import pytest

from moderator.adapters.span_export import FLUSH_TIMEOUT_S
from moderator.config import load_settings
from moderator.inference.session import available_cores
from tests.chart.rendering import Manifest, chart, manifests, of_kind, pod_template, render, value_set
from tests.chart.running import run_in
from tests.chart.test_values import changed

COMPONENTS = ("agent", "reviewer", "console")
CORE = ("v1", "apps/v1", "policy/v1", "networking.k8s.io/v1")


def container_of(objects: list[Manifest], component: str) -> Manifest:
    """The only one of the component's pods."""
    (found,) = pod_template(objects, component)["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def environment(objects: list[Manifest], component: str) -> dict[str, Any]:
    """Names to values, or to where they come from."""
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in container_of(objects, component)["env"]}


@pytest.mark.parametrize(("drain", "agent", "console"), [(20, 45, 50), (12.5, 38, 43), (29.9, 55, 60)])
def test_the_grace_period_follows_the_drain_timeout(drain: float, agent: int, console: int) -> None:
    """A pod killed before it has drained repeats work; the console's pages are served five seconds longer."""
    objects = manifests(changed(value_set("console"), "settings.drain_timeout_s", drain))
    assert pod_template(objects, "agent")["spec"]["terminationGracePeriodSeconds"] == agent
    assert pod_template(objects, "console")["spec"]["terminationGracePeriodSeconds"] == console
    assert container_of(objects, "console")["lifecycle"]["preStop"]["sleep"]["seconds"] == 5


def test_spans_get_time_to_leave() -> None:
    """Where there is a collector, which may be slow or away."""
    values = value_set("console")
    traced = changed(values, "settings.tracing", {"endpoint": "http://collector:4318"})
    without, granted = (pod_template(manifests(each), "agent")["spec"] for each in (values, traced))
    field = "terminationGracePeriodSeconds"
    assert granted[field] == without[field] + FLUSH_TIMEOUT_S


@pytest.mark.parametrize("component", COMPONENTS)
def test_probes_ask_where_the_program_answers(component: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right path at the right port; and a start is waited for as long as the value says."""
    objects = manifests(changed(value_set("gitops"), f"{component}.startupTimeoutSeconds", 100))
    container = container_of(objects, component)
    run_in(objects, component, tmp_path, monkeypatch)
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert ports["probes"] == load_settings().http.port
    for probe, path in (("startupProbe", "/startupz"), ("livenessProbe", "/livez"), ("readinessProbe", "/readyz")):
        assert container[probe]["httpGet"] == {"path": path, "port": "probes"}
    assert container["startupProbe"]["periodSeconds"] * container["startupProbe"]["failureThreshold"] == 100
    assert container["command"] == ["moderator", component]


def test_a_model_on_trial_runs_beside_the_agents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the shadow that docs/shadow.md tells of, with the agents' settings and files."""
    objects = manifests(value_set("trial"))
    assert container_of(objects, "shadow")["command"] == ["moderator", "agent", "--shadow"]
    assert container_of(objects, "shadow")["volumeMounts"] == container_of(objects, "agent")["volumeMounts"]
    run_in(objects, "shadow", tmp_path, monkeypatch)
    assert str(load_settings().shadow.model_directory) == "/models/next"


def test_pages_are_served_where_the_service_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ingress to Service to container to the program's own setting; the store's URL comes from its Secret."""
    objects = manifests(value_set("console"))
    run_in(objects, "console", tmp_path, monkeypatch)
    settings = load_settings().console
    (service,) = of_kind(objects, "Service", "console")
    (ingress,) = of_kind(objects, "Ingress")
    ports = {port["name"]: port["containerPort"] for port in container_of(objects, "console")["ports"]}
    (port,) = service["spec"]["ports"]
    assert ports[port["targetPort"]] == settings.port
    assert (settings.host, settings.store_url.get_secret_value()[:13]) == ("0.0.0.0", "postgresql://")  # noqa: S104
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": service["metadata"]["name"], "port": {"name": port["name"]}}
    assert ingress["spec"]["tls"]


@pytest.mark.parametrize(("limit", "threads"), [("2", 2), (4, 4), ("2500m", 2), ("500m", 1), (1.5, 1)])
def test_the_models_threads_follow_the_processor_limit(
    limit: float | str, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the program reads them of its cgroup: a setting would be wrong as soon as the limit is edited in place."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(64)), raising=False)
    values = changed(value_set("minimal"), "agent.resources.requests.cpu", "500m")
    objects = manifests(changed(values, "agent.resources.limits.cpu", limit))
    cpu = str(container_of(objects, "agent")["resources"]["limits"]["cpu"])
    cores = float(cpu.removesuffix("m")) / (1000 if cpu.endswith("m") else 1)
    file = tmp_path / "cpu.max"
    file.write_text(f"{round(cores * 100_000)} 100000\n", encoding="ascii")  # what kubelets write
    assert "MODERATOR_MODEL__THREADS" not in environment(objects, "agent")
    assert available_cores(file) == threads


def test_static_members_keep_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pod's own, and for longer than a pod takes to come back, unless told otherwise."""
    objects = manifests(value_set("statefulset"))
    (stateful,) = of_kind(objects, "StatefulSet", "agent")
    (service,) = of_kind(objects, "Service", "agent")
    assert environment(objects, "agent")["MODERATOR_KAFKA__GROUP_INSTANCE_ID"] == {
        "fieldRef": {"fieldPath": "metadata.name"}
    }
    assert (stateful["spec"]["serviceName"], service["spec"]["clusterIP"]) == (service["metadata"]["name"], "None")
    run_in(objects, "agent", tmp_path / "default", monkeypatch)
    assert load_settings().kafka.session_timeout_ms == 60_000
    own = manifests(changed(value_set("statefulset"), "settings.kafka.session_timeout_ms", 120_000))
    run_in(own, "agent", tmp_path / "own", monkeypatch)
    assert load_settings().kafka.session_timeout_ms == 120_000


def test_no_member_is_static_in_a_deployment() -> None:
    """Its pods' names do not come back."""
    assert "MODERATOR_KAFKA__GROUP_INSTANCE_ID" not in environment(manifests(value_set("minimal")), "agent")


def test_an_image_is_named_by_its_digest_or_version() -> None:
    """Never by what it may become."""
    (image,) = {container_of(manifests(value_set("gitops")), component)["image"] for component in COMPONENTS}
    assert image == f"registry.example/moderator@{value_set('gitops')['image']['digest']}"
    image = container_of(manifests(value_set("minimal")), "agent")["image"]
    assert image == f"registry.example/moderator:{chart().metadata['appVersion']}"


def test_secrets_that_change_are_seen() -> None:
    """Kafka's are read again by the program, so whole folders are mounted; who reads one once is restarted."""
    objects = manifests(value_set("gitops"))
    for component in COMPONENTS:
        assert not [mount for mount in container_of(objects, component)["volumeMounts"] if "subPath" in mount]
    reload = "secret.reloader.stakater.com/reload"
    found = {
        each["metadata"]["name"]: each["metadata"].get("annotations", {}) for each in of_kind(objects, "Deployment")
    }
    assert {name: noted.get(reload) for name, noted in found.items()} == {
        "moderator-agent": None,
        "moderator-reviewer": "endpoint-from-vault",
        "moderator-console": "store-from-vault",
    }
    revisions = {
        component: pod_template(objects, component)["metadata"]["annotations"].get("moderator/secrets-revision")
        for component in COMPONENTS
    }
    assert revisions == {"agent": None, "reviewer": "2026-03-01", "console": "2026-03-01"}


def test_changed_settings_restart_the_pods() -> None:
    """They are read once."""
    values = value_set("minimal")
    checksums = {
        pod_template(manifests(each), "agent")["metadata"]["annotations"]["checksum/settings"]
        for each in (values, changed(values, "settings.log", {"level": "DEBUG"}))
    }
    assert len(checksums) == 2


def test_custom_resources_are_asked_for() -> None:
    """A cluster without their operators takes the chart as it is."""
    assert {each["apiVersion"] for each in manifests(value_set("minimal"))} <= set(CORE)


def test_pods_are_let_out_to_where_they_must() -> None:
    """Brokers, the large model's endpoint, the store, the issuer's keys, the collector, and names; no more."""
    objects = manifests(value_set("everything")) + manifests(value_set("console"))

    def ports(component: str) -> list[set[int]]:
        policies = of_kind(objects, "NetworkPolicy", component)
        return [{port["port"] for rule in each["spec"]["egress"] for port in rule["ports"]} for each in policies]

    assert ports("agent") == [{53, 9093, 9094, 4318}, {53, 9093}]
    assert ports("reviewer") == [{53, 9093, 9094, 4318, 8000}]
    assert ports("console") == [{53, 9093, 9094, 4318, 5432}, {53, 9093, 5432, 443}]


@pytest.mark.parametrize(
    ("name", "proxy", "port"),
    [
        ("HTTPS_PROXY", "http://proxy.example:3128", 3128),
        ("HTTP_PROXY", "http://user:word@proxy.example:8888/", 8888),
        ("HTTPS_PROXY", "proxy.example:3128", 3128),
        ("https_proxy", "http://proxy.example", 80),
        ("ALL_PROXY", "https://proxy.example", 443),
    ],
)
def test_pods_are_let_out_to_their_proxy(name: str, proxy: str, port: int) -> None:
    """Else nothing that goes by it would arrive."""
    objects = manifests(changed(value_set("console"), "env", {name: proxy}))
    for component in ("agent", "console"):
        (policy,) = of_kind(objects, "NetworkPolicy", component)
        assert {"protocol": "TCP", "port": port} in policy["spec"]["egress"][1]["ports"]


def test_the_check_of_an_installation_is_an_agents() -> None:
    """`helm test` would say nothing of the agents with other settings, files or rights."""
    objects = manifests(value_set("everything"))
    (check,) = of_kind(objects, "Pod")
    (container,) = check["spec"]["containers"]
    agent = container_of(objects, "agent")
    assert container["command"] == ["moderator", "check"]
    assert container["volumeMounts"] == agent["volumeMounts"]
    assert check["spec"]["volumes"] == pod_template(objects, "agent")["spec"]["volumes"]
    (policy,) = of_kind(objects, "NetworkPolicy", "agent")
    (expression,) = policy["spec"]["podSelector"]["matchExpressions"]
    assert check["metadata"]["labels"][expression["key"]] in expression["values"]


def test_the_notes_say_what_to_do_next() -> None:
    """The first commands of whoever installed it, and where people work."""
    notes = {path: text for path, text in render(value_set("everything")).items() if path.endswith("NOTES.txt")}
    (text,) = notes.values()
    assert "helm test moderator --namespace trust" in text
    assert "https://moderation.example" in text
    assert "by the group's lag" in text
