"""One suite, several brokers."""

from collections.abc import AsyncIterator, Iterator

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.pipeline.ports import Publisher
from tests.contract.backends import Backend, EmbeddedBackend, MemoryBackend, RealBackend

REAL = pytest.param("kafka", marks=pytest.mark.kafka)


def _backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    match request.param:
        case "memory":
            yield MemoryBackend()
        case "embedded":
            with EmbeddedBroker({}) as broker:
                yield EmbeddedBackend(broker)
        case "kafka":
            yield RealBackend(request.getfixturevalue("kafka"))


@pytest.fixture(params=["memory", "embedded", REAL])
def backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """Each broker in turn."""
    yield from _backend(request)


# Not the embedded broker: librdkafka's mock cluster answers a heartbeat during a rebalance in a way that leaves two
# members of aiokafka with the same partitions.
@pytest.fixture(params=["memory", REAL])
def group_backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """Each broker that can have two members in a group."""
    yield from _backend(request)


@pytest.fixture
async def publisher(backend: Backend) -> AsyncIterator[Publisher]:
    """A connected publisher."""
    publisher = backend.publisher()
    await publisher.start()
    yield publisher
    await publisher.stop()
