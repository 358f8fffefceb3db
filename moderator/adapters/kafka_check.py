"""Would an agent, or a shadow, with these settings work on this cluster? Asks only; publishes and creates nothing."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiokafka.client import AIOKafkaClient, ConnectionGroup, CoordinationType
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    CorruptRecordException,
    GroupAuthorizationFailedError,
    GroupIdNotFound,
    InvalidFetchRequestError,
    KafkaError,
    NoError,
    OffsetOutOfRangeError,
    TopicAuthorizationFailedError,
    UnknownMemberIdError,
    for_code,
)
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.protocol.group import HeartbeatRequest
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.protocol.transaction import InitProducerIdRequest
from aiokafka.structs import TopicPartition

from moderator.adapters.kafka import DIAL_TIMEOUT_MS, NO_RIGHT_TO_PUBLISH, connection, explain
from moderator.adapters.kafka_topics import describe_topics, with_remedy
from moderator.config import TopicSettings
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings

LIMIT_S = 10.0
RETRY_S = 0.1
PARTITION = 0  # rights are a topic's, so any partition of it tells
ALL_REPLICAS = -1
NO_TRANSACTION_MS = 2**31 - 1
NOBODY = "moderator-check"  # a member id that the broker has given to nobody
USERS = {  # of topics that not everybody needs
    "verdicts": "agents",
    "escalations": "agents",
    "dead_letters": "agents",
    "decisions": "reviewers",
    "shadow": "a shadow",
}

# A batch of no records with a checksum that is wrong: brokers look at the right to write first, and then refuse it.
# Base offset, length of the rest, leader epoch, format 2, checksum, attributes, last offset delta, first and last
# timestamp, producer id, epoch and sequence, number of records.
UNWRITABLE = struct.pack(">qiibihiqqqhii", 0, 49, -1, 2, 0, 0, -1, 0, 0, -1, -1, -1, 0)


class Finding(StrEnum):
    """What is said of one thing. A note is no fault: it is not there, and somebody else needs it."""

    OK = "ok"
    NOTE = "note"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was looked at. `name` is `connection` for a wrong setting of it, `broker` if none answers."""

    name: str
    finding: Finding
    detail: str


async def check_broker(settings: KafkaSettings, topics: TopicSettings, used: Collection[str]) -> list[CheckLine]:
    """A line for the broker and, if it answers, one for each topic and right. Takes ten seconds at the most.

    The topics that are `used`, by their names in the settings, are written, but for that of messages, which is read.
    """
    lines: list[CheckLine] = []
    unused = {field: who for field, who in USERS.items() if field not in used}
    try:
        client = AIOKafkaClient(**connection(settings), request_timeout_ms=DIAL_TIMEOUT_MS)
    except ConfigError as error:
        return [CheckLine("connection", Finding.FAIL, problem) for problem in error.problems]
    try:
        async with asyncio.timeout(LIMIT_S):
            async for line in _Check(client, settings, topics, unused).lines():
                lines.append(line)  # noqa: PERF401  those before the time is up count
    except TimeoutError:
        detail = f"{settings.bootstrap_servers} did not answer within {LIMIT_S:.0f} s"
        lines.append(CheckLine("rights" if lines else "broker", Finding.FAIL, detail))
    finally:
        await client.close()
    return lines


