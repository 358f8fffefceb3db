"""A reviewer gets a message, decides it by what the policy says, and is told plainly what did not work."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from fastapi import FastAPI

from moderator.console.store.canaries import add_canary
from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.trail import Step, export
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Person, Role
from moderator.contracts.labels import Label
from moderator.contracts.message import TextSource
from moderator.contracts.verdict import Outcome
from tests.contract.console.scene import arrival
from tests.unit.console.web.at_work import AtWork, suggests, waiting
from tests.unit.console.web.visitors import Clock, SignIn, visitor

SCRIPT = "<script>alert(1)</script> <b>bold</b>"


@pytest.fixture
def rosa(sign_in: SignIn) -> AtWork:
    """A reviewer."""
    return AtWork(sign_in(Role.REVIEWER, name="Rosa"))


@pytest.fixture
def sam(sign_in: SignIn) -> AtWork:
    """Another one."""
    return AtWork(sign_in(Role.REVIEWER, name="Sam"))


def steps(store: Store) -> list[tuple[Step, str | None]]:
    """What was done, and why."""
    return [(entry.step, entry.why) for entry in export(store)]


def test_an_empty_desk_says_what_waits(store: Store, rosa: AtWork) -> None:
    """And nothing is in anybody's hands before it is asked for."""
    waiting(store, arrival(1), arrival(2))
    assert "2 wait" in rosa.look()
    assert rosa.claim() == {}


def test_a_canary_does_not_come_to_a_desk_at_which_nothing_waits(store: Store, rosa: AtWork) -> None:
    """It would be known for one."""
    add_canary(store, arrival(1), Outcome.BLOCK)
    assert "1 waits" in rosa.look()
    assert "text 1" in rosa.next()


def test_lines_of_a_full_field_are_taken(store: Store, rosa: AtWork) -> None:
    """A browser counts each line's end once, and sends two characters."""
    waiting(store)
    rosa.next()
    assert rosa.send("note", note="a\r\n" * 1_000) == 303
    assert rosa.send("note", note="a" * 4_001) == 400


def test_a_message_stays_in_hand_and_is_nobody_elses(store: Store, rosa: AtWork, sam: AtWork) -> None:
    """Over a reload, and when the next one is asked for twice."""
    waiting(store)
    assert "text 1" in rosa.next()
    mine = rosa.claim()
    rosa.next()
    rosa.look()
    assert rosa.claim() == mine
    assert "Nothing waits for you" in sam.next()


def test_a_text_is_text(store: Store, rosa: AtWork) -> None:
    """No markup of a user's reaches the page, no address becomes a link, and what is not seen is named."""
    waiting(store, arrival(1, text=f"{SCRIPT} www.example.org \u202etxet"))
    page = rosa.next()
    assert "&lt;script&gt;alert(1)" in page
    assert SCRIPT not in page
    assert "www.example.org" in page
    assert 'href="www' not in page
    assert "\u202e" not in page
    assert "RIGHT-TO-LEFT OVERRIDE" in page


def test_the_policy_is_beside_it_with_what_it_was_escalated_for(store: Store, rosa: AtWork) -> None:
    """Rules have keys in the document's order; those of the reason's label are marked, and no other."""
    waiting(store)
    page = rosa.next()
    rules = re.findall(r'<li class="rule( matched)?">.*?value="([a-z.0-9]+)" data-key="(\d)"', page, re.DOTALL)
    assert [(bool(matched), rule, key) for matched, rule, key in rules[:4]] == [
        (True, "threat.1", "1"),
        (True, "threat.2", "2"),
        (False, "hate.1", "3"),
        (False, "hate.2", "4"),
    ]
    assert "announces or hints" in page


def test_a_rules_key_blocks_by_it_and_brings_the_next(store: Store, rosa: AtWork) -> None:
    """What was ticked before counts too."""
    waiting(store, arrival(1), arrival(2))
    rosa.next()
    rosa.send("decide", block="threat.1", rule=["insult.1"], policy="abuse")
    assert "Blocked under <strong>threat.1, insult.1</strong>" in rosa.page
    assert "text 2" in rosa.page
    assert queue(store).depth == 1


def test_a_block_without_a_rule_keeps_what_was_written(store: Store, rosa: AtWork) -> None:
    """Nothing is decided, and the reason stands beside the form."""
    waiting(store)
    rosa.next()
    assert rosa.send("decide", outcome="block", rationale="it is so mean") == 422
    assert "choose at least one rule" in rosa.page
    assert "it is so mean" in rosa.page
    assert queue(store).depth == 1


def test_a_form_sent_twice_decides_once(store: Store, rosa: AtWork) -> None:
    """A double click takes no second message, and is no error."""
    waiting(store, arrival(1), arrival(2))
    rosa.next()
    first = rosa.claim()
    rosa.send("decide", outcome="allow")
    second = rosa.claim()
    rosa.send("decide", outcome="allow", **first)
    assert "Allowed" in rosa.page
    assert rosa.claim() == second
    assert [step for step, _ in steps(store)] == [Step.DECIDED]


