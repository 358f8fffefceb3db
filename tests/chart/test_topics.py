"""The topics and users of the chart and of `moderator topics` are the same: whoever changes over changes nothing."""

from pathlib import Path

import pytest

from moderator.config import Settings
from moderator.shadow_settings import ShadowSettings
from moderator.topics.rights import Role, rights_of
from moderator.topics.wanted import Terms, wanted_topics
from tests.chart.rendering import Manifest, manifests, of_kind, value_set

TRIED = Settings(shadow=ShadowSettings(policy_file=Path("next.toml")))  # as the value set has it


@pytest.fixture(scope="module")
def objects() -> list[Manifest]:
    """With everything on."""
    return manifests(value_set("everything"))


def test_topics_are_the_same(objects: list[Manifest]) -> None:
    """Names, partitions, replicas and settings."""
    charted = {found["spec"]["topicName"]: found["spec"] for found in of_kind(objects, "KafkaTopic")}
    wanted = wanted_topics(TRIED, Terms({}, {}))
    assert {topic.name for topic in wanted} == set(charted)
    for topic in wanted:
        spec = charted[topic.name]
        assert (topic.partitions, topic.replicas) == (spec["partitions"], spec["replicas"])
        assert topic.configs == {name: str(value) for name, value in spec["config"].items()}


@pytest.mark.parametrize("role", [Role.AGENT, Role.REVIEWER, Role.CONSOLE])
def test_rights_are_the_same(role: Role, objects: list[Manifest]) -> None:
    """Of each program that runs on a cluster."""
    (user,) = [each for each in of_kind(objects, "KafkaUser") if each["metadata"]["name"] == f"moderator-{role}"]
    acls = user["spec"]["authorization"]["acls"]
    charted = {
        (operation.upper(), acl["resource"]["type"], acl["resource"]["name"])
        for acl in acls
        for operation in acl["operations"]
    }
    granted = {(right.operation, right.resource, right.name) for right in rights_of(role, "User:x", TRIED)}
    assert granted == charted
