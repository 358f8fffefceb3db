"""`python -m load.console_store`: how long reviewers wait for their next job in a store with very many.

Every reviewer is a thread: it claims, rests as somebody who reads does, decides, and claims again.
"""

import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

import click
import sqlalchemy as sa

from load.machine import cpu_model
from load.rates import percentile
from moderator.console.store.database import Store
from moderator.console.store.deciding import Answer, decide
from moderator.console.store.intake import Arrival, take
from moderator.console.store.job import Job
from moderator.console.store.migrate import upgrade
from moderator.console.store.queue import ANY, Filter, claim_next
from moderator.contracts.codec import to_bytes
from moderator.contracts.labels import Label
from moderator.contracts.record import Publication
from moderator.contracts.review import Escalation
from moderator.review.final import final_verdict
from tests.support.postgres import NEEDED, LocalPostgres, programs
from tests.unit.review.reviewed import decision, escalation

BATCH = 1_000  # escalations in one transaction
LEASE = timedelta(minutes=10)
GRACE = timedelta(seconds=30)
TEXT_CHARACTERS = 400

# What is common and what is rare: a filter for the rare finds little among much.
COMMON, RARE = (0.95, 0.05), (0.999, 0.001)
FILTERS = (
    ANY,
    ANY,
    Filter(label=Label.THREAT),
    Filter(label=Label.SELF_HARM),
    Filter(language="fi"),
    Filter(tenant="small", language="en"),
)


class Waits(NamedTuple):
    """Milliseconds of each call."""

    claims: list[float]
    decisions: list[float]


def arrivals(count: int) -> Iterator[Arrival]:
    """Escalations like those of a day, the same at every run."""
    random = Random(1)
    now = datetime.now(UTC)
    plain = {label: escalation("x" * TEXT_CHARACTERS, **{label: 0.4}) for label in (Label.THREAT, Label.SELF_HARM)}
    for number in range(count):
        (label,) = random.choices((Label.THREAT, Label.SELF_HARM), RARE)
        (language,) = random.choices(("en", "fi"), RARE)
        (tenant,) = random.choices(("large", "small"), COMMON)
        message = plain[label].message.model_copy(update={"language": language, "tenant": tenant})
        changes = {"id": f"{random.getrandbits(128):032x}", "message_id": f"m-{number}", "message": message}
        ready: Escalation = plain[label].model_copy(update=changes)
        yield Arrival(ready, b"key %d" % number, (), now - timedelta(seconds=random.randrange(86_400)))


def fill(store: Store, count: int) -> float:
    """Take `count` escalations; how many a second."""
    started = time.monotonic()
    coming = arrivals(count)
    for _ in range(0, count, BATCH):
        take(store, [each for each, _ in zip(coming, range(BATCH), strict=False)], [], [])
    rate = count / (time.monotonic() - started)
    with store.writing() as connection:
        connection.execute(sa.text("ANALYZE"))  # as PostgreSQL does by itself before long
    return rate


def block(reviewer_id: str, job: Job) -> Answer:
    """This reviewer's decision to block, with all that is published for it."""
    made = decision(id=uuid.uuid4().hex, escalation_id=job.id, replaces=job.standing, reviewer_id=reviewer_id)
    final = final_verdict(job.escalation, made)
    if final is None:
        raise ValueError("a person decides")
    records = [Publication("decisions", job.key, to_bytes(made)), Publication("verdicts", job.key, to_bytes(final))]
    return Answer(made, final.id, records)


def review(store: Store, number: int, seconds: float, rest_s: float, together: threading.Barrier) -> Waits:
    """Claim and decide for so long, with rests of up to `rest_s`."""
    random = Random(number)
    waits = Waits([], [])
    answer = partial(block, f"r-{number}")
    together.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(random.uniform(0, rest_s))
        started = time.monotonic()
        claim = claim_next(store, f"r-{number}", datetime.now(UTC), LEASE, random.choice(FILTERS))
        waits.claims.append((time.monotonic() - started) * 1000)
        time.sleep(random.uniform(0, rest_s))
        if claim is not None:
            started = time.monotonic()
            decide(store, claim.lease, answer, datetime.now(UTC), GRACE)
            waits.decisions.append((time.monotonic() - started) * 1000)
    return waits


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty one, as durable as in production."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="moderator-load-") as folder:
            yield f"sqlite:///{Path(folder) / 'console.db'}"
        return
    folder_of_programs = programs()
    if folder_of_programs is None:
        raise click.ClickException(NEEDED)
    server = LocalPostgres(folder_of_programs, settings=())
    try:
        server.start()
        yield server.empty_database()
    finally:
        server.close()


def told(name: str, waits: list[float], seconds: float) -> str:
    """One line of figures."""
    p50, p95, p99 = (percentile(waits, percent) for percent in (50, 95, 99))
    rate = len(waits) / seconds
    return f"{name}: {len(waits):,} ({rate:.0f}/s), p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms"


@click.command()
@click.option("--store", "kind", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--items", "count", default=1_000_000, show_default=True, help="Escalations that wait")
@click.option("--reviewers", default=50, show_default=True)
@click.option("--seconds", default=30.0, show_default=True, help="How long they work")
@click.option("--rest-s", default=1.0, show_default=True, help="Rest before each claim and decision: up to this")
def main(*, kind: str, count: int, reviewers: int, seconds: float, rest_s: float) -> None:
    """Fill a store and let reviewers work on it."""
    with database(kind) as url:
        upgrade(url)
        store = Store(url)
        click.echo(f"{kind}, {cpu_model()}; intake of {count:,}: {fill(store, count):,.0f}/s")
        together = threading.Barrier(reviewers)
        with ThreadPoolExecutor(reviewers) as pool:
            working = [pool.submit(review, store, number, seconds, rest_s, together) for number in range(reviewers)]
            waits = [each.result() for each in working]
        click.echo(told("next job", [wait for each in waits for wait in each.claims], seconds))
        click.echo(told("decision", [wait for each in waits for wait in each.decisions], seconds))
        store.close()


if __name__ == "__main__":
    main(prog_name="python -m load.console_store")
