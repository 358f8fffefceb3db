"""How workers share what one agent would have, its signals and its end."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from moderator.commands.workers import divided, run_workers
from moderator.config import HttpSettings, ModelSettings, Settings
from moderator.errors import ConfigError
from moderator.kafka_settings import KafkaSettings


@pytest.mark.parametrize(
    ("threads", "cores", "count", "parts"),
    [(0, 4, 2, [2, 2]), (0, 5, 2, [3, 2]), (8, 2, 2, [4, 4]), (0, 2, 3, [1, 1, 1])],
)
def test_threads_are_divided(threads: int, cores: int, count: int, parts: list[int]) -> None:
    """Those of the setting, else a thread a core; each worker has one at least."""
    settings = Settings(model=ModelSettings(threads=threads))
    assert [each.model.threads for each in divided(settings, count, cores)] == parts


def test_each_has_a_port_and_a_static_name_of_its_own() -> None:
    """Two members cannot share either."""
    settings = Settings(http=HttpSettings(port=9000), kafka=KafkaSettings(group_instance_id="pod-3"))
    workers = divided(settings, 2, 2)
    assert [each.http.port for each in workers] == [9000, 9001]
    assert [each.kafka.group_instance_id for each in workers] == ["pod-3-0", "pod-3-1"]


def test_what_is_not_set_stays_so() -> None:
    """Any free port, and no static name."""
    workers = divided(Settings(http=HttpSettings(port=0)), 2, 2)
    assert [(each.http.port, each.kafka.group_instance_id) for each in workers] == [(0, None), (0, None)]


def test_too_few_ports_are_named() -> None:
    """Before anything starts."""
    with pytest.raises(ConfigError, match="MODERATOR_HTTP__PORT: 65535: 2 workers"):
        divided(Settings(http=HttpSettings(port=65_535)), 2, 2)


FAILED = 7
ENDS_WITHIN_S = 60.0  # a loaded machine; a worker that waits for longer was forgotten, and ends by itself


def until(holds: Callable[[], bool]) -> None:
    """Poll; whoever looks at what a worker has left sees that it was in vain."""
    deadline = time.monotonic() + ENDS_WITHIN_S
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)


def marks(settings: Settings, word: str) -> Path:
    """What a worker leaves for the other, and for the test."""
    assert settings.model.directory
    return settings.model.directory / f"{word}-{settings.http.port}"


def until_resumed(settings: Settings, _shadow: bool) -> None:  # noqa: FBT001
    """A worker that has the program told to resume when both are there, and fails when both have heard of it."""
    there, told = marks(settings, "there"), marks(settings, "told")
    signal.signal(signal.SIGUSR1, lambda _number, _frame: told.touch())
    there.touch()
    until(lambda: len(list(there.parent.glob("there-*"))) == 2)

    def both_told() -> bool:
        os.kill(os.getppid(), signal.SIGUSR1)
        return len(list(there.parent.glob("told-*"))) == 2

    until(both_told)
    os._exit(FAILED)


def until_stopped(settings: Settings, _shadow: bool) -> None:  # noqa: FBT001
    """The first fails once the second is there, which ends well when it is told to."""
    there, told = marks(settings, "there"), marks(settings, "told")
    if settings.http.port == 9000:
        until(lambda: any(there.parent.glob("there-*")))
        told.touch()
        os._exit(FAILED)
    signal.signal(signal.SIGTERM, lambda _number, _frame: told.touch())
    there.touch()
    until(told.exists)


@pytest.mark.parametrize("work", [until_resumed, until_stopped])
def test_signals_go_on_and_the_first_failure_is_the_status(
    work: Callable[[Settings, bool], None], tmp_path: Path, swallowed_errors: list[str]
) -> None:
    """SIGUSR1 reaches every worker; the failure of one stops the other."""
    settings = Settings(http=HttpSettings(port=9000), model=ModelSettings(directory=tmp_path))
    before = signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # one that comes before the program listens
    try:
        assert run_workers(work, divided(settings, 2, 2), shadow=False) == FAILED
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert {mark.name for mark in tmp_path.glob("told-*")} == {"told-9000", "told-9001"}
    assert swallowed_errors
    swallowed_errors.clear()
