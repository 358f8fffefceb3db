"""The training file is read whole and checked; what is wrong is named by file and line, never by text."""

from pathlib import Path

import pytest

from moderator.errors import ConfigError
from moderator.training.recipe import Recipe, Source, Training
from moderator.training.rows import hold_back, label_counts, load_rows, mix
from tests.unit.training.written import row, write_lines

SOUND = {"text": "The bus was late.", "sources": ["letters"], "tier": "A", "sentiment": 0, "labels": {"toxic": 0}}


def problems(path: Path) -> list[str]:
    """What the reader refuses a file with, without the file's name."""
    with pytest.raises(ConfigError) as refusal:
        load_rows(path)
    assert all(str(path) in problem for problem in refusal.value.problems)
    return [problem.replace(str(path), "FILE") for problem in refusal.value.problems]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_reads_rows_as_the_model_will_read_texts(tmp_path: Path, name: str) -> None:
    """Handles are masked and spaces joined in training as in serving; a label that is absent stays unknown."""
    path = write_lines(tmp_path / name, [SOUND | {"text": "@someone  is\tlate &amp; wet"}])
    rows, report = load_rows(path)
    assert report == []
    assert [(r.text, r.labels, r.sentiment, r.source, r.tier) for r in rows] == [
        ("@user is late & wet", {"toxic": 0}, 0, "letters", "A")
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"text": 7}', "no text"),
        ('{"text": "\\u200b "}', "empty text"),
        ('{"text": "half \\ud83d"}', "the text holds half a surrogate pair"),
        ('{"text": "well", "labels": [1]}', "labels are not an object"),
        ('{"text": "well", "labels": []}', "labels are not an object"),
        ('{"text": "well", "labels": {"toxic": 0.5}}', "a label is neither 0 nor 1"),
        ('{"text": "well", "sentiment": 3}', "sentiment is none of 0, 1, 2, null"),
        ('{"text": "well", "sources": "letters"}', "sources are not a list of names"),
        ('{"text": "well", "sources": {"a": 1}}', "sources are not a list of names"),
        ('{"text": "well", "sources": [7]}', "sources are not a list of names"),
        ('{"text": "well", "tier": "C"}', "tier is neither A nor B"),
    ],
)
def test_a_malformed_row_is_left_out_and_reported_by_line(tmp_path: Path, line: str, reason: str) -> None:
    """One bad row in two hundred does not stop a run, and is not lost sight of."""
    path = write_lines(tmp_path / "rows.jsonl", [SOUND] * 3 + [line] + [SOUND] * 196)
    rows, report = load_rows(path)
    assert len(rows) == 199
    assert report == [f"{path}:4: {reason} (source unnamed)"]


def test_a_malformed_row_is_reported_with_its_source(tmp_path: Path) -> None:
    """So that whoever collected it can be told."""
    path = write_lines(tmp_path / "rows.jsonl", [SOUND] * 199 + [SOUND | {"sentiment": "good"}])
    assert load_rows(path)[1] == [f"{path}:200: sentiment is none of 0, 1, 2, null (source letters)"]


def test_numbers_are_whole_whatever_wrote_them(tmp_path: Path) -> None:
    """Other programs write 1 as 1.0 or true; a mood is an index later on."""
    written = write_lines(tmp_path / "rows.jsonl", [SOUND | {"sentiment": 2.0, "labels": {"toxic": True, "spam": 0.0}}])
    [read] = load_rows(written)[0]
    assert (read.sentiment, read.labels) == (2, {"toxic": 1, "spam": 0})
    assert {type(value) for value in (read.sentiment, *read.labels.values())} == {int}


def test_more_than_one_in_a_hundred_malformed_rows_stop(tmp_path: Path) -> None:
    """A file that is largely not what was expected is refused, with its lines."""
    path = write_lines(tmp_path / "rows.jsonl", [SOUND] * 97 + ["{", "[]"])
    assert problems(path) == [
        "FILE: 2 malformed rows",
        "FILE:98: not JSON (source unnamed)",
        "FILE:99: not an object (source unnamed)",
    ]


def test_labels_out_of_the_vocabulary_stop_with_the_list(tmp_path: Path) -> None:
    """A misspelt label would silently train nothing; one in five hundred rows is enough."""
    misspelt = [SOUND | {"labels": {"toxik": 1}}, SOUND, SOUND | {"labels": {"hat": 0, "spam": 0, "rude": 1}}]
    path = write_lines(tmp_path / "rows.jsonl", [SOUND] * 500 + misspelt)
    assert problems(path) == [
        "FILE:501: label 'toxik' is not in the vocabulary",
        "FILE:503: label 'hat' is not in the vocabulary",
        "FILE:503: label 'rude' is not in the vocabulary",
    ]


def test_a_missing_empty_or_broken_file_is_named(tmp_path: Path) -> None:
    """Whatever keeps a file from being read, the message says which and where."""
    assert problems(tmp_path / "none.jsonl") == ["FILE: no such file"]
    assert problems(write_lines(tmp_path / "empty.jsonl", [])) == ["FILE: holds no rows"]
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"text": "café"}\n'.encode("latin-1"))
    assert problems(latin) == ["FILE:1: not UTF-8"]
    cut = write_lines(tmp_path / "cut.jsonl.gz", [SOUND])
    cut.write_bytes(cut.read_bytes()[:-8])
    assert len(problems(cut)) == 1


def test_what_is_held_back_depends_on_the_text_alone() -> None:
    """Adding or reordering rows moves no text between training and calibration, not even in another case."""
    texts = [f"Message number {number}" for number in range(2000)]
    training, held_back = hold_back([row(text) for text in texts], 0.03)
    assert len(training) + len(held_back) == 2000
    assert 30 <= len(held_back) <= 90
    again = hold_back([row(text.upper()) for text in reversed(texts[500:])], 0.03)[1]
    assert {r.text.casefold() for r in again} == {r.text.casefold() for r in held_back} & {
        text.casefold() for text in texts[500:]
    }


def test_the_mix_caps_a_source_and_keeps_the_order() -> None:
    """A capped source gives the same draw for the same seed; the others give all they have."""
    rows = [row(f"a {n}", "large") for n in range(50)] + [row(f"b {n}", "small") for n in range(5)]
    recipe = Recipe(name="test", student=Training(encoder="none"), sources={"large": Source(rows=10)})
    mixed = mix(rows, recipe)
    assert mixed == mix(rows, recipe)
    assert [r.source for r in mixed] == ["large"] * 10 + ["small"] * 5
    assert [rows.index(r) for r in mixed] == sorted(rows.index(r) for r in mixed)
    assert mixed != mix(rows, recipe.model_copy(update={"seed": 8}))


def test_a_rare_source_is_seen_more_often() -> None:
    """Each of its rows as often as the recipe says, and no other source's."""
    sources = {"rare": Source(repeats=3)}
    recipe = Recipe(name="test", student=Training(encoder="none"), sources=sources)
    mixed = mix([row("a", "rare"), row("b", "common")], recipe)
    assert [r.text for r in mixed] == ["a", "a", "a", "b"]


def test_counts_tell_known_negatives_from_unknown() -> None:
    """An absent label counts for neither side."""
    counts = label_counts([row("a", toxic=1), row("b", toxic=0, spam=1), row("c")])
    assert counts["toxic"] == (1, 1)
    assert counts["spam"] == (0, 1)
    assert counts["threat"] == (0, 0)
