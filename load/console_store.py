"""`python -m load.console_store`: how long reviewers wait for their next job where very many are kept."""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from load.console_day import PATTERN, WAITING_PART, fill
from load.console_pages import AtThePages, pages
from load.console_reviewers import AtTheStore, Work, work_together
from load.machine import cpu_model
from load.rates import percentile
from load.report import NONE_LOST, Goal, Row, exit_code, table
from moderator.console.store.database import Store
from moderator.console.store.migrate import upgrade
from tests.support.postgres import NEEDED, LocalPostgres, programs

NEXT_GOAL = Goal(50)  # ms, of the 95th percentile
KINDS = ("sqlite", "postgres")
WAYS = ("store", "pages")


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


def rows_of(title: str, work: Work, seconds: float) -> Iterator[Row]:
    """The table's lines of one round of work."""
    yield Row(f"{title}: decisions", "1/s", (len(work.decided_ms) / seconds,))
    for name, waits in (("next job", work.next_ms), ("decision", work.decided_ms)):
        for percent in (50, 95, 99):
            goal = NEXT_GOAL if name == "next job" and percent == 95 else None
            yield Row(f"{title}: {name}, p{percent}", "ms", (percentile(waits, percent),), goal)
    twice = sum(times > 1 for times in Counter(work.claimed).values())
    yield Row(f"{title}: jobs claimed twice, of {len(work.claimed):,}", "", (twice,), NONE_LOST)


@click.command()
@click.option("--store", "kinds", type=click.Choice(KINDS), multiple=True, default=KINDS, help="Only this; repeatable")
@click.option("--through", "ways", type=click.Choice(WAYS), multiple=True, default=WAYS, help="Only this; repeatable")
@click.option("--items", "count", default=1_000_000, show_default=True, help=f"Jobs kept, a multiple of {PATTERN:,}")
@click.option("--reviewers", default=50, show_default=True)
@click.option("--seconds", default=30.0, show_default=True, help="How long they work in each round")
@click.option("--rest-s", default=2.0, show_default=True, help="Rest before each of their steps: up to this")
def main(
    *, kinds: Sequence[str], ways: Sequence[str], count: int, reviewers: int, seconds: float, rest_s: float
) -> None:
    """Fill a store and let reviewers work on it. Exit code 1 if a goal is missed."""
    if count % PATTERN:
        raise click.BadParameter(f"a multiple of {PATTERN:,}, please", param_hint="--items")
    rows: list[Row] = []
    for kind in kinds:
        with database(kind) as url:
            upgrade(url)
            store = Store(url)
            begun = time.monotonic()
            fill(store, count)
            click.echo(f"{kind}: {count:,} jobs kept in {time.monotonic() - begun:.0f} s", err=True)
            if "store" in ways:
                work = work_together(partial(AtTheStore, store), reviewers, seconds, rest_s)
                rows += rows_of(f"{kind}, its functions", work, seconds)
            store.close()
            if "pages" in ways:
                with pages(url) as port:
                    work = work_together(partial(AtThePages, port), reviewers, seconds, rest_s)
                rows += rows_of(f"{kind}, pages", work, seconds)
    click.echo(
        f"{cpu_model()}; {count:,} jobs of which {WAITING_PART:.0%} wait, {reviewers} reviewers at work at a time"
    )
    click.echo(table(rows))
    sys.exit(exit_code(rows))


if __name__ == "__main__":
    main(prog_name="python -m load.console_store")
