"""The composition root of `moderator console`: settings to a queue for people, and what they decide to the topics."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_credentials import Credentials
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_reader import committed
from moderator.adapters.kafka_source import KafkaSource
from moderator.adapters.kafka_topics import require_topics
from moderator.adapters.probes import Probes
from moderator.adapters.span_export import exported
from moderator.config import Settings
from moderator.console.arriving import Arriving, Escalations, said
from moderator.console.canaries import CanaryFeed
from moderator.console.forgetting import forget_old
from moderator.console.intake import DeadLetters, Intake, Keep, require_whole
from moderator.console.near_duplicates import NearDuplicates
from moderator.console.outbox import Outbox
from moderator.console.queue_watch import watch_queue
from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.intake import consumed_until, take
from moderator.console.store.migrate import upgrade
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.retention import forget
from moderator.console.store.sketches import used_since
from moderator.console.store_access import StoreAccess
from moderator.console.web.app import build_app
from moderator.console.web.desk import Desk
from moderator.console.web.serving import serve
from moderator.errors import ConfigError, DeadLetterCode
from moderator.inference.manifest import POLICY_FILE, default_model_directory
from moderator.kafka_settings import KafkaSettings
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.review.canaries import chosen_canaries, load_canaries
from moderator.review.documents import SHIPPED, Policies, load_policies
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero
from moderator.telemetry.tracing import Tracing

Part = Callable[[asyncio.Event], Awaitable[None]]
"""Runs until the event is set."""

GOODBYE_S = 15.0  # for a part that has drained to leave its group and let go of its producer

log = get_logger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


def _store(url: str) -> Store:
    try:
        return Store(url)
    except ConfigError as error:
        raise ConfigError([f"MODERATOR_CONSOLE__STORE_URL: {problem}" for problem in error.problems]) from None


def _member(kafka: KafkaSettings, topic: str) -> KafkaSettings:
    """Two of one group read a topic each; a name that survives restarts is one member's."""
    name = kafka.group_instance_id
    return kafka.model_copy(update={"group_instance_id": f"{name}-{topic}"}) if name else kafka


async def run_console(
    settings: Settings, stop: asyncio.Event, opened: Callable[[str], object] = lambda _address: None
) -> None:
    """Serve reviewers until told to stop; `opened` is told where the pages are. Raises ConfigError, BrokerUnavailable,
    or a bug's error.
    """
    with exported(settings.tracing, "console") as tracing:
        await _run_console(settings, stop, opened, tracing)


async def _run_console(
    settings: Settings, stop: asyncio.Event, opened: Callable[[str], object], tracing: Tracing
) -> None:
    chosen, topics = settings.console, settings.topics
    kafka = settings.kafka.model_copy(update={"group_id": chosen.group_id})
    metrics = Metrics(CollectorRegistry())
    from_zero(metrics.dead_letters, *DeadLetterCode)
    lifecycle = Lifecycle(time.monotonic, metrics.ready.set)
    access = StoreAccess(lifecycle, metrics)
    store = _store(chosen.store_url.get_secret_value())
    policies = load_policies(chosen.policies or SHIPPED)
    credentials = Credentials(kafka)

    def intake(topic: str, arriving: Arriving, keep: Keep) -> Intake:
        source = KafkaSource(_member(kafka, topic), topic, credentials)
        return Intake(
            source,
            KafkaPublisher(kafka, metrics, credentials),
            arriving,
            keep,
            access,
            DeadLetters(topics.dead_letters, chosen.group_id, _now),
            metrics,
            lifecycle,
            Lag(source, metrics, time.monotonic, lambda: _now().timestamp() * 1000),
            settings.drain_timeout_s,
            tracing,
        )

    near_duplicates = NearDuplicates(recent=partial(used_since, store))
    escalations = Escalations(policies, timedelta(seconds=chosen.head_start_s), near_duplicates)
    canaries = load_canaries(chosen.canaries, policies) if chosen.canaries else ()
    feed = CanaryFeed(store, canaries, chosen.canary_part, escalations)
    intakes = [
        intake(topics.escalations, escalations, feed.keep),
        intake(topics.decisions, said, partial(take, store)),
    ]
    outbox = Outbox(
        partial(pick, store),
        partial(mark_published, store),
        KafkaPublisher(kafka, metrics, credentials),
        access,
        topics.decisions,
        metrics,
        _now,
        kafka.delivery_timeout_s,
        tracing,
    )
    parts: list[Part] = [
        *(each.run_until for each in intakes),
        outbox.run_until,
        partial(forget_old, partial(forget, store), access, timedelta(days=chosen.retention_days), _now),
        partial(watch_queue, partial(queue, store), access, metrics, _now),
    ]
    desk = _desk(settings, store, policies)
    probes = Probes(settings.http, lifecycle, metrics.registry)
    port = await probes.start()
    log.info("probes", address=settings.http.host, port=port)
    preparing = asyncio.create_task(_prepare(settings, kafka, store, access, lifecycle))
    background = [
        preparing,
        asyncio.create_task(credentials.watch()),
        asyncio.create_task(_become_ready(intakes, lifecycle)),
    ]
    # Listening from the start: who comes while the store is away is told so.
    app = build_app(replace(desk, is_prepared=preparing.done))
    pages = partial(serve, app, chosen.host, chosen.port, _once_prepared(preparing, opened))
    try:
        prepared = [partial(_after, preparing, part) for part in parts]
        await _together([pages, *prepared], stop, lifecycle, settings.drain_timeout_s)
    finally:
        lifecycle.advance(State.STOPPED)
        for task in background:
            task.cancel()
        await asyncio.wait(background)
        await probes.stop()
        store.close()
    log.info("stopped")


