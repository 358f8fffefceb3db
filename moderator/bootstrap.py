"""The composition root: settings to running objects. The only file that sees every layer; tests call it with fakes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry

from moderator import __version__
from moderator.adapters.kafka_credentials import Credentials
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.adapters.kafka_topics import require_topics
from moderator.adapters.probes import Probes
from moderator.allocator import give_back_large_buffers
from moderator.config import BrakeSettings, Settings
from moderator.contracts.codec import MessageDecoder
from moderator.contracts.verdict import Versions
from moderator.errors import ConfigError, ModelError
from moderator.garbage import exempt_what_is_loaded
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.golden import require_golden
from moderator.inference.manifest import POLICY_FILE, ModelDirectory, default_model_directory, load_model_directory
from moderator.pipeline.account import Account
from moderator.pipeline.agent import Agent
from moderator.pipeline.answer import Answers, OutputTopics
from moderator.pipeline.brake import Brake, BrakeLimits
from moderator.pipeline.flow import Flow
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.moderation import Moderation
from moderator.pipeline.ports import Publisher, Source
from moderator.pipeline.progress import Activity, Progress
from moderator.pipeline.publish import ROUNDS
from moderator.pipeline.watchdog import Watchdog
from moderator.policy.thresholds import Policy, load_policy
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What decides: a verified, warm model under a validated policy."""

    classifier: OnnxClassifier
    policy: Policy
    versions: Versions
    golden_difference: float

    def answers(self, settings: Settings) -> Answers:
        """What turns scores into verdicts on the topics of `settings`."""
        topics = OutputTopics(settings.topics.verdicts, settings.topics.escalations, settings.topics.dead_letters)
        return Answers(
            self.policy,
            self.versions,
            topics,
            settings.kafka.group_id,
            lambda: datetime.now(UTC),
            settings.policy.audit_part,
        )


def load_judgement(settings: Settings, metrics: Metrics) -> Judgement:
    """Verify, load, warm up and prove the model; validate the policy.

    Raises ConfigError or ModelError with every problem that both have in their files.
    """
    directory = settings.model.directory or default_model_directory()
    policy: Policy | None = None
    model: ModelDirectory | None = None
    policy_problems: tuple[str, ...] = ()
    model_problems: tuple[str, ...] = ()
    try:
        policy = load_policy(settings.policy.file or directory / POLICY_FILE)
    except ConfigError as error:
        policy_problems = error.problems
    try:
        model = load_model_directory(directory)
    except ModelError as error:
        model_problems = error.problems
    if model is None:
        raise ModelError([*model_problems, *policy_problems])
    if policy is None:
        raise ConfigError(policy_problems)
    classifier = OnnxClassifier(
        model,
        metrics,
        provider=settings.model.provider,
        threads=settings.model.threads,
        token_budget=settings.model.token_budget,
    )
    classifier.warm_up()
    difference = require_golden(model, classifier)
    versions = Versions(
        model=model.version(classifier.variant.file),
        tokenizer=model.version("tokenizer.json"),
        calibration=model.version("calibration.json"),
        policy=policy.hash,
        software=__version__,
        provider=classifier.variant.provider,
    )
    metrics.model_info.labels(versions.model, versions.policy, versions.provider, __version__).set(1)
    return Judgement(classifier, policy, versions, difference)


def message_decoder(settings: Settings) -> MessageDecoder:
    """What reads the platform's JSON."""
    return MessageDecoder(settings.input.pointers(), settings.input.max_text_characters)


