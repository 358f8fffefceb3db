"""What is nearly the same is one cluster, and what only looks like it is not."""

from datetime import datetime

import pytest

from moderator.console.near_duplicates import NearDuplicates
from moderator.console.store.sketches import Sketch
from moderator.errors import StoreUnavailable

SPAM = "Earn money from home with this one trick that banks hate, write to me for details, offer ends tonight, friends"


def test_the_same_text_is_one_cluster_however_it_is_written() -> None:
    """Case, white space, widths of letters, and a word at the end of a long text."""
    found = NearDuplicates()
    texts = [SPAM, SPAM.upper(), SPAM.replace(" ", "\n  "), "".join(map(_wide, SPAM)), f"{SPAM} 7"]
    assert {found.cluster(f"e-{number}", text, None).cluster for number, text in enumerate(texts)} == {"e-0"}


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if letter.isascii() and letter.isalpha() else letter


@pytest.mark.parametrize(
    ("first", "second"),
    [("I will kill you", "I will not kill you"), ("ok", "no"), ("", " a"), (SPAM, SPAM[: len(SPAM) // 2])],
)
def test_texts_that_mean_something_else_are_apart(first: str, second: str) -> None:
    """A decision on one must not answer the other."""
    found = NearDuplicates()
    assert found.cluster("e-1", first, None).cluster == "e-1"
    assert found.cluster("e-2", second, None).cluster == "e-2"


def test_a_cluster_does_not_reach_beyond_its_scope() -> None:
    """The same words under another policy, or of another tenant, are another question."""
    found = NearDuplicates()
    assert found.cluster("e-1", SPAM, ("spam", "shop")).cluster == "e-1"
    assert found.cluster("e-2", SPAM, ("spam", "kids")).cluster == "e-2"
    assert found.cluster("e-3", SPAM, ("spam", "kids")).cluster == "e-2"


def test_a_cluster_does_not_drift() -> None:
    """Each text is like the one before it; the last is not like the first."""
    found = NearDuplicates()
    words = [f"word{number}" for number in range(100)]
    names = []
    for number in range(60):
        names.append(found.cluster(f"e-{number}", " ".join(words), None).cluster)
        words[number] = f"other{number}"
    assert names[1] == "e-0"
    assert names[-1] != "e-0"


def test_an_escalation_that_comes_again_keeps_its_cluster() -> None:
    """After a crash, or a rebalance; with another text, too, which only a forger sends."""
    found = NearDuplicates()
    found.cluster("e-1", SPAM, None)
    assert found.cluster("e-1", SPAM, None).cluster == "e-1"
    assert found.cluster("e-1", "something else", None).cluster == "e-1"
    assert found.cluster("e-2", SPAM, None).cluster == "e-1"


def test_what_is_remembered_has_a_bound() -> None:
    """What goes on coming is kept, what came once is forgotten."""
    found = NearDuplicates(most=2)
    found.cluster("often", SPAM, None)
    found.cluster("once", "a text of its own", None)
    assert found.cluster("again", SPAM, None).cluster == "often"
    found.cluster("new", "yet another text", None)
    assert found.cluster("later", SPAM, None).cluster == "often"
    assert found.cluster("once more", "a text of its own", None).cluster == "once more"


def test_a_store_that_is_away_is_asked_again() -> None:
    """In the meantime there is what is remembered; nothing is held up by it."""
    kept = NearDuplicates().cluster("e-1", SPAM, None)
    away = True

    def recent(since: datetime, most: int) -> list[Sketch]:
        del since, most
        if away:
            raise StoreUnavailable("the store does not answer: 57P01")
        return [kept]

    found = NearDuplicates(recent=recent)
    assert found.cluster("e-2", "a text of its own", None).cluster == "e-2"
    away = False
    assert found.cluster("e-3", SPAM, None).cluster == "e-1"
