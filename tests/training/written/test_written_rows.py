"""Written rows: labelled, normalised, distinct, the same for the same seed, kept-back families apart."""

import pytest

from moderator.contracts.labels import LABELS
from moderator.inference.normalise import normalise
from moderator.training.rows import Row, digest
from moderator.training.written.rows import families, source, written_rows

SEED = 5


@pytest.fixture(scope="module")
def written() -> tuple[list[Row], list[Row]]:
    """Rows to train on and rows kept back."""
    return written_rows(SEED)


def test_the_same_seed_writes_the_same_rows(written: tuple[list[Row], list[Row]]) -> None:
    """A training run can be repeated; another seed writes other rows."""
    assert written_rows(SEED) == written
    assert written_rows(SEED + 1) != written


def test_no_text_occurs_twice(written: tuple[list[Row], list[Row]]) -> None:
    """Within the training rows, or between them and those kept back."""
    identities = [digest(row.text) for part in written for row in part]
    assert len(set(identities)) == len(identities)


def test_rows_come_from_families_of_their_side(written: tuple[list[Row], list[Row]]) -> None:
    """Each module is trained on; kept-back rows exist and carry names of known sources."""
    training, kept_back = written
    assert {row.source for row in training} == {source(family) for family in families()}
    assert {row.source for row in kept_back} == {source(family) for family in families() if family.kept_back}
    assert 0 < len(kept_back) < len(training)


def test_rows_are_as_the_model_reads_them(written: tuple[list[Row], list[Row]]) -> None:
    """Normalised, of the best tier, with labels of the vocabulary: unknown ones left out, the others 0 or 1."""
    for row in (row for part in written for row in part):
        assert row.text
        assert normalise(row.text) == row.text
        assert row.tier == "A"
        assert set(row.labels) <= set(map(str, LABELS))
        assert set(row.labels.values()) <= {0, 1}


def test_disguise_alone_tells_nothing(written: tuple[list[Row], list[Row]]) -> None:
    """Letters are starred out in harmless and in harmful rows alike."""
    parts = [[row for row in written[0] if max(row.labels.values()) == wanted] for wanted in (0, 1)]
    starred = [sum("*" in row.text for row in part) / len(part) for part in parts]
    assert min(starred) > 0
    assert max(starred) < 3 * min(starred) + 0.05
