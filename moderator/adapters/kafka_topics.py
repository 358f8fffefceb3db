"""Which topics a cluster has. Asking creates none."""

from collections.abc import Collection
from typing import Any

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError, UnknownTopicOrPartitionError, for_code
from aiokafka.protocol.metadata import MetadataRequest

from moderator.adapters.kafka import DIAL_TIMEOUT_MS, connection, explain, to_its_end
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings

ABSENT = "does not exist"


async def require_topics(settings: KafkaSettings, topics: Collection[str]) -> None:
    """Raises ConfigError naming every topic that cannot be used, or BrokerUnavailable."""
    client = AIOKafkaClient(**connection(settings), request_timeout_ms=DIAL_TIMEOUT_MS)
    try:
        await to_its_end(client.bootstrap())
        states = await describe_topics(client, topics)
    except (KafkaError, OSError, TimeoutError) as error:
        raise await explain(error, settings) from error
    finally:
        await client.close()
    problems = [
        f"MODERATOR_TOPICS__*: topic {topic} {with_remedy(state)}; asked {settings.bootstrap_servers}"
        for topic, state in states.items()
        if isinstance(state, str)
    ]
    if problems:
        raise ConfigError(problems)


async def describe_topics(client: AIOKafkaClient, topics: Collection[str]) -> dict[str, int | str]:
    """Number of partitions of each topic, or why it cannot be used. `client` is connected. Raises KafkaError."""
    request = MetadataRequest(list(topics), allow_auto_topic_creation=False)
    answer = (await client.send(client.get_random_node(), request)).to_object()
    return {topic["topic"]: _state(topic) for topic in answer["topics"]}


def _state(topic: dict[str, Any]) -> int | str:
    error = for_code(topic["error_code"])
    if error.errno == 0:
        return len(topic["partitions"])
    if error is UnknownTopicOrPartitionError:
        return ABSENT
    if error is TopicAuthorizationFailedError:
        return "may not be described with these credentials"
    return f"cannot be used: {error.__name__}"


def with_remedy(state: str) -> str:
    """Why a needed topic cannot be used, and what makes it where there is none."""
    return f"{state}; `moderator topics apply` makes it" if state == ABSENT else state
