"""The brokers of a soak: three where memory allows, each of them reached by agents through a proxy."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from confluent_kafka import ElectionType, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._config import AlterConfigOpType, ConfigEntry, ConfigResource
from confluent_kafka.admin._resource import ResourceType

from tests.soak.proxy import Line, Proxy
from tests.support.local_kafka import LocalKafka
from tests.support.real_kafka import ADMIN_TIMEOUT_S, free_ports

BROKERS = 3
BYTES_PER_BROKER = 1 << 30  # a heap of half of it, and room for its pages
COUNTED_IN_WITHIN_S = 60.0
MOVE = "org.apache.kafka.tools.reassign.ReassignPartitionsCommand"


def affordable() -> int:
    """How many brokers this machine has memory for: three or one."""
    return BROKERS if psutil.virtual_memory().available >= BROKERS * BYTES_PER_BROKER else 1


class Cluster:
    """Brokers that hold a copy of everything each; a record is acknowledged when all but one of them have it."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self.nodes = [LocalKafka(folder / f"broker-{number}") for number in range(1, size + 1)]
        self.proxies = [Proxy(*free_ports(2)) for _ in self.nodes]
        voters = ",".join(f"{number}@127.0.0.1:{node.controller_port}" for number, node in enumerate(self.nodes, 1))
        copies, in_sync = str(size), str(max(1, size - 1))
        for number, (node, proxy) in enumerate(zip(self.nodes, self.proxies, strict=True), 1):
            node.cluster_id = self.nodes[0].cluster_id
            node.properties |= {
                "node.id": str(number),
                "controller.quorum.voters": voters,
                "listeners": f"PLAINTEXT://127.0.0.1:{node.port},PROXIED://127.0.0.1:{proxy.target},"
                f"CONTROLLER://127.0.0.1:{node.controller_port}",
                "advertised.listeners": f"PLAINTEXT://127.0.0.1:{node.port},PROXIED://127.0.0.1:{proxy.port}",
                "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name": "PLAINTEXT",
                "offsets.topic.replication.factor": copies,
                "transaction.state.log.replication.factor": copies,
                "transaction.state.log.min.isr": in_sync,
                "min.insync.replicas": in_sync,
            }

    @property
    def bootstrap_servers(self) -> str:
        """Past the proxies."""
        return ",".join(node.bootstrap_servers for node in self.nodes)

    @property
    def proxied_servers(self) -> str:
        """Through the proxies, on to which brokers refer whoever asks here."""
        return ",".join(f"127.0.0.1:{proxy.port}" for proxy in self.proxies)

    def start(self) -> None:
        """All at once: none of them answers without most of the others."""
        for proxy in self.proxies:
            proxy.start()
        with ThreadPoolExecutor(len(self.nodes)) as starting:
            list(starting.map(LocalKafka.start, self.nodes))

    def close(self) -> None:
        """End them and remove what they stored."""
        for node in self.nodes:
            node.kill()
        for proxy in self.proxies:
            proxy.close()
        shutil.rmtree(self._folder)

    def create_topics(self, topics: Iterable[str], partitions: int) -> None:
        """A copy on each broker."""
        self.nodes[0].create_topics(dict.fromkeys(topics, partitions), replicas=len(self.nodes))

    def kill(self, chosen: LocalKafka, away_s: float) -> None:
        """`kill -9`; it comes back after a while."""
        chosen.kill()
        time.sleep(away_s)
        chosen.start()

    def spoil(self, chosen: LocalKafka, line: Line, seconds: float) -> None:
        """The network to one broker, for a while."""
        proxy = self.proxies[self.nodes.index(chosen)]
        proxy.line = line
        time.sleep(seconds)
        proxy.line = Line.SOUND

    def move_leaders(self, topics: Iterable[str]) -> None:
        """Each partition to the next of the brokers that hold it."""
        admin = self.nodes[0].admin
        known = admin.list_topics(timeout=ADMIN_TIMEOUT_S).topics
        replicas = {
            TopicPartition(topic, number): [*partition.replicas[1:], partition.replicas[0]]
            for topic in topics
            for number, partition in known[topic].partitions.items()
        }
        moved = [{"topic": at.topic, "partition": at.partition, "replicas": order} for at, order in replicas.items()]
        plan = self._folder / "leaders.json"
        plan.write_text(json.dumps({"version": 1, "partitions": moved}), encoding="utf-8")
        self._reassign(plan)
        admin.elect_leaders(ElectionType.PREFERRED, list(replicas)).result(ADMIN_TIMEOUT_S)

    def _reassign(self, plan: Path) -> None:
        """It is refused while a broker that has just come back is not counted in yet."""
        given = ("--bootstrap-server", self.bootstrap_servers, "--reassignment-json-file", str(plan))
        deadline = time.monotonic() + COUNTED_IN_WITHIN_S
        while True:
            try:
                self.nodes[0].run_tool(MOVE, *given, "--execute", "--additional")
            except subprocess.CalledProcessError as error:
                if time.monotonic() > deadline:
                    error.add_note(error.stdout.decode() + error.stderr.decode())
                    raise
            else:
                return

    def want_all_in_sync(self, topics: Iterable[str], chosen: LocalKafka, away_s: float) -> None:
        """Every copy must take each record while one broker is away: nobody can write."""
        self._configure(topics, {"min.insync.replicas": str(len(self.nodes))})
        self.kill(chosen, away_s)
        self._configure(topics, {"min.insync.replicas": str(len(self.nodes) - 1)})

    def _configure(self, topics: Iterable[str], settings: Mapping[str, str]) -> None:
        """A broker can be named as the one to ask after it has gone away."""
        deadline = time.monotonic() + COUNTED_IN_WITHIN_S
        while True:
            try:
                self._configure_once(topics, settings)
            except KafkaException:
                if time.monotonic() > deadline:
                    raise
            else:
                return

    def _configure_once(self, topics: Iterable[str], settings: Mapping[str, str]) -> None:
        entries = [
            ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET) for name, value in settings.items()
        ]
        wanted = [ConfigResource(ResourceType.TOPIC, topic, incremental_configs=entries) for topic in topics]
        admin = AdminClient({"bootstrap.servers": self.bootstrap_servers, "log_level": 0})
        for changed in admin.incremental_alter_configs(wanted, request_timeout=ADMIN_TIMEOUT_S).values():
            changed.result(ADMIN_TIMEOUT_S)
