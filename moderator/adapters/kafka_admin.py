"""Topics, their settings and access-control lists of a cluster: looked at, and changed a step at a time."""

from collections.abc import Collection
from types import TracebackType
from typing import Any, NamedTuple, Self

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError, SecurityDisabled, UnknownTopicOrPartitionError, for_code
from aiokafka.protocol.admin import (
    CreateAclsRequest,
    CreatePartitionsRequest,
    CreateTopicsRequest,
    DescribeAclsRequest,
    DescribeConfigsRequest,
)
from aiokafka.protocol.metadata import MetadataRequest

from moderator.adapters.kafka import connection, explain, to_its_end
from moderator.adapters.kafka_alter_configs import SET, IncrementalAlterConfigs
from moderator.errors import BrokerUnavailable, ConfigError
from moderator.kafka_settings import KafkaSettings
from moderator.topics.following import FoundTopic
from moderator.topics.granting import ANYWHERE, Rule
from moderator.topics.rights import Resource
from moderator.topics.steps import AddPartitions, CreateTopic, Grant, SetConfig, Step

REQUEST_TIMEOUT_MS = 30_000
# Numbers of the protocol.
TOPIC = 2
RESOURCES = {Resource.TOPIC: TOPIC, Resource.GROUP: 3}
OPERATIONS = {2: "ALL", 3: "READ", 4: "WRITE", 5: "CREATE", 6: "DELETE", 7: "ALTER", 8: "DESCRIBE", 9: "CLUSTER_ACTION"}
OPERATIONS |= {10: "DESCRIBE_CONFIGS", 11: "ALTER_CONFIGS", 12: "IDEMPOTENT_WRITE"}
ANY, ALLOW, LITERAL, PREFIXED = 1, 3, 3, 4
AUTOMATIC_PLACES: list[tuple[int, list[int]]] = []  # of replicas: the cluster chooses

# The right that each step takes, named when it is missing.
NEEDS = {
    CreateTopic: "CREATE on the topic or the cluster",
    SetConfig: "ALTER_CONFIGS on the topic",
    AddPartitions: "ALTER on the topic",
    Grant: "ALTER on the cluster",
}
NO_AUTHORIZER = "--principal: this cluster asks nobody for rights (authorizer.class.name is not set)"
UNAUTHORIZED = frozenset({29, 31})  # TOPIC_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED


class _Answer(NamedTuple):
    """To one step: Kafka's error code, 0 for none, and the broker's own words."""

    code: int
    words: str | None


