"""The demo's session: its settings fit its broker, reviewers join it, and it ends with the agent's own error."""

import asyncio

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.config import ModelSettings, Settings
from moderator.demo.reviewing import LOGIN, Opened, Programs, Reviewers
from moderator.demo.samples import load_samples
from moderator.demo.session import DemoSession
from moderator.demo.settings import for_demo
from moderator.demo.stub_model import NAME
from moderator.demo.tally import Answered, Final, Tally
from moderator.errors import ConfigError
from moderator.inference.session import CPU
from moderator.kafka_settings import KafkaSettings, SaslMechanism, SecurityProtocol
from tests.unit.demo.answered import escalation

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
        self.shown: list[Answered | Final] = []
        self.told: list[str] = []
        self.closed = 0

    def show(self, answered: Answered | Final) -> None:
        self.shown.append(answered)

    def tell(self, line: str) -> None:
        self.told.append(line)

    def refresh(self, tally: Tally) -> None:
        """Nothing to draw."""

    def close(self, tally: Tally) -> None:
        self.closed += 1


class StopsAtAnAnswer(NoScreen):
    """As a person who has seen enough."""

    def __init__(self, stop: asyncio.Event) -> None:
        super().__init__()
        self._stop = stop

    def show(self, answered: Answered | Final) -> None:
        super().show(answered)
        self._stop.set()


class StopsWhenTold(NoScreen):
    """As a person who ends it once the console is there."""

    def __init__(self, stop: asyncio.Event) -> None:
        super().__init__()
        self._stop = stop

    def tell(self, line: str) -> None:
        super().tell(line)
        self._stop.set()


class FakePrograms:
    """A reviewer and a console that do nothing until they are told to stop."""

    def __init__(self) -> None:
        self.reviewer: Settings | None = None
        self.console: Settings | None = None
        self.ended = 0

    def load(self) -> Programs:
        return Programs(self._review, self._serve)

    async def _review(self, settings: Settings, stop: asyncio.Event) -> None:
        self.reviewer = settings
        await stop.wait()
        self.ended += 1

    async def _serve(self, settings: Settings, stop: asyncio.Event, opened: Opened) -> None:
        self.console = settings
        opened("http://127.0.0.1:54321")
        await stop.wait()
        self.ended += 1


def nothing_is_installed() -> Programs:
    """As it is without the extras."""
    raise ModuleNotFoundError(name="openai")


def session(settings: Settings, screen: NoScreen, tally: Tally, reviewers: Reviewers | None = None) -> DemoSession:
    """On the provider that loads fastest."""
    settings = settings.model_copy(update={"model": ModelSettings(provider=CPU)})
    return DemoSession(settings, load_samples(), screen, tally, 1_000, reviewers)


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


async def test_reviewers_join_and_leave() -> None:
    """The console's address is told with what signs one in; both programs stand on the demo's own settings."""
    stop, programs = asyncio.Event(), FakePrograms()
    screen, tally = StopsWhenTold(stop), Tally(lambda: 0.0, lambda: 0.0)
    topics = Settings().topics.model_dump().values()
    with EmbeddedBroker(dict.fromkeys(topics, 3)) as broker:
        await session(for_demo(Settings(), broker), screen, tally, Reviewers(programs.load)).run(stop, once=True)
    assert screen.told[0] == f"Decide yourself: http://127.0.0.1:54321/{LOGIN}"
    assert programs.reviewer
    assert programs.reviewer.reviewer.model == NAME
    assert programs.console
    assert programs.console.console.dev_login
    assert (programs.ended, tally.complete) == (2, True)


async def test_what_waits_for_people_is_not_sent_again() -> None:
    """A person could never see the end of a queue that grows with every round of the samples."""
    stop = asyncio.Event()
    screen, tally = StopsAtAnAnswer(stop), Tally(lambda: 0.0, lambda: 0.0)
    tally.verdict(escalation(10_000, b"demo-01")[0])
    tally.sent = 1
    topics = Settings().topics.model_dump().values()
    with EmbeddedBroker(dict.fromkeys(topics, 3)) as broker:
        reviewers = Reviewers(FakePrograms().load)
        await session(for_demo(Settings(), broker), screen, tally, reviewers).run(stop, once=False)
    keys = {answered.key for answered in screen.shown}
    assert b"demo-02" in keys
    assert b"demo-01" not in keys


async def test_without_the_extras_it_says_so_and_runs() -> None:
    """What is there is shown."""
    screen, tally = NoScreen(), Tally(lambda: 0.0, lambda: 0.0)
    topics = Settings().topics.model_dump().values()
    with EmbeddedBroker(dict.fromkeys(topics, 3)) as broker:
        reviewers = Reviewers(nothing_is_installed)
        await session(for_demo(Settings(), broker), screen, tally, reviewers).run(asyncio.Event(), once=True)
    assert screen.told == ["Nobody reviews: openai is missing; pip install 'moderator[demo]'"]
    assert tally.complete
