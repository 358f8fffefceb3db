"""A group's name is exchanged, the rest of the text and what it deserves stay."""

from moderator.training.recipe import Recipe, Training
from moderator.training.swaps import ADJECTIVES, PEOPLE, SWAPS, swaps
from tests.unit.training.written import row

RECIPE = Recipe(name="test", student=Training(encoder="none"))


def test_every_mention_of_a_group_becomes_the_same_other_group() -> None:
    """In the case that it was written in."""
    [swapped] = swaps([row("Irish folk and IRISH songs; the irish sea", toxic=0)], RECIPE)
    before, capital = swapped.text.split()[0], swapped.text.split()[3]
    assert before.casefold() in set(ADJECTIVES) - {"irish"}
    assert capital == before.upper()
    assert swapped.text == f"{before} folk and {capital} songs; the {before.casefold()} sea"
    assert (swapped.source, swapped.labels) == (SWAPS, {"toxic": 0})


def test_a_noun_is_exchanged_for_a_noun() -> None:
    """The sentence stays one."""
    [swapped] = swaps([row("Muslims and women met", toxic=0)], RECIPE)
    first, _, second, _ = swapped.text.casefold().split()
    assert first in set(PEOPLE) - {"muslims"}
    assert second in set(PEOPLE) - {"women"}


def test_what_depends_on_the_group_is_not_kept() -> None:
    """Hate is left alone; a label that may change with the group becomes unknown, so does the mood."""
    rows = [
        row("Old songs", sentiment=2, toxic=1, insult=1, hate=0, threat=0),
        row("Old things", toxic=1, hate=1),
        row("Old lamps", spam=1),
        row("A lamp", toxic=0),
    ]
    [swapped] = swaps(rows, RECIPE)
    assert swapped.labels == {"toxic": 1, "insult": 1}
    assert swapped.sentiment is None


def test_the_seed_decides() -> None:
    """Another seed names other groups."""
    rows = [row(f"{term} people sing", toxic=0) for term in ADJECTIVES]
    assert [r.text for r in swaps(rows, RECIPE)] == [r.text for r in swaps(rows, RECIPE)]
    assert swaps(rows, RECIPE) != swaps(rows, RECIPE.model_copy(update={"seed": 8}))
