"""What cannot work is refused at the start: by its exit code, with every problem named."""

import json
import socket
from pathlib import Path

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.config import TopicSettings
from moderator.contracts.labels import LABELS
from moderator.exit_codes import ExitCode
from moderator.inference.manifest import MANIFEST, POLICY_FILE, default_model_directory
from tests.e2e.program import NOBODY_LISTENS, run

AWAY = {"KAFKA__BOOTSTRAP_SERVERS": NOBODY_LISTENS, "HTTP__PORT": "0"}


@pytest.fixture
def altered(tmp_path: Path) -> Path:
    """A model directory whose tokenizer has another byte."""
    directory = tmp_path / "model"
    directory.mkdir()
    for file in default_model_directory().iterdir():
        (directory / file.name).symlink_to(file)
    tokenizer = directory / "tokenizer.json"
    content = bytearray(tokenizer.read_bytes())
    content[100] ^= 1
    tokenizer.unlink()
    tokenizer.write_bytes(content)
    return directory


@pytest.fixture
def impossible(tmp_path: Path) -> Path:
    """A policy that blocks before it escalates, and forgets two labels."""
    file = tmp_path / "policy.toml"
    labels = "".join(f"{label} = {{ escalate_at = 0.9, block_at = 0.5 }}\n" for label in LABELS[2:])
    file.write_text(f'version = "1"\n[labels]\n{labels}', encoding="utf-8")
    return file


@pytest.mark.parametrize("command", ["classify", "agent", "demo", "check"])
def test_an_altered_model_is_refused(command: str, altered: Path) -> None:
    """By every subcommand that decides, naming the file."""
    ended = run(command, settings=AWAY | {"MODEL__DIRECTORY": str(altered)})
    assert ended.returncode == (ExitCode.UNAVAILABLE if command == "check" else ExitCode.MODEL)
    told = (ended.stdout if command == "check" else ended.stderr).decode()
    (problem,) = [line for line in told.splitlines() if "altered" in line]
    assert str(altered / "tokenizer.json") in problem


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    """A misspelt directory."""
    ended = run("classify", settings={"MODEL__DIRECTORY": str(tmp_path / "nowhere")})
    assert ended.returncode == ExitCode.MODEL
    named = [line.partition(": ")[0] for line in ended.stderr.decode().splitlines()]
    assert named == [str(tmp_path / "nowhere" / MANIFEST), str(tmp_path / "nowhere" / POLICY_FILE)]


def test_an_impossible_policy_is_refused(impossible: Path) -> None:
    """A line for each of its problems."""
    ended = run("agent", settings=AWAY | {"POLICY__FILE": str(impossible)})
    assert ended.returncode == ExitCode.CONFIG
    told = ended.stderr.decode().splitlines()
    assert all(line.startswith(f"{impossible}: labels.") for line in told)
    for label in LABELS:
        assert sum(f" labels.{label}: " in line for line in told) == 1


def test_model_and_policy_are_refused_together(altered: Path, impossible: Path) -> None:
    """One start tells all there is to mend."""
    ended = run("agent", settings=AWAY | {"MODEL__DIRECTORY": str(altered), "POLICY__FILE": str(impossible)})
    assert ended.returncode == ExitCode.MODEL
    assert len(ended.stderr.decode().splitlines()) == 1 + len(LABELS)


def test_settings_are_refused_together() -> None:
    """Values out of range, of the wrong kind, that do not fit each other, and names that nobody knows."""
    wrong = {"HTTP__PORT": "high", "KAFKA__SESSION_TIMEOUT_MS": "1", "KAFKA__SSL_KEY_FILE": "k.pem", "LOG__COLOUR": "x"}
    ended = run("agent", settings=wrong)
    assert ended.returncode == ExitCode.CONFIG
    told = ended.stderr.decode()
    assert [name for name in wrong if f"MODERATOR_{name}: " in told] == list(wrong)


def test_a_taken_port_is_refused() -> None:
    """By the name of its setting."""
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        taker.listen()
        port = taker.getsockname()[1]
        ended = run("agent", settings=AWAY | {"HTTP__PORT": str(port)})
    assert ended.returncode == ExitCode.CONFIG
    assert ended.stderr.decode().startswith(f"MODERATOR_HTTP__PORT: cannot listen on 127.0.0.1:{port}")


def test_an_agent_without_a_broker_ends() -> None:
    """So that whoever supervises it sees it: exit code 4, the address and the reason, not a trace."""
    ended = run("agent", settings=AWAY)
    assert ended.returncode == ExitCode.UNAVAILABLE
    assert ended.stderr.decode().splitlines() == [f"BrokerUnavailable: {NOBODY_LISTENS}: Connection refused"]
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    ours = [line["event"] for line in lines if line["logger"] == "moderator.bootstrap"]
    assert ours == ["probes", "model ready"]


def test_check_without_a_broker() -> None:
    """A line for what is in order, one for what is not, and its exit code."""
    ended = run("check", settings=AWAY)
    assert (ended.returncode, ended.stderr) == (ExitCode.UNAVAILABLE, b"")
    lines = ended.stdout.decode().splitlines()
    assert [line.split()[:2] for line in lines[:3]] == [["ok", "settings"], ["ok", "policy"], ["ok", "model"]]
    assert lines[-1].split(None, 2) == ["FAIL", "broker", f"{NOBODY_LISTENS}: Connection refused"]


def test_check_notes_topics_that_only_others_need() -> None:
    """An agent works without them, so they are no failure; nor are they in order, being absent."""
    topics = TopicSettings()
    needed = (topics.messages, topics.verdicts, topics.escalations, topics.dead_letters)
    with EmbeddedBroker(dict.fromkeys(needed, 1)) as broker:
        ended = run("check", settings={"KAFKA__BOOTSTRAP_SERVERS": broker.bootstrap_servers})
    lines = ended.stdout.decode().splitlines()
    assert ended.returncode == ExitCode.OK, lines
    noted = [line.split()[:2] for line in lines if not line.startswith("ok ")]
    assert noted == [["note", "decisions"], ["note", "shadow"]]
