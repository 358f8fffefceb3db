"""Anybody who calls the program without knowing it finds the way, and no setting is ignored in silence."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from moderator import __version__
from moderator.__main__ import COMMANDS
from moderator.config import Settings
from moderator.exit_codes import ExitCode
from moderator.settings_table import describe_settings
from tests.e2e.program import COMMAND, environment, run

SECRET = "a-secret-nobody-may-read"  # noqa: S105  a planted one
SASL = {"KAFKA__SECURITY_PROTOCOL": "SASL_PLAINTEXT", "KAFKA__SASL_USERNAME": "user"}


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), ("config", "show")], ids=" ".join)
def test_help(command: tuple[str, ...]) -> None:
    """Of the program and each subcommand, without a model or a broker."""
    ended = run(*command, "--help")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.startswith(b"Usage: " + " ".join(("moderator", *command)).encode())
    assert len(ended.stdout.splitlines()) > 5


def test_the_program_lists_its_subcommands() -> None:
    """Each with what it is for; the short option does it too."""
    listed = run("-h").stdout.decode()
    for name, purpose in COMMANDS.items():
        assert any(line.split(None, 1) == [name, purpose] for line in listed.splitlines())


def test_version() -> None:
    """For a report of a bug."""
    assert run("--version").stdout.decode().strip() == f"moderator, version {__version__}"


@pytest.mark.parametrize("arguments", [("moderate",), ("classify", "--fast"), ("config",), ("demo", "--rate", "0")])
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    """Exit code 2, and the way out on standard error."""
    ended = run(*arguments)
    assert ended.returncode == ExitCode.CONFIG
    assert b"Usage: moderator" in ended.stderr


def test_config_show_lists_every_setting() -> None:
    """By the names of their variables, those that are changed marked."""
    lines = run("config", "show", settings={"KAFKA__GROUP_ID": "ours"}).stdout.decode().splitlines()
    expected = [line.name for line in describe_settings(Settings())]
    assert [line[2:].split()[0] for line in lines] == expected
    changed = {line[2:].split()[0] for line in lines if line.startswith("*")}
    assert changed == {"MODERATOR_KAFKA__GROUP_ID", "MODERATOR_MODEL__PROVIDER"}


def test_config_show_as_json() -> None:
    """For a script."""
    shown = json.loads(run("config", "show", "--json", settings={"KAFKA__GROUP_ID": "ours"}).stdout)
    assert shown["MODERATOR_KAFKA__GROUP_ID"] == "ours"


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["table", "JSON"])
def test_a_secret_is_masked(form: tuple[str, ...]) -> None:
    """On either stream, whatever its form: what it prints ends in tickets and chats."""
    ended = run("config", "show", *form, settings=SASL | {"KAFKA__SASL_PASSWORD": SECRET})
    assert ended.returncode == 0
    assert SECRET.encode() not in ended.stdout + ended.stderr
    assert b"********" in ended.stdout


def test_a_secret_is_masked_in_a_refusal() -> None:
    """Also of a setting beside it, and of one that holds it by mistake."""
    wrong = {"KAFKA__SASL_PASSWORD": SECRET, "KAFKA__SASL_MECHANISM": SECRET, "HTTP__PORT": "x"}
    ended = run("config", "show", settings=SASL | wrong)
    assert ended.returncode == ExitCode.CONFIG
    assert SECRET.encode() not in ended.stdout + ended.stderr


@pytest.mark.parametrize("command", ["agent", "check", "classify", "demo", "config show"])
def test_an_unknown_setting_is_refused(command: str) -> None:
    """By every subcommand, before anything else: a misspelt one would be ignored in silence."""
    ended = run(*command.split(), settings={"KAFKA__BOOTSTRAP_SERVER": "kafka:9092", "MODLE": "x"})
    assert ended.returncode == ExitCode.CONFIG
    told = (ended.stdout if command == "check" else ended.stderr).decode()
    assert "MODERATOR_KAFKA__BOOTSTRAP_SERVER: unknown setting" in told
    assert "MODERATOR_MODLE: unknown setting" in told


def test_settings_come_from_a_file_too(tmp_path: Path) -> None:
    """The environment wins."""
    file = tmp_path / "moderator.toml"
    file.write_text('[kafka]\ngroup_id = "of the file"\nclient_id = "of the file"\n', encoding="utf-8")
    shown = json.loads(
        run("config", "show", "--json", settings={"CONFIG": str(file), "KAFKA__CLIENT_ID": "mine"}).stdout
    )
    assert (shown["MODERATOR_KAFKA__GROUP_ID"], shown["MODERATOR_KAFKA__CLIENT_ID"]) == ("of the file", "mine")


@pytest.mark.parametrize("command", ["config show", "--help"])
def test_a_reader_who_leaves_is_no_failure(command: str) -> None:
    """`moderator config show | head -1` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            [*COMMAND, *command.split()],
            stdout=closed,
            stderr=subprocess.PIPE,
            env=environment({}),
            timeout=60,
            check=False,
        )
    assert ended.stderr == b""
