"""An embedded broker for one test, and the adapters that reach it."""

from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.kafka_settings import KafkaSettings
from moderator.telemetry.metrics import Metrics

TOPIC = "topic"
NOBODY_LISTENS = "127.0.0.1:1"


def settings(bootstrap_servers: str, delivery_timeout_s: float = 60.0) -> KafkaSettings:
    """With the shortest session, for tests that lose one."""
    return KafkaSettings(
        bootstrap_servers=bootstrap_servers, session_timeout_ms=1_000, delivery_timeout_s=delivery_timeout_s
    )


def source(bootstrap_servers: str) -> KafkaSource:
    """A member of the group on TOPIC."""
    return KafkaSource(settings(bootstrap_servers), TOPIC)


def publisher(bootstrap_servers: str, delivery_timeout_s: float = 60.0) -> KafkaPublisher:
    """With a registry of its own."""
    return KafkaPublisher(settings(bootstrap_servers, delivery_timeout_s), Metrics(CollectorRegistry()))
