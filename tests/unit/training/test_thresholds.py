"""The default policy keeps its own rule, and says what it was measured to do."""

from pathlib import Path

import numpy as np
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.policy.thresholds import load_policy
from moderator.training.recipe import Assumption
from moderator.training.rows import Row
from moderator.training.thresholds import Array, Choice, Curve, Evidence, Targets, choose_policy, policy_text
from moderator.training.thresholds import choose as choose_by
from tests.unit.training.written import row

NOBODY = np.zeros(0)


def choose(scores: Array, wanted: Targets, bystanders: Array, harmful: Targets | None = None) -> Choice:
    """Thresholds by scores of rows that all are typical, harmful where they carry the label, and of bystanders."""
    count = len(bystanders)
    harm = (wanted == 1) if harmful is None else (harmful == 1)
    return choose_by(
        Evidence(
            np.concatenate([scores, bystanders]),
            np.concatenate([wanted, np.full(count, -1)]),
            np.concatenate([harm, np.zeros(count, dtype=np.bool_)]),
            np.ones(len(scores) + count, dtype=np.bool_),
            np.arange(len(scores) + count) >= len(scores),
        )
    )


def test_block_at_is_the_lowest_score_that_is_right_nine_times_in_ten() -> None:
    """Below it the precision falls under .9."""
    scores = np.linspace(0.01, 0.99, 99)
    every_other = np.arange(99) % 2
    wanted = np.where(scores > 0.695, 1, np.where(scores > 0.295, every_other, 0))
    choice = choose(scores, wanted, NOBODY)
    assert wanted[scores >= choice.block_at].mean() >= 0.9
    assert wanted[scores >= choice.block_at - 0.04].mean() < 0.9
    assert choice.escalate_at == pytest.approx(0.3, abs=0.02)
    assert choice.escalated is not None
    assert choice.escalated.recall == 1.0


def test_what_is_harmful_another_way_is_rightly_blocked() -> None:
    """As long as the label given for it is right two times in three."""
    scores = np.linspace(0.01, 0.99, 99)
    other = np.arange(99) % 4 == 0
    wanted = np.where((scores > 0.5) & ~other, 1, 0)
    harmful = np.where(scores > 0.5, 1, 0)
    assert choose(scores, wanted, NOBODY).block_at > 0.9
    assert choose(scores, wanted, NOBODY, harmful).block_at == pytest.approx(0.56, abs=0.02)
    seldom = np.where((scores > 0.5) & (np.arange(99) % 2 == 0), 1, 0)
    assert choose(scores, seldom, NOBODY, harmful).block_at > 0.9


@pytest.mark.parametrize(("positives", "block_at"), [(9, 0.98), (10, 0.95)])
def test_a_precision_of_few_rows_does_not_count(positives: int, block_at: float) -> None:
    """Nine right of nine is not yet a reason to block."""
    scores = np.concatenate([np.full(positives, 0.96), np.full(30, 0.3)])
    wanted = np.concatenate([np.ones(positives), np.zeros(30)]).astype(np.int64)
    assert choose(scores, wanted, NOBODY).block_at == block_at


def test_both_precisions_hold_at_the_chosen_threshold() -> None:
    """Precision need not rise with the score: a spell of misses above a good score moves the threshold beyond it."""
    scores = np.concatenate([np.full(40, 0.6), np.full(20, 0.8), np.full(40, 0.95)])
    wanted = np.concatenate([np.ones(40), np.zeros(20), np.ones(40)]).astype(np.int64)
    bystanders = np.full(400, 0.01)
    bystanders[:4] = 0.75  # raise block_at into the spell
    choice = choose(scores, wanted, bystanders)
    caught = scores >= choice.block_at
    assert wanted[caught].mean() >= 0.9
    assert choice.block_at > 0.8


def test_equal_scores_stand_or_fall_together() -> None:
    """A threshold cannot cut between rows of one score."""
    curve = Curve.of(np.array([0.8, 0.8, 0.8, 0.2]), np.array([1, 0, 0, 1]))
    assert curve.scores.tolist() == [0.8, 0.2]
    assert curve.hits.tolist() == [1, 2]
    assert curve.flagged.tolist() == [3, 4]


