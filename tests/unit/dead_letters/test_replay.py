"""A replay sends each letter back once, whole, mended if asked, and tells the fate of each."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from moderator.dead_letters.letter import REPLAY_ATTEMPTS, Letter
from moderator.dead_letters.replay import Fate, Terms, replay
from moderator.dead_letters.transform import load_transform
from moderator.errors import ConfigError
from tests.unit.dead_letters.test_letter import letter
from tests.unit.pipeline.fakes import TOPIC, ScriptedPublisher

FAST = Terms(rate=1e6, most_attempts=3)
OWN = ("app", b"1")


async def fates(letters: Sequence[Letter], publisher: ScriptedPublisher, terms: Terms = FAST) -> list[Fate]:
    """Of each letter."""
    return [each.fate async for part in replay(letters, publisher, terms) for each in part]


async def test_a_record_goes_back_whole() -> None:
    """To its topic, with its key, value and headers, without what was said of its failure."""
    publisher = ScriptedPublisher()
    assert await fates([letter(7, headers=(OWN,))], publisher) == [Fate.REPLAYED]
    (publication,) = publisher.published
    assert (publication.topic, publication.key, publication.value) == (TOPIC, letter(7).record.key, b"no JSON")
    assert publication.headers == (OWN, (REPLAY_ATTEMPTS, b"1"))


async def test_a_loop_ends() -> None:
    """A record that always fails is replayed as often as allowed."""
    publisher = ScriptedPublisher()
    twice, thrice = (letter(7, headers=((REPLAY_ATTEMPTS, count),)) for count in (b"2", b"3"))
    assert await fates([twice, thrice], publisher) == [Fate.REPLAYED, Fate.TOO_OFTEN]
    assert publisher.published[0].headers == ((REPLAY_ATTEMPTS, b"3"),)


async def test_a_letter_without_value_stays() -> None:
    """A tombstone, or a record too large for the topic, whose value is at its origin."""
    assert await fates([letter(7, value=None)], ScriptedPublisher()) == [Fate.NO_VALUE]


async def test_a_dry_run_publishes_nothing() -> None:
    """And says what it would do."""
    publisher = ScriptedPublisher()
    terms = Terms(1e6, 3, dry_run=True)
    assert await fates([letter(7), letter(8, value=None)], publisher, terms) == [Fate.WOULD_REPLAY, Fate.NO_VALUE]
    assert publisher.published == []


async def test_a_refused_record_is_told() -> None:
    """Beside those that went through."""
    publisher = ScriptedPublisher(lambda publication: publication.value == b"large")
    found = await fates([letter(7), letter(8, value=b"large")], publisher)
    assert found == [Fate.REPLAYED, Fate.REFUSED]


@pytest.mark.parametrize(
    "fix",
    [
        [{"op": "move", "from": "/body", "path": "/text"}, {"op": "add", "path": "/id", "value": "m"}],
        {"/text": "/body", "/id": "/number"},
    ],
)
async def test_a_value_is_mended_on_its_way(tmp_path: Path, fix: object) -> None:
    """By a JSON Patch or a mapping of fields; a value that it does not fit stays."""
    path = tmp_path / "fix.json"
    path.write_text(json.dumps(fix))
    publisher = ScriptedPublisher()
    terms = Terms(1e6, 3, load_transform(path))
    good, bad = letter(7, value=b'{"body": "tea", "number": "m"}'), letter(8, value=b"no JSON")
    other = letter(9, value=b'{"elsewhere": "tea"}')
    assert await fates([good, bad, other], publisher, terms) == [Fate.REPLAYED, Fate.UNFIT, Fate.UNFIT]
    (publication,) = publisher.published
    mended = json.loads(publication.value or b"")
    assert (mended["text"], mended["id"]) == ("tea", "m")


@pytest.mark.parametrize(
    "content", ["{", '[{"op": "paint", "path": "/text"}]', '{"text": "/body"}', '"fix"', '{"/a": 1}']
)
def test_a_fix_that_is_none_is_refused_before_anything_is_read(tmp_path: Path, content: str) -> None:
    """With the file's name."""
    path = tmp_path / "fix.json"
    path.write_text(content)
    with pytest.raises(ConfigError, match=r"fix\.json"):
        load_transform(path)
