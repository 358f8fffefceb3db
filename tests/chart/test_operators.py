"""What other programs of the cluster are asked to do: scale, scrape, alarm, show, and let in."""

from pathlib import Path
from shutil import copytree
from typing import Any

import helm_python as helm
import pytest
import yaml

from tests.chart.rendering import CHART, Manifest, manifests, of_kind, pod_template, value_set
from tests.chart.test_values import changed


def trigger(objects: list[Manifest], component: str) -> dict[str, str]:
    """What KEDA watches."""
    (scaled,) = of_kind(objects, "ScaledObject", component)
    (found,) = scaled["spec"]["triggers"]
    metadata: dict[str, str] = found["metadata"]
    return metadata


def authentication(objects: list[Manifest], component: str) -> Any:
    """How KEDA signs in."""
    (found,) = of_kind(objects, "TriggerAuthentication", component)
    return found["spec"]


def test_keda_watches_the_lag_of_the_groups_topic() -> None:
    """And no more pods than partitions that lag; without a topic all that the group ever read would count."""
    values = changed(value_set("keda"), "settings.topics.messages", "chat.messages")
    objects = manifests(changed(values, "settings.kafka.group_id", "chat-agents"))
    watched = trigger(objects, "agent")
    assert (watched["topic"], watched["consumerGroup"]) == ("chat.messages", "chat-agents")
    assert (watched["limitToPartitionsWithLag"], watched["allowIdleConsumers"]) == ("true", "false")
    assert watched["lagThreshold"] == "2000"
    assert watched["version"] == "2.1.0"  # by default KEDA asks in a way that Kafka 4 no longer understands
    of_reviewer = trigger(objects, "reviewer")
    assert (of_reviewer["topic"], of_reviewer["consumerGroup"]) == ("moderation.escalations", "moderator-reviewer")


