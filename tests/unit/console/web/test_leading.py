"""Leads and auditors see what is so, in figures and in pictures; nobody else does, and no message's text is shown."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from moderator.config import TopicSettings
from moderator.console.store.canaries import add_canary
from moderator.console.store.database import Store
from moderator.console.store.decided import decision_row
from moderator.console.store.deciding import decide
from moderator.console.store.exposure import expose
from moderator.console.store.intake import Arrival, take
from moderator.console.store.schema import decisions
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console.web.suggestion import FEWEST
from moderator.console_settings import ConsoleSettings
from moderator.contracts.labels import LABELS
from moderator.contracts.verdict import Outcome
from moderator.review.canaries import Canary, asked_id
from moderator.review.documents import load_policies
from moderator.reviewer_settings import ReviewerSettings
from tests.contract.console.scene import GRACE, arrival, blocks, claimed, model_says
from tests.unit.console.web.visitors import Clock, SignIn
from tests.unit.review.reviewed import decision

PAGES = ["/lead", "/lead/agreement", "/lead/thresholds"]
ALLOWS = {"outcome": "allow", "labels": [], "rules": []}
POLICY = 'version = "7"\n' + "".join(f"[labels.{label}]\nescalate_at = 0.2\nblock_at = 0.8\n" for label in LABELS)
ABUSE = load_policies().documents[0].reference.model_dump()


@pytest.fixture
def desk(store: Store, clock: Clock, tmp_path: Path) -> Desk:
    """Of a console that knows the agents' policy file."""
    file = tmp_path / "policy.toml"
    file.write_text(POLICY, encoding="utf-8")
    known = Canary(id="c-1", text="known", outcome=Outcome.BLOCK, labels=("threat",))
    settings, held_to = ConsoleSettings(dev_login=True), ReviewerSettings(fewest_pairs=20, agreement=0.5)
    return Desk(store, load_policies(), settings, TopicSettings(), clock, held_to, file, (known,))


def decided(store: Store, clock: Clock, *arrivals: Arrival, reviewer_id: str = "rosa", **fields: object) -> None:
    """Each comes, is read by this reviewer and decided by them."""
    take(store, arrivals, [], [])
    for _ in arrivals:
        claim = claimed(store, reviewer_id, clock())
        expose(store, claim.job.id, reviewer_id, clock())
        answer = blocks(reviewer_id, decided_at=clock(), **fields)
        decide(store, claim.lease, answer, clock(), GRACE)


def decided_at_once(store: Store, clock: Clock, arrivals: Sequence[Arrival], **fields: object) -> None:
    """Many of them, each by a decision of its own, without the hundreds of transactions that people would make."""
    take(store, arrivals, [], [])
    made = [
        decision(id=f"d-{each.escalation.id}", escalation_id=each.escalation.id, decided_at=clock(), **fields)
        for each in arrivals
    ]
    with store.writing() as connection:
        connection.execute(sa.insert(decisions), [decision_row(each) for each in made])


@pytest.mark.parametrize("path", [*PAGES, "/lead/policy.diff"])
def test_reviewers_do_not_see_how_others_work(sign_in: SignIn, path: str) -> None:
    """An auditor does, as a lead does."""
    assert sign_in(Role.REVIEWER).get(path).status_code == 403
    assert sign_in(Role.AUDITOR).get(path).status_code == 200
    assert sign_in(Role.LEAD).get(path).status_code == 200


@pytest.mark.parametrize("period", ["today", "7", "30", "no such"])
@pytest.mark.parametrize("path", PAGES)
def test_an_empty_console_has_pages(sign_in: SignIn, path: str, period: str) -> None:
    """Nothing waits, nothing was decided, and no share is of nothing."""
    page = sign_in(Role.LEAD).get(path, params={"period": period})
    assert page.status_code == 200
    assert "nan" not in page.text


def test_the_queue_and_the_work_are_told(store: Store, clock: Clock, sign_in: SignIn) -> None:
    """What waits, by policy and label, with its age; who decided how much, and read how much."""
    decided(store, clock, arrival(1), arrival(2))
    decided(store, clock, arrival(3), reviewer_id="tom")
    clock.move(timedelta(hours=2))
    take(store, [arrival(4, scores={"hate": 0.3}, policy_id="abuse")], [], [])
    page = sign_in(Role.LEAD).get("/lead?period=today").text
    assert "<title>09:00: 3</title>" in page
    assert "<title>11:00: 0</title>" in page
    for words in (">rosa</a>", ">tom</a>", ">hate</th>", ">abuse</th>", "0 of 200"):
        assert words in page


def test_a_period_is_said_as_people_say_it(sign_in: SignIn) -> None:
    """In a sentence."""
    lead = sign_in(Role.LEAD)
    assert "Nobody has decided or read anything in the last 7 days." in lead.get("/lead").text
    assert "Nobody has decided or read anything today." in lead.get("/lead?period=today").text


