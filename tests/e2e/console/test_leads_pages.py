"""Leads and auditors see how the work goes, and take along what they need."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.trail import export
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console_settings import ConsoleSettings
from moderator.review.documents import load_policies
from moderator.reviewer_settings import ReviewerSettings
from tests.contract.console.scene import arrival
from tests.e2e.console.accessibility import check
from tests.e2e.console.conftest import MESSAGES, Sit
from tests.e2e.console.seat import Seat
from tests.e2e.console.weeks import CANARIES, POLICY_FILE
from tests.unit.console.web.at_work import waiting
from tests.unit.console.web.visitors import Clock


@pytest.fixture
def store(worked_database: Path, tmp_path: Path) -> Iterator[Store]:
    """Of a console where four people and a large model have worked for a week."""
    store = Store(f"sqlite:///{shutil.copy(worked_database, tmp_path)}")
    yield store
    store.close()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """That knows the agents' policy and the canaries."""
    settings, held_to = ConsoleSettings(dev_login=True), ReviewerSettings()
    return Desk(store, load_policies(), settings, TopicSettings(), clock, held_to, POLICY_FILE, CANARIES)


def downloaded(seat: Seat, name: str) -> Path:
    """What the link of that name brings."""
    with seat.page.expect_download() as waited_for:
        seat.page.get_by_role("link", name=name).click()
    return Path(waited_for.value.path())


def figures(seat: Seat) -> dict[str, str]:
    """The large ones at the top of a page, by what they are of."""
    all_of_them = seat.page.locator(".figure")
    names, values = all_of_them.locator(".label"), all_of_them.locator(".big")
    return dict(zip(names.all_text_contents(), values.all_text_contents(), strict=True))


def test_a_lead_goes_through_the_figures(store: Store, clock: Clock, sit: Sit) -> None:
    """The queue and its age, who does what, agreement and canaries, thresholds; each with a picture that is seen."""
    lea = sit("Lea", Role.LEAD)
    lea.page.get_by_role("link", name="Figures").click()
    expect(lea.page.get_by_role("heading", name="Work")).to_be_visible()
    shown = figures(lea)
    assert shown["Waiting"] == str(queue(store).depth)
    assert int(shown["Decided"]) > MESSAGES / 2
    expect(lea.page.get_by_role("row", name="rosa")).to_be_visible()
    expect(lea.page.get_by_role("img", name="Decisions that stand")).to_be_visible()
    waiting(store, arrival(1))
    clock.move(timedelta(hours=1))
    lea.page.reload()
    assert figures(lea)["Waiting"] == str(queue(store).depth)
    assert figures(lea)["Oldest"] != shown["Oldest"]

    lea.press("a")
    expect(lea.page.get_by_role("heading", name="Agreement", exact=True)).to_be_visible()
    for picture in ("Agreement of the large model", "Canaries that were answered rightly"):
        expect(lea.page.get_by_role("img", name=picture)).to_be_visible()
    expect(lea.page.get_by_role("row", name="abuse").first).to_contain_text("probation")

    lea.press("t")
    expect(lea.page.get_by_role("heading", name="Thresholds", exact=True)).to_be_visible()
    expect(lea.page.get_by_role("heading", name="Suggested change of the policy")).to_be_visible()
    expect(lea.page.locator("figure svg").first).to_be_visible()
    expect(lea.page.get_by_role("row", name="insult").last).to_be_visible()
    lea.page.get_by_role("link", name="last 30 days").click()
    expect(lea.page).to_have_url(f"{lea.address}/lead/thresholds?period=30")


def test_the_trail_is_searched_and_taken_along(store: Store, sit: Sit) -> None:
    """Both files hold what the filter leaves, the page by page view as well."""
    entries = list(export(store))
    ada = sit("Ada", Role.AUDITOR)
    ada.page.get_by_role("link", name="Trail").click()
    rows = ada.page.locator("tbody tr")
    expect(rows).to_have_count(min(50, len(entries)))
    with downloaded(ada, "CSV").open(encoding="utf-8", newline="") as file:
        assert [row["job_id"] for row in csv.DictReader(file)] == [entry.job_id for entry in entries]
    ada.page.get_by_label("By whom").fill("rosa")
    ada.page.get_by_role("button", name="Filter").click()
    by_rosa = [entry for entry in entries if entry.actor == "rosa"]
    expect(rows).to_have_count(min(50, len(by_rosa)))
    lines = downloaded(ada, "JSON Lines").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["decision_id"] for line in lines] == [entry.decision_id for entry in by_rosa]


def test_pages_are_for_their_roles(sit: Sit) -> None:
    """An auditor is offered nothing to decide, a reviewer no figures; whoever asks all the same is told so."""
    ada, rosa = sit("Ada", Role.AUDITOR), sit("Rosa", Role.REVIEWER)
    links = [each.page.get_by_role("navigation", name="Pages").get_by_role("link") for each in (ada, rosa)]
    expect(links[0]).to_have_text(["Appeals", "Figures", "Trail"])
    expect(links[1]).to_have_text(["Review", "Appeals"])
    ada.go("/review")
    rosa.go("/lead")
    for seat in (ada, rosa):
        expect(seat.page.get_by_role("heading", name="This is not for your role")).to_be_visible()
    rosa.go("/no-such-page")
    expect(rosa.page.get_by_role("heading", name="There is no such page")).to_be_visible()
    rosa.page.get_by_role("link", name="Review").click()
    expect(rosa.page.get_by_role("button", name="Next message")).to_be_visible()


def test_leads_pages_are_accessible(sit: Sit) -> None:
    """With a week's work on them."""
    lea = sit("Lea", Role.LEAD)
    for path in ("/lead", "/lead/agreement", "/lead/thresholds", "/trail?actor=amara"):
        lea.go(path)
        check(lea)
