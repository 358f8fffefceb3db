"""A platform on fresh topics, and agents for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from tests.integration.agent_process import AgentProcess
from tests.integration.platform import Platform
from tests.support.real_kafka import RealKafka

StartAgent = Callable[[str], AgentProcess]


@pytest.fixture
def platform(kafka: RealKafka, topics: TopicSettings) -> Iterator[Platform]:
    """Nothing sent yet."""
    platform = Platform(kafka, topics)
    yield platform
    platform.close()


@pytest.fixture
def agent(kafka: RealKafka, topics: TopicSettings, tmp_path: Path) -> StartAgent:
    """An agent in the group of that name."""
    numbers = iter(range(100))

    def start(group: str) -> AgentProcess:
        log = tmp_path / f"{group}-{next(numbers)}.log"
        return AgentProcess(kafka.bootstrap_servers, topics, group, log)

    return start