def test_the_period_leaves_out_what_is_older(store: Store, clock: Clock, sign_in: SignIn) -> None:
    """Of eight days ago nothing is said in a week."""
    decided(store, clock, arrival(1))
    clock.move(timedelta(days=8))
    lead = sign_in(Role.LEAD)
    assert ">rosa</a>" not in lead.get("/lead?period=7").text
    assert ">rosa</a>" in lead.get("/lead?period=30").text


def test_a_large_model_stands_as_its_blinded_pairs_and_canaries_say(
    store: Store, clock: Clock, sign_in: SignIn
) -> None:
    """Trusted by what it is held to; a failed canary ends that."""
    sampled = {"outcome": "escalate", "referral": "sampled", "suggestion": {"outcome": "block"}, "policy": ABUSE}
    numbers = range(1, 81)
    take(store, [], [model_says(n, decided_at=clock(), **sampled) for n in numbers], [])
    decided_at_once(store, clock, list(map(arrival, numbers)))
    lead = sign_in(Role.LEAD)
    page = lead.get("/lead/agreement").text
    assert "80 of 80 · 100.0 %" in page
    assert ">trusted</span>" in page
    clock.move(timedelta(minutes=1))
    asked = asked_id(Canary(id="c-1", text="known", outcome=Outcome.BLOCK, labels=("threat",)), "1")
    failed = sampled | {"referral": "canary", "suggestion": {"outcome": "allow"}, "escalation_id": asked}
    said = model_says(1, decided_at=clock()).model_copy(update={"id": "llm-canary"})
    take(store, [], [said.model_validate(said.model_dump(exclude_none=True) | failed)], [])
    page = lead.get("/lead/agreement").text
    assert ">revoked</span>" in page
    assert "0 of 1 · 0.0 %" in page


def test_canaries_are_told_by_reviewer_with_their_interval(store: Store, clock: Clock, sign_in: SignIn) -> None:
    """Two of three, between 9.4 and 99.2 %: few say little."""
    for number, known in ((1, Outcome.BLOCK), (2, Outcome.BLOCK), (3, Outcome.ALLOW)):
        add_canary(store, arrival(number), known)
        claim = claimed(store, "rosa", clock())
        decide(store, claim.lease, blocks("rosa", decided_at=clock()), clock(), GRACE)
    page = sign_in(Role.LEAD).get("/lead/agreement").text
    assert "2 of 3 · 66.7 %" in page
    assert "9.4&nbsp;to&nbsp;99.2" in page


def test_nobody_sees_their_own_canaries(store: Store, clock: Clock, sign_in: SignIn) -> None:
    """A lead who reviews would look whether the last answer was one, and take it back."""
    add_canary(store, arrival(1), Outcome.ALLOW)
    decide(store, claimed(store, "dev:lea", clock()).lease, blocks("dev:lea", decided_at=clock()), clock(), GRACE)
    assert "0 of 1" not in sign_in(Role.LEAD, name="Lea").get("/lead/agreement").text
    assert "0 of 1" in sign_in(Role.LEAD, name="Ada").get("/lead/agreement").text


def test_what_people_overturn_becomes_a_patch_to_download(store: Store, clock: Clock, sign_in: SignIn) -> None:
    """Of the agents' file, with the number of decisions in it; the page shows the same."""
    decided_at_once(store, clock, [arrival(n, scores={"insult": 0.25}) for n in range(FEWEST)], **ALLOWS)
    lead = sign_in(Role.LEAD)
    page = lead.get("/lead/thresholds").text
    assert f"{FEWEST} of {FEWEST} · 100.0 %" in page
    assert '<span class="add">+escalate_at = 0.26' in page
    answer = lead.get("/lead/policy.diff")
    assert answer.headers["content-type"].startswith("text/x-diff")
    assert f"of {FEWEST} decided below, 0 were blocked" in answer.text
    assert '+version = "7-decided-2026-05-04"' in answer.text


def test_without_the_policy_file_it_says_what_is_missing(sign_in: SignIn, desk: Desk) -> None:
    """And the figures are there all the same."""
    assert desk.policy_file is not None
    desk.policy_file.unlink()
    lead = sign_in(Role.LEAD)
    assert "policy.toml: cannot be read" in lead.get("/lead/thresholds").text
    assert lead.get("/lead/policy.diff").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/trail", "/trail.csv", "/trail.jsonl", "/lead/policy.diff"])
def test_no_text_of_a_message_is_on_these_pages(store: Store, clock: Clock, sign_in: SignIn, path: str) -> None:
    """Nor its author."""
    decided(store, clock, arrival(1, text="a secret sentence", author_id="a-secret-author"), rationale="a secret why")
    page = sign_in(Role.LEAD).get(path)
    assert page.status_code == 200
    assert "secret" not in page.text
