"""The agent in its container, on a real Kafka."""

import json
import urllib.request

import pytest

from moderator.config import TopicSettings
from tests.image.engine import Image
from tests.integration.platform import Platform, Sent, message
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

MESSAGES = 300
PROBES = ("startupz", "readyz", "livez", "metrics")
POISON = Sent(b"poison", b"no JSON")


@pytest.fixture
def settings(kafka: RealKafka, topics: TopicSettings) -> dict[str, str]:
    """Of an agent on the test's topics."""
    return {
        "KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
        "HTTP__PORT": "0",
        **{f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()},
    }


def test_an_agents_life(image: Image, container: str, settings: dict[str, str], platform: Platform) -> None:
    """With a root that cannot be written: every message is answered, the probes and the image's own health check say
    so, SIGTERM drains and ends it with 0, and an audit by the same image finds it sound.
    """
    with image.start(container, settings=settings) as agent:
        agent.until('"assigned"')
        platform.send([*map(message, range(MESSAGES)), POISON])
        platform.all_answered()
        port = json.loads(agent.until('"probes"'))["port"]
        for probe in PROBES:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{probe}", timeout=60) as answer:
                assert answer.status == 200
        health = image.execute(container, *image.health_check())
        assert health.returncode == 0, health.stdout + health.stderr
        image.stop(container)
        assert agent.status() == 0
    assert json.loads(agent.output.splitlines()[-1])["event"] == "stopped"
    sound = image.run("audit", "--json", settings=settings)
    assert sound.returncode == 0, sound.stdout + sound.stderr


def test_it_writes_nowhere_but_to_tmp(
    image: Image, container: str, settings: dict[str, str], platform: Platform
) -> None:
    """Even where it could."""
    with image.start(container, settings=settings, strict=False) as agent:
        agent.until('"assigned"')
        platform.send([message(1)])
        platform.all_answered()
        image.stop(container)
        assert agent.status() == 0
    mounted = {"/", "/dev", "/etc", "/proc", "/run", "/sys", "/tmp"}  # noqa: S108  what engines change themselves
    changed = {line.split()[1] for line in image.written(container)}
    assert {path for path in changed - mounted if not path.startswith(("/tmp/", "/etc/", "/run/"))} == set()  # noqa: S108
