"""A real Apache Kafka for tests: in Docker where an engine answers, else a local process of Maven Central's jars."""

import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from itertools import chain, cycle
from pathlib import Path

from confluent_kafka import KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._listoffsets import OffsetSpec
from confluent_kafka.cimpl import NewTopic

KAFKA_VERSION = "4.3.0"
READY_WITHIN_S = 60.0  # a loaded machine; on an idle one it takes three seconds
STOPPED_WITHIN_S = 30.0
ADMIN_TIMEOUT_S = 15.0
DOCKER_TIMEOUT_S = 15.0
LOG_TAIL_LINES = 40

# Linux gives ports from 32,768 on by itself. A run begins where others hardly do, and goes round.
FIRST_PORT, LAST_PORT = 15_000, 32_000
_BEGIN = FIRST_PORT + os.getpid() * 1009 % (LAST_PORT - FIRST_PORT)
_PORTS = cycle(chain(range(_BEGIN, LAST_PORT), range(FIRST_PORT, _BEGIN)))


def broker_properties(port: int, controller_port: int, host: str, data: str) -> dict[str, str]:
    """The configuration of a single broker that is its own controller, wherever it runs."""
    return {
        "node.id": "1",
        "process.roles": "broker,controller",
        "controller.quorum.voters": f"1@127.0.0.1:{controller_port}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://:{port},CONTROLLER://127.0.0.1:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{host}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": data,
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "3",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        # After a kill the controller takes the broker back once the old session has ended.
        "broker.session.timeout.ms": "2000",
        "broker.heartbeat.interval.ms": "500",
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        "auto.create.topics.enable": "false",
    }


class RealKafka(ABC):
    """One broker. A restart, of whatever kind, keeps what is stored and the address. `properties` may be changed until
    it starts.
    """

    properties: dict[str, str]

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.port, self.controller_port = free_ports(2)

    @property
    def bootstrap_servers(self) -> str:
        """Where it listens, as host:port."""
        return f"{self.host}:{self.port}"

    def start(self) -> None:
        """Start, again or for the first time, and return when it answers."""
        self._launch()
        self._await_answer()

    @abstractmethod
    def stop(self) -> None:
        """SIGTERM; returns when it has ended."""

    @abstractmethod
    def kill(self) -> None:
        """SIGKILL."""

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    @abstractmethod
    def close(self) -> None:
        """End it and remove what it stored."""

    def create_topics(
        self, topics: Mapping[str, int], configuration: Mapping[str, str] | None = None, replicas: int = 1
    ) -> None:
        """Topics by name, with their number of partitions."""
        wanted = [
            NewTopic(name, num_partitions=partitions, replication_factor=replicas, config=dict(configuration or {}))
            for name, partitions in topics.items()
        ]
        for created in self.admin.create_topics(wanted, operation_timeout=ADMIN_TIMEOUT_S).values():
            created.result(ADMIN_TIMEOUT_S)
        for name in topics:
            self.end_offsets(name)  # returns when it has leaders

    def end_offsets(self, topic: str) -> list[int]:
        """The next offset of each partition of `topic`. Just after it was created, or a broker has started, its
        partitions may have no leader yet: whoever asks is told so, and asks again.
        """
        deadline = time.monotonic() + ADMIN_TIMEOUT_S
        while True:
            try:
                return self._end_offsets(topic)
            except KafkaException:
                if time.monotonic() > deadline:
                    raise

    def _end_offsets(self, topic: str) -> list[int]:
        partitions = self.admin.list_topics(topic, timeout=ADMIN_TIMEOUT_S).topics[topic].partitions
        latest = OffsetSpec.latest()  # type: ignore[no-untyped-call]
        wanted = {TopicPartition(topic, number): latest for number in sorted(partitions)}
        offsets = self.admin.list_offsets(wanted, request_timeout=ADMIN_TIMEOUT_S)
        return [offset.result(ADMIN_TIMEOUT_S).offset for offset in offsets.values()]

    @cached_property
    def admin(self) -> AdminClient:
        """A client of librdkafka, which owes nothing to what is tested."""
        return AdminClient({"bootstrap.servers": self.bootstrap_servers, "log_level": 0})

    @abstractmethod
    def _launch(self) -> None:
        """Start the broker without waiting for it."""

    @abstractmethod
    def _running(self) -> bool:
        """Whether it has not ended by itself."""

    @abstractmethod
    def _log(self) -> str:
        """What it has written."""

    def _await_answer(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while self._running() and time.monotonic() < deadline:
            try:
                if self.admin.list_topics(timeout=1.0).brokers:
                    return
            except KafkaException:
                continue
        tail = "\n".join(self._log().splitlines()[-LOG_TAIL_LINES:])
        raise RuntimeError(f"Apache Kafka did not start within {READY_WITHIN_S:.0f} s:\n{tail}")


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on at this moment.

    Below those that the system gives to whoever asks for any, so that nobody takes one while a stopped broker is down;
    each of several runs side by side has its own share of them.
    """
    found: list[int] = []
    while len(found) < count:
        port = next(_PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
    return found


def real_kafka(data: Path) -> RealKafka:
    """The broker that this machine can run; `data` is an empty folder of its own. Raises RuntimeError if none."""
    from tests.support.docker_kafka import DockerKafka  # noqa: PLC0415  both build on this module
    from tests.support.local_kafka import LocalKafka  # noqa: PLC0415

    return DockerKafka() if docker_answers() else LocalKafka(data)


def docker_answers() -> bool:
    """Whether a Docker engine can be used."""
    docker = shutil.which("docker")
    if docker is None:
        return False
    asked = subprocess.run([docker, "version"], capture_output=True, timeout=DOCKER_TIMEOUT_S, check=False)
    return asked.returncode == 0
