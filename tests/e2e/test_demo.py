"""`moderator demo` where there is no terminal: it ends by itself, and its exit code is the balance's."""

import re

import pytest

from moderator.demo.samples import BROKEN, load_samples
from tests.e2e.program import run

BALANCE = re.compile(r"^records in ([\d,]+) = verdicts ([\d,]+) \+ dead letters ([\d,]+)$", re.MULTILINE)
BALANCED = (len(load_samples()), len(load_samples()) - len(BROKEN), len(BROKEN))


def balance(told: bytes) -> tuple[int, ...]:
    """Records in, verdicts, dead letters."""
    line = BALANCE.search(told.decode())
    assert line
    return tuple(int(number.replace(",", "")) for number in line.groups())


@pytest.mark.parametrize("option", [("--once",), ()], ids=["--once", "no terminal"])
def test_every_sample_is_answered(option: tuple[str, ...]) -> None:
    """A line an answer, the balance, the next steps, and nothing on standard error."""
    ended = run("demo", *option, "--rate", "1000")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert balance(ended.stdout) == BALANCED
    told = ended.stdout.decode()
    answers = [line for line in told.splitlines() if re.match("(allow|block|escalate|dead letter)  ", line)]
    assert len(answers) == BALANCED[0]
    assert "Try next:" in told


def test_settings_of_ones_own_cluster_do_not_matter() -> None:
    """Who has set the service up already may still look at the demo."""
    settings = {
        "KAFKA__BOOTSTRAP_SERVERS": "kafka.invalid:9093",
        "KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "KAFKA__SASL_USERNAME": "user",
        "KAFKA__SASL_PASSWORD": "password",
        "TOPICS__MESSAGES": "ours",
        "INPUT__TEXT_POINTER": "/body",
    }
    ended = run("demo", "--rate", "1000", settings=settings)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert balance(ended.stdout) == BALANCED
