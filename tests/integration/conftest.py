"""A platform on fresh topics, and agents for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from moderator.config import TopicSettings
from tests.integration.agent_process import AgentProcess
from tests.integration.platform import Platform
from tests.support.real_kafka import RealKafka


class StartAgent(Protocol):
    """An agent in the group of that name, with settings by the names of their variables without the prefix, and more
    arguments of the command.
    """

    def __call__(self, group: str, *arguments: str, **settings: str) -> AgentProcess: ...


@pytest.fixture
def platform(kafka: RealKafka, topics: TopicSettings) -> Iterator[Platform]:
    """Nothing sent yet."""
    platform = Platform(kafka, topics)
    yield platform
    platform.close()


@pytest.fixture
def agent(kafka: RealKafka, topics: TopicSettings, tmp_path: Path) -> StartAgent:
    """Each logs into a file of its own."""
    numbers = iter(range(100))

    def start(group: str, *arguments: str, **settings: str) -> AgentProcess:
        log = tmp_path / f"{group}-{next(numbers)}.log"
        return AgentProcess(kafka.bootstrap_servers, topics, group, log, settings, arguments)

    return start
