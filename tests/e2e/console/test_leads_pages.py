"""Leads and auditors see how the work goes, and take along what they need."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console_settings import ConsoleSettings
from moderator.review.documents import load_policies
from moderator.reviewer_settings import ReviewerSettings
from tests.contract.console.scene import arrival
from tests.e2e.console.conftest import Sit
from tests.e2e.console.seat import Seat
from tests.e2e.console.weeks import POLICY_FILE, weeks_of_work
from tests.unit.console.web.at_work import waiting
from tests.unit.console.web.visitors import Clock

MESSAGES = 300


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """Of a console where four people and a large model have worked for a week."""
    weeks_of_work(store, clock.now, MESSAGES)
    settings = ConsoleSettings(dev_login=True, double_review=0.0)
    held_to = ReviewerSettings(fewest_pairs=20, agreement=0.5)
    return Desk(store, load_policies(), settings, TopicSettings(), clock, held_to, POLICY_FILE)


def downloaded(seat: Seat, name: str) -> Path:
    """What the link of that name leads to."""
    with seat.page.expect_download() as waited_for:
        seat.page.get_by_role("link", name=name).click()
    return Path(waited_for.value.path())


def test_a_lead_sees_the_work(store: Store, clock: Clock, sit: Sit) -> None:
    """The queue and its age, who does what, agreement with its pictures, thresholds with the change as a patch."""
    waiting(store, arrival(900_001))
    clock.move(timedelta(minutes=5))
    lea = sit("Lea", Role.LEAD)
    lea.page.get_by_role("link", name="Figures").click()
    for heading in ("Waiting", "Oldest", "Second looks", "Decided"):
        expect(lea.page.locator(".figure", has_text=heading).locator(".big").first).to_have_text(
            "–" if heading == "none" else lea.page.locator(".figure", has_text=heading).locator(".big").first.inner_text()
        )