def test_an_expired_claim_is_refused_in_plain_words(store: Store, clock: Clock, rosa: AtWork, sam: AtWork) -> None:
    """Nothing is saved, and the next one can be taken."""
    waiting(store)
    rosa.next()
    clock.move(timedelta(hours=1))
    sam.next()
    rosa.send("decide", outcome="allow")
    assert "Your claim on this message has run out" in rosa.page
    assert 'data-key="n"' in rosa.page
    assert steps(store) == []


def test_somebody_elses_claim_is_no_use(store: Store, rosa: AtWork, sam: AtWork) -> None:
    """Whoever knows the numbers of a form acts as themselves all the same."""
    waiting(store)
    rosa.next()
    sam.look()
    for form in ("decide", "release", "skip", "reveal", "renew", "note", "suggestion"):
        sam.send(form, **rosa.claim(), outcome="allow", reason="other", note="mine")
        assert "has run out" in sam.page, form
    assert steps(store) == []


def test_a_decision_can_be_taken_back_in_time(store: Store, clock: Clock, rosa: AtWork) -> None:
    """It is in hand again, and what was in hand meanwhile goes back; later it is too late."""
    waiting(store, arrival(1), arrival(2))
    rosa.next()
    rosa.send("decide", outcome="allow")
    rosa.send("undo", act=rosa.act())
    assert "text 1" in rosa.page
    assert [step for step, _ in steps(store)] == [Step.DECIDED, Step.UNDONE, Step.RELEASED]
    rosa.send("decide", outcome="allow")
    act = rosa.act()
    clock.move(timedelta(minutes=2))
    rosa.send("undo", act=act)
    assert "The time to undo this is over" in rosa.page


@pytest.mark.parametrize("form", ["reveal", "note", "suggestion", "renew", "mask-all"])
def test_work_on_the_next_message_does_not_cut_the_time_to_undo_short(store: Store, rosa: AtWork, form: str) -> None:
    """Showing the next text, or keeping a note on it, leaves the way back to the decision before it."""
    waiting(store, *(replace(arrival(number), severe=True) for number in (1, 2)), said=[suggests(2)])
    rosa.next()
    rosa.send("decide", outcome="allow")
    act = rosa.act()
    (address,) = set(re.findall(f'action="/review/({form}[^"]*)"', rosa.page))
    rosa.send(address, note="which pot?")
    assert rosa.claim()["job"] == "e-2"
    assert rosa.act() == act
    rosa.send("undo", act=act)
    assert rosa.claim()["job"] == "e-1"


def test_a_skipped_message_does_not_come_back(store: Store, rosa: AtWork) -> None:
    """It is others', with the reason in the trail."""
    waiting(store, arrival(1), arrival(2))
    rosa.next()
    rosa.send("skip", reason="language", words="it looks like Basque")
    assert "text 2" in rosa.page
    rosa.send("release")
    rosa.next()
    assert "text 2" in rosa.page
    assert steps(store)[0] == (Step.SKIPPED, "language: it looks like Basque")


def test_a_message_given_back_is_free(store: Store, rosa: AtWork, sam: AtWork) -> None:
    """At once, and its reviewer has no other in hand."""
    waiting(store)
    rosa.next()
    rosa.send("release")
    assert rosa.claim() == {}
    assert "text 1" in sam.next()


def test_near_duplicates_are_decided_together_where_asked(store: Store, rosa: AtWork) -> None:
    """And taken back together."""
    waiting(store, *(arrival(number, cluster="c") for number in (1, 2, 3)))
    assert "2 near-duplicates" in rosa.next()
    rosa.send("decide", outcome="allow", cluster="true")
    assert "together with 2 near-duplicates" in rosa.page
    assert queue(store).depth == 0
    rosa.send("undo", act=rosa.act())
    assert queue(store).depth == 3


def test_work_keeps_the_claim(store: Store, clock: Clock, rosa: AtWork, sam: AtWork) -> None:
    """The page renews it by itself; a fragment is the answer, with the time that is left."""
    waiting(store)
    rosa.next()
    for _ in range(3):
        clock.move(timedelta(minutes=6))
        answer = rosa.client.post("/review/renew", data=rosa.claim(), headers={"HX-Request": "true"})
        assert 'data-left="600"' in answer.text
        assert "<html" not in answer.text
    assert "Nothing waits for you" in sam.next()
    clock.move(timedelta(minutes=11))
    answer = rosa.client.post("/review/renew", data=rosa.claim(), headers={"HX-Request": "true"})
    assert "has run out" in answer.text


