"""Values, their schema, their documentation and what the templates do with them say the same."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import helm_python as helm
import pytest

import moderator
from moderator.config import Settings
from tests.chart.rendering import VALUE_SETS, chart, render, value_set
from tests.chart.settings_schema import SET_BY_CHART, settings_schema
from tests.chart.values_docs import default_of, is_leaf, value_lines
from tests.chart.write import PAGE, SCHEMA, page_text, schema_text

PATHS = [line.path for line in value_lines()]
LEAVES = [path for path in PATHS if is_leaf(path)]
SILENT = {path for path in LEAVES if default_of(path) in ("", [], {})}  # of which the default says nothing
OF_HELM = "global"  # which gives it to every chart that another depends on, with whatever is in there

# Other values, by what their path ends with, where the schema or the templates would not take just any.
ANOTHER: dict[str, Any] = {
    "requests.cpu": "70m",
    "limits.cpu": 7,
    "requests.memory": "7Mi",
    "limits.memory": "7Gi",
    ".tolerations": [{"key": "another", "operator": "Exists"}],
    "image.tag": "1.2.3",
    "image.digest": "sha256:" + "a" * 64,
    "image.pullPolicy": "Never",
    "image.pullSecrets": ["another"],
    "kafka.bootstrapServers": "another:9095",
    "kafka.securityProtocol": "SSL",
    "kafka.saslMechanism": "PLAIN",
    "env": {"ANOTHER": "1"},
    "mounts": [{"path": "/another", "secret": "another"}],
    "listenAddress": "::",
    "agent.kind": "Deployment",
    "agent.autoscaling.type": "hpa",
    "reviewer.autoscaling.type": "none",
    "console.service.type": "NodePort",
    "networkPolicy.ingressFrom": [{"podSelector": {}}],
    "networkPolicy.egressTo": [{"podSelector": {}}],
    "networkPolicy.egressPorts": [1234],
    "monitoring.podMonitor.interval": "7s",
    "monitoring.serviceMonitor.interval": "7s",
    "monitoring.prometheusRule.runbooks": "https://runbooks.example/",
    "strimzi.apiVersion": "v1",
    "strimzi.topics.minInsyncReplicas": 1,
}
# Where null says something: that the cluster chooses, that there is no such label.
NULLABLE = {"podSecurity.runAsUser", "podSecurity.fsGroup", "monitoring.dashboards.labels.grafana_dashboard"}
TOPICS_ALONE = {
    "kafka": {"bootstrapServers": "kafka.example:9093", "username": "moderator", "existingSecret": "moderator-kafka"},
    "strimzi": {"cluster": "main", "topics": {"enabled": True}},
}

# Where a value matters: by what its path begins with, a value set and what is changed in it. Else where all is on.
WHERE: dict[str, tuple[str, dict[str, Any]]] = {
    "image.tag": ("minimal", {}),
    "kafka.saslMechanism": ("minimal", {}),
    "kafka.allowPlaintext": ("minimal", {}),
    "kafka.username": ("minimal", {}),
    "kafka.existingSecret": ("minimal", {}),
    "kafka.keys.token": ("sasl", {}),
    "kafka.keys.certificate": ("mtls", {}),
    "kafka.keys.privateKey": ("mtls", {}),
    "agent.replicas": ("minimal", {}),
    "agent.autoscaling.cpuUtilization": ("hpa", {}),
    "reviewer.replicas": ("sasl", {}),
    "monitoring.serviceMonitor": ("console", {}),
    "strimzi.namespace": ("everything", TOPICS_ALONE),
    "strimzi.users.enabled": ("everything", TOPICS_ALONE),
    "shadow": ("trial", {}),
    "shadow.kafka": ("trial", {}),
    "shadow.resources.requests": ("trial", {}),
    "shadow.resources.limits": ("trial", {}),
}


def changed(values: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The values with another at the path."""
    values = deepcopy(values)
    table = values
    *way, key = path.split(".")
    for name in way:
        table = table.setdefault(name, {})
    table[key] = value
    return values


def value_at(values: dict[str, Any], path: str) -> Any:
    """What the templates find at the path, be it a default."""
    found: Any = chart().merge_values(values)
    for key in path.split("."):
        found = found.get(key) if found else None
    return found


def another(path: str, now: Any) -> Any:
    """A value that is allowed there, and not the present one."""
    known = [value for end, value in ANOTHER.items() if path.endswith(end)]
    if known:
        return known[0]
    if isinstance(now, bool):
        return not now
    if isinstance(now, int | float):
        return now + 1
    return {"another": "1"} if isinstance(now, dict) else "another"


