"""A run can be cut off anywhere and goes on to the same weights; unknown labels teach nothing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from moderator.errors import ConfigError
from moderator.training.batches import TrainingBatch, encode, epochs, padded_length, to_tensors
from moderator.training.layout import RUN_LOG
from moderator.training.recipe import Training
from moderator.training.rows import Row
from moderator.training.targets import Targets
from moderator.training.train import Supervision, losses, schedule, train
from tests.training.conftest import RECIPE, TRAINING
from tests.training.tiny import written_rows


class CutOff(Exception):
    """The power is gone."""


class FailingTargets(Targets):
    """Targets whose label weights can be read so many times; then the power is cut, in the middle of the run."""

    reads = 0

    def __getattribute__(self, name: str) -> Any:
        if name == "label_weights":
            FailingTargets.reads -= 1
            if FailingTargets.reads < 0:
                raise CutOff
        return super().__getattribute__(name)

    @classmethod
    def after(cls, reads: int, rows: list[Row]) -> "FailingTargets":
        """The targets of `rows`, good for so many reads."""
        cls.reads = 1000
        targets = cls.of(rows, RECIPE)
        cls.reads = reads
        return FailingTargets(*(getattr(targets, name) for name in Targets.__slots__))


def run(rows: list[Row], training: Training, encoder: Path, out: Path, reads: int | None = None) -> Path:
    """Train on `rows`, as far as `reads` lasts."""
    targets = Targets.of(rows, RECIPE) if reads is None else FailingTargets.after(reads, rows)
    return train([row.text for row in rows], targets, training, encoder, out)


def starts(folder: Path) -> list[int]:
    """The step that each start of the run in `folder` began at."""
    lines = [json.loads(line) for line in (folder / RUN_LOG).read_text().splitlines()]
    return [line["first"] for line in lines if "first" in line]


@pytest.mark.parametrize("dropout", [0.0, 0.1])
def test_an_interrupted_run_ends_with_the_weights_of_an_uninterrupted_one(
    tmp_path: Path, encoder: Path, dropout: float
) -> None:
    """To the bit: order, learning rates, moments, average and dropout go on where the last checkpoint left them."""
    training = TRAINING.model_copy(update={"dropout": dropout})
    rows = written_rows(60)
    whole = run(rows, training, encoder, tmp_path / "whole")
    for reads in (13, 11):
        with pytest.raises(CutOff):
            run(rows, training, encoder, tmp_path / "cut", reads)
    cut = run(rows, training, encoder, tmp_path / "cut")
    first, second, third = starts(tmp_path / "cut")
    assert first == 0 < second < third
    wanted, found = load_file(whole), load_file(cut)
    assert set(wanted) == set(found)
    assert all(torch.equal(wanted[name], found[name]) for name in wanted)


def test_a_checkpoint_of_another_recipe_is_not_gone_on_from(tmp_path: Path, encoder: Path) -> None:
    """The mixture of two recipes would be a model that nobody described."""
    with pytest.raises(CutOff):
        run(written_rows(60), TRAINING, encoder, tmp_path, 13)
    with pytest.raises(ConfigError, match="learning_rate"):
        run(written_rows(60), TRAINING.model_copy(update={"learning_rate": 1.0}), encoder, tmp_path)
    with pytest.raises(ConfigError, match="60 then, 59 now"):
        run(written_rows(59), TRAINING, encoder, tmp_path)
    relabelled = [replace(row, labels={"toxic": 1}) for row in written_rows(60)]
    with pytest.raises(ConfigError, match="what the rows say or are labelled"):
        run(relabelled, TRAINING, encoder, tmp_path)
    rewritten = [replace(row, text=f"{row.text} you") for row in written_rows(60)]
    with pytest.raises(ConfigError, match="what the rows say or are labelled"):
        run(rewritten, TRAINING, encoder, tmp_path)


def test_a_write_cut_short_between_its_renames_loses_nothing(tmp_path: Path, encoder: Path) -> None:
    """The former checkpoint stands aside for a moment; a run that finds only that one goes on from it."""
    with pytest.raises(CutOff):
        run(written_rows(60), TRAINING, encoder, tmp_path, 13)
    (tmp_path / "checkpoint").rename(tmp_path / "checkpoint.former")
    run(written_rows(60), TRAINING, encoder, tmp_path)
    assert starts(tmp_path)[-1] > 0


def test_training_learns_and_logs(trained: Path) -> None:
    """The loss falls, and the log has it."""
    lines = [json.loads(line) for line in (trained / RUN_LOG).read_text().splitlines()]
    figures = [line for line in lines if "step" in line]
    assert figures[-1]["label_loss"] < figures[0]["label_loss"]
    assert lines[0]["training"]["encoder"] == "tiny"


def batch(labels: list[dict[str, int]], sentiments: list[int | None]) -> TrainingBatch:
    """A batch of one-word rows with these targets."""
    rows = [Row("good", given, mood, "letters") for given, mood in zip(labels, sentiments, strict=True)]
    return to_tensors([[2, 3]] * len(rows), Targets.of(rows, RECIPE), range(len(rows)), assuming=True)


KNOWN = Supervision(1.0, 1.0)


def test_unknown_labels_and_moods_have_no_gradient() -> None:
    """Only what somebody said moves the weights."""
    targets = batch([{"toxic": 1}, {}], [None, 2])
    labels = torch.zeros(2, 8, requires_grad=True)
    moods = torch.zeros(2, 3, requires_grad=True)
    label_loss, mood_loss = losses(labels, moods, targets, KNOWN)
    torch.autograd.backward([label_loss + mood_loss])
    assert labels.grad is not None
    assert moods.grad is not None
    assert labels.grad[0, 0] < 0
    assert labels.grad.count_nonzero() == 1
    assert moods.grad[0].count_nonzero() == 0
    assert moods.grad[1].count_nonzero() == 3


def test_a_batch_in_which_nothing_is_known_costs_nothing() -> None:
    """And does not divide by zero."""
    label_loss, mood_loss = losses(torch.ones(2, 8), torch.ones(2, 3), batch([{}, {}], [None] * 2), KNOWN)
    assert label_loss.item() == 0.0
    assert mood_loss.item() == 0.0


def test_batches_hold_every_row_once_an_epoch_within_the_budget(encoder: Path) -> None:
    """Padding included; the same seed gives the same order."""
    ids = encode([row.text for row in written_rows(120)], encoder / "tokenizer.json", 16)
    training = TRAINING.model_copy(update={"epochs": 2})
    planned = list(epochs(ids, training))
    assert sorted(index for part in planned for index in part) == sorted([*range(120)] * 2)
    longest = [padded_length(max(len(ids[index]) for index in part)) for part in planned]
    assert all(tokens * len(part) <= training.batch_tokens for tokens, part in zip(longest, planned, strict=True))
    assert planned == list(epochs(ids, training))
    assert max(map(len, ids)) <= 16


def test_the_rate_rises_then_falls_to_nothing() -> None:
    """Linear warm-up over its part of the steps, linear decay over the rest."""
    rates = [schedule(step, 100, 0.1) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == rates[9] == 1.0
    assert rates[99] == pytest.approx(1 / 90)
    assert rates[10:] == sorted(rates[10:], reverse=True)
