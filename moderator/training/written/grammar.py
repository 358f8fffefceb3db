"""Template families and the grammar that unfolds them into distinct labelled texts."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from moderator.contracts.labels import Label

# {name} draws from the slot of that name, {one|two|} draws one of the alternatives, the last of which is nothing here.
DRAWN = re.compile(r"\{([^{}]*)\}")
ATTEMPTS = 20  # draws a wanted text before a family counts as exhausted
DEEPEST = 50  # draws a text: a slot that leads back to itself is a mistake of its author


@dataclass(frozen=True, slots=True)
class Family:
    """Texts of one kind that deserve one verdict: each template draws its parts from `slots`, which may draw in turn.

    Every label that is neither in `positive` nor in `unknown` is known to be absent. A family that is `kept_back` is
    never trained on: it tells whether the others taught the kind or only their own words.
    """

    name: str  # "threat/conditional": the module, then the kind
    templates: tuple[str, ...]
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    positive: frozenset[Label] = frozenset()
    unknown: frozenset[Label] = frozenset()
    sentiment: int | None = None  # 0 negative, 1 neutral, 2 positive; None: unknown
    rows: int = 300  # texts wanted at most
    kept_back: bool = False


def unfold(template: str, slots: Mapping[str, tuple[str, ...]], draw: random.Random) -> str:
    """Draw every {part} of `template`, innermost first, until none is left; spaces left by empty parts are closed.

    Raises ValueError when a slot is not defined or leads back to itself.
    """
    text = template
    for _ in range(DEEPEST):
        part = DRAWN.search(text)
        if part is None:
            return re.sub(r"\s+([,.!?;:])", r"\1", " ".join(text.split()))
        inner = part.group(1)
        if "|" in inner:
            choice = draw.choice(inner.split("|"))
        elif inner in slots:
            choice = draw.choice(slots[inner])
        else:
            raise ValueError(f"slot {inner!r} is not defined")
        text = text[: part.start()] + choice + text[part.end() :]
    raise ValueError(f"{template!r} does not come to an end")


def texts(family: Family, seed: int) -> Iterator[str]:
    """Distinct texts of `family`, templates taken in turn, at most `family.rows`; the same for the same seed."""
    draw = random.Random(f"{seed}/{family.name}")
    seen: set[str] = set()
    for attempt in range(family.rows * ATTEMPTS):
        if len(seen) == family.rows:
            return
        template = family.templates[attempt % len(family.templates)]
        text = unfold(template, family.slots, draw)
        if text.casefold() not in seen:
            seen.add(text.casefold())
            yield text
