"""The store that the console's benchmark fills is one that the console could have filled."""

from datetime import UTC, datetime
from pathlib import Path

from load.console_day import LEASE, fill
from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.migrate import upgrade
from moderator.console.store.outbox import pick
from moderator.console.store.queue import claim_next
from moderator.console.store.trail import export


def test_a_tenth_waits_and_the_rest_is_decided_and_published(tmp_path: Path) -> None:
    """Copies are jobs like those that they are copied from, each under an id of its own."""
    url = f"sqlite:///{tmp_path / 'console.db'}"
    upgrade(url)
    store = Store(url)
    now = datetime.now(UTC)
    fill(store, 100, pattern=20)
    assert queue(store).depth == 10
    claimed: list[str] = []
    while claim := claim_next(store, f"r-{len(claimed)}", now, LEASE):
        assert claim.job.id == claim.job.escalation.id == claim.job.standing
        claimed.append(claim.job.id)
    assert len(set(claimed)) == len(claimed) == 10
    assert len({entry.job_id for entry in export(store)}) == 90
    assert pick(store, now + LEASE, LEASE, 1) == []
    store.close()
