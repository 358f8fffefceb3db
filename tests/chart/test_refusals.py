"""Wrong values fail before anything is installed, with the key's path and what is allowed there."""

from typing import Any

import helm_python as helm
import pytest

from tests.chart.rendering import render, value_set
from tests.chart.test_values import changed

PEER = "networkPolicy.egressTo"


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
        # What values need of each other.
        ("minimal", "image.repository", "", "image.repository: must be given: the registry and name"),
        ("minimal", "image.tag", "latest", "image.tag: latest is not allowed"),
        ("minimal", "kafka.bootstrapServers", "", "kafka.bootstrapServers: must be given: host:port"),
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
        ("console", "console.ingress.host", "", "console.ingress.host: must be given where console.ingress.enabled"),
        ("console", "console.ingress.tlsSecret", "", "console.ingress.tlsSecret: must be given where"),
        ("keda", "agent.autoscaling.maxReplicas", 1, "agent.autoscaling.maxReplicas: 1 is less than minReplicas; allo"),
        ("sasl", "agent.autoscaling.type", "keda", "agent.autoscaling.existingTriggerAuthentication: must be given fo"),
        ("everything", "strimzi.cluster", "", "strimzi.cluster: must be given: the name of the Kafka resource"),
        ("everything", "strimzi.topics.minInsyncReplicas", 4, "strimzi.topics.minInsyncReplicas: 4 is more than there"),
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


def test_all_problems_are_told_together() -> None:
    """One correction, not three."""
    with pytest.raises(helm.HelmError) as refused:
        render({})
    needed = ("image.repository", "kafka.bootstrapServers", "agent.kafka.existingSecret", "agent.kafka.username")
    for key in needed:
        assert f"{key}: " in str(refused.value)
