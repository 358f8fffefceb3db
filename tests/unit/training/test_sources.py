"""The model card names an origin and a licence for every source, and does not hide one that it has none for."""

import tomllib
from pathlib import Path

import moderator.training
from moderator.training.card import SOURCES, markdown, source_rows
from moderator.training.recipe import load_recipe


def test_sources_of_one_origin_are_added_up() -> None:
    """The table is by origin, the largest first, with the tier that the file gives."""
    count = {"tier": "A", "rows": 10}
    rows = source_rows({"jigsaw_small": count, "jigsaw_ak": count, "olid": {"tier": "B", "rows": 15}})
    assert [(cells[1], cells[2], cells[3]) for cells in rows] == [
        ("labels CC0, text CC BY-SA 3.0", "A", "20"),
        ("none", "B", "15"),
    ]


def test_an_unrecorded_source_shows() -> None:
    """New rows cannot slip in under no name."""
    assert source_rows({"found_somewhere": {"tier": "B", "rows": 3}}) == [["found_somewhere", "not recorded", "B", "3"]]


def test_every_source_of_the_recipe_is_recorded() -> None:
    """Whoever adds a source to the recipe says where it is from."""
    recipe = load_recipe(Path(moderator.training.__file__).parent / "recipe.toml")
    names = set(recipe.sources) | set(recipe.assumption.absent)
    rows = source_rows({name: {"tier": "A", "rows": 1} for name in names})
    assert [cells for cells in rows if cells[1] == "not recorded"] == []


def test_every_record_is_complete() -> None:
    """Names, tier, origin and licence."""
    for record in tomllib.loads(SOURCES.read_text(encoding="utf-8"))["sources"]:
        assert set(record) == {"names", "tier", "origin", "licence"}
        assert record["tier"] in {"A", "B"}


def test_markdown_tables_have_a_line_of_dashes() -> None:
    """Without it they are read as text."""
    assert markdown(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
