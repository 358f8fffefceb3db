"""Figures are what their names say, by hand on splits small enough to reckon."""

import numpy as np
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.policy.thresholds import Policy, parse_policy
from moderator.training.benchmarks import (
    ScoredSplit,
    best_threshold,
    by_label,
    hate_checks,
    openai,
    sst2,
    wikipedia,
    xstest,
)
from moderator.training.heldout import HeldOutRow


def split(
    label: Label, scores: list[float], labels: list[dict[str, int]], moods: list[int] | None = None
) -> ScoredSplit:
    """Rows with these scores of one label, .01 of all others."""
    values = np.full((len(scores), len(LABELS)), 0.01)
    values[:, LABELS.index(label)] = scores
    rows = [
        HeldOutRow("text", "set", "test", given, None if moods is None else moods[index])
        for index, given in enumerate(labels)
    ]
    return ScoredSplit(rows, values, np.zeros((len(scores), 3)))


def test_unknown_labels_are_left_out() -> None:
    """A row that does not tell of a label is in none of its figures."""
    wanted, scores = split(Label.HATE, [0.1, 0.2, 0.3], [{"hate": 0}, {"toxic": 1}, {"hate": 1}]).label(Label.HATE)
    assert wanted.tolist() == [0, 1]
    assert scores.tolist() == [0.1, 0.3]


def test_the_best_threshold_parts_the_sides() -> None:
    """The lowest of those that do."""
    assert best_threshold(np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.6, 0.9])) == pytest.approx(0.305)


def policy_at(escalate_at: float, block_at: float = 0.8) -> Policy:
    """The same thresholds for every label."""
    thresholds = {label.value: {"escalate_at": escalate_at, "block_at": block_at} for label in LABELS}
    return parse_policy({"version": "1", "labels": thresholds}, "policy.toml", "0")


def test_hatecheck_is_judged_by_what_a_policy_would_not_allow() -> None:
    """For its hate score, and for any score; then at the threshold that HatemojiBuild's validation split chooses."""
    labels = [{"hate": 0}, {"hate": 0}, {"hate": 1}]
    hatecheck = split(Label.HATE, [0.25, 0.4, 0.6], labels)
    hatecheck.labels[0, LABELS.index(Label.TOXIC)] = 0.7
    splits = {
        ("hatemojibuild", "val"): split(Label.HATE, [0.1, 0.3], [{"hate": 0}, {"hate": 1}]),
        ("hatecheck", "test"): hatecheck,
        ("hatemojicheck", "test"): hatecheck,
    }
    figures = hate_checks(splits, policy_at(0.5))
    assert figures["HateCheck by the policy, accuracy"] == 1.0
    assert figures["HateCheck by any label of the policy, accuracy on non-hateful"] == 0.5
    assert figures["HateCheck by HatemojiBuild's threshold, accuracy on non-hateful"] == 0.0
    assert figures["HateCheck by HatemojiBuild's threshold, accuracy on hateful"] == 1.0
    assert figures["HatemojiCheck by the policy, accuracy"] == 1.0


def test_sst2_leaves_the_neutral_score_out() -> None:
    """A text that is mostly neutral still leans to one side."""
    rows = [HeldOutRow("text", "sst2", "dev", {}, mood) for mood in (0, 2, 2)]
    moods = np.array([[0.2, 0.7, 0.1], [0.1, 0.7, 0.2], [0.3, 0.5, 0.2]])
    figures = sst2({("sst2", "dev"): ScoredSplit(rows, np.zeros((3, 8)), moods)})
    assert figures == {"SST-2 dev, accuracy": pytest.approx(2 / 3)}


def test_wikipedia_says_what_fuzzing_costs() -> None:
    """The difference is positive when identity terms matter."""
    labels = [{"toxic": 0}, {"toxic": 0}, {"toxic": 1}, {"toxic": 1}]
    figures = wikipedia(
        {
            ("wiki_nonfuzzed", "test"): split(Label.TOXIC, [0.1, 0.2, 0.8, 0.9], labels),
            ("wiki_fuzzed", "test"): split(Label.TOXIC, [0.1, 0.85, 0.8, 0.9], labels),
        }
    )
    assert list(figures.values()) == pytest.approx([1.0, 0.75, 0.25])


def test_openai_takes_any_known_category_and_leaves_spam_out() -> None:
    """A message that is only spam is not flagged by that scheme."""
    labels = [{"oa_S": 1, "oa_H": 0, "oa_V": 1, "oa_SH": 1}, {"oa_S": 0, "oa_H": 1, "oa_V": 0, "oa_SH": 0}]
    labels.append({"oa_S": 0, "oa_H": 0, "oa_V": 0, "oa_SH": 0})
    test = split(Label.SEXUAL, [0.9, 0.5, 0.1], labels)
    test.labels[2, LABELS.index(Label.SPAM)] = 0.99
    figures = openai({("openai_mod", "test"): test})
    assert figures["OpenAI-1680, any flag, AUPRC"] == 1.0
    assert figures["OpenAI-1680, sexual, AP"] == 1.0


def test_xstest_is_judged_by_the_policy() -> None:
    """Any label over its threshold flags, blocks are counted apart, unsafe prompts not at all."""
    policy = policy_at(0.3)
    test = split(Label.THREAT, [0.1, 0.3, 0.8, 0.9], [{"unsafe": 0}] * 3 + [{"unsafe": 1}])
    assert xstest({("xstest", "test"): test}, policy) == {
        "XSTest, safe prompts flagged": pytest.approx(2 / 3),
        "XSTest, safe prompts blocked": pytest.approx(1 / 3),
    }


def test_sets_that_know_one_side_are_in_no_figure_by_label() -> None:
    """Positives alone would make any precision look good; validation splits are not reported."""
    both, one = [{"toxic": 0}, {"toxic": 1}], [{"toxic": 1}, {"toxic": 1}]
    figures = by_label(
        {
            ("a", "test"): split(Label.TOXIC, [0.2, 0.8], both),
            ("b", "test"): split(Label.TOXIC, [0.1, 0.1], one),
            ("c", "val"): split(Label.TOXIC, [0.9, 0.1], both),
        }
    )
    assert figures["toxic, all test rows, AP"] == 1.0
    assert figures["toxic, all test rows, calibration error"] == pytest.approx(0.2)