class KafkaAdmin:
    """Connected within `async with`, which raises BrokerUnavailable, or ConfigError when a credential is refused."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._client = AIOKafkaClient(**connection(settings), request_timeout_ms=REQUEST_TIMEOUT_MS)

    async def __aenter__(self) -> Self:
        try:
            await to_its_end(self._client.bootstrap())
        except (KafkaError, OSError, TimeoutError) as error:
            await self._client.close()
            raise await explain(error, self._settings) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def topics(self, names: Collection[str]) -> dict[str, FoundTopic | None]:
        """Each topic as it is, None where there is none. Raises ConfigError naming each that may not be looked at."""
        request = MetadataRequest(list(names), allow_auto_topic_creation=False)
        answer = await self._send(request)
        found: dict[str, FoundTopic | None] = dict.fromkeys(names)
        partitions = {}
        problems: list[str] = []
        for topic in answer.to_object()["topics"]:
            error = for_code(topic["error_code"])
            if error.errno == 0:
                partitions[topic["topic"]] = topic["partitions"]
            elif error is not UnknownTopicOrPartitionError:
                problems.append(_unreadable(topic["topic"], error, "DESCRIBE"))
        configs = await self._configs(partitions, problems)
        if problems:
            raise ConfigError(problems)
        for name, there in partitions.items():
            replicas = min(len(partition["replicas"]) for partition in there)
            found[name] = FoundTopic(len(there), replicas, configs[name])
        return found

    async def _configs(self, names: Collection[str], problems: list[str]) -> dict[str, dict[str, str]]:
        if not names:
            return {}
        answer = await self._send(DescribeConfigsRequest([(TOPIC, name, None) for name in names]))
        configs: dict[str, dict[str, str]] = {}
        for code, _, _, name, entries in answer.resources:
            if code:
                problems.append(_unreadable(name, for_code(code), "DESCRIBE_CONFIGS"))
            configs[name] = {entry[0]: entry[1] for entry in entries}
        return configs

    async def rules(self) -> list[Rule]:
        """Every entry of the cluster's access-control lists that is on topics or groups.

        Raises ConfigError where there are none to be had, or they may not be looked at.
        """
        answer = await self._send(DescribeAclsRequest(ANY, None, ANY, None, None, ANY, ANY))
        if answer.error_code == SecurityDisabled.errno:
            raise ConfigError([NO_AUTHORIZER])
        if answer.error_code in UNAUTHORIZED:
            raise ConfigError(["--principal: no right to look at rights; it takes DESCRIBE on the cluster"])
        if answer.error_code:
            raise BrokerUnavailable(f"access-control lists: {for_code(answer.error_code).__name__}")
        resources = {number: resource for resource, number in RESOURCES.items()}
        return [
            Rule(
                principal,
                OPERATIONS.get(operation, str(operation)),
                resources[resource],
                name,
                prefixed=pattern == PREFIXED,
                allows=permission == ALLOW,
                host=host,
            )
            for resource, name, pattern, entries in answer.resources
            for principal, host, operation, permission in entries
            if resource in resources
        ]

    async def perform(self, step: Step, *, dry_run: bool) -> str | None:
        """Do `step`, or with `dry_run` have the broker say whether it would. Why it is refused, or None.

        A grant cannot be tried; brokers know no dry run of it.
        """
        match step:
            case Grant():
                answer = None if dry_run else await self._grant(step)
            case CreateTopic(topic):
                places, configs = AUTOMATIC_PLACES, list(topic.configs.items())
                creation = (topic.name, topic.partitions, topic.replicas, places, configs)
                created = await self._send(CreateTopicsRequest([creation], REQUEST_TIMEOUT_MS, dry_run))
                answer = _Answer(*created.topic_errors[0][1:3])
            case AddPartitions(name, count):
                request = CreatePartitionsRequest([(name, (count, None))], REQUEST_TIMEOUT_MS, dry_run)
                answer = _Answer(*(await self._send(request)).topic_errors[0][1:3])
            case SetConfig(name, config, value):
                change = (TOPIC, name, [(config, SET, value)])
                altered = await self._send(IncrementalAlterConfigs([change], validate_only=dry_run))
                answer = _Answer(*altered.responses[0][:2])
        return _refusal(step, answer) if answer and answer.code else None

    async def _grant(self, step: Grant) -> _Answer:
        right = step.right
        operation = next(number for number, name in OPERATIONS.items() if name == right.operation)
        request = CreateAclsRequest(
            RESOURCES[right.resource], right.name, LITERAL, right.principal, ANYWHERE, operation, ALLOW
        )
        return _Answer(*(await self._send(request)).creation_responses[0])

    async def _send(self, request: Any) -> Any:
        """Its answer, from the controller: brokers before Kafka 4 with ZooKeeper take changes there alone."""
        controller = self._client.cluster.controller
        node = controller.nodeId if controller else self._client.get_random_node()
        try:
            return await self._client.send(node, request)
        except (KafkaError, OSError) as error:
            raise await explain(error, self._settings) from error


def _unreadable(topic: str, error: type[KafkaError], right: str) -> str:
    if error.errno in UNAUTHORIZED:
        return f"MODERATOR_TOPICS__*: no right to look at {topic}; it takes {right} on the topic"
    return f"MODERATOR_TOPICS__*: topic {topic} cannot be used: {error.__name__}"


def _refusal(step: Step, answer: _Answer) -> str:
    if answer.code in UNAUTHORIZED:
        return f"no right to; it takes {NEEDS[type(step)]}"
    return answer.words or for_code(answer.code).__name__
