"""The demo's session: its settings fit its broker, and it ends with the agent's own error."""

import asyncio

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.config import ModelSettings, Settings
from moderator.demo.samples import load_samples
from moderator.demo.session import DemoSession, for_demo
from moderator.demo.tally import Answered, Tally
from moderator.errors import ConfigError
from moderator.inference.classifier import CPU
from moderator.kafka_settings import KafkaSettings, SaslMechanism, SecurityProtocol

SECURED = KafkaSettings(
    bootstrap_servers="kafka.example:9093",
    security_protocol=SecurityProtocol.SASL_SSL,
    sasl_mechanism=SaslMechanism.PLAIN,
    sasl_username="user",
    sasl_password="password",  # noqa: S106  a test's
    group_instance_id="agent-0",
)
SLOW_MS = 30  # of every request: at any moment there are records on their way


class NoScreen:
    """Keeps what it is shown."""

    def __init__(self) -> None:
        self.shown: list[Answered] = []
        self.closed = 0

    def show(self, answered: Answered) -> None:
        self.shown.append(answered)

    def refresh(self, tally: Tally) -> None:
        """Nothing to draw."""

    def close(self, tally: Tally) -> None:
        self.closed += 1


class StopsAtAnAnswer(NoScreen):
    """As a person who has seen enough."""

    def __init__(self, stop: asyncio.Event) -> None:
        super().__init__()
        self._stop = stop

    def show(self, answered: Answered) -> None:
        super().show(answered)
        self._stop.set()


def session(settings: Settings, screen: NoScreen, tally: Tally) -> DemoSession:
    """On the provider that loads fastest."""
    settings = settings.model_copy(update={"model": ModelSettings(provider=CPU)})
    return DemoSession(settings, load_samples(), screen, tally, rate=1_000)


def test_settings_of_a_real_cluster_do_not_matter() -> None:
    """Who has set their own Kafka up may still look at the demo."""
    with EmbeddedBroker({}) as broker:
        settings = for_demo(Settings(kafka=SECURED), broker)
        assert settings.kafka.bootstrap_servers == broker.bootstrap_servers
    assert settings.kafka.security_protocol is SecurityProtocol.PLAINTEXT
    assert (settings.kafka.sasl_username, settings.kafka.group_instance_id) == (None, None)


async def test_every_sample_is_answered_once_and_shown() -> None:
    """Real broker protocol, real model, all in this process."""
    screen, tally = NoScreen(), Tally(lambda: 0.0, lambda: 0.0)
    topics = Settings().topics.model_dump().values()
    with EmbeddedBroker(dict.fromkeys(topics, 3)) as broker:
        await session(for_demo(Settings(kafka=SECURED), broker), screen, tally).run(asyncio.Event(), once=True)
    samples = load_samples()
    assert tally.complete
    assert tally.sent == len(samples)
    assert {answered.key for answered in screen.shown} == {sample.key for sample in samples}
    assert len(screen.shown) == len(samples)
    assert screen.closed == 1


async def test_told_to_stop_it_waits_for_the_last_answers() -> None:
    """The balance that is left on the screen holds."""
    stop = asyncio.Event()
    screen, tally = StopsAtAnAnswer(stop), Tally(lambda: 0.0, lambda: 0.0)
    topics = Settings().topics.model_dump().values()
    with EmbeddedBroker(dict.fromkeys(topics, 3)) as broker:
        broker.delay(SLOW_MS)
        await session(for_demo(Settings(), broker), screen, tally).run(stop, once=False)
    assert tally.sent > 0
    assert tally.complete


async def test_told_to_stop_before_it_has_begun() -> None:
    """Ctrl-C while the model loads: nothing is sent, nothing is owed."""
    stop = asyncio.Event()
    stop.set()
    screen, tally = NoScreen(), Tally(lambda: 0.0, lambda: 0.0)
    topics = Settings().topics.model_dump().values()
    with EmbeddedBroker(dict.fromkeys(topics, 3)) as broker:
        await session(for_demo(Settings(), broker), screen, tally).run(stop, once=False)
    assert (tally.sent, screen.closed) == (0, 1)


async def test_an_error_is_the_agents_own() -> None:
    """Not a group of errors, which would end the program as a bug does."""
    screen, tally = NoScreen(), Tally(lambda: 0.0, lambda: 0.0)
    with EmbeddedBroker({}) as broker, pytest.raises(ConfigError, match="does not exist"):
        await session(for_demo(Settings(), broker), screen, tally).run(asyncio.Event(), once=True)
    assert screen.closed == 1