@pytest.mark.parametrize("path", LEAVES)
def test_each_value_is_used(path: str) -> None:
    """Changing it changes what is installed: a value that does nothing is a promise that is not kept."""
    name, changes = WHERE.get(path) or WHERE.get(path.rpartition(".")[0]) or ("everything", {})
    values = value_set(name) | changes
    assert render(changed(values, path, another(path, value_at(values, path)))) != render(values)


@pytest.mark.parametrize("path", [path for path in PATHS if path not in NULLABLE | SILENT])
def test_null_is_told_with_its_path(path: str) -> None:
    """Helm takes away what is null, and templates would find nothing there."""
    above, _, key = path.rpartition(".")
    with pytest.raises(helm.HelmError) as refused:
        render(changed(value_set("everything"), path, None))
    place = f"/{above}".replace(".", "/").rstrip("/")
    assert f"at '{place}': missing property '{key}'" in str(refused.value)


@pytest.mark.parametrize("name", [path.stem for path in VALUE_SETS])
def test_null_is_as_good_as_a_default_that_says_nothing(name: str) -> None:
    """So that a key without a value, `nodeSelector:`, may stand in a file."""
    values = value_set(name)
    for path in SILENT:
        if value_at(values, path) == default_of(path):
            values = changed(values, path, None)
    assert render(values) == render(value_set(name))


def test_each_value_is_documented() -> None:
    """The comment above it says what it is for, or the one above its table."""
    lines = value_lines()
    silent = [line.path for line in lines if is_leaf(line.path) and not line.comment]
    assert not silent
    assert len({line.path for line in lines}) == len(lines)


def test_values_and_schema_have_the_same_keys() -> None:
    """But for `settings`, of which the values name only what the chart itself asks for."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    known = set(_leaves(schema, schema, ()))
    named = set(LEAVES)
    of_settings = {path for path in known if path.startswith("settings.")}
    free = {path for path in named - known if path.rpartition(".")[0] in known}  # a default in a table of the user's
    assert named - known - free == set()
    assert known - of_settings - named == {path.rpartition(".")[0] for path in free} | {OF_HELM}


def _leaves(schema: dict[str, Any], whole: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    reference = schema.get("$ref", "").rpartition("/")[2]
    if reference:
        schema = whole["definitions"][reference]
    if "properties" not in schema:
        yield ".".join(path)
        return
    for name, below in schema["properties"].items():
        yield from _leaves(below, whole, (*path, name))


def test_the_schema_is_strict_everywhere() -> None:
    """A misspelt key is refused wherever it stands, and every value has a kind."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    open_ = [place for place, below in _tables(schema, "") if below.get("additionalProperties") is not False]
    assert open_ == [f"/{OF_HELM}"]


def _tables(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if schema.get("type") == "object":
        yield place, schema
    for table in ("properties", "definitions"):
        for name, below in schema.get(table, {}).items():
            yield from _tables(below, f"{place}/{table}/{name}".replace("/properties", ""))
    if "items" in schema:
        yield from _tables(schema["items"], f"{place}/items")


def test_the_schema_knows_the_settings_of_the_program() -> None:
    """`python -m tests.chart.write` writes it anew when a setting changes."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_each_setting_is_reached() -> None:
    """By `settings`, or by what the chart sets: none is left out, none has two ways."""
    reached = settings_schema()["properties"]
    for name, field in Settings.model_fields.items():
        section = getattr(field.annotation, "model_fields", None)
        if section is None:
            assert name in reached
            continue
        below = set(reached.get(name, {"properties": {}})["properties"])
        assert below | SET_BY_CHART.get(name, set()) == set(section), name
        assert not below & SET_BY_CHART.get(name, set()), name


def test_settings_that_the_chart_names_have_the_programs_defaults() -> None:
    """Else an installation would differ from what the reference says."""
    defaults = Settings.model_construct()
    for path in [path for path in LEAVES if path.startswith("settings.")]:
        found: Any = defaults
        for key in path.split(".")[1:]:
            found = getattr(found, key)
        assert default_of(path) == found, path


def test_the_docs_hold_the_table_of_values() -> None:
    """`python -m tests.chart.write` writes it anew when a comment changes."""
    assert PAGE.read_text(encoding="utf-8") == page_text()


def test_the_chart_installs_this_version() -> None:
    """An image's tag is the chart's appVersion where none is given."""
    assert chart().metadata["appVersion"] == moderator.__version__