def test_filters_are_kept_in_the_address(store: Store, rosa: AtWork) -> None:
    """For every message that follows, and other people's languages are left to them."""
    spam = arrival(2, scores={"spam": 0.6}, language="fr", source=TextSource.AI, tenant="t-1")
    waiting(store, arrival(1), spam, arrival(3, scores={"spam": 0.6}))
    wishes = "label=spam&language=fr&source=ai&tenant=t-1"
    rosa.look(f"/review?{wishes}")
    answer = rosa.client.post(f"/review/next?{wishes}")
    assert answer.headers["location"] == f"/review?{wishes}"
    assert "text 2" in rosa.look(answer.headers["location"])
    assert f'action="/review/decide?{wishes.replace("&", "&amp;")}"' in rosa.page
    answer = rosa.client.post(f"/review/decide?{wishes}", data=rosa.claim() | {"outcome": "allow"})
    assert "Nothing waits for you that fits your filters" in rosa.look(answer.headers["location"])


def test_a_suggestion_is_shown_when_asked_for_and_the_decision_says_so(store: Store, rosa: AtWork) -> None:
    """Not before."""
    waiting(store, arrival(1), arrival(2), said=[suggests(1), suggests(2)])
    assert "figure of speech" not in rosa.next()
    rosa.send("suggestion")
    assert "figure of speech" in rosa.page
    rosa.send("decide", outcome="allow")
    rosa.send("decide", outcome="allow")
    with store.reading() as connection:
        seen = "SELECT suggestion_seen FROM decisions WHERE source = 'human' ORDER BY job_id"
        assert connection.exec_driver_sql(seen).scalars().all() == [1, 0]


def test_in_a_blinded_sample_the_suggestion_comes_after_the_answer(store: Store, rosa: AtWork) -> None:
    """It cannot be asked for; and whoever takes their answer back is not blind any more."""
    waiting(store, said=[suggests(1, referral="sampled")])
    page = rosa.next()
    assert "large model" not in page
    rosa.send("suggestion")
    assert "figure of speech" not in rosa.page
    rosa.send("decide", block="threat.1")
    assert "The large model had said: <strong>allow</strong>" in rosa.page
    assert "figure of speech" in rosa.page
    rosa.send("undo", act=rosa.act())
    rosa.send("decide", outcome="allow")
    with store.reading() as connection:
        seen = "SELECT suggestion_seen FROM decisions WHERE source = 'human' ORDER BY outcome"
        assert connection.exec_driver_sql(seen).scalars().all() == [1, 0]


def test_another_policy_can_be_gone_by(store: Store, rosa: AtWork) -> None:
    """Its rules are the ones to choose from."""
    waiting(store)
    rosa.next()
    page = rosa.look("/review?go_by=sexual")
    assert 'value="sexual.1" data-key="1"' in page
    assert 'name="policy" value="sexual"' in page
    rosa.send("decide", block="sexual.1", policy="sexual")
    assert "Blocked under <strong>sexual.1</strong>" in rosa.page


def test_a_note_is_kept_once(store: Store, rosa: AtWork) -> None:
    """However often its form is sent."""
    waiting(store)
    rosa.next()
    for _ in range(2):
        rosa.send("note", note="ask the lead about sarcasm")
    assert rosa.page.count("ask the lead about sarcasm") == 1


def test_thread_and_history_stand_beside_it(store: Store, rosa: AtWork) -> None:
    """Whose they are is not told: the author's id stays in the store."""
    waiting(
        store,
        arrival(1, author_id="author-77", text="an earlier one"),
        arrival(2, author_id="author-77", text="the one in question", reply_to="m-3"),
        arrival(3, text="what it answers"),
    )
    rosa.next()
    rosa.send("decide", block="threat.1")
    page = rosa.page
    assert "the one in question" in page
    assert "an earlier one" in page
    assert "1 blocked" in page
    assert "what it answers" in page
    assert "author-77" not in page


def test_every_score_is_drawn_and_the_threshold_that_was_reached(store: Store, rosa: AtWork) -> None:
    """Numbers stand beside the bars, for those who do not see them."""
    waiting(store)
    page = rosa.next()
    for label in Label:
        assert f'<th scope="row">{label}</th>' in page
    assert 'width="40.0%"' in page
    assert 'x1="20.0%"' in page
    assert "from 0.20" in page


def test_a_forms_address_leads_back_to_the_page(store: Store, rosa: AtWork) -> None:
    """As a reload does after a refused form; the message is still in hand."""
    waiting(store)
    rosa.next()
    assert "text 1" in rosa.look("/review/decide")


def test_an_auditor_decides_nothing(sign_in: SignIn) -> None:
    """They are told so."""
    answer = sign_in(Role.AUDITOR, name="Ada").get("/review")
    assert answer.status_code == 403


def test_some_decide_under_some_policies_only(store: Store, desk: Desk) -> None:
    """What an identity provider says of a person holds whatever their address asks for."""
    waiting(store, arrival(1, policy_id="abuse"), arrival(2), arrival(3, policy_id="sexual"))
    browser = visitor(desk)
    only = Person("u-1", "Una", frozenset({Role.REVIEWER}), frozenset({"sexual"}))
    cast(FastAPI, browser.app).state.who_is_it = lambda _request: only
    una = AtWork(browser)
    assert una.client.post("/review/next?policy=abuse").status_code == 303
    una.look()
    assert una.claim() == {}
    assert "text 3" in una.next()
