"""A short soak: everything goes wrong once, and no message is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.schedule import Fault, schedule
from tests.soak.soak import soak
from tests.support.real_kafka import RealKafka, real_kafka

pytestmark = pytest.mark.kafka

SECONDS = 45.0
SEED = 7
RATE = 100.0


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[RealKafka]:
    """A broker that may be killed without harm to other tests."""
    kafka = real_kafka(tmp_path / "kafka")
    kafka.start()
    yield kafka
    kafka.close()


def test_no_message_is_lost_whatever_goes_wrong(own_kafka: RealKafka, tmp_path: Path) -> None:
    """Every fault at least once; the audit, which knows nothing of them, finds every message answered."""
    logs = tmp_path / "logs"
    logs.mkdir()
    told: list[str] = []
    result = soak(own_kafka, logs, SECONDS, SEED, RATE, told.append)
    assert set(result.faults) == set(Fault), told
    assert result.passed, (result, told)
    # Stopped, before or after its handlers were there; ended by the watchdog; no broker at its start.
    assert set(result.exits) <= {0, -15, 1, 4}
    shutil.rmtree(logs)


def test_the_seed_decides_what_goes_wrong() -> None:
    """So that a failure can be had again."""
    assert list(schedule(7, 600)) == list(schedule(7, 600))
    assert list(schedule(7, 600)) != list(schedule(8, 600))
