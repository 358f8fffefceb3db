"""The pictures of the documentation: `python -m tests.e2e.console.screenshots docs/images`.

All that is on them is invented; whoever changes a page takes them anew, and looks at them.
"""

import io
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from moderator.config import TopicSettings
from moderator.console.store.database import Store
from moderator.console.store.deciding import decide
from moderator.console.store.intake import Arrival, take
from moderator.console.store.migrate import upgrade
from moderator.console.store.queue import claim_next
from moderator.console.web.desk import Desk
from moderator.console.web.identity import Role
from moderator.console_settings import ConsoleSettings
from moderator.contracts.review import Escalation
from moderator.reviewer_settings import ReviewerSettings
from tests.contract.console.scene import GRACE, LEASE, blocks
from tests.e2e.console.seat import Seat
from tests.e2e.console.served import served
from tests.e2e.console.weeks import CANARIES, POLICIES, POLICY_FILE, THRESHOLDS, Week
from tests.support import chromium
from tests.unit.review.reviewed import NOTHING, decision

NOW = datetime(2026, 5, 8, 15, 20, tzinfo=UTC)  # a Friday afternoon
MESSAGES = 1700  # enough for a change of a threshold to follow from them
MOST_BYTES = 300_000
COLOURS = 256

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 940}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


def came(
    number: int, minutes_ago: int, text: str, *, severe: bool = False, cluster: str = "", **fields: Any
) -> Arrival:
    """A message of a pottery club's, escalated so long ago; `fields` are its author, scores and so on."""
    scores: dict[str, float] = fields.pop("scores")
    at = NOW - timedelta(minutes=minutes_ago)
    message = {"id": f"m-{number}", "text": text, "language": "en", "created_at": at - timedelta(seconds=8)}
    place = {"channel": "glazing", "tenant": "clay-club"}
    escalated = Escalation.model_validate(
        {
            "id": f"{number:032x}",
            "message_id": f"m-{number}",
            "message": message | place | fields,
            "reasons": [
                {"code": "escalate_threshold", "label": label, "score": score, "threshold": threshold}
                for label, score in scores.items()
                if score >= (threshold := THRESHOLDS[label].escalate_at)  # type: ignore[index]
            ],
            "scores": NOTHING | {"obscene": 0.04, "hate": 0.03} | scores,
            "sentiment": {"label": "negative", "scores": {"negative": 0.72, "neutral": 0.2, "positive": 0.08}},
            "truncated": False,
            "versions": dict.fromkeys(("model", "tokenizer", "calibration", "policy", "software", "provider"), "1"),
            "origin": {"topic": "moderation.messages", "partition": 0, "offset": number, "timestamp_ms": 1},
            "escalated_at": at,
        }
    )
    return Arrival(escalated, b"key", (), at, "abuse", cluster or None, severe)


POTATO = "Your vase looks like a potato that gave up halfway. Were your eyes shut, or is that your talent?"
EARLIER = [
    came(1, 2900, "Your teapot pours like your head works: not at all.", scores={"insult": 0.71}, author_id="ann"),
    came(2, 1500, "Whoever fired this should not be let near a kiln.", scores={"insult": 0.38}, author_id="ann"),
]
NOW_WAITING = [
    came(3, 41, "Here is my first vase! Be honest.", scores={"toxic": 0.47}, author_id="bob"),
    came(4, 35, POTATO, cluster="c", reply_to="m-3", scores={"insult": 0.63, "toxic": 0.41}, author_id="ann"),
    came(5, 30, POTATO.upper(), cluster="c", scores={"insult": 0.66, "toxic": 0.44}, author_id="cleo"),
    came(6, 28, f"{POTATO} :-)", cluster="c", scores={"insult": 0.58, "toxic": 0.4}, author_id="dan"),
    came(7, 22, "I know which bus you take.", severe=True, scores={"threat": 0.41}, author_id="eve"),
]
MODEL = decision(
    id="llm-4",
    source="llm",
    reviewer_id="a-large-model",
    escalation_id=f"{4:032x}",
    replaces=f"{4:032x}",
    outcome="escalate",
    labels=[],
    rules=[],
    referral="unsure",
    suggestion={"outcome": "block", "rules": ["insult.1"], "rationale": "It mocks the maker's eyes, not the vase."},
)


def pottery(store: Store) -> None:
    """What waits at the reviewers' console, and what its author was decided before."""
    take(store, EARLIER, [], [])
    for arrival, outcome in zip(EARLIER, ("block", "allow"), strict=True):
        at = arrival.escalation.escalated_at + timedelta(minutes=20)
        claim = claim_next(store, "tom", at, LEASE)
        assert claim is not None
        found = {"labels": ["insult"], "rules": ["insult.1"]} if outcome == "block" else {"labels": [], "rules": []}
        decide(store, claim.lease, blocks("tom", outcome=outcome, decided_at=at, **found), at, GRACE)
    take(store, NOW_WAITING, [MODEL], [])


def desk_on(file: Path) -> Desk:
    """Of a console with a new store in that file."""
    upgrade(f"sqlite:///{file}")
    settings = ConsoleSettings(dev_login=True, double_review=0.0)
    return Desk(
        Store(f"sqlite:///{file}"),
        POLICIES,
        settings,
        TopicSettings(),
        lambda: NOW,
        ReviewerSettings(fewest_pairs=60),
        POLICY_FILE,
        CANARIES,
    )


def take_picture(seat: Seat, file: Path, *, whole: bool = False) -> None:
    """Of the page in hand, `whole` or what a window shows of it."""
    picture = Image.open(io.BytesIO(seat.page.screenshot(full_page=whole, animations="disabled")))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{file}: {size:,} bytes are too many")
    sys.stdout.write(f"{file}: {size:,} bytes\n")


def of_reviewing(browser: Browser, address: str, to: Path) -> None:
    """A message among near-duplicates with what stands round it, at a desk; the masked one after it, on a phone."""
    rosa = Seat(browser.new_context(**DESK).new_page(), address).sign_in("Rosa", Role.LEAD)
    rosa.press("n")
    rosa.sees("my first vase")
    rosa.press("a")
    rosa.sees("potato")
    rosa.press("o")
    expect(rosa.page.get_by_text("mocks the maker")).to_be_visible()
    take_picture(rosa, to / "console-review.png")
    phone = Seat(browser.new_context(**PHONE).new_page(), address).sign_in("Tom", Role.REVIEWER)
    phone.press("n")
    phone.sees("POTATO")
    take_picture(phone, to / "console-phone.png")


def of_leading(browser: Browser, address: str, to: Path) -> None:
    """A week's work and agreement."""
    lea = Seat(browser.new_context(**DESK).new_page(), address).sign_in("Lea", Role.LEAD)
    for path, name in (("/lead", "lead"), ("/lead/agreement", "agreement"), ("/lead/thresholds", "thresholds")):
        lea.go(path)
        expect(lea.page.get_by_role("heading", level=1)).to_be_visible()
        take_picture(lea, to / f"console-{name}.png", whole=True)


def main(to: Path) -> None:
    """Take all of them."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=arguments)
        reviewers, leads = desk_on(Path(folder) / "reviewers.db"), desk_on(Path(folder) / "leads.db")
        pottery(reviewers.store)
        Week(leads.store, NOW, MESSAGES).pass_by()
        with served(reviewers) as address:
            of_reviewing(browser, address, to)
        with served(leads) as address:
            of_leading(browser, address, to)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
