"""The pages on a phone, in the dark, without colours, and without scripts."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.web.identity import Role
from tests.contract.console.scene import arrival
from tests.e2e.console.conftest import Sit
from tests.unit.console.web.at_work import suggests, waiting

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
UNBROKEN = "potato" * 40
ON_LIGHT, ON_DARK = "rgb(255, 255, 255)", "rgb(26, 32, 38)"  # console.css's panels
PAGES = ["/login", "/review", "/review/break", "/appeals", "/lead", "/lead/agreement", "/lead/thresholds", "/trail"]


@pytest.fixture
def queue_of_three(store: Store) -> Store:
    """A text that is hard to break into lines, with near-duplicates; a severe one."""
    waiting(
        store,
        *(arrival(number, text=f"{number}: {UNBROKEN}", cluster="c", tenant=UNBROKEN) for number in (1, 2)),
        replace(arrival(3, text="the severe one"), severe=True),
        said=[suggests(1)],
    )
    return store


def test_everything_is_done_by_taps_on_a_phone(queue_of_three: Store, sit: Sit) -> None:
    """No page is wider than the phone; what keys do has something to tap."""
    rosa = sit("Rosa", Role.LEAD, **PHONE)
    page = rosa.page
    page.get_by_role("button", name="Next message").tap()
    rosa.sees("1: potato")
    assert rosa.overflow <= 0
    page.get_by_role("button", name="What does the large model say?").tap()
    expect(page.get_by_text("figure of speech")).to_be_visible()
    page.get_by_label("A note").fill(UNBROKEN)
    page.get_by_role("button", name="Keep the note").tap()
    expect(page.locator(".around .said", has_text=UNBROKEN)).to_be_visible()
    assert rosa.overflow <= 0
    page.get_by_label("The same for the other near-duplicate").tap()
    page.get_by_role("button", name="insult.1").tap()
    rosa.has_done("together with 1 near-duplicate")
    page.get_by_role("button", name="Show the text").tap()
    rosa.sees("the severe one")
    page.locator("summary", has_text="Skip").tap()
    page.get_by_label("Why others should decide").select_option("too_close")
    assert rosa.overflow <= 0
    page.get_by_role("button", name="Skip it for good").tap()
    rosa.is_told("Nothing waits for you")
    page.get_by_text("Filters and masking").tap()
    page.get_by_label("Label").select_option("threat")
    page.get_by_role("button", name="Use for the next ones").tap()
    expect(page.get_by_text("Only:")).to_be_visible()
    assert rosa.overflow <= 0
    page.locator("summary", has_text="Rosa").tap()
    page.get_by_role("button", name="Greyscale").tap()
    expect(page.locator(".console.greyscale")).to_be_visible()
    for path in PAGES:
        rosa.go(path)
        assert rosa.overflow <= 0, path


def test_dark_follows_the_browser_and_colours_can_be_taken_away(queue_of_three: Store, sit: Sit) -> None:
    """Both for every page, and kept."""
    rosa = sit("Rosa", Role.REVIEWER)
    card = rosa.page.locator(".card").first
    expect(card).to_have_css("background-color", ON_LIGHT)
    rosa.page.emulate_media(color_scheme="dark")
    expect(card).to_have_css("background-color", ON_DARK)
    rosa.page.locator("summary", has_text="Rosa").click()
    rosa.page.get_by_role("button", name="Greyscale").click()
    console = rosa.page.locator(".console")
    expect(console).to_have_css("filter", "grayscale(1)")
    rosa.go("/appeals")
    expect(console).to_have_css("filter", "grayscale(1)")
    rosa.page.locator("summary", has_text="Rosa").click()
    rosa.page.get_by_role("button", name="Show colours").click()
    expect(console).to_have_css("filter", "none")


def test_all_of_it_works_without_scripts(queue_of_three: Store, sit: Sit) -> None:
    """From the login to undo, by plain forms and links."""
    rosa = sit(java_script_enabled=False)
    page = rosa.page
    rosa.go("/review")
    page.get_by_label("Name").fill("Rosa")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Next message").click()
    rosa.sees("1: potato")
    page.get_by_role("button", name="What does the large model say?").click()
    expect(page.get_by_text("figure of speech")).to_be_visible()
    page.get_by_role("button", name="Allow").click()
    rosa.has_done("Allowed")
    rosa.sees("2: potato")
    page.get_by_role("button", name="Undo").click()
    rosa.is_told("Taken back")
    rosa.sees("1: potato")
    page.get_by_label("The same for the other near-duplicate").check()
    page.get_by_label("It breaks hate.2 as well").check()
    page.get_by_role("button", name="Block under all ticked rules").click()
    rosa.has_done("Blocked under hate.2, together with 1 near-duplicate")
    page.get_by_role("button", name="Show the text").click()
    rosa.sees("the severe one")
    page.get_by_label("A note").fill("look at the glaze")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("look at the glaze")).to_be_visible()
    page.locator("summary", has_text="Skip").click()
    page.get_by_role("button", name="Skip it for good").click()
    rosa.is_told("Nothing waits for you")
    assert queue(queue_of_three).depth == 1
    page.locator("summary", has_text="Rosa").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
