"""`moderator classify`: a file in, a file out, and no line lost without a word."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from moderator.contracts.labels import LABELS
from moderator.exit_codes import ExitCode
from tests.e2e.program import COMMAND, ENDS_WITHIN_S, environment, run
from tests.schemas.folder import validator

TEXTS = [
    "Thank you, that was lovely!",
    "You are a worthless idiot.",
    "ok",
    "Nine o'clock, platform four. " * 400,  # past the last window
    "¿Alguien sabe a qué hora empieza la partida de mañana?",
]
MANY = 5_000  # lines: more than a pipe holds


def line(number: int, text: str = "Have a nice day") -> bytes:
    """A message."""
    return json.dumps({"id": f"m-{number}", "text": text}).encode() + b"\n"


def verdicts(output: bytes) -> list[dict[str, Any]]:
    """A line each."""
    return [json.loads(verdict) for verdict in output.splitlines()]


@pytest.fixture(scope="module")
def piped() -> subprocess.CompletedProcess[bytes]:
    """TEXTS through the program."""
    return run("classify", stdin=b"".join(line(number, text) for number, text in enumerate(TEXTS)))


def test_verdicts_of_a_pipe(piped: subprocess.CompletedProcess[bytes]) -> None:
    """In the order of the lines, each as the published schema has it, and not a word beside them."""
    assert (piped.returncode, piped.stderr) == (0, b"")
    given = verdicts(piped.stdout)
    assert [verdict["message_id"] for verdict in given] == ["m-0", "m-1", "m-2", "m-3", "m-4"]
    for verdict in given:
        validator("verdict").validate(verdict)
        assert verdict["scores"].keys() == {label.value for label in LABELS}
        assert not {"origin", "timings"} & verdict.keys()


def test_verdicts_make_sense(piped: subprocess.CompletedProcess[bytes]) -> None:
    """Thanks are allowed, an insult is not, a text that was not read to its end never is, and one that the model cannot
    read is for a reviewer, without findings.
    """
    thanks, insult, _, long, spanish = verdicts(piped.stdout)
    assert (thanks["outcome"], thanks["truncated"]) == ("allow", False)
    assert (insult["outcome"] != "allow", insult["truncated"]) == (True, False)
    assert insult["scores"]["toxic"] > thanks["scores"]["toxic"]
    assert (long["outcome"] != "allow", long["truncated"]) == (True, True)
    assert (spanish["outcome"], spanish["reasons"]) == ("escalate", [{"code": "unsupported_language"}])
    assert set(spanish["scores"].values()) == {0.0}


def test_verdicts_of_a_file(tmp_path: Path, piped: subprocess.CompletedProcess[bytes]) -> None:
    """Into a file, nothing on the terminal; the same lines get the same verdicts in every run, but for the time."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"".join(line(number, text) + b"\n" for number, text in enumerate(TEXTS)))
    ended = run("classify", "--input", source, "--output", target)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    for once, again in zip(verdicts(piped.stdout), verdicts(target.read_bytes()), strict=True):
        assert once.pop("decided_at") != again.pop("decided_at")
        assert once == again


def test_bad_lines_are_named_by_number() -> None:
    """Their neighbours get their verdicts, and a script sees by the exit code that some did not."""
    secret = "text-that-must-not-be-quoted"  # noqa: S105  a planted one
    lines = [line(1), b"\n", b'{"id": "m-3"}\n', line(4), f'["{secret}"]\n'.encode(), b"\xff\n", line(7)]
    ended = run("classify", stdin=b"".join(lines))
    assert ended.returncode == ExitCode.FAILED
    assert [verdict["message_id"] for verdict in verdicts(ended.stdout)] == ["m-1", "m-4", "m-7"]
    assert ended.stderr.decode().splitlines() == [
        "line 3: missing_field at /text",
        "line 5: not_an_object",
        "line 6: invalid_encoding",
    ]
    assert secret not in ended.stderr.decode()


def test_an_empty_input_is_an_empty_output() -> None:
    """And no failure."""
    ended = run("classify")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_settings_hold_here_too(tmp_path: Path) -> None:
    """A platform's own JSON, and a policy of its own."""
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'version = "all"\n[labels]\n'
        + "".join(f"{label} = {{ escalate_at = 1e-9, block_at = 2e-9 }}\n" for label in LABELS),
        encoding="utf-8",
    )
    document = b'{"id": 7, "payload": {"body": "Have a nice day"}}'
    settings = {"INPUT__TEXT_POINTER": "/payload/body", "POLICY__FILE": str(policy)}
    ended = run("classify", stdin=document, settings=settings)
    (verdict,) = verdicts(ended.stdout)
    assert (verdict["message_id"], verdict["outcome"]) == ("7", "block")


def test_a_reader_who_leaves_ends_it_quietly(tmp_path: Path) -> None:
    """`moderator classify | head -1`: the rest is not computed, and nothing is said about it."""
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"".join(line(number) for number in range(MANY)))
    with subprocess.Popen(
        [*COMMAND, "classify", "--input", str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
    ) as classifying:
        assert classifying.stdout
        assert classifying.stderr
        first = classifying.stdout.readline()
        classifying.stdout.close()
        status = classifying.wait(ENDS_WITHIN_S)
        complaint = classifying.stderr.read()
    assert json.loads(first)["message_id"] == "m-0"
    assert (status, complaint) == (ExitCode.FAILED, b"")


@pytest.mark.parametrize("option", ["--input", "--output"])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, option: str) -> None:
    """Wrong usage, told before the model is loaded."""
    ended = run("classify", option, tmp_path / "nowhere" / "file")
    assert ended.returncode == ExitCode.CONFIG
    assert option in ended.stderr.decode()
    assert "No such file or directory" in ended.stderr.decode()


def test_a_full_disk_is_told() -> None:
    """It is not a bug of the program, and what is missing must not go unseen."""
    ended = run("classify", "--output", "/dev/full", stdin=line(1))
    assert ended.returncode == ExitCode.FAILED
    assert ended.stderr.decode().splitlines() == ["input or output: No space left on device"]
