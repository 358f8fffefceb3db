"""A reviewer works without ever touching the mouse."""

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.trail import Step, export
from moderator.console.web.identity import Role
from tests.contract.console.scene import arrival
from tests.e2e.console.conftest import Sit
from tests.e2e.console.seat import Seat
from tests.unit.console.web.at_work import suggests, waiting

MOST_TABS = 40  # to whatever is on the page


def tab_to(seat: Seat, selector: str) -> None:
    """Go on with the tabulator until the focus is there."""
    for _ in range(MOST_TABS):
        seat.press("Tab")
        if seat.page.evaluate("it => document.activeElement.matches(it)", selector):
            return
    pytest.fail(f"the tabulator does not reach {selector}")


def decided(store: Store) -> dict[str, tuple[str, list[str], str | None]]:
    """What people decided of each job: outcome, rules, and why."""
    with store.reading() as connection:
        documents = connection.exec_driver_sql(
            "SELECT document FROM decisions WHERE source = 'human' AND id NOT IN"
            " (SELECT decision_id FROM trail WHERE step = 'undone')"
        ).scalars()
        made = [json.loads(document) for document in documents]
    return {each["escalation_id"]: (each["outcome"], each["rules"], each.get("rationale")) for each in made}


def near_duplicates_and_several_rules(rosa: Seat) -> None:
    """The second half of her work: three at once, one with the model's word, one that she takes back."""
    rosa.sees("a teapot like others")
    rosa.press("c", "5")
    rosa.has_done("Blocked under insult.1, together with 2 near-duplicates")

    rosa.sees("teapot 9")
    assert "figure of speech" not in rosa.page.content()
    rosa.press("o")
    expect(rosa.page.get_by_text("only a figure of speech")).to_be_visible()
    rosa.press("a")

    rosa.sees("teapot 10")
    tab_to(rosa, "[name=rule][value='hate.2']")
    rosa.press("Space")
    tab_to(rosa, "[name=rule][value='toxic.1']")
    rosa.press("Space", "b")
    rosa.has_done("Blocked under hate.2, toxic.1")
    rosa.is_told("Nothing waits for you")
    rosa.press("u")
    rosa.is_told("Taken back")
    rosa.sees("teapot 10")
    rosa.press("7")
    rosa.has_done("Blocked under toxic.1")


def test_ten_messages_by_keyboard_alone(store: Store, sit: Sit) -> None:
    """From the login on: allow, block, reveal, skip, note, near-duplicates, the model's word, several rules, undo."""
    waiting(
        store,
        arrival(1, text="the first teapot"),
        arrival(2, text="the second teapot"),
        replace(arrival(3, text="the third teapot"), severe=True),
        *(arrival(number, text=f"teapot {number}") for number in (4, 5)),
        *(arrival(number, text="a teapot like others", cluster="c") for number in (6, 7, 8)),
        *(arrival(number, text=f"teapot {number}") for number in (9, 10)),
        said=[suggests(9)],
    )
    rosa = sit()
    rosa.go("/login")
    rosa.type("Rosa")
    rosa.press("Enter")
    expect(rosa.page.get_by_text("10 wait")).to_be_visible()
    rosa.press("n")

    rosa.sees("the first teapot")
    rosa.press("a")
    rosa.sees("the second teapot")
    rosa.has_done("Allowed")
    rosa.press("1")

    expect(rosa.page.get_by_text("likely to be severe")).to_be_visible()
    rosa.has_done("Blocked under threat.1")
    assert "third teapot" not in rosa.page.content()
    rosa.press("t")
    rosa.sees("the third teapot")
    rosa.press("w")
    rosa.type("a hint at 2 and 3")
    rosa.press("Escape", "2")

    rosa.sees("teapot 4")
    rosa.press("s")
    expect(rosa.page.get_by_label("Why others should decide")).to_be_focused()
    rosa.press("ArrowDown", "Tab")
    rosa.type("which pot?")
    rosa.press("Enter")

    rosa.sees("teapot 5")
    rosa.press("m")
    rosa.type("ask the potter")
    rosa.press("Tab", "Enter")
    expect(rosa.page.locator(".around .said", has_text="ask the potter")).to_be_visible()
    rosa.press("a")

    near_duplicates_and_several_rules(rosa)

    assert decided(store) == {
        "e-1": ("allow", [], None),
        "e-2": ("block", ["threat.1"], None),
        "e-3": ("block", ["threat.2"], "a hint at 2 and 3"),
        "e-5": ("allow", [], None),
        **{f"e-{number}": ("block", ["insult.1"], None) for number in (6, 7, 8)},
        "e-9": ("allow", [], None),
        "e-10": ("block", ["toxic.1"], None),
    }
    assert queue(store).depth == 1  # the skipped one waits for others


def test_the_legend_names_every_key(store: Store, sit: Sit) -> None:
    """Of the page as it is; while it is open, keys decide nothing, and afterwards they do."""
    waiting(store, *(arrival(number, cluster="c") for number in (1, 2)), said=[suggests(1)])
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    rosa.press("?")
    legend = rosa.page.get_by_role("dialog", name="Keys")
    expect(legend).to_be_visible()
    keys = dict(zip(legend.locator("dt").all_inner_texts(), legend.locator("dd").all_inner_texts(), strict=True))
    visible = "all => all.filter(each => each.checkVisibility()).map(each => each.dataset.key)"
    on_the_page = set(rosa.page.locator("[data-key]").evaluate_all(visible))
    assert on_the_page >= {*"123456789"[:7], *"acfmorstw"}
    assert keys.keys() == on_the_page | {"?", "Escape"}
    assert all(keys.values())
    assert keys["1"] == "Block under threat.1"
    assert keys["c"] == "The same for all near-duplicates"
    decisions: list[str] = []
    rosa.page.on("request", lambda sent: decisions.append(sent.url) if "/decide" in sent.url else None)
    rosa.press("a", "1", "Escape")
    expect(legend).to_be_hidden()
    assert decisions == []
    rosa.press("a")
    rosa.has_done("Allowed")


def test_a_reason_and_enter_skip(store: Store, sit: Sit) -> None:
    """No tabulator on the way to the button; in a list that was opened, Enter chooses and sends nothing yet."""
    waiting(store, arrival(1), arrival(2))
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    rosa.press("s")
    reason = rosa.page.get_by_label("Why others should decide")
    expect(reason).to_be_focused()
    rosa.press("Space", "ArrowDown", "Enter")
    expect(reason).to_have_value("context")
    rosa.sees("text 1")
    rosa.press("Enter")
    rosa.sees("text 2")
    assert [(entry.step, entry.why) for entry in export(store)] == [(Step.SKIPPED, "context")]


def test_letters_that_are_typed_are_no_keys(store: Store, sit: Sit) -> None:
    """In a field every key writes."""
    waiting(store)
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    rosa.press("w")
    rosa.type("a1bnsu?")
    expect(rosa.page.get_by_label("Why, for the record")).to_have_value("a1bnsu?")
    assert queue(store).depth == 1
