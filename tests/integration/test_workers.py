"""`moderator agent --workers` on a real Kafka: one program, several members, one end."""

import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest
from confluent_kafka import KafkaException

from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from tests.e2e.program import COMMAND, NOBODY_LISTENS, Running
from tests.integration.platform import Platform, message
from tests.integration.security.programs import on
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

WITHIN_S = 60.0  # a loaded machine
LOOK_S = 0.1


def workers(kafka: RealKafka, topics: TopicSettings) -> Running:
    """Two, in a group of their own."""
    settings = {
        "KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
        "KAFKA__SESSION_TIMEOUT_MS": "3000",
        "HTTP__PORT": "0",
        **on(topics, topics.verdicts),
    }
    return Running([*COMMAND, "agent", "--workers", "2"], settings)


def shares(kafka: RealKafka, topics: TopicSettings) -> list[int] | None:
    """How many partitions each member of the group has; None while a fresh broker knows of no groups."""
    try:
        described = kafka.admin.describe_consumer_groups([topics.verdicts])[topics.verdicts].result()
    except KafkaException:
        return None
    return sorted(len(member.assignment.topic_partitions) for member in described.members)


def until(holds: Callable[[], bool]) -> None:
    """Poll."""
    deadline = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(LOOK_S)


def members(running: Running) -> list[psutil.Process]:
    """The processes that moderate: the program's children, but for what multiprocessing keeps beside them."""
    children = psutil.Process(running._process.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def test_two_workers_share_the_partitions_and_stop_as_one(
    kafka: RealKafka, topics: TopicSettings, platform: Platform
) -> None:
    """Each message is answered once, and SIGTERM to the program drains both."""
    with workers(kafka, topics) as running:
        until(lambda: shares(kafka, topics) == [1, 2])
        platform.send(map(message, range(60)))
        platform.all_answered()
        both = members(running)
        assert len(both) == 2
        assert running.stop() == ExitCode.OK
        assert [worker for worker in both if worker.is_running()] == []
    assert shares(kafka, topics) == []  # they have left; nobody waits for the end of their sessions


@pytest.mark.parametrize("worker", [0, 1])
def test_the_end_of_one_is_the_end_of_all(worker: int, kafka: RealKafka, topics: TopicSettings) -> None:
    """Whoever supervises the program sees that it failed; the other worker has drained and left."""
    with workers(kafka, topics) as running:
        until(lambda: shares(kafka, topics) == [1, 2])
        members(running)[worker].kill()
        assert running.status() == ExitCode.FAILED
        assert '"worker ended"' in running.output
        assert running.output.count('"stopped"') == 1


def test_workers_do_not_outlive_the_program(kafka: RealKafka, topics: TopicSettings) -> None:
    """Killed, it could tell them nothing; they see that it is gone."""
    with workers(kafka, topics) as running:
        until(lambda: shares(kafka, topics) == [1, 2])
        both = members(running)
        os.kill(running._process.pid, signal.SIGKILL)
        running._process.wait()
        gone, alive = psutil.wait_procs(both, WITHIN_S)
        assert (len(gone), alive) == (2, [])


def test_the_status_of_a_worker_is_that_of_the_program() -> None:
    """A broker that does not answer is told by the code that supervisors know."""
    settings = {"KAFKA__BOOTSTRAP_SERVERS": NOBODY_LISTENS, "HTTP__PORT": "0"}
    with Running([*COMMAND, "agent", "--workers", "2"], settings) as running:
        assert running.status() == ExitCode.UNAVAILABLE
