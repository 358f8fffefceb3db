"""One suite, several brokers."""

from collections.abc import AsyncIterator, Iterator

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.pipeline.ports import Publisher
from tests.contract.backends import Backend, EmbeddedBackend, MemoryBackend, RealBackend

REAL = pytest.param("kafka", marks=pytest.mark.kafka)


@pytest.fixture(scope="session")
def embedded_broker() -> Iterator[EmbeddedBroker]:
    """One for all tests: ending it takes a second."""
    with EmbeddedBroker({}) as broker:
        yield broker


def _backend(request: pytest.FixtureRequest) -> Backend:
    match request.param:
        case "memory":
            return MemoryBackend()
        case "embedded":
            return EmbeddedBackend(request.getfixturevalue("embedded_broker"))
        case _:
            return RealBackend(request.getfixturevalue("kafka"))


@pytest.fixture(params=["memory", "embedded", REAL])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each broker in turn."""
    return _backend(request)


# Not the embedded broker: librdkafka's mock cluster answers a heartbeat during a rebalance in a way that leaves two
# members of aiokafka with the same partitions.
@pytest.fixture(params=["memory", REAL])
def group_backend(request: pytest.FixtureRequest) -> Backend:
    """Each broker that can have two members in a group."""
    return _backend(request)


@pytest.fixture
async def publisher(backend: Backend) -> AsyncIterator[Publisher]:
    """A connected publisher."""
    publisher = backend.publisher()
    await publisher.start()
    yield publisher
    await publisher.stop()
