"""Wrong values fail before anything is installed, with the key's path and what is allowed there."""

from typing import Any

import helm_python as helm
import pytest

from tests.chart.rendering import render, value_set
from tests.chart.test_values import changed

PEER, RUNBOOKS = "networkPolicy.egressTo", "monitoring.prometheusRule.runbooks"
ROLE = "app.kubernetes.io/component"
EVERY = {"operator": "Exists"}  # taint
INSIDE = {"ipBlock": {"cidr": "10.0.0.0/8"}}
OWN = {"path": "/own", "secret": "own"}


def one_of(operator: str, values: list[str] | None = None) -> dict[str, Any]:
    """A selector by one label."""
    expression = {"key": "tier", "operator": operator}
    return {"matchExpressions": [expression if values is None else expression | {"values": values}]}


@pytest.mark.parametrize(
    ("name", "path", "value", "message"),
    [
        # What the schema refuses: kind, range, choice, form, unknown keys.
        ("minimal", "agent.replicas", 0, "'/agent/replicas': minimum: got 0, want 1"),
        ("minimal", "agent.replicas", "two", "'/agent/replicas': got string, want integer"),
        ("minimal", "agent.replica", 2, "'/agent': additional properties 'replica' not allowed"),
        ("minimal", "agent.kind", "DaemonSet", "'/agent/kind': value must be one of 'Deployment', 'StatefulSet'"),
        ("minimal", "agent.resources.limits.cpu", "two", "'/agent/resources/limits/cpu': 'two' does not match pattern"),
        ("minimal", "agent.resources.limits.cpu", None, "'/agent/resources/limits': missing property 'cpu'"),
        ("minimal", "agent.resources.limits.memory", "1GB", "'/agent/resources/limits/memory': '1GB' does not match"),
        ("keda", "agent.autoscaling.minReplicas", 0, "'/agent/autoscaling/minReplicas': minimum: got 0, want 1"),
        ("keda", "agent.autoscaling.type", "lag", "value must be one of 'none', 'keda', 'hpa'"),
        ("keda", "reviewer.autoscaling.type", "hpa", "value must be one of 'none', 'keda'"),
        ("minimal", "image.digest", "sha256:12", "'/image/digest': 'sha256:12' does not match pattern"),
        ("minimal", "kafka.bootstrapServers", "kafka", "'/kafka/bootstrapServers': 'kafka' does not match pattern"),
        ("minimal", "kafka.securityProtocol", "TLS", "value must be one of 'SASL_SSL', 'SSL', 'SASL_PLAINTEXT', 'PLAI"),
        ("minimal", "kafka.password", "secret", "'/kafka': additional properties 'password' not allowed"),
        ("minimal", "kafka.existingSecret", "Not_A_Name", "'/kafka/existingSecret': 'Not_A_Name' does not match patte"),
        ("minimal", "settings.drain_timeout_s", 30, "'/settings/drain_timeout_s': exclusiveMaximum: got 30, want 30"),
        ("minimal", "settings.kafka.sasl_password", "x", "'/settings/kafka': additional properties 'sasl_password' no"),
        ("minimal", "settings.kafka.max_poll_record", 1, "'/settings/kafka': additional properties 'max_poll_record'"),
        ("minimal", "settings.kafka.max_poll_records", 0, "'/settings/kafka/max_poll_records': minimum: got 0, want 1"),
        ("minimal", "settings.log.level", "loud", "value must be one of 'DEBUG', 'INFO', 'WARNING', 'ERROR'"),
        ("minimal", "settings.topics.messages", "a b", "'/settings/topics/messages': 'a b' does not match pattern"),
        ("minimal", "tolerations", [], "additional properties 'tolerations' not allowed"),
        ("restricted", PEER, [{"ipblock": {}}], "'/networkPolicy/egressTo/0': additional properties 'ipblock' not"),
        ("console", "monitoring.serviceMonitor.interval", "often", "'often' does not match pattern"),
        ("everything", "strimzi.apiVersion", "v2", "'/strimzi/apiVersion': value must be one of 'v1beta2', 'v1'"),
        ("minimal", "agent.resources.limits.cpu", "0m", "'/agent/resources/limits/cpu': '0m' does not match pattern"),
        ("minimal", "agent.resources.requests.memory", "0.0Gi", "'/agent/resources/requests/memory': '0.0Gi' does not"),
        ("minimal", "image.repository", "registry:5000/moderator:1.2", "'/image/repository': 'registry:5000/moderator"),
        ("minimal", "image.repository", "moderator:1", "'/image/repository': 'moderator:1' does not match pattern"),
        ("minimal", "listenAddress", "127.0.0.1", "'/listenAddress': value must be one of '0.0.0.0', '::'"),
        ("minimal", "env", {"A B": "x"}, "'/env': additional properties 'A B' not allowed"),
        ("minimal", "mounts", [{"path": "/a", "secret": ""}], "'/mounts/0/secret': '' does not match pattern"),
        ("minimal", "agent.podLabels", {"a b": "x"}, "'/agent/podLabels': additional properties 'a b' not allowed"),
        ("minimal", "agent.podAnnotations", {"a b": "x"}, "'/agent/podAnnotations': additional properties 'a b' not a"),
        ("minimal", "agent.nodeSelector", {"-a": "x"}, "'/agent/nodeSelector': additional properties '-a' not allowed"),
        ("minimal", "agent.tolerations", [{"value": "x"}], "'/agent/tolerations/0': missing property 'key'"),
        ("minimal", "agent.tolerations", [EVERY | {"value": "x"}], "'/agent/tolerations/0/value': maxLength: got 1, w"),
        ("minimal", "agent.tolerations", [EVERY | {"tolerationSeconds": 3}], "tolerations/0': missing property 'effec"),
        ("restricted", PEER, [{"podSelector": one_of("In")}], "/0/podSelector/matchExpressions/0': missing property '"),
        ("restricted", PEER, [{"podSelector": one_of("NotIn", [])}], "/matchExpressions/0/values': minItems: got 0, w"),
        ("restricted", PEER, [{"podSelector": one_of("Exists", ["a"])}], "/0/values': maxItems: got 1, want 0"),
        ("restricted", PEER, [INSIDE | {"podSelector": {}}], "'/networkPolicy/egressTo/0': additional properties 'pod"),
        ("everything", RUNBOOKS, "https://wiki.example/Our runbook: /", "'/monitoring/prometheusRule/runbooks': 'http"),
        # What values need of each other.
        ("minimal", "agent.resources.limits.cpu", "1500m", "agent.resources.limits.cpu: 1500m is less than requests.c"),
        ("minimal", "agent.resources.limits.cpu", "0.5", "agent.resources.limits.cpu: 0.5 is less than requests.cpu; "),
        ("minimal", "agent.resources.requests.cpu", 4, "limits.cpu: 2 is less than requests.cpu; allowed: 4 and more"),
        ("minimal", "agent.resources.limits.memory", "800M", "agent.resources.limits.memory: 800M is less than reques"),
        ("trial", "shadow.resources.limits.memory", "700Mi", "shadow.resources.limits.memory: 700Mi is less than requ"),
        ("keda", "reviewer.resources.limits.cpu", 0.2, "reviewer.resources.limits.cpu: 0.2 is less than requests.cpu;"),
        ("console", "console.resources.requests.memory", "1Gi", "console.resources.limits.memory: 512Mi is less than"),
        ("minimal", "mounts", [OWN | {"path": "/tmp/"}], "mounts[0].path: /tmp is taken; allowed: a"),  # noqa: S108
        ("minimal", "mounts", [OWN, OWN], "mounts[1].path: /own is taken; allowed: a path of its own, not /tmp and"),
        ("minimal", "mounts", [OWN | {"path": "/etc/moderator/kafka"}], "mounts[0].path: /etc/moderator/kafka is take"),
        ("minimal", "mounts", [OWN | {"path": "/etc/moderator"}], "mounts[0].path: /etc/moderator is taken; allowed: "),
        ("minimal", "agent.podLabels", {ROLE: "x"}, f"agent.podLabels.{ROLE}: is the chart's own; allowed: other keys"),
        ("minimal", "agent.podAnnotations", {"checksum/settings": "x"}, "agent.podAnnotations.checksum/settings: is t"),
        ("everything", "monitoring.podMonitor.labels", {"helm.sh/chart": "x"}, "podMonitor.labels.helm.sh/chart: is t"),
        ("minimal", "kafka.bootstrapServers", "a:9092,b:65536", "kafka.bootstrapServers: b:65536 has no such port; al"),
        ("minimal", "kafka.bootstrapServers", "a:0", "kafka.bootstrapServers: a:0 has no such port; allowed: 1 to 655"),
        ("minimal", "image.repository", "", "image.repository: must be given: the registry and name"),
        ("minimal", "image.tag", "latest", "image.tag: latest is not allowed"),
        ("minimal", "kafka.bootstrapServers", "", "kafka.bootstrapServers: must be given: host:port"),
        ("minimal", "kafka.bootstrapServers", None, "kafka.bootstrapServers: must be given: host:port"),
        ("minimal", "kafka.username", "", "agent.kafka.username: SASL_SSL needs it, or kafka.username for all"),
        ("minimal", "kafka.existingSecret", "", "agent.kafka.existingSecret: SASL_SSL needs it, or kafka.existingSecr"),
        ("sasl", "reviewer.kafka.existingSecret", "", "reviewer.kafka.existingSecret: SASL_SSL needs it, or"),
        ("hpa", "kafka.allowPlaintext", False, "kafka.securityProtocol: PLAINTEXT sends messages unencrypted; allowed"),
        ("minimal", "agent.enabled", False, "agent.enabled: false, as are shadow, reviewer and console.enabled"),
        ("minimal", "env", {"MODERATOR_LOG__LEVEL": "x"}, "env.MODERATOR_LOG__LEVEL: is a setting of the program; all"),
        ("minimal", "mounts", [{"path": "/a"}], "mounts[0]: allowed: exactly one of configMap, secret and claim"),
        ("minimal", "settings.topics.verdicts", "moderation.messages", "is that of messages already"),
        ("everything", "monitoring.serviceMonitor.enabled", True, "monitoring.serviceMonitor.enabled: podMonitor.enab"),
        ("minimal", "shadow.enabled", True, "settings.shadow.model_directory: must be given where shadow.enabled is"),
        ("keda", "settings.reviewer.model", "", "settings.reviewer.model: must be given where reviewer.enabled is tru"),
        ("keda", "settings.reviewer", {}, "settings.reviewer.base_url: must be given where reviewer.enabled is true"),
        ("console", "console.existingSecret", "", "console.existingSecret: must be given where console.enabled is tru"),
        ("console", "settings.console", {}, "settings.console.oidc.issuer: must be given where console.enabled is tru"),
        ("console", "settings.console.oidc.jwks_file", "/keys", "settings.console.oidc.jwks_url: allowed: this or jwk"),
        ("console", "settings.console.oidc.jwks_url", "http://k.example", "settings.console.oidc.jwks_url: whoever ch"),
        ("console", "console.ingress.host", "", "console.ingress.host: must be given where console.ingress.enabled"),
        ("console", "console.ingress.tlsSecret", "", "console.ingress.tlsSecret: must be given where"),
        ("keda", "agent.autoscaling.maxReplicas", 1, "agent.autoscaling.maxReplicas: 1 is less than minReplicas; allo"),
        ("sasl", "agent.autoscaling.type", "keda", "agent.autoscaling.existingTriggerAuthentication: must be given fo"),
        ("everything", "strimzi.cluster", "", "strimzi.cluster: must be given: the name of the Kafka resource"),
        ("everything", "strimzi.topics.minInsyncReplicas", 3, "strimzi.topics.minInsyncReplicas: 3 of 3: the restart "),
        ("everything", "strimzi.topics.replicas", 1, "minInsyncReplicas: 2 of 1: the restart of one broker would stop"),
        ("everything", "strimzi.topics.retentionDays.verdicts", 6, "retentionDays.verdicts: below that of messages `m"),
        ("everything", "strimzi.topics.retentionDays.dead_letters", 6, "retentionDays.dead_letters: below that of mes"),
        ("everything", "strimzi.topics.retentionDays.decisions", 7, "retentionDays.decisions: the reviewer remembers"),
        ("everything", "kafka.saslMechanism", "PLAIN", "strimzi.users.enabled: Strimzi's users sign in by SCRAM-SHA-5"),
        ("everything", "strimzi.namespace", "kafka", "agent.kafka.existingSecret: must be given: Strimzi puts the use"),
    ],
)
def test_it_is_told_where_and_what_is_allowed(name: str, path: str, value: Any, message: str) -> None:
    """A value set that works, with one value that does not."""
    render(value_set(name))
    with pytest.raises(helm.HelmError) as refused:
        render(changed(value_set(name), path, value))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("settings.reviewer.base_url", "reviewer.existingSecret"),
        ("settings.tracing.endpoint", "OTEL_EXPORTER_OTLP_HEADERS goes into envSecret"),
        ("settings.console.oidc.jwks_url", "public keys need no password"),
    ],
)
def test_no_password_is_told(path: str, where: str) -> None:
    """Who puts one into an address reads where it belongs, and the terminal does not show it."""
    with pytest.raises(helm.HelmError) as refused:
        render(changed(value_set("gitops"), path, "https://me:hunter2@models.example/v1"))
    assert f"{path}: holds an @" in str(refused.value)
    assert where in str(refused.value)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("image.repository", "registry:5000/trust/moderator"),
        ("agent.resources.limits", {"cpu": "2000m", "memory": "0.75Gi"}),
        ("agent.resources", {"requests": {"cpu": "0.5", "memory": "800M"}, "limits": {"cpu": 0.5, "memory": "1G"}}),
        ("agent.tolerations", [EVERY, {"key": "spot"}, EVERY | {"effect": "NoExecute", "tolerationSeconds": 30}]),
        ("agent.podLabels", {"example.org/tier": "one"}),
        ("mounts", [OWN, OWN | {"path": "/etc/moderator-policy"}]),
        ("kafka.bootstrapServers", "a:1,b:65535"),
        (PEER, [INSIDE, {"podSelector": one_of("In", ["a"]), "namespaceSelector": one_of("Exists")}]),
        ("strimzi", {"cluster": "main", "topics": {"enabled": True, "replicas": 1, "minInsyncReplicas": 1}}),
    ],
)
def test_what_is_close_to_it_is_taken(path: str, value: Any) -> None:
    """A refusal of what would work is worse than none."""
    render(changed(value_set("minimal"), path, value))


def test_all_problems_are_told_together() -> None:
    """One correction, not three."""
    with pytest.raises(helm.HelmError) as refused:
        render({})
    needed = ("image.repository", "kafka.bootstrapServers", "agent.kafka.existingSecret", "agent.kafka.username")
    for key in needed:
        assert f"{key}: " in str(refused.value)
