"""The whole chain on a tiny model, and every kind of bad input ends with a message and a distinct exit code."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from moderator.contracts.labels import LABELS, Label
from moderator.training.__main__ import main
from moderator.training.evaluate import SPLITS
from tests.training.tiny import written_rows
from tests.unit.training.written import write_lines


def invoke(*arguments: object) -> Result:
    """Run the command line."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def heldout_file(path: Path) -> Path:
    """Rows for every split that the figures need, each with both values of every label that some figure reads."""
    names = [*(label for label in LABELS if label != Label.SELF_HARM), "oa_S", "oa_H", "oa_V", "oa_SH", "unsafe"]
    return write_lines(
        path,
        (
            {
                "set": name,
                "split": split,
                "text": f"{'fool' if number % 2 else 'friend'} {name} {split} {number}",
                "sentiment": number % 3 if name != "sst2" else number % 2 * 2,
                "labels": dict.fromkeys(names, number % 2),
            }
            for name, split in (*SPLITS, ("edos", "dev"), ("tweeteval_sentiment", "val"))
            for number in range(24)
        ),
    )


def training_file(path: Path) -> Path:
    """Rows in the form of the training file; one word tells all labels, but for one that is never annotated."""
    annotated = [label for label in LABELS if label != Label.SELF_HARM]
    return write_lines(
        path,
        (
            {
                "text": f"{row.text} {'fool' if number % 2 else 'friend'} {number}",
                "labels": dict.fromkeys(annotated, number % 2),
                "sentiment": row.sentiment,
                "sources": ["letters"],
            }
            for number, row in enumerate(written_rows(400))
        ),
    )


RECIPE = """
name = "tiny"
held_back = 0.3
written = false
swaps = false

[student]
encoder = "{encoder}"
epochs = 8
batch_tokens = 512
learning_rate = 3e-3
checkpoint_steps = 5

[teachers.first]
encoder = "{encoder}"
pooling = "cls"
seed = 3
epochs = 4
batch_tokens = 512
learning_rate = 3e-3

[distillation]
phrase_sources = ["letters"]
phrases_per_row = 1
"""


def test_one_command_from_rows_to_a_model_card(encoder: Path, tmp_path: Path) -> None:
    """Every step leaves its files; a second call finds them up to date; what is missing is made again."""
    (tmp_path / "recipe.toml").write_text(RECIPE.format(encoder=encoder))
    arguments = [
        *("--data", training_file(tmp_path / "train.jsonl.gz"), "--heldout", heldout_file(tmp_path / "heldout.jsonl")),
        *("--out", tmp_path / "run", "--models", tmp_path / "models", "--recipe", tmp_path / "recipe.toml"),
    ]
    first = invoke("run", *arguments)
    assert first.exit_code == 0, first.output
    assert "TweetEval offensive, macro-F1" in first.output
    evaluation = json.loads((tmp_path / "models/evaluation.json").read_text())
    assert set(evaluation["figures"]["SST-2 dev, accuracy"]) == {"fp32", "openvino", "cpu"}
    assert set(evaluation["score_difference_from_fp32"]) == {"openvino", "cpu"}
    card = (tmp_path / "models/MODEL_CARD.md").read_text()
    assert "Not trained: self_harm." in card
    assert "| letters | not recorded | A |" in card
    again = invoke("run", *arguments)
    assert again.exit_code == 0
    assert again.output.count("up to date") == 9
    (tmp_path / "models/evaluation.json").unlink()
    third = invoke("run", *arguments)
    assert third.output.count("up to date") == 7


def test_evaluating_needs_the_model_directory_alone(models: Path, tmp_path: Path) -> None:
    """Who has only the published files repeats the int8 figures."""
    result = invoke(
        "evaluate", "--heldout", heldout_file(tmp_path / "h.jsonl"), "--models", models, "--out", tmp_path / "none"
    )
    assert result.exit_code == 0, result.output
    assert "fp32" not in result.output.partition("Other figures")[0].splitlines()[1]
    (models / "evaluation.json").unlink()


def test_figures_are_reproduced_or_named(models: Path, tmp_path: Path) -> None:
    """`make evaluate`: the same again is fine; a figure that is another, or a file that is missing, is an error."""
    heldout = heldout_file(tmp_path / "h.jsonl")
    arguments = ("--models", models, "--out", tmp_path / "none")
    assert invoke("evaluate", "--heldout", heldout, *arguments).exit_code == 0
    same = invoke("reproduce", "--heldout", heldout, *arguments)
    assert same.exit_code == 0, same.output
    recorded = json.loads((models / "evaluation.json").read_text())
    recorded["figures"]["SST-2 dev, accuracy"]["cpu"] += 0.1
    (models / "evaluation.json").write_text(json.dumps(recorded))
    other = invoke("reproduce", "--heldout", heldout, *arguments)
    assert other.exit_code == 3
    assert "SST-2 dev, accuracy, cpu: recorded" in other.stderr
    (models / "evaluation.json").unlink()
    missing = invoke("reproduce", "--heldout", tmp_path / "none.jsonl", *arguments)
    assert missing.exit_code == 2
    assert "docs/model.md" in missing.stderr


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    """With its name."""
    result = invoke("data", "--data", tmp_path / "none.jsonl", "--heldout", tmp_path / "h.jsonl", "--out", tmp_path)
    assert result.exit_code == 2
    assert "none.jsonl: no such file" in result.stderr


def test_an_unknown_label_ends_with_2_and_the_line(tmp_path: Path) -> None:
    """File and line."""
    data = write_lines(tmp_path / "train.jsonl", ['{"text": "Hello", "labels": {"rude": 1}}'])
    result = invoke("train", "--data", data, "--heldout", tmp_path / "h.jsonl", "--out", tmp_path)
    assert result.exit_code == 2
    assert "train.jsonl:1: label 'rude' is not in the vocabulary" in result.stderr


def test_a_step_out_of_order_names_the_one_before(tmp_path: Path) -> None:
    """Rather than fail inside."""
    for step, wanted in (("export", "train"), ("package", "earlier")):
        result = invoke(step, "--out", tmp_path)
        assert result.exit_code == 2
        assert f"run the {wanted} step" in result.stderr


def test_a_held_out_split_that_is_missing_ends_with_2(models: Path, tmp_path: Path) -> None:
    """A table with holes is not printed."""
    heldout = write_lines(tmp_path / "h.jsonl", ['{"set": "sst2", "split": "dev", "text": "good", "sentiment": 2}'])
    result = invoke("evaluate", "--heldout", heldout, "--models", models, "--out", tmp_path)
    assert result.exit_code == 2
    assert "held-out set 'xstest' has no rows in split 'test'" in result.stderr


def test_an_altered_model_ends_with_3(tmp_path: Path) -> None:
    """As it does in the service."""
    heldout = heldout_file(tmp_path / "h.jsonl")
    result = invoke("evaluate", "--heldout", heldout, "--models", tmp_path, "--out", tmp_path)
    assert result.exit_code == 3


def test_the_steps_are_listed_in_their_order() -> None:
    """Whoever reads the help sees the way."""
    output = invoke("--help").output
    names = ["data", "train", "export", "quantize", "calibrate", "package", "evaluate", "card", "run"]
    places = [output.index(f"\n  {name} ") for name in names]
    assert places == sorted(places)
