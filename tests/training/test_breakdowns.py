"""Figures over parts of a set: whose texts are flagged, and what quantization costs each label."""

from pathlib import Path

import numpy as np
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError, ModelError
from moderator.training.breakdown import Part, gap
from moderator.training.evaluation_file import completed, require_reproduced
from moderator.training.hatecheck_cases import by_functionality, flagged_by_group, load_cases
from moderator.training.heldout import HeldOutRow
from moderator.training.identity_terms import EVERY, auc_by_term, flagged_by_term
from moderator.training.int8_loss import int8_loss, loss
from moderator.training.kept_back import KEPT_BACK, found_by_family, taken_by_family
from tests.training.test_benchmarks import policy_at, split


def test_functionalities_and_groups_are_told_apart(tmp_path: Path) -> None:
    """The file's rows are found by their text; a group's figure is of its non-hateful texts alone."""
    file = tmp_path / "cases.csv"
    file.write_text(
        "functionality,test_case,target_ident\npraise,One ,women\npraise,Two,women\nattack,Three,women\nobject,Four,\n"
    )
    scored = split(Label.HATE, [0.6, 0.1, 0.9, 0.1], [{"hate": 0}, {"hate": 0}, {"hate": 1}, {"hate": 0}])
    rows = [HeldOutRow(text, "hatecheck", "test", {}, None) for text in ("One", "Two", "Three", "Four")]
    cases = load_cases(file, rows)
    assert by_functionality(scored, cases, policy_at(0.5)) == {
        "praise": Part(2, 0.5),
        "attack": Part(1, 1.0),
        "object": Part(1, 1.0),
    }
    assert flagged_by_group(scored, cases, policy_at(0.5)) == {"women": Part(2, 0.5)}
    with pytest.raises(ConfigError, match="lacks 1 of the 1 HateCheck texts"):
        load_cases(file, [HeldOutRow("Five", "hatecheck", "test", {}, None)])


def test_another_file_is_not_taken_for_hatechecks_cases(tmp_path: Path) -> None:
    """Nor a file that is not there."""
    (tmp_path / "other.csv").write_text("text,label\nOne,1\n")
    with pytest.raises(ConfigError, match="has no column 'functionality'"):
        load_cases(tmp_path / "other.csv", [])
    with pytest.raises(ConfigError, match="no such file"):
        load_cases(tmp_path / "none.csv", [])


def test_identity_terms_are_whole_words() -> None:
    """A false positive counts where the text names the group; one without any label counts for nobody."""
    scored = split(Label.TOXIC, [0.9, 0.1, 0.9, 0.2], [{"toxic": 0}, {"toxic": 0}, {"toxic": 0}, {"toxic": 1}])
    texts = ("Muslim neighbours", "a muslim friend", "muslin cloth", "some Muslim, some not")
    rows = [
        HeldOutRow(text, row.set, row.split, row.labels, row.sentiment)
        for text, row in zip(texts, scored.rows, strict=True)
    ]
    named = type(scored)(rows, scored.labels, scored.sentiment)
    flagged = flagged_by_term(named, policy_at(0.5))
    assert flagged == {EVERY: Part(3, 2 / 3), "Muslim": Part(2, 0.5)}
    assert auc_by_term(named)["Muslim"] == Part(3, 0.5)


def test_the_gap_is_between_groups_of_enough_rows() -> None:
    """Two rows of one group prove nothing."""
    assert gap({"a": Part(20, 0.1), "b": Part(40, 0.4), "c": Part(2, 1.0)}) == pytest.approx(0.3)
    assert gap({"a": Part(20, 0.1), "c": Part(2, 1.0)}) == 0.0


def test_written_families_are_found_by_their_own_label() -> None:
    """Another label's score does not find them; a harmless row is taken by any."""
    harmless = dict.fromkeys(map(str, LABELS), 0)
    scored = split(Label.SPAM, [0.9, 0.1, 0.9], [harmless | {"spam": 1}, harmless | {"spam": 1}, harmless])
    scored.labels[1, LABELS.index(Label.TOXIC)] = 0.9
    assert found_by_family(scored, policy_at(0.5)) == {"set": Part(2, 0.5)}
    assert taken_by_family(scored, policy_at(0.5)) == {"set": Part(1, 1.0)}
    assert KEPT_BACK[1] != "test"


def test_int8_is_judged_at_its_own_threshold() -> None:
    """A shift of all scores costs nothing, as thresholds follow it; a row out of order does."""
    wanted, exact = np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.6, 0.8])
    shifted = loss(wanted, exact, exact - 0.05)
    assert (shifted.rows, shifted.positives, shifted.f1, shifted.average_precision) == (4, 2, 0.0, 0.0)
    disordered = loss(wanted, exact, np.array([0.1, 0.7, 0.6, 0.8]))
    assert disordered.f1 == pytest.approx(100 * (1 - 4 / 5))
    assert disordered.average_precision == pytest.approx(100 * (1 - 5 / 6))


def test_int8_is_judged_on_written_rows_too() -> None:
    """A label that hardly any test set knows would otherwise be judged by a handful of rows."""
    harmless = dict.fromkeys(map(str, LABELS), 0)
    rows = [harmless | {"obscene": 1}, harmless]
    exact = {("a", "test"): split(Label.OBSCENE, [0.9, 0.1], rows), KEPT_BACK: split(Label.OBSCENE, [0.9, 0.1], rows)}
    rounded = exact | {KEPT_BACK: split(Label.OBSCENE, [0.1, 0.9], rows)}
    assert int8_loss(exact, rounded)["obscene"].rows == 4
    assert int8_loss(exact, rounded)["obscene"].average_precision > 0


RECORDED = {
    "model": {"version": "1"},
    "figures": {"A": {"fp32": 0.8, "cpu": 0.79}, "Calibration": {"fp32": 0.01}},
    "breakdowns": {"Groups": {"small": {"rows": 10, "cpu": 0.5}}},
}


def test_what_arithmetic_explains_is_reproduced() -> None:
    """Two rows of a small part too; fp32 need not be there, and is shown from the record."""
    measured = {
        "model": {"version": "1"},
        "figures": {"A": {"cpu": 0.80}},
        "breakdowns": {"Groups": {"small": {"rows": 10, "cpu": 0.7}}},
    }
    require_reproduced(RECORDED, measured, Path("e.json"))
    assert completed(measured, RECORDED)["figures"] == {"A": {"fp32": 0.8, "cpu": 0.80}, "Calibration": {"fp32": 0.01}}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"figures": {"A": {"cpu": 0.7}}}, "A, cpu: recorded 0.79, measured 0.7"),
        ({"figures": {"B": {"cpu": 0.7}}}, "B, cpu: not recorded"),
        ({"breakdowns": {"Groups": {"small": {"rows": 10, "cpu": 0.8}}}}, "Groups: small, cpu: recorded 0.5"),
        ({"model": {"version": "2"}}, "is of model"),
    ],
)
def test_another_figure_or_model_is_not(change: dict[str, object], problem: str) -> None:
    """With the figure's name."""
    measured = {"model": {"version": "1"}, "figures": {}, "breakdowns": {}} | change
    with pytest.raises(ModelError, match=problem):
        require_reproduced(RECORDED, measured, Path("e.json"))
