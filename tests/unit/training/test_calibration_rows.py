"""Calibration and thresholds are chosen on rows that no reported figure uses and that tell a label's rate."""

from moderator.training.calibration_rows import calibration_rows, drop_one_sided_labels, written_halves
from moderator.training.heldout import HeldOutRow
from tests.unit.training.written import row


def held_out(text: str, name: str, split: str, **labels: int) -> HeldOutRow:
    """A held-out row without a mood."""
    return HeldOutRow(text, name, split, labels, None)


def test_reported_splits_choose_nothing() -> None:
    """Neither a test split, nor SST-2's dev split, nor SST-5's, which holds the same sentences."""
    heldout = [
        held_out("one", "tweeteval_offensive", "val", toxic=0),
        held_out("two", "tweeteval_offensive", "test", toxic=0),
        held_out("three", "sst2", "dev"),
        held_out("four", "sst5", "dev"),
    ]
    rows = calibration_rows([row("five", toxic=1)], heldout)
    assert {r.text for r in rows} == {"one", "five"}


def test_a_text_that_a_reported_split_holds_too_is_left_out() -> None:
    """Whatever its case and handles, and wherever else it stands."""
    heldout = [held_out("Hi @anna", "edos", "dev", threat=0), held_out("hi @bob", "edos", "test", threat=0)]
    assert calibration_rows([row("HI @user")], heldout) == []


def test_a_source_of_positives_alone_tells_no_rate() -> None:
    """Its rows stay, without the label; a source of negatives alone is like the world and stays whole."""
    rows = drop_one_sided_labels(
        [
            *(row(f"film {n}", "films", sexual=1, toxic=n % 2) for n in range(10)),
            *(row(f"page {n}", "pages", sexual=0) for n in range(10)),
        ]
    )
    films = [r for r in rows if r.source == "films"]
    assert all("sexual" not in r.labels and "toxic" in r.labels for r in films)
    assert all(r.labels == {"sexual": 0} for r in rows if r.source == "pages")


def test_names_beyond_the_vocabulary_are_left_out() -> None:
    """The heads know eight labels."""
    (chosen,) = calibration_rows([], [held_out("one", "edos", "dev", sexist=1, threat=0)])
    assert chosen.labels == {"threat": 0}
    assert chosen.source == "edos/dev"


def test_written_families_tell_a_rate_together() -> None:
    """One holds the look-alikes of another's positives."""
    rows = [row("a", "written_self_harm", self_harm=1), row("b", "written_self_harm_lookalikes", self_harm=0)]
    assert drop_one_sided_labels(rows) == rows


def test_half_of_the_written_rows_choose_and_the_others_are_reported() -> None:
    """None does both; a row is on the same side whatever is around it."""
    written = [row(f"text {n}", "written_spam", spam=n % 2) for n in range(200)]
    choosing, reported = written_halves(written)
    assert len(choosing) + len(reported) == 200
    assert min(len(choosing), len(reported)) > 70
    assert written_halves(written[50:])[0] == [row for row in choosing if row in written[50:]]
    assert {r.text for r in calibration_rows([], [], written)} == {r.text for r in choosing}


def test_people_keep_half_the_say() -> None:
    """A label that collected rows tell both ways is known in no more written rows; one that they do not, in all."""
    collected = [row(f"post {n}", spam=n % 2) for n in range(10)]
    written = [row(f"text {n}", "written_spam", spam=n % 2, self_harm=n % 2) for n in range(200)]
    chosen = [r for r in calibration_rows(collected, [], written) if r.source == "written_spam"]
    assert sum("spam" in r.labels for r in chosen) == 10
    assert all("self_harm" in r.labels for r in chosen)
