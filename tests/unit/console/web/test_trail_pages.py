"""The trail can be looked through and taken along, and what others wrote in it starts no formula."""

import csv
import io
import json
import re

import pytest

from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.queue import release, skip
from moderator.console.store.trail import Entry, Step, record
from moderator.console.web.identity import Role
from moderator.console.web.trail_pages import PAGE, csv_cell
from tests.contract.console.scene import GRACE, NOW, blocks, claimed, filled
from tests.unit.console.web.visitors import SignIn

FORMULA = '=HYPERLINK("http://localhost")'


@pytest.fixture
def worked(store: Store) -> Store:
    """One message was given back, one skipped for a reason that is a formula, one decided."""
    filled(store, [1, 2])
    release(store, claimed(store, "tom").lease, NOW)
    skip(store, claimed(store, "rosa").lease, FORMULA, NOW)
    decide(store, claimed(store, "rosa").lease, blocks("rosa"), NOW, GRACE)
    return store


def rows(page: str) -> int:
    """Of the table."""
    return page.count("<tr>") - 1


@pytest.mark.parametrize("path", ["/trail", "/trail.csv", "/trail.jsonl"])
def test_reviewers_do_not_see_the_trail(sign_in: SignIn, path: str) -> None:
    """An auditor does."""
    assert sign_in(Role.REVIEWER).get(path).status_code == 403
    assert sign_in(Role.AUDITOR).get(path).status_code == 200


@pytest.mark.usefixtures("worked")
def test_a_decision_leads_to_an_appeal_against_its_verdict(sign_in: SignIn) -> None:
    """Nowhere else does a lead see that verdict's id. An auditor files none."""
    link = re.compile(r'href="(/appeals\?verdict=[^"]+)"')
    lead = sign_in(Role.LEAD)
    (address,) = link.findall(lead.get("/trail").text)
    verdict = address.partition("=")[2]
    assert f'name="verdict" value="{verdict}"' in lead.get(address).text
    assert rows(lead.get("/trail", params={"about": verdict}).text) > 0
    assert link.findall(sign_in(Role.AUDITOR).get("/trail").text) == []


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, 3),
        ({"about": "e-1"}, 2),
        ({"about": "m-2"}, 1),
        ({"about": "nobody knows it"}, 0),
        ({"actor": "rosa"}, 2),
        ({"step": "skipped"}, 1),
        ({"about": "e-1", "actor": "tom"}, 1),
        ({"step": "no such step"}, 3),
    ],
)
@pytest.mark.usefixtures("worked")
def test_a_filter_holds_on_the_page_and_in_both_files(sign_in: SignIn, chosen: dict[str, str], left: int) -> None:
    """By a job's or a message's id, by whom, and by what."""
    auditor = sign_in(Role.AUDITOR)
    page = auditor.get("/trail", params=chosen).text
    assert rows(page) == left if left else "Nothing in the trail is like that." in page
    assert len(auditor.get("/trail.jsonl", params=chosen).text.splitlines()) == left
    assert len(list(csv.DictReader(io.StringIO(auditor.get("/trail.csv", params=chosen).text)))) == left


def test_the_verdict_in_force_finds_its_entries(worked: Store, sign_in: SignIn) -> None:
    """A platform knows no other id."""
    with worked.reading() as connection:
        final = connection.exec_driver_sql("SELECT standing FROM jobs WHERE id = 'e-2'").scalar_one()
    assert final != "e-2"
    assert rows(sign_in(Role.AUDITOR).get("/trail", params={"about": final}).text) == 1


def test_a_spreadsheet_calculates_nothing_of_it(worked: Store, sign_in: SignIn) -> None:
    """And programs get it as it is."""
    auditor = sign_in(Role.AUDITOR)
    answer = auditor.get("/trail.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="moderator-trail.csv"'
    assert [row["why"] for row in csv.DictReader(io.StringIO(answer.text))] == ["", f"'{FORMULA}", ""]
    assert json.loads(auditor.get("/trail.jsonl").text.splitlines()[1])["why"] == FORMULA


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}"])
def test_every_beginning_of_a_formula_is_quoted(first: str) -> None:
    """Words are not."""
    assert csv_cell(f"{first}1") == f"'{first}1"
    assert csv_cell("a=1") == "a=1"


def test_pages_go_from_the_newest_to_the_oldest(store: Store, sign_in: SignIn) -> None:
    """By number, so that what is added meanwhile moves nothing; the files hold all of it, the oldest first."""
    with store.writing() as connection:
        record(connection, [Entry(f"e-{number}", Step.RELEASED, "tom", NOW) for number in range(PAGE + 1)])
    auditor = sign_in(Role.AUDITOR)
    first = auditor.get("/trail").text
    assert rows(first) == PAGE
    assert 'href="/trail?before=2"' in first
    last = auditor.get("/trail?before=2").text
    assert rows(last) == 1
    assert "The oldest" in last
    kept = [json.loads(line)["number"] for line in auditor.get("/trail.jsonl").text.splitlines()]
    assert kept == list(range(1, PAGE + 2))


@pytest.mark.parametrize("before", ["0", "-1", "x", str(1 << 63), "9" * 400])
def test_a_number_that_no_entry_can_have_is_refused(sign_in: SignIn, before: str) -> None:
    """The database could not even be asked."""
    assert sign_in(Role.AUDITOR).get("/trail", params={"before": before}).status_code == 400


def test_what_others_wrote_is_no_markup(store: Store, sign_in: SignIn) -> None:
    """In the table, and in the filter that is shown again."""
    with store.writing() as connection:
        record(connection, [Entry("e-1", Step.SKIPPED, "tom", NOW, why="<b>bold</b>")])
    page = sign_in(Role.AUDITOR).get("/trail", params={"about": "e-1", "actor": ""}).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<script>alert" not in sign_in(Role.AUDITOR).get("/trail", params={"about": '"><script>alert(1)'}).text