@pytest.mark.parametrize("name", ["keda", "hpa"])
def test_pods_are_taken_away_slowly(name: str) -> None:
    """Each is a rebalance; and the chart names no number of pods, or every upgrade would undo the scaling."""
    objects = manifests(value_set(name))
    (workload,) = of_kind(objects, "Deployment", "agent")
    assert "replicas" not in workload["spec"]
    if name == "keda":
        (scaled,) = of_kind(objects, "ScaledObject", "agent")
        target, behavior = scaled["spec"], scaled["spec"]["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
        assert target["minReplicaCount"] == 2
        assert target["fallback"]["behavior"] == "currentReplicasIfHigher"
    else:
        (scaled,) = of_kind(objects, "HorizontalPodAutoscaler", "agent")
        target, behavior = scaled["spec"], scaled["spec"]["behavior"]
        assert target["metrics"][0]["resource"]["target"]["averageUtilization"] == 70
    assert target["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "moderator-agent"}
    assert behavior["scaleDown"]["stabilizationWindowSeconds"] == 600
    assert behavior["scaleDown"]["policies"] == [{"type": "Pods", "value": 1, "periodSeconds": 180}]


def test_keda_signs_in_with_a_password_as_the_agent_does() -> None:
    """The user's name is that of the agent's own environment; the password never leaves its Secret."""
    objects = manifests(value_set("keda"))
    spec = authentication(objects, "agent")
    assert (trigger(objects, "agent")["sasl"], trigger(objects, "agent")["tls"]) == ("scram_sha512", "enable")
    (variable,) = spec["env"]
    (container,) = pod_template(objects, "agent")["spec"]["containers"]
    assert variable["parameter"] == "username"
    assert (variable["containerName"], variable["name"]) in [
        (container["name"], each["name"]) for each in container["env"]
    ]
    assert spec["secretTargetRef"] == [
        {"parameter": "password", "name": "moderator-kafka", "key": "password"},
        {"parameter": "ca", "name": "kafka-authority", "key": "ca.crt"},
    ]


def test_keda_signs_in_with_a_certificate() -> None:
    """Where brokers ask for one."""
    objects = manifests(changed(value_set("mtls"), "agent.autoscaling", {"type": "keda"}))
    assert "sasl" not in trigger(objects, "agent")
    assert authentication(objects, "agent")["secretTargetRef"] == [
        {"parameter": "cert", "name": "moderator-certificate", "key": "tls.crt"},
        {"parameter": "key", "name": "moderator-certificate", "key": "tls.key"},
        {"parameter": "ca", "name": "moderator-certificate", "key": "ca.crt"},
    ]


def test_keda_needs_no_credentials_for_open_brokers() -> None:
    """A reference to none would stop it."""
    objects = manifests(changed(value_set("hpa"), "agent.autoscaling", {"type": "keda"}))
    (scaled,) = of_kind(objects, "ScaledObject", "agent")
    assert "authenticationRef" not in scaled["spec"]["triggers"][0]
    assert not of_kind(objects, "TriggerAuthentication")


def test_an_own_trigger_authentication_is_taken() -> None:
    """With tokens KEDA needs one."""
    scaling = {"type": "keda", "existingTriggerAuthentication": "kafka-tokens"}
    objects = manifests(changed(value_set("sasl"), "agent.autoscaling", scaling))
    (scaled,) = of_kind(objects, "ScaledObject", "agent")
    assert scaled["spec"]["triggers"][0]["authenticationRef"]["name"] == "kafka-tokens"
    assert not of_kind(objects, "TriggerAuthentication")


def test_all_alerts_and_dashboards_are_installed() -> None:
    """As they are in the chart's files, with links to the runbooks of whoever installs them."""
    own = changed(value_set("everything"), "monitoring.prometheusRule.runbooks", "https://wiki.example/moderator/")
    objects = manifests(own)
    (rule,) = of_kind(objects, "PrometheusRule")
    text = (CHART / "files" / "rules.yaml").read_text(encoding="utf-8")
    linked = text.replace("https://moderator.example/runbooks/", "https://wiki.example/moderator/")
    assert linked != text
    assert rule["spec"]["groups"] == yaml.safe_load(linked)["groups"]
    (found,) = [each for each in of_kind(objects, "ConfigMap") if each["metadata"]["name"].endswith("-dashboards")]
    files = {path.name: path.read_text(encoding="utf-8") for path in (CHART / "files" / "dashboards").glob("*.json")}
    assert files
    assert found["data"] == files


def test_no_rules_are_told(tmp_path: Path) -> None:
    """An object without a rule would be installed, and nobody ever woken."""
    broken = copytree(CHART, tmp_path / "moderator")
    (broken / "files" / "rules.yaml").write_text("groups: [", encoding="utf-8")
    with pytest.raises(helm.HelmError, match=r"files/rules\.yaml: holds no groups of rules"):
        helm.Chart.load(broken).render(value_set("everything"))


def test_each_pod_is_scraped_once() -> None:
    """By its own port, or by a Service that leads to it."""
    objects = manifests(value_set("everything"))
    (monitor,) = of_kind(objects, "PodMonitor")
    for component in ("agent", "reviewer", "console"):
        template = pod_template(objects, component)
        assert monitor["spec"]["selector"]["matchLabels"].items() <= template["metadata"]["labels"].items()
        (endpoint,) = monitor["spec"]["podMetricsEndpoints"]
        assert endpoint["port"] in [port["name"] for port in template["spec"]["containers"][0]["ports"]]
    objects = manifests(value_set("console"))
    (by_service,) = of_kind(objects, "ServiceMonitor")
    wanted = by_service["spec"]["selector"]["matchLabels"].items()
    (service,) = [each for each in of_kind(objects, "Service") if wanted <= each["metadata"]["labels"].items()]
    assert by_service["spec"]["endpoints"][0]["port"] in [port["name"] for port in service["spec"]["ports"]]


RIGHTS = {
    "agent": {
        ("Read", "group", "moderator"),
        ("Read", "topic", "moderation.messages"),
        ("Write", "topic", "moderation.verdicts"),
        ("Write", "topic", "moderation.escalations"),
        ("Write", "topic", "moderation.dead-letters"),
    },
    "reviewer": {
        ("Read", "group", "moderator-reviewer"),
        ("Read", "topic", "moderation.escalations"),
        ("Read", "topic", "moderation.decisions"),
        ("Write", "topic", "moderation.decisions"),
        ("Write", "topic", "moderation.verdicts"),
        ("Write", "topic", "moderation.dead-letters"),
    },
    "console": {
        ("Read", "group", "moderator-console"),
        ("Read", "topic", "moderation.escalations"),
        ("Read", "topic", "moderation.decisions"),
        ("Write", "topic", "moderation.decisions"),
        ("Write", "topic", "moderation.verdicts"),
        ("Write", "topic", "moderation.dead-letters"),
    },
}


def rights_of(objects: list[Manifest], component: str) -> set[tuple[str, str, str]]:
    """Of the component's user, each to one resource by its whole name."""
    name = f"moderator-{component}"
    (user,) = [each for each in of_kind(objects, "KafkaUser") if each["metadata"]["name"] == name]
    acls = user["spec"]["authorization"]["acls"]
    assert {acl["resource"]["patternType"] for acl in acls} == {"literal"}
    return {(right, acl["resource"]["type"], acl["resource"]["name"]) for acl in acls for right in acl["operations"]}


@pytest.mark.parametrize("component", list(RIGHTS))
@pytest.mark.parametrize("shadow", [True, False])
def test_users_have_the_rights_that_the_docs_list(component: str, shadow: bool) -> None:  # noqa: FBT001
    """And no others; an agent that tries a policy writes what it would have answered, too."""
    values = value_set("everything") if shadow else changed(value_set("everything"), "settings.shadow", {})
    objects = manifests(values)
    of_shadow = {("Write", "topic", "moderation.shadow")} if shadow and component == "agent" else set()
    assert rights_of(objects, component) == RIGHTS[component] | of_shadow
    (volume,) = [each for each in pod_template(objects, component)["spec"]["volumes"] if each["name"] == "kafka"]
    assert volume["secret"]["secretName"] == f"moderator-{component}"  # the Secret that Strimzi makes


def test_a_shadow_writes_to_its_own_topic_alone() -> None:
    """It decides nothing, whatever it thinks."""
    strimzi = {"cluster": "main", "users": {"enabled": True}, "topics": {"enabled": True}}
    objects = manifests(changed(value_set("trial"), "strimzi", strimzi))
    assert rights_of(objects, "shadow") == {
        ("Read", "group", "moderator-shadow"),
        ("Read", "topic", "moderation.messages"),
        ("Write", "topic", "moderation.shadow"),
    }
    assert rights_of(objects, "agent") == RIGHTS["agent"]
    assert "moderation.shadow" in [each["spec"]["topicName"] for each in of_kind(objects, "KafkaTopic")]


def test_topics_outlive_the_release_and_hold_what_is_written() -> None:
    """An uninstalled release must not take messages with it; an answer is never larger than its topic allows."""
    objects = manifests(value_set("everything"))
    topics = {each["spec"]["topicName"]: each for each in of_kind(objects, "KafkaTopic")}
    assert set(topics) == {
        f"moderation.{noun}" for noun in ("messages", "verdicts", "escalations", "decisions", "dead-letters", "shadow")
    }
    for topic in topics.values():
        assert topic["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
        assert topic["metadata"]["labels"]["strimzi.io/cluster"] == "main"
        assert topic["spec"]["config"]["max.message.bytes"] == 1_048_588
        assert topic["spec"]["config"]["min.insync.replicas"] == 2
    assert topics["moderation.decisions"]["spec"]["config"]["retention.ms"] == 35 * 86_400_000


def test_no_shadow_topic_without_a_shadow() -> None:
    """Nobody would write to it."""
    objects = manifests(changed(value_set("everything"), "settings.shadow", {}))
    assert "moderation.shadow" not in [each["spec"]["topicName"] for each in of_kind(objects, "KafkaTopic")]