def build_agent(
    settings: Settings,
    judgement: Judgement,
    metrics: Metrics,
    lifecycle: Lifecycle,
    progress: Progress,
    resume: asyncio.Event,
    source: Source | None = None,
    publisher: Publisher | None = None,
    credentials: Credentials | None = None,
) -> Agent:
    """The agent with its flow, on Kafka, under `credentials`, unless other adapters are given."""
    answers = judgement.answers(settings)
    moderation = Moderation(message_decoder(settings), judgement.classifier, answers, metrics, time.monotonic)
    agent = Agent(moderation, progress)
    flow = Flow(
        source or KafkaSource(settings.kafka, settings.topics.messages, credentials),
        publisher or KafkaPublisher(settings.kafka, metrics, credentials),
        agent,
        answers,
        Account(metrics, time.monotonic, lambda: time.time() * 1000),
        lifecycle,
        progress,
        Brake(brake_limits(settings.dead_letter_brake), time.monotonic),
        resume,
        metrics,
        time.monotonic,
        max_records=settings.kafka.max_poll_records,
        drain_timeout_s=settings.drain_timeout_s,
    )
    agent.supervise(flow)
    return agent


def _topics_in_use(settings: Settings) -> list[str]:
    topics = settings.topics
    return [topics.messages, topics.verdicts, topics.escalations, topics.dead_letters]


def hang_limits(settings: Settings) -> dict[Activity, float]:
    """Seconds that each step may take. Publishing gives up by itself, and a batch is published in several rounds."""
    limit_s = settings.hang_timeout_s
    return {
        Activity.MODERATE: limit_s,
        Activity.PUBLISH: limit_s + ROUNDS * settings.kafka.delivery_timeout_s,
        Activity.COMMIT: limit_s,
    }


def brake_limits(settings: BrakeSettings) -> BrakeLimits:
    """What the brake on dead letters goes by."""
    return BrakeLimits(settings.window_s, settings.part, settings.fewest_records, settings.pause_s or None)


@dataclass(frozen=True, slots=True)
class Controls:
    """How a running agent is told what to do: to `stop`, or to `resume` fetching after too many dead letters. `end` is
    called, from another thread, when the pipeline hangs, and must end the program.
    """

    stop: asyncio.Event
    resume: asyncio.Event
    end: Callable[[], object]


async def _ready(settings: Settings, metrics: Metrics) -> Judgement:
    """What `load_judgement` loads; brokers are asked for the topics meanwhile. Raises what both raise, and of two
    errors the model's or the policy's.
    """
    loaded, asked = await asyncio.gather(
        asyncio.to_thread(load_judgement, settings, metrics),
        require_topics(settings.kafka, _topics_in_use(settings)),
        return_exceptions=True,
    )
    if isinstance(loaded, BaseException):
        raise loaded
    log.info(
        "model ready",
        model=loaded.versions.model,
        provider=loaded.versions.provider,
        threads=loaded.classifier.threads,
        golden_difference=round(loaded.golden_difference, 5),
        languages=loaded.classifier.languages,
        language_check=loaded.classifier.language_check.scope,
    )
    if isinstance(asked, BaseException):
        raise asked
    return loaded


async def run_agent(settings: Settings, controls: Controls) -> None:
    """Moderate until told to stop, then drain. Raises ConfigError, ModelError, BrokerUnavailable, or a bug's error."""
    give_back_large_buffers()
    metrics = Metrics(CollectorRegistry())
    lifecycle = Lifecycle(time.monotonic, metrics.ready.set)
    progress = Progress(time.monotonic)
    probes = Probes(settings.http, lifecycle, metrics.registry)
    port = await probes.start()
    log.info("probes", address=settings.http.host, port=port)
    try:
        judgement = await _ready(settings, metrics)
        lifecycle.advance(State.JOINING)
        exempt_what_is_loaded()
        credentials = Credentials(settings.kafka)
        watching = asyncio.create_task(credentials.watch())
        try:
            with Watchdog(lifecycle, progress, hang_limits(settings), settings.hang_timeout_s, controls.end):
                agent = build_agent(
                    settings, judgement, metrics, lifecycle, progress, controls.resume, credentials=credentials
                )
                await agent.run_until(controls.stop)
        finally:
            watching.cancel()
            judgement.classifier.close()
    finally:
        await probes.stop()
    log.info("stopped")
