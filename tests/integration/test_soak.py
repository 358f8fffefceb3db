"""A short soak: everything goes wrong once, and no message is lost."""

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.soak.cluster import Cluster, affordable
from tests.soak.schedule import Fault, possible, schedule
from tests.soak.soak import soak

pytestmark = pytest.mark.kafka

FAULTS = tuple(Fault)
SECONDS = 120.0
SEED = 7
RATE = 100.0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Brokers that may be killed without harm to other tests."""
    if not (shutil.which("java") and shutil.which("mvn")):
        pytest.skip("the soak starts brokers of its own: it needs a Java 17 runtime and Maven, Docker or not")
    cluster = Cluster(tmp_path / "kafka", affordable())
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()


def test_no_message_is_lost_whatever_goes_wrong(cluster: Cluster, tmp_path: Path) -> None:
    """Every fault at least once; the audit, which knows nothing of them, finds every message answered."""
    logs = tmp_path / "logs"
    logs.mkdir()
    told: list[str] = []
    result = soak(cluster, logs, SECONDS, SEED, RATE, told.append)
    assert set(result.faults) == set(possible(len(cluster.nodes))), told
    assert result.passed, (result, told)
    # Stopped, before or after its handlers were there; ended by the watchdog; no broker at its start.
    assert set(result.exits) <= {0, -15, 1, 4}
    shutil.rmtree(logs)


def test_the_seed_decides_what_goes_wrong() -> None:
    """So that a failure can be had again. Everything does, once, before anything does twice."""
    first, again, other = (list(islice(schedule(seed, FAULTS), 100)) for seed in (7, 7, 8))
    assert first == again != other
    assert {event.fault for event in first[: len(FAULTS)]} == set(FAULTS)
