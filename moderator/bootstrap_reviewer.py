"""The composition root of `moderator reviewer`: settings to a large model that reviews escalations."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_credentials import Credentials
from moderator.adapters.kafka_follower import KafkaFollower
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.adapters.kafka_topics import require_topics
from moderator.adapters.large_model import LargeModelEndpoint
from moderator.adapters.probes import Probes
from moderator.adapters.span_export import exported
from moderator.config import Settings
from moderator.contracts.record import Record
from moderator.contracts.review import Decision
from moderator.errors import ConfigError, PoisonRecord
from moderator.kafka_settings import read_secret
from moderator.pipeline.asking import Asking, Terms
from moderator.pipeline.canary_round import CanaryRound
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.ports import LargeModel
from moderator.pipeline.reviewer import Reviewer, ReviewTopics
from moderator.pipeline.reviewing import Reviewing
from moderator.review.authority import AuthorityLimits
from moderator.review.breaker import GRADES, Breaker, BreakerLimits
from moderator.review.budget import Budget, BudgetLimits, Usage
from moderator.review.canaries import Canary, chosen_canaries
from moderator.review.documents import SHIPPED, Policies, load_policies
from moderator.review.evidence import Evidence
from moderator.review.formats import FORMATS, FormatName
from moderator.review.probation import Probation, ProbationLimits
from moderator.review.reading import read_decision
from moderator.review.recollection import Recollection
from moderator.reviewer_settings import ReviewerSettings
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics
from moderator.telemetry.tracing import Tracing

NO_KEY = "none"  # endpoints of one's own ask for none, and the client insists on one
# Half of at least ten requests in a minute fail: then the endpoint is left alone for longer than any of them may take.
BREAKER_WINDOW_S, BREAKER_PART, BREAKER_FEWEST, BREAKER_PROBES = 60.0, 0.5, 10, 3

log = get_logger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Standing:
    """What the large model has earned, spent and said, by the topic of decisions: its memory over restarts."""

    def __init__(self, settings: ReviewerSettings, canaries: Sequence[Canary]) -> None:
        limits = BudgetLimits(
            settings.tokens_per_day,
            settings.money_per_day,
            settings.price_per_million_input,
            settings.price_per_million_output,
        )
        self.budget = Budget(limits, _now)
        self.probation = Probation(
            ProbationLimits(
                window=settings.window_pairs,
                fewest=settings.fewest_pairs,
                recent=settings.recent_pairs,
                needed=settings.agreement,
                most_false_allows=settings.false_allows,
                confidence=settings.bounds_confidence,
            )
        )
        self.recollection = Recollection()
        self._evidence = Evidence(settings.model, self.probation, self._spend, canaries)

    def take(self, record: Record) -> None:
        """A record of the topic of decisions; what is no decision is left to those who read the topic as such."""
        try:
            decision = read_decision(record)
        except PoisonRecord as error:
            place = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
            log.warning("not a decision", code=error.code, **place)
            return
        if not self.recollection.add(decision, record.timestamp_ms):  # what it took is counted already
            decision = decision.model_copy(update={"usage": None})
        self._evidence.add(decision)

    def expect(self, decision: Decision) -> None:
        """It is on its way to the topic, where it will come from; what it took is counted already."""
        self.recollection.add(decision, int(_now().timestamp() * 1000))

    def _spend(self, usage: Usage, at: datetime) -> None:
        self.budget.count(usage, at)


def build_asking(
    settings: ReviewerSettings,
    policies: Policies,
    endpoint: LargeModel,
    standing: Standing,
    metrics: Metrics,
) -> Asking:
    """What asks."""
    terms = Terms(
        reviewer_id=settings.model,
        format=FORMATS[FormatName(settings.format)],
        deadline_s=settings.deadline_s,
        most_characters=settings.most_characters,
        max_output_tokens=settings.max_output_tokens,
        overlap=settings.overlap,
        limits=AuthorityLimits(settings.severe_from, settings.block_from, settings.confidence),
    )
    limits = BreakerLimits(BREAKER_WINDOW_S, BREAKER_PART, BREAKER_FEWEST, settings.deadline_s, BREAKER_PROBES)
    breaker = Breaker(limits, time.monotonic)
    metrics.circuit_state.set_function(lambda: GRADES[breaker.state()])  # it half opens by itself, with time
    return Asking(
        endpoint,
        policies,
        terms,
        standing.budget,
        breaker,
        standing.probation.standing,
        _now,
        metrics,
    )


def build_endpoint(settings: ReviewerSettings, metrics: Metrics) -> LargeModelEndpoint:
    """The large model. Raises ConfigError when it is not named, or its key cannot be read."""
    if not settings.model:
        raise ConfigError(["MODERATOR_REVIEWER__MODEL: name the large model to ask"])
    try:
        key = read_secret(settings.api_key_file) if settings.api_key_file else NO_KEY
    except ValueError as error:
        raise ConfigError([f"MODERATOR_REVIEWER__API_KEY_FILE: {error}"]) from None
    return LargeModelEndpoint(settings.base_url, key, settings.model, settings.max_output_tokens, metrics)


async def run_reviewer(settings: Settings, stop: asyncio.Event) -> None:
    """Review until told to stop, then finish what is in hand. Raises ConfigError, BrokerUnavailable, a bug's error."""
    with exported(settings.tracing, "reviewer") as tracing:
        await _run_reviewer(settings, stop, tracing)