class _Check:
    def __init__(
        self, client: AIOKafkaClient, settings: KafkaSettings, topics: TopicSettings, unused: Mapping[str, str]
    ) -> None:
        self._unused = unused
        self._client = client
        self._settings = settings
        self._topics = topics

    async def lines(self) -> AsyncIterator[CheckLine]:
        """In the order in which it would meet them."""
        try:
            await self._client.bootstrap()
            states = await describe_topics(self._client, list(self._topics.model_dump().values()))
            await self._client.set_topics([name for name, state in states.items() if isinstance(state, int)])
        except (KafkaError, OSError) as error:
            reason = await explain(error, self._settings)
            if isinstance(reason, ConfigError):
                for problem in reason.problems:
                    yield CheckLine("connection", Finding.FAIL, problem)
            else:
                yield CheckLine("broker", Finding.FAIL, str(reason))
            return
        servers, protocol = self._settings.bootstrap_servers, self._settings.security_protocol.value
        brokers = _count(len(self._client.cluster.brokers()), "broker")
        yield CheckLine("broker", Finding.OK, f"{servers}, {protocol}, {brokers}")
        for field, name in self._topics.model_dump().items():
            state = states[name]
            if isinstance(state, int):
                yield await self._topic(field, name, state)
            elif field in self._unused:
                yield CheckLine(field, Finding.NOTE, f"topic {name} {state}; needed by {self._unused[field]}")
            else:
                yield CheckLine(field, Finding.FAIL, f"topic {name} {with_remedy(state)}")
        yield await self._group()
        yield await self._producer()

    async def _topic(self, field: str, name: str, partitions: int) -> CheckLine:
        """Whether the topic can be used as it is meant to be."""
        if field in self._unused:
            return CheckLine(field, Finding.OK, f"topic {name}, {_count(partitions, 'partition')}")
        match field:
            case "messages":
                request: Any = FetchRequest(0, 1, 1, 0, [(name, [(PARTITION, 0, 1)])])
                right, allowed = "read", (NoError, OffsetOutOfRangeError)
            case _:
                request = ProduceRequest(None, ALL_REPLICAS, DIAL_TIMEOUT_MS, [(name, [(PARTITION, UNWRITABLE)])])
                right, allowed = "written", (CorruptRecordException, InvalidFetchRequestError)
        try:
            error_type = await _patiently(lambda: self._asked_leader(name, request))
        except KafkaError as error:
            return CheckLine(field, Finding.FAIL, f"topic {name}: {type(error).__name__}")
        if error_type is TopicAuthorizationFailedError:
            return CheckLine(field, Finding.FAIL, f"topic {name} may not be {right} with these credentials")
        if error_type not in allowed:
            return CheckLine(field, Finding.FAIL, f"topic {name} cannot be {right}: {error_type.__name__}")
        return CheckLine(field, Finding.OK, f"topic {name}, {_count(partitions, 'partition')}, may be {right}")

    async def _asked_leader(self, topic: str, request: Any) -> type[KafkaError]:
        """What a partition's leader says to a request for it; raised, if it may say something else in a moment."""
        leader = self._client.cluster.leader_for_partition(TopicPartition(topic, PARTITION))
        answer = await self._client.send(leader, request)
        error_type: type[KafkaError] = for_code(answer.topics[0][1][0][1])
        if error_type.retriable:
            await self._client.force_metadata_update()
            raise error_type
        return error_type

    async def _group(self) -> CheckLine:
        """Whether the group may be joined: a stranger's heartbeat is refused for its name only where it may."""
        group = self._settings.group_id
        try:
            error_type = await _patiently(self._asked_coordinator)
        except KafkaError as error:
            return CheckLine("group", Finding.FAIL, _refused(group, type(error)))
        if error_type not in (UnknownMemberIdError, GroupIdNotFound, NoError):  # the last while the broker loads groups
            return CheckLine("group", Finding.FAIL, _refused(group, error_type))
        return CheckLine("group", Finding.OK, f"group {group} may be joined")

    async def _asked_coordinator(self) -> type[KafkaError]:
        group = self._settings.group_id
        coordinator = await self._client.coordinator_lookup(CoordinationType.GROUP, group)
        heartbeat = HeartbeatRequest(group, -1, NOBODY)
        answer = await self._client.send(coordinator, heartbeat, group=ConnectionGroup.COORDINATION)
        error_type: type[KafkaError] = for_code(answer.error_code)
        if error_type.retriable:
            raise error_type
        return error_type

    async def _producer(self) -> CheckLine:
        """Whether an idempotent producer is given its id."""
        try:
            await _patiently(self._producer_id)
        except KafkaError as error:
            lacking = isinstance(error, ClusterAuthorizationFailedError)
            reason = NO_RIGHT_TO_PUBLISH if lacking else type(error).__name__
            return CheckLine("publishing", Finding.FAIL, f"idempotent producer: {reason}")
        return CheckLine("publishing", Finding.OK, "idempotent producer accepted")

    async def _producer_id(self) -> None:
        answer = await self._client.send(self._client.get_random_node(), InitProducerIdRequest(None, NO_TRANSACTION_MS))
        error_type = for_code(answer.error_code)
        if error_type is not NoError:
            raise error_type


async def _patiently(ask: Callable[[], Awaitable[Any]]) -> Any:
    """What `ask` returns once the cluster, which may have just started, is ready to answer."""
    while True:
        try:
            return await ask()
        except KafkaError as error:
            if not error.retriable:
                raise
        await asyncio.sleep(RETRY_S)


def _refused(group: str, error: type[KafkaError]) -> str:
    if error is GroupAuthorizationFailedError:
        return f"group {group} may not be joined with these credentials"
    return f"group {group} cannot be joined: {error.__name__}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
