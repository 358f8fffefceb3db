"""What one reviewer has in hand, or has decided, and what another may do about it."""

import json
from datetime import timedelta

from playwright.sync_api import expect

from moderator.console.store.database import Store
from moderator.console.store.outbox import mark_published, pick
from moderator.console.web.identity import Role
from tests.contract.console.scene import LEASE, arrival
from tests.e2e.console.conftest import Sit
from tests.unit.console.web.at_work import suggests, waiting
from tests.unit.console.web.visitors import Clock


def published(store: Store, clock: Clock) -> list[dict[str, str]]:
    """All that goes out to the platform by now."""
    picked = pick(store, clock.now, LEASE, 100)
    mark_published(store, [each.number for each in picked], clock.now)
    return [json.loads(each.publication.value or b"") for each in picked]


def test_who_comes_too_late_is_told_and_the_others_word_counts(store: Store, clock: Clock, sit: Sit) -> None:
    """A claim has run out, somebody else took the message, and the first one still has it on the screen."""
    waiting(store, arrival(1), arrival(2))
    rosa, sam = sit("Rosa", Role.REVIEWER), sit("Sam", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    sam.press("n")
    sam.sees("text 2")
    sam.press("a")
    sam.is_told("Nothing waits for you")
    clock.move(timedelta(minutes=11))
    sam.press("n")
    sam.sees("text 1")
    rosa.press("a")
    rosa.is_told("Your claim on this message has run out, so others may decide it. Nothing was saved")
    expect(rosa.text).to_have_count(0)
    sam.press("1")
    sam.has_done("Blocked under threat.1")
    clock.move(timedelta(minutes=1))
    said = [(each["reviewer_id"], each["outcome"]) for each in published(store, clock) if "reviewer_id" in each]
    assert said == [("dev:sam", "allow"), ("dev:sam", "block")]


def test_a_claim_that_ran_out_is_marked_where_the_reviewer_looks(store: Store, clock: Clock, sit: Sit) -> None:
    """As soon as they touch anything, before they have decided in vain."""
    waiting(store)
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    expect(rosa.page.get_by_text("Yours for")).to_be_visible()
    clock.move(timedelta(minutes=11))
    rosa.press("ArrowDown")
    expect(rosa.page.locator(".claim")).to_contain_text("Your claim on this message has run out")


def test_an_appeal_is_judged_by_a_second_person(store: Store, clock: Clock, sit: Sit) -> None:
    """Who reads the appellant's words, learns what the first one said once they have answered, and has the last word.
    The first one is not offered it.
    """
    waiting(store, arrival(1, text="your vase is a threat to good taste"), said=[suggests(1)])
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("your vase")
    rosa.press("w")
    rosa.type("taste was hurt")
    rosa.press("Escape", "1")
    rosa.has_done("Blocked")
    clock.move(timedelta(minutes=1))
    verdict = published(store, clock)[-1]["id"]

    lea = sit("Lea", Role.LEAD)
    lea.page.get_by_role("link", name="Appeals").click()
    lea.page.get_by_label("Verdict").fill(verdict)
    lea.page.get_by_label("Why, in the words").fill("We are friends, it was teasing")
    lea.page.get_by_role("button", name="File it").click()
    lea.is_told("The appeal is filed")

    rosa.go("/review")
    rosa.press("n")
    rosa.is_told("Nothing waits for you")
    sam = sit("Sam", Role.REVIEWER)
    sam.press("n")
    sam.sees("your vase")
    expect(sam.page.locator(".case")).to_contain_text("We are friends, it was teasing")
    source = sam.page.content()
    assert "taste was hurt" not in source
    assert "figure of speech" not in source
    assert "dev:rosa" not in source
    sam.press("a")
    sam.has_done("The first reviewer had said: block under threat.1: taste was hurt")
    clock.move(timedelta(minutes=1))
    assert [each["outcome"] for each in published(store, clock)] == ["allow", "allow"]  # the decision and its verdict
    lea.go("/appeals")
    expect(lea.page.get_by_role("row", name="We are friends")).to_contain_text("allowed")
