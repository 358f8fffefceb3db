"""What a reviewer must not know before they have answered is nowhere in what their browser gets."""

import re
from dataclasses import replace

from playwright.sync_api import expect

from moderator.console.store.canaries import add_canary
from moderator.console.store.database import Store
from moderator.console.store.intake import Arrival
from moderator.console.web.identity import Role
from moderator.contracts.verdict import Outcome, Reason, ReasonCode
from tests.contract.console.scene import arrival
from tests.e2e.console.conftest import Sit
from tests.e2e.console.seat import Seat
from tests.unit.console.web.at_work import suggests, waiting

# Ids, and seconds that pass: as the server writes them, or the script that counts them down.
OF_ONE_CLAIM = re.compile(r"[0-9a-f]{32}|\b[em]-\d\b|(?<=data-left=\")\d+|(?<=>)[\d:]+(?: min| s)?(?=</time>)")


def likeness(seat: Seat) -> str:
    """The page's source but for what differs with every message."""
    return OF_ONE_CLAIM.sub("*", seat.page.locator("main").inner_html())


def audited(number: int, *codes: str) -> Arrival:
    """An audit sample of that number, of a verdict that blocked for `codes`, or allowed."""
    plain = arrival(number)
    of_it = plain.escalation.reasons[0]
    blocked_for = [of_it.model_copy(update={"code": ReasonCode(code)}) for code in codes]
    reasons = (Reason(code=ReasonCode.AUDIT_SAMPLE), *blocked_for)
    return replace(plain, escalation=plain.escalation.model_copy(update={"reasons": reasons}))


def test_a_blinded_message_tells_nothing_before_the_answer(store: Store, sit: Sit) -> None:
    """No page of it has the model's word or a button for it; the page after the decision tells."""
    waiting(store, said=[suggests(1, referral="sampled")])
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    rosa.press("o")  # the key that asks, were there something to ask for
    sent = rosa.page.request.get(f"{rosa.address}/review").text()
    for source in (sent, rosa.page.content()):
        assert "text 1" in source
        assert "figure of speech" not in source
        assert "large model" not in source
    rosa.press("1")
    rosa.has_done("The large model had said: allow: only a figure of speech")


def test_a_canary_looks_as_any_other(store: Store, sit: Sit) -> None:
    """Before the answer and after it, be it right or wrong; only its text could give it away."""
    others = [arrival(number, text="a vague threat") for number in (1, 2)]
    waiting(store, *others)
    add_canary(store, arrival(3, text="a vague threat"), Outcome.BLOCK)
    waiting(store, arrival(4, text="a vague threat"))
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    seen = []
    for number in range(1, 5):
        expect(rosa.page.locator(".claim [name=job]")).to_have_value(f"e-{number}")
        seen.append(likeness(rosa))
        rosa.press("a")
    rosa.is_told("Nothing waits for you")
    _first, before_it, it, after_it = seen
    assert it == before_it
    assert after_it == before_it


def test_an_audit_sample_says_that_it_is_a_check(store: Store, sit: Sit) -> None:
    """Of a verdict that the model was sure of, so that nobody looks for what was uncertain."""
    waiting(store, audited(1), audited(2, "block_threshold"))
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    rosa.sees("text 1")
    expect(rosa.page.locator(".case")).to_contain_text("a check of what was allowed")
    rosa.press("a")
    rosa.sees("text 2")
    expect(rosa.page.locator(".case")).to_contain_text("a check of what was blocked")
