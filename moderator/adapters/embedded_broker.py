"""A broker in this process: librdkafka's mock cluster, which the confluent-kafka wheel carries.

It speaks the Kafka protocol on loopback, for trying the program out and for tests with injected trouble. It is not for
anything that must last: a partition holds 5 MiB or 100,000 batches, and the oldest are dropped in silence. Two members
of aiokafka in one group, CreateTopics and transactions do not work on it.
"""

import ctypes
import importlib.util
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from moderator.errors import BrokerUnavailable, ConfigError

PRODUCER = 0  # rd_kafka_type_t: the kind of handle does not matter, the cluster only lives in its threads
REPLICAS = 1
REASON_BYTES = 512
# What a joining member waits for others in a fresh group; librdkafka's own three seconds would be the demo's start.
REBALANCE_DELAY_MS = 0


class Request(IntEnum):
    """Kinds of request that errors can be injected into, by Kafka's numbers."""

    PRODUCE = 0
    FETCH = 1
    OFFSET_COMMIT = 8
    JOIN_GROUP = 11
    HEARTBEAT = 12


def _library_file() -> Path:
    """Where the wheel keeps librdkafka: beside the package on Linux, inside it on macOS."""
    spec = importlib.util.find_spec("confluent_kafka")
    if spec is None or spec.origin is None:
        raise ConfigError(["the embedded broker needs confluent-kafka: pip install 'moderator[demo]'"])
    package = Path(spec.origin).parent
    for folder in (package.parent / "confluent_kafka.libs", package / ".dylibs"):
        for file in sorted(folder.glob("librdkafka*")):
            return file
    raise ConfigError([f"confluent-kafka in {package} is not its wheel: the embedded broker's library is not with it"])


def _load() -> ctypes.CDLL:
    """The library, with the signatures of the functions that are used here."""
    library = ctypes.CDLL(str(_library_file()))
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    signatures: dict[str, tuple[type | None, list[type]]] = {
        "conf_new": (pointer, []),
        "conf_set_log_cb": (None, [pointer, pointer]),
        "new": (pointer, [number, pointer, text, ctypes.c_size_t]),
        "destroy": (None, [pointer]),
        "mock_cluster_new": (pointer, [pointer, number]),
        "mock_cluster_destroy": (None, [pointer]),
        "mock_cluster_bootstraps": (text, [pointer]),
        "mock_group_initial_rebalance_delay_ms": (None, [pointer, ctypes.c_int32]),
        "mock_topic_create": (number, [pointer, text, number, number]),
        "mock_push_request_errors_array": (
            None,
            [pointer, ctypes.c_int16, ctypes.c_size_t, ctypes.POINTER(number)],
        ),
        "mock_broker_set_down": (number, [pointer, ctypes.c_int32]),
        "mock_broker_set_up": (number, [pointer, ctypes.c_int32]),
        "mock_broker_set_rtt": (number, [pointer, ctypes.c_int32, number]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, f"rd_kafka_{name}")
        function.restype, function.argtypes = result, arguments
    return library


class EmbeddedBroker:
    """One broker with the given topics (name to number of partitions), running from `with` until its end.

    Raises ConfigError where the extra `demo` is not installed, BrokerUnavailable when it does not start.
    """

    BROKER = 1  # librdkafka numbers the brokers of a cluster from one

    def __init__(self, topics: Mapping[str, int]) -> None:
        self._topics = dict(topics)
        self._library = _load()
        self._handle: int | None = None
        self._cluster: int | None = None

    def __enter__(self) -> Self:
        library = self._library
        configuration = library.rd_kafka_conf_new()
        library.rd_kafka_conf_set_log_cb(configuration, None)  # it would write to stderr
        reason = ctypes.create_string_buffer(REASON_BYTES)
        self._handle = library.rd_kafka_new(PRODUCER, configuration, reason, REASON_BYTES)
        if not self._handle:
            raise BrokerUnavailable(f"librdkafka did not start: {reason.value.decode(errors='replace')}")
        self._cluster = library.rd_kafka_mock_cluster_new(self._handle, 1)
        if not self._cluster:
            self._close()
            raise BrokerUnavailable("librdkafka's mock cluster did not start")
        library.rd_kafka_mock_group_initial_rebalance_delay_ms(self._cluster, REBALANCE_DELAY_MS)
        for name, partitions in self._topics.items():
            self.create_topic(name, partitions)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        """The cluster before the handle whose threads it runs in."""
        if self._cluster:
            self._library.rd_kafka_mock_cluster_destroy(self._cluster)
        if self._handle:
            self._library.rd_kafka_destroy(self._handle)
        self._cluster = self._handle = None

    def _running(self) -> int:
        if not self._cluster:
            raise RuntimeError("the embedded broker runs only inside its with block")
        return self._cluster

    @property
    def bootstrap_servers(self) -> str:
        """Where it listens, as host:port."""
        servers: bytes = self._library.rd_kafka_mock_cluster_bootstraps(self._running())
        return servers.decode()

    def create_topic(self, name: str, partitions: int) -> None:
        """Add a topic."""
        problem = self._library.rd_kafka_mock_topic_create(self._running(), name.encode(), partitions, REPLICAS)
        if problem:
            raise ValueError(f"topic {name} cannot be created: librdkafka's error {problem}")

    def push_errors(self, request: Request, codes: Sequence[int]) -> None:
        """Answer the next requests of this kind with these Kafka error codes, one a request."""
        array = (ctypes.c_int * len(codes))(*codes)
        self._library.rd_kafka_mock_push_request_errors_array(self._running(), request, len(codes), array)

    def go_down(self) -> None:
        """Close every connection and take no new one; what is stored stays."""
        self._library.rd_kafka_mock_broker_set_down(self._running(), self.BROKER)

    def come_up(self) -> None:
        """Listen again."""
        self._library.rd_kafka_mock_broker_set_up(self._running(), self.BROKER)

    def delay(self, milliseconds: int) -> None:
        """Answer every request this much later; 0 ends it."""
        self._library.rd_kafka_mock_broker_set_rtt(self._running(), self.BROKER, milliseconds)