def _desk(settings: Settings, store: Store, policies: Policies) -> Desk:
    """What the pages stand on. The large model's standing is worked out as `moderator reviewer` does with the same
    settings. Raises ConfigError.
    """
    reviewer = settings.reviewer
    return Desk(
        store,
        policies,
        settings.console,
        settings.topics,
        _now,
        reviewer,
        settings.policy.file or (settings.model.directory or default_model_directory()) / POLICY_FILE,
        chosen_canaries(reviewer.canaries, policies, own_policies=settings.console.policies is not None),
    )


async def _prepare(
    settings: Settings, kafka: KafkaSettings, store: Store, access: StoreAccess, lifecycle: Lifecycle
) -> None:
    """Topics and tables are there, and the store is the one that this group reads into."""
    topics, url = settings.topics, settings.console.store_url.get_secret_value()
    await require_topics(kafka, [topics.escalations, topics.decisions, topics.verdicts, topics.dead_letters])
    await access.done(lambda: upgrade(url))
    kept = await access.done(lambda: consumed_until(store))
    for topic in (topics.escalations, topics.decisions):
        require_whole(kept, await committed(kafka, topic), kafka.group_id)
    lifecycle.advance(State.JOINING)


async def _after(preparing: asyncio.Task[None], part: Part, stop: asyncio.Event) -> None:
    """Run `part` once all is prepared, unless `stop` is set before. Raises what either of them does."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({preparing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if preparing.done():
        preparing.result()
        await part(stop)


def _once_prepared(preparing: asyncio.Task[None], opened: Callable[[str], object]) -> Callable[[str], object]:
    """Tells `opened` the address when people can work there, and never if it does not come to that."""

    def listening(address: str) -> None:
        preparing.add_done_callback(lambda done: done.cancelled() or done.exception() or opened(address))

    return listening


async def _become_ready(intakes: Iterable[Intake], lifecycle: Lifecycle) -> None:
    for each in intakes:
        await each.joined.wait()
    lifecycle.advance(State.RUNNING)


async def _together(parts: Sequence[Part], stop: asyncio.Event, lifecycle: Lifecycle, drain_timeout_s: float) -> None:
    """Run all until `stop` is set, or one of them ends by an error, which is raised when the others have ended too."""
    running = [asyncio.ensure_future(part(stop)) for part in parts]
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({stopping, *running}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        lifecycle.advance(State.DRAINING)
        stop.set()
        await asyncio.wait({stopping, *running}, timeout=drain_timeout_s + GOODBYE_S)
        for task in running:
            task.cancel()  # it waits for a store that is away
        await asyncio.wait(running)
    errors = [error for task in running if not task.cancelled() and (error := task.exception())]
    if errors:
        raise errors[0]
