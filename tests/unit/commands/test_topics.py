"""Wishes that nobody can have meant are refused before a broker is asked."""

import pytest
from click.testing import CliRunner

from moderator.commands.topics import topics
from moderator.exit_codes import ExitCode


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--partitions", "0"), "--partitions"),
        (("--partitions", "9" * 5_000), "--partitions"),
        (("--partitions", "message=3"), "none of messages, verdicts"),
        (("--retention", "7d"), "not TOPIC=DURATION"),
        (("--retention", "messages=7"), "no duration"),
        (("--retention", "messages=0s"), "keeps nothing"),
        (("--max-message-bytes", "9999999999"), "--max-message-bytes"),
        (("--principal", "agents=User:x"), "none of agent, shadow"),
        (("--principal", "agent=moderator"), "no principal such as User:moderator"),
        (("--principal", "agent=User:*"), "no principal"),
        (("--principal", "agent=User:\udcff"), "no principal"),
        (("--retention", "dead-letters=1d"), "--retention dead_letters=1 day: below"),
        (("--retention", "verdicts=1d"), "`moderator audit` would miss the answers"),
        (("--min-insync-replicas", "3", "--replication", "3"), "must be below --replication 3"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], told: str) -> None:
    """With exit code 2, naming the option."""
    ended = CliRunner().invoke(topics, ["plan", *arguments])
    assert ended.exit_code == ExitCode.CONFIG
    assert told in ended.output
