"""The trail is searched from its end, and exported from its start."""

import pytest

from moderator.console.store import trail
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.queue import skip
from moderator.console.store.trail import Step, Wanted, export, search
from tests.contract.console.scene import GRACE, NOW, blocks, claimed, filled


def test_a_search_finds_by_job_message_person_step_and_verdict(store: Store) -> None:
    """Alone or together."""
    filled(store, [1, 2])
    skip(store, claimed(store, "r-1").lease, "unsure", NOW)
    decide(store, claimed(store, "r-2").lease, blocks("r-2"), NOW, GRACE)
    decide(store, claimed(store, "r-2").lease, blocks("r-2"), NOW, GRACE)
    with store.reading() as connection:
        final = connection.exec_driver_sql("SELECT standing FROM jobs WHERE id = 'e-2'").scalar_one()
    found = {
        Wanted(job_id="e-1"): [("e-1", Step.DECIDED), ("e-1", Step.SKIPPED)],
        Wanted(message_id="m-2"): [("e-2", Step.DECIDED)],
        Wanted(actor="r-1"): [("e-1", Step.SKIPPED)],
        Wanted(step=Step.DECIDED): [("e-2", Step.DECIDED), ("e-1", Step.DECIDED)],
        Wanted(verdict_id=final): [("e-2", Step.DECIDED)],
        Wanted(job_id="e-1", actor="r-2"): [("e-1", Step.DECIDED)],
        Wanted(actor="nobody"): [],
    }
    for wanted, entries in found.items():
        assert [(entry.job_id, entry.step) for entry in search(store, wanted)] == entries
        assert list(export(store, wanted)) == search(store, wanted)[::-1]
    assert search(store)[0].message_id == "m-2"


def test_a_search_goes_on_where_it_ended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest first; an export is read page by page."""
    monkeypatch.setattr(trail, "PAGE", 2)
    filled(store, range(5))
    for _ in range(5):
        decide(store, claimed(store).lease, blocks(), NOW, GRACE)
    pages, before = [], None
    while page := search(store, before=before, limit=2):
        pages.append([entry.job_id for entry in page])
        before = page[-1].number
    assert pages == [["e-4", "e-3"], ["e-2", "e-1"], ["e-0"]]
    assert [entry.job_id for entry in export(store)] == [f"e-{number}" for number in range(5)]