async def _run_reviewer(settings: Settings, stop: asyncio.Event, tracing: Tracing) -> None:
    chosen, topics = settings.reviewer, settings.topics
    kafka = settings.kafka.model_copy(update={"group_id": chosen.group_id})
    metrics = Metrics(CollectorRegistry())
    lifecycle = Lifecycle(time.monotonic, metrics.ready.set)
    endpoint = build_endpoint(chosen, metrics)
    policies = load_policies(chosen.policies or SHIPPED)
    canaries = chosen_canaries(chosen.canaries, policies, own_policies=chosen.policies is not None)
    standing = Standing(chosen, canaries)
    asking = build_asking(chosen, policies, endpoint, standing, metrics)
    since_ms = int((_now() - timedelta(days=chosen.evidence_days)).timestamp() * 1000)
    follower = KafkaFollower(kafka, topics.decisions, since_ms, standing.take)
    credentials = Credentials(kafka)
    reviewer = Reviewer(
        asking,
        ReviewTopics(topics.decisions, topics.verdicts, topics.dead_letters),
        chosen.group_id,
        partial(standing.recollection.of, chosen.model),
        standing.expect,
        metrics,
        _now,
        time.monotonic,
        tracing,
    )
    canary_round = CanaryRound(asking, canaries, chosen.canary_every, topics.decisions, standing.expect, metrics)
    probes = Probes(settings.http, lifecycle, metrics.registry)
    port = await probes.start()
    log.info("probes", address=settings.http.host, port=port)
    background: list[asyncio.Task[None]] = []
    try:
        await endpoint.require_access()
        await require_topics(kafka, [topics.escalations, topics.decisions, topics.verdicts, topics.dead_letters])
        await follower.catch_up()
        lifecycle.advance(State.JOINING)
        background = [asyncio.create_task(follower.follow()), asyncio.create_task(credentials.watch())]
        source = KafkaSource(kafka, topics.escalations, credentials)
        await Reviewing(
            source,
            KafkaPublisher(kafka, metrics, credentials),
            reviewer.review,
            lifecycle,
            Lag(source, metrics, time.monotonic, lambda: _now().timestamp() * 1000),
            metrics,
            concurrency=chosen.concurrency,
            drain_timeout_s=settings.drain_timeout_s,
            catch_up=follower.caught_up,
            published=reviewer.published,
            aside=canary_round.after,
        ).run_until(stop)
    finally:
        for task in background:
            task.cancel()
        await endpoint.close()
        await probes.stop()
    log.info("stopped")
