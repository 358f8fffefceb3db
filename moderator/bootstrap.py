"""The composition root: settings to running objects. The only file that sees every layer; tests call it with fakes."""

import asyncio
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace

from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_credentials import Credentials
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.adapters.kafka_topics import require_topics
from moderator.adapters.probes import Probes
from moderator.adapters.span_export import exported
from moderator.allocator import give_back_large_buffers
from moderator.config import BrakeSettings, Settings
from moderator.contracts.codec import MessageDecoder
from moderator.garbage import exempt_what_is_loaded
from moderator.judgement import Judgement, load_judgement, load_model_on_trial
from moderator.pipeline.account import Account
from moderator.pipeline.agent import Agent
from moderator.pipeline.answer import Answers
from moderator.pipeline.brake import Brake, BrakeLimits
from moderator.pipeline.flow import Flow
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.moderation import Moderation
from moderator.pipeline.ports import Publisher, Source
from moderator.pipeline.progress import Activity, Progress
from moderator.pipeline.publish import ROUNDS
from moderator.pipeline.watchdog import Watchdog
from moderator.policy.thresholds import Policy
from moderator.shadow.member import ShadowAccount, ShadowAnswers
from moderator.shadow.on_trial import as_shadow, load_shadow_policy, topics_in_use
from moderator.shadow.policy_shadow import PolicyShadow
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics
from moderator.telemetry.tracing import UNTRACING, Tracing

log = get_logger(__name__)


def wall_clock_ms() -> float:
    """Milliseconds since the epoch, as Kafka's timestamps are."""
    return time.time() * 1000


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
    policy_shadow: PolicyShadow | None = None,
    tracing: Tracing = UNTRACING,
    *,
    shadow: bool = False,
) -> Agent:
    """The agent with its flow, on Kafka, under `credentials`, unless other adapters are given. It shows what it has
    answered to `policy_shadow`; as a `shadow` it decides nothing.
    """
    answers = judgement.answers(settings, ShadowAnswers if shadow else Answers)
    account = ShadowAccount if shadow else Account
    moderation = Moderation(message_decoder(settings), judgement.classifier, answers, metrics, time.monotonic)
    agent = Agent(moderation, progress)
    source = source or KafkaSource(settings.kafka, settings.topics.messages, credentials)
    flow = Flow(
        source,
        publisher or KafkaPublisher(settings.kafka, metrics, credentials),
        agent,
        answers,
        account(metrics, time.monotonic, wall_clock_ms),
        lifecycle,
        progress,
        Brake(brake_limits(settings.dead_letter_brake), time.monotonic),
        resume,
        Lag(source, metrics, time.monotonic, wall_clock_ms),
        metrics,
        time.monotonic,
        max_records=settings.kafka.max_poll_records,
        drain_timeout_s=settings.drain_timeout_s,
        on_answered=policy_shadow.offer if policy_shadow else lambda _answers: None,
        tracing=tracing,
    )
    agent.supervise(flow)
    return agent


def build_policy_shadow(
    settings: Settings, judgement: Judgement, policy: Policy, publisher: Publisher, metrics: Metrics
) -> PolicyShadow:
    """What judges by `policy` what `judgement` has scored."""
    versions = judgement.versions.model_copy(update={"policy": policy.hash})
    answers = replace(judgement, policy=policy, versions=versions).answers(settings)
    return PolicyShadow(message_decoder(settings), answers, settings.topics.shadow, publisher, metrics)


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


async def _ready(settings: Settings, metrics: Metrics, *, shadow: bool) -> Judgement:
    """What `load_judgement` loads; brokers are asked for the topics meanwhile. Raises what both raise, and of two
    errors the model's or the policy's.
    """
    used = topics_in_use(settings, member=shadow)
    loaded, asked = await asyncio.gather(
        asyncio.to_thread(load_model_on_trial if shadow else load_judgement, settings, metrics),
        require_topics(settings.kafka, [getattr(settings.topics, name) for name in used]),
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


async def run_agent(settings: Settings, controls: Controls, *, shadow: bool = False) -> None:
    """Moderate until told to stop, then drain; as a `shadow`, beside the agents with these settings. Raises
    ConfigError, ModelError, BrokerUnavailable, or a bug's error.
    """
    with exported(settings.tracing, "shadow" if shadow else "agent") as tracing:
        await _run_agent(settings, controls, tracing, shadow=shadow)


async def _run_agent(settings: Settings, controls: Controls, tracing: Tracing, *, shadow: bool) -> None:
    give_back_large_buffers()
    shadow_policy = None if shadow else load_shadow_policy(settings)
    settings = as_shadow(settings) if shadow else settings
    metrics = Metrics(CollectorRegistry())
    lifecycle = Lifecycle(time.monotonic, metrics.ready.set)
    progress = Progress(time.monotonic)
    probes = Probes(settings.http, lifecycle, metrics.registry)
    port = await probes.start()
    log.info("probes", address=settings.http.host, port=port)
    try:
        judgement = await _ready(settings, metrics, shadow=shadow)
        lifecycle.advance(State.JOINING)
        exempt_what_is_loaded()
        credentials = Credentials(settings.kafka)
        watching = asyncio.create_task(credentials.watch())
        beside = None
        if shadow_policy:
            publisher = KafkaPublisher(settings.kafka, metrics, credentials)
            beside = build_policy_shadow(settings, judgement, shadow_policy, publisher, metrics)
        try:
            async with beside.running() if beside else nullcontext():
                with Watchdog(lifecycle, progress, hang_limits(settings), settings.hang_timeout_s, controls.end):
                    agent = build_agent(
                        settings,
                        judgement,
                        metrics,
                        lifecycle,
                        progress,
                        controls.resume,
                        credentials=credentials,
                        policy_shadow=beside,
                        tracing=tracing,
                        shadow=shadow,
                    )
                    await agent.run_until(controls.stop)
        finally:
            watching.cancel()
            judgement.classifier.close()
    finally:
        await probes.stop()
    log.info("stopped")
