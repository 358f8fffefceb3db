"""Programs with somebody's settings on somebody's topics."""

import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from moderator.config import TopicSettings
from tests.e2e.program import COMMAND, Running, run
from tests.support.secure_kafka import Grant, read, read_group, write

Ended = subprocess.CompletedProcess[bytes]

SHORT = {
    "HTTP__PORT": "0",
    "KAFKA__DELIVERY_TIMEOUT_S": "3",  # for those who may not write; the others need a moment of it
    "MODEL__THREADS": "1",
}


def on(topics: TopicSettings, group_id: str = "group") -> dict[str, str]:
    """Settings of topics and group."""
    named = {f"TOPICS__{field.upper()}": name for field, name in topics.model_dump().items()}
    return {**named, "KAFKA__GROUP_ID": group_id}


def agent_rights(topics: TopicSettings, group_id: str = "group") -> list[Grant]:
    """What docs/operations.md lists for an agent."""
    written = topics.verdicts, topics.escalations, topics.dead_letters
    return [read(topics.messages), read_group(group_id), *map(write, written)]


def agent(settings: Mapping[str, str]) -> Running:
    """One that runs within `with`."""
    return Running([*COMMAND, "agent"], {"HTTP__PORT": "0", "KAFKA__SESSION_TIMEOUT_MS": "3000", **settings})


def agent_and_check(settings: Mapping[str, str]) -> tuple[Ended, Ended]:
    """Both with the same settings, to their end, which an agent reaches if it cannot work."""
    with ThreadPoolExecutor() as both:
        ended = [both.submit(run, command, settings={**SHORT, **settings}) for command in ("agent", "check")]
    return ended[0].result(), ended[1].result()
