"""Every page that reviewers see, with messages on it, holds to WCAG 2.2 AA as far as axe can tell, light and dark."""

from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import expect

from moderator.console.store.appeals import appeal
from moderator.console.store.database import Store
from moderator.console.store.outbox import mark_published, pick
from moderator.console.web.identity import Role
from tests.contract.console.scene import LEASE, NOW, arrival
from tests.e2e.console.accessibility import check
from tests.e2e.console.conftest import Sit
from tests.unit.console.web.at_work import suggests, waiting
from tests.unit.console.web.visitors import Clock


def test_reviewing_pages(store: Store, clock: Clock, sit: Sit) -> None:
    """The desk, a message with all that can stand round it, a masked one, an appeal, what is done, a break, errors."""
    waiting(
        store,
        *(arrival(number, cluster="c", author_id="ann", reply_to="m-0") for number in (1, 2)),
        arrival(0, text="what they answer", author_id="bob"),
        replace(arrival(3, text="c\u200blay"), severe=True),
        said=[suggests(1), suggests(0, referral="sampled")],
    )
    rosa = sit()
    rosa.go("/login")
    check(rosa)
    rosa.sign_in("Rosa", Role.REVIEWER)
    check(rosa)
    rosa.press("n")
    rosa.sees("what they answer")
    rosa.press("1")
    rosa.sees("text 1")
    rosa.press("o")
    expect(rosa.page.locator(".around .notice")).to_be_visible()
    rosa.page.locator("summary", has_text="Skip").click()
    rosa.page.locator("summary", has_text="Filters").click()
    rosa.page.locator("summary", has_text="Rosa").click()
    check(rosa)
    rosa.press("Escape", "b")
    rosa.press("c", "a")
    rosa.has_done("together with")
    expect(rosa.page.get_by_role("button", name="Show the text")).to_be_visible()
    check(rosa)
    rosa.press("?")
    expect(rosa.page.get_by_role("dialog")).to_be_visible()
    check(rosa)
    rosa.go("/review/break")
    check(rosa)
    rosa.go("/no-such-page")
    check(rosa)

    clock.move(timedelta(minutes=1))
    mark_published(store, [each.number for each in pick(store, clock.now, LEASE, 100)], clock.now)
    with store.reading() as connection:
        verdict = connection.exec_driver_sql("SELECT standing FROM jobs WHERE id = 'e-1'").scalar_one()
    appeal(store, verdict, "dev:lea", "it was teasing", clock.now, NOW - timedelta(days=2))
    sam = sit("Sam", Role.REVIEWER)
    sam.press("n")
    sam.sees("text 1")
    check(sam)
    sam.go(f"/appeals?verdict={verdict}")
    check(sam)
