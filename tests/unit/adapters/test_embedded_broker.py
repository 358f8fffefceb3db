"""The embedded broker starts and ends without a trace, and says what is missing."""

import subprocess
import sys

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.errors import ConfigError

LEFT_OPEN = """
from moderator.adapters.embedded_broker import EmbeddedBroker
broker = EmbeddedBroker({"topic": 1})
broker.__enter__()
print(broker.bootstrap_servers)
"""


def test_its_end_is_final() -> None:
    """Used after its end it is a mistake that is named, not a crash in a library."""
    with EmbeddedBroker({"topic": 1}) as broker:
        assert broker.bootstrap_servers.startswith("127.0.0.1:")
    with pytest.raises(RuntimeError, match="with block"):
        broker.create_topic("other", 1)


def test_one_after_another() -> None:
    """Ending one leaves nothing behind that hinders the next."""
    for _ in range(3):
        with EmbeddedBroker({"topic": 1}):
            pass


def test_an_impossible_topic_is_named() -> None:
    """A topic that is there already is refused by its name."""
    with EmbeddedBroker({"twice": 1}) as broker, pytest.raises(ValueError, match="topic twice"):
        broker.create_topic("twice", 1)


def test_a_process_that_forgets_to_end_it_ends_all_the_same() -> None:
    """No thread of the library holds the process up, and nothing is written to the terminal but what was asked for."""
    ended = subprocess.run([sys.executable, "-c", LEFT_OPEN], capture_output=True, timeout=30, check=True)
    assert ended.stdout.startswith(b"127.0.0.1:")
    assert ended.stderr == b""


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who installed the program without `demo` reads what to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ConfigError, match=r"moderator\[demo\]"):
        EmbeddedBroker({})