def test_bystanders_raise_the_thresholds() -> None:
    """A label that fires on texts which next to never carry it must be surer of itself."""
    scores = np.linspace(0.01, 0.99, 99)
    wanted = np.where(scores > 0.295, 1, 0)
    alone = choose(scores, wanted, NOBODY)
    crowded = choose(scores, wanted, np.linspace(0.0, 0.8, 1000))
    assert crowded.escalate_at > alone.escalate_at
    assert crowded.block_at > alone.block_at
    assert crowded.escalated is not None
    assert crowded.blocked is not None
    assert crowded.escalated.bystanders <= 0.02
    assert crowded.blocked.bystanders <= 0.005


def test_blocking_is_stricter_with_bystanders_than_escalating() -> None:
    """A hundredth of them may go to a reviewer; it may not be blocked."""
    scores = np.linspace(0.01, 0.99, 197)  # ten rows and more from .91 on
    wanted = np.where(scores > 0.295, 1, 0)
    choice = choose(scores, wanted, np.concatenate([np.zeros(990), np.full(10, 0.9)]))
    assert choice.escalate_at == pytest.approx(0.3)
    assert choice.block_at == pytest.approx(0.91)
    assert choice.blocked is not None
    assert choice.blocked.bystanders == 0.0


@pytest.mark.parametrize("seed", range(20))
def test_escalate_at_is_always_below_block_at_and_in_bounds(seed: int) -> None:
    """Whatever the scores, the policy file is one that the service accepts."""
    random = np.random.default_rng(seed)
    scores = random.random(200) ** random.integers(1, 6)
    wanted = np.where(random.random(200) < scores, 1, 0)
    wanted[:30] = -1
    wanted[-2:] = (0, 1)
    choice = choose(scores, wanted, random.random(50))
    assert 0.05 <= choice.escalate_at <= choice.block_at - 0.05 + 1e-9
    assert 0.5 <= choice.block_at <= 0.98


def test_the_file_is_read_back_as_chosen(tmp_path: Path) -> None:
    """Every label has its line; one that was not trained is out of reach of its fixed score."""
    trained = [label for label in LABELS if label != Label.SELF_HARM]
    rows = [Row(f"row {n}", {label: int(n >= 50) for label in trained}, None, "letters") for n in range(100)]
    scores = np.tile(np.linspace(0, 1, 100)[:, None], len(LABELS))
    choices = choose_policy(rows, scores, Assumption(), [Label.SELF_HARM])
    path = tmp_path / "policy.toml"
    path.write_text(policy_text(choices, "test-1"), encoding="utf-8")
    read = load_policy(path)
    assert read.version == "test-1"
    assert read.unsupported_language is Outcome.ESCALATE
    assert "\nunsupported_language = " in path.read_text(encoding="utf-8")
    assert [(t.escalate_at, t.block_at) for t in read.thresholds] == [
        (choices[label].escalate_at, choices[label].block_at) for label in LABELS
    ]
    assert choices[Label.SELF_HARM].escalate_at == 0.5
    assert "precision" in path.read_text(encoding="utf-8")


def test_only_sources_that_are_assumed_free_of_a_label_stand_by() -> None:
    """An unknown label alone does not make a bystander: the text may well carry it."""
    known = [row(f"known {n}", spam=int(n >= 50)) for n in range(100)]
    others = [row(f"review {n}", "reviews") for n in range(100)]
    scores = np.zeros((200, len(LABELS)))
    scores[:, LABELS.index(Label.SPAM)] = np.concatenate([np.linspace(0, 1, 100), np.full(100, 0.9)])
    pinned = [label for label in LABELS if label != Label.SPAM]
    free = Assumption(absent={"reviews": ("spam",)})
    apart = choose_policy(known + others, scores, Assumption(), pinned)[Label.SPAM]
    together = choose_policy(known + others, scores, free, pinned)[Label.SPAM]
    assert apart.block_at < 0.9 <= together.block_at
