"""A doubted verdict comes to a second person, who judges it without knowing what the first one said."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from moderator.console.store.database import Store
from moderator.console.store.figures import queue
from moderator.console.store.outbox import mark_published, pick
from moderator.console.web.identity import Role
from moderator.contracts.codec import parse_json
from tests.contract.console.scene import LEASE, arrival
from tests.unit.console.web.at_work import AtWork, suggests, waiting
from tests.unit.console.web.visitors import Clock, SignIn

WHY = "We are brothers; he laughed & answered in kind <3"


@pytest.fixture
def rosa(sign_in: SignIn) -> AtWork:
    """Who decides first."""
    return AtWork(sign_in(Role.REVIEWER, name="Rosa"))


@pytest.fixture
def sam(sign_in: SignIn) -> AtWork:
    """Who decides second."""
    return AtWork(sign_in(Role.REVIEWER, name="Sam"))


@pytest.fixture
def verdict(store: Store, clock: Clock, rosa: AtWork) -> str:
    """The id of a final verdict that Rosa's decision led to, and that the platform has."""
    waiting(store, arrival(1), said=[suggests(1)])
    rosa.next()
    rosa.send("decide", block="threat.1", rationale="he names a day and a place")
    clock.move(timedelta(minutes=5))
    picked = pick(store, clock.now, LEASE, 10)
    mark_published(store, [each.number for each in picked], clock.now)
    return str(parse_json(picked[-1].publication.value or b"")["id"])


def file(who: AtWork, verdict: str, why: str = WHY) -> int:
    """File an appeal; the status of the answer."""
    answer = who.client.post("/appeals", data={"verdict": verdict, "why": why})
    who.page = answer.text
    return answer.status_code


def test_an_appeal_comes_to_another_person_who_is_blind(rosa: AtWork, sam: AtWork, verdict: str) -> None:
    """They read the appellant's words; neither the first decision nor the large model's word, not even if they ask."""
    assert file(rosa, verdict) == 303
    rosa.next()
    assert "Nothing waits for you" in rosa.page
    sam.next()
    sam.send("suggestion")
    assert "he laughed &amp; answered in kind &lt;3" in sam.page
    assert ">appeal<" in sam.page
    assert "a day and a place" not in sam.page
    assert "large model" not in sam.page
    assert "figure of speech" not in sam.page


def test_after_the_answer_both_are_told(rosa: AtWork, sam: AtWork, verdict: str) -> None:
    """With their reasons, so that the second person learns."""
    file(rosa, verdict)
    sam.next()
    sam.send("decide", outcome="allow")
    assert re.search(
        r"The first reviewer had said: <strong>block</strong> under threat.1: .*a day and a place", sam.page
    )
    assert re.search(r"The large model had said: <strong>allow</strong>: .*figure of speech", sam.page)


def test_the_list_does_not_tell_what_was_decided_while_it_waits(rosa: AtWork, sam: AtWork, verdict: str) -> None:
    """Whoever reads it may be the second person; afterwards it tells."""
    file(rosa, verdict)
    page = sam.look("/appeals")
    assert "he laughed" in page
    assert "blocked" not in page
    sam.next()
    sam.send("decide", outcome="allow")
    assert "allowed" in sam.look("/appeals")


def test_what_cannot_be_appealed_is_said_beside_the_form(store: Store, rosa: AtWork, verdict: str) -> None:
    """With what was written still in it."""
    assert file(rosa, "another verdict") == 409
    assert "Only a published final verdict" in rosa.page
    assert 'value="another verdict"' in rosa.page
    assert "he laughed" in rosa.page
    assert queue(store).depth == 0
    assert verdict not in rosa.page


def test_a_form_sent_twice_files_one_appeal(store: Store, rosa: AtWork, verdict: str) -> None:
    """The second time is no error; another appeal meanwhile is one."""
    assert [file(rosa, verdict), file(rosa, verdict)] == [303, 303]
    assert queue(store).depth == 1
    assert file(rosa, verdict, "and he is my twin") == 409


def test_an_appeal_does_not_wait_behind_the_queue(
    store: Store, clock: Clock, rosa: AtWork, sam: AtWork, verdict: str
) -> None:
    """It goes before what came at the same time, unless that is as grave."""
    waiting(store, replace(arrival(2), order_at=clock.now))
    file(rosa, verdict)
    sam.next()
    assert "text 1" in sam.page


def test_an_auditor_reads_the_list_and_files_nothing(sign_in: SignIn, rosa: AtWork, verdict: str) -> None:
    """They look on."""
    file(rosa, verdict)
    ada = AtWork(sign_in(Role.AUDITOR, name="Ada"))
    assert "he laughed" in ada.look("/appeals")
    assert "File an appeal" not in ada.page
    assert file(ada, verdict) == 403


def test_a_link_can_name_the_verdict(rosa: AtWork) -> None:
    """As from the trail; a foreign word in it stays a word."""
    assert 'value="&#34;&gt;&lt;i&gt;"' in rosa.look("/appeals?verdict=%22%3E%3Ci%3E")
