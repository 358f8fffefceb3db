"""Where recovery is measured: one broker, the provider that the program takes by itself, a folder for logs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from load.agent_process import AgentProcess, running_agent
from moderator.config import TopicSettings
from tests.support.real_kafka import RealKafka


@dataclass(frozen=True, slots=True)
class Site:
    """What every part of the measurement needs. `say` tells whoever waits how it goes."""

    kafka: RealKafka
    provider: str
    folder: Path
    say: Callable[[str], None]

    @contextmanager
    def agent(self, topics: TopicSettings, **settings: str) -> Iterator[AgentProcess]:
        """A ready agent, alone in a group of its own; stopped at the end."""
        group = topics.verdicts
        with running_agent(
            self.kafka.bootstrap_servers, topics, group, self.provider, self.folder, **settings
        ) as agent:
            agent.until_ready()
            yield agent
