"""A checkpoint that was imported is served as the shipped model is, and says what it says in torch."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest

from moderator.contracts.labels import LABELS, Label
from moderator.errors import ConfigError
from moderator.inference.calibration import load_calibration
from moderator.inference.manifest import load_model_directory
from moderator.inference.session import CPU, OPENVINO
from moderator.policy.thresholds import load_policy
from moderator.training.importing.run import import_checkpoint, version_of
from moderator.training.package import verify
from moderator.training.rows import read_lines
from moderator.training.score import classifier, score
from tests.training.importing.checkpoints import WORDS, texts
from tests.training.importing.conftest import Imported

UNSEEN = texts(300)[250:]
NEAR = 0.05  # mean difference of a score between int8 and torch, where random weights of 32 dimensions are rounded
PROVIDERS = pytest.mark.parametrize("provider", [OPENVINO, CPU])


def test_the_directory_says_what_it_holds(from_sigmoid: Imported, from_softmax: Imported) -> None:
    """Languages, labels without a source, how texts are read: from the map, the tokenizer and the positions."""
    manifest = load_model_directory(from_sigmoid.models).manifest
    assert (manifest.name, manifest.languages) == ("own", ("de",))
    assert set(LABELS) - set(manifest.untrained_labels) == {Label.TOXIC, Label.INSULT, Label.SPAM}
    assert manifest.untrained_sentiment
    assert (manifest.window_tokens, manifest.padding_id, manifest.unknown_token) == (128, 0, "[UNK]")
    manifest = load_model_directory(from_softmax.models).manifest
    assert set(LABELS) - set(manifest.untrained_labels) == {Label.HATE}
    assert not manifest.untrained_sentiment
    assert (manifest.window_tokens, manifest.padding_id, manifest.unknown_token) == (96, 1, "<unk>")
    assert [variant.provider for variant in manifest.variants] == [OPENVINO, CPU]


def test_its_graphs_read_one_window_a_row(from_sigmoid: Imported, from_softmax: Imported) -> None:
    """For both providers: how another architecture sees positions and masks is not known well enough to rewrite it."""
    for made in (from_sigmoid, from_softmax):
        for variant in load_model_directory(made.models).manifest.variants:
            inputs = onnx.load(made.models / variant.file).graph.input
            assert [given.name for given in inputs] == ["input_ids", "attention_mask"]


def test_the_service_can_load_it(from_sigmoid: Imported, from_softmax: Imported) -> None:
    """Checksums, golden set and policy are in order."""
    for made in (from_sigmoid, from_softmax):
        assert verify(made.models) < 1e-4
        load_policy(made.models / "policy.toml")


@PROVIDERS
def test_sigmoid_scores_are_those_of_torch(from_sigmoid: Imported, provider: str) -> None:
    """Each label by its own output, calibrated; what nothing is mapped to stays below every threshold."""
    sealed = load_model_directory(from_sigmoid.models)
    logits = np.zeros((len(UNSEEN), len(LABELS)))
    outputs = from_sigmoid.tiny.logits(UNSEEN)
    for label, column in ((Label.TOXIC, 1), (Label.INSULT, 1), (Label.SPAM, 2)):
        logits[:, LABELS.index(label)] = outputs[:, column]
    wanted = load_calibration(sealed.file("calibration.json")).label_scores(logits)
    with classifier(sealed, provider) as model:
        found = score(model, UNSEEN, "score")
    assert np.abs(found.labels - wanted).mean(axis=0).max() < NEAR
    assert found.labels[:, LABELS.index(Label.SPAM)].std() > 3 * NEAR
    assert set(found.labels[:, LABELS.index(Label.THREAT)]) == {0.01}
    assert (found.sentiment.argmax(axis=1) == 1).all()
    assert found.sentiment[:, 1].min() > 0.999999


@PROVIDERS
def test_softmax_scores_are_those_of_torch(from_softmax: Imported, provider: str) -> None:
    """A label of two classes by the odds of the sum of their probabilities; moods by their own."""
    sealed = load_model_directory(from_softmax.models)
    outputs = from_softmax.tiny.logits(UNSEEN).astype(np.float64)
    probabilities = np.exp(outputs) / np.exp(outputs).sum(axis=1, keepdims=True)
    hate = probabilities[:, [3, 4]].sum(axis=1)
    logits = np.zeros((len(UNSEEN), len(LABELS)))
    logits[:, LABELS.index(Label.HATE)] = np.log(hate / (1 - hate))
    calibration = load_calibration(sealed.file("calibration.json"))
    with classifier(sealed, provider) as model:
        found = score(model, UNSEEN, "score")
    assert np.abs(found.labels - calibration.label_scores(logits)).mean(axis=0).max() < NEAR
    assert np.abs(found.sentiment - calibration.sentiment_scores(outputs[:, :3])).mean() < NEAR
    assert found.labels[:, LABELS.index(Label.HATE)].std() > 3 * NEAR


@PROVIDERS
def test_texts_beside_it_do_not_matter(from_softmax: Imported, provider: str) -> None:
    """Padding has its own id, from which this architecture tells where positions begin."""
    sealed = load_model_directory(from_softmax.models)
    lines = [UNSEEN[0], " ".join(UNSEEN[:20]), UNSEEN[1]]
    with classifier(sealed, provider) as model:
        assert {len(tokens.windows) > 1 for tokens in model.tokenize(lines)} == {False, True}
        together = score(model, lines, "together").labels
        alone = [score(model, [line], "alone").labels[0] for line in lines]
    assert np.abs(together - np.array(alone)).max() < 1e-4


def test_no_text_of_the_rows_is_kept(from_softmax: Imported) -> None:
    """They are users' texts, and the directory is published."""
    lines = [json.loads(line)["text"].encode() for _, line in read_lines(from_softmax.rows)]
    for path in from_softmax.models.iterdir():
        content = path.read_bytes()
        assert not any(line in content for line in lines if line.count(b" ") > 1), path.name


def test_the_report_tells_what_was_done(from_sigmoid: Imported) -> None:
    """Figures of every mapped head, the files with their difference from fp32, and what is not in the model; printed
    and written, and no word of the rows in either.
    """
    report = (from_sigmoid.models / "REPORT.md").read_text(encoding="utf-8")
    printed = [line.split() for line in from_sigmoid.output.splitlines()]
    written = [line.replace("|", " ").split() for line in report.splitlines()]
    heads = {line[0]: line for line in written if line and line[0] in LABELS}
    assert set(heads) == {"toxic", "insult", "spam"}
    assert heads["toxic"][1:3] == ["beleidigung", "240"]
    assert all(float(precision) > 0.7 for line in heads.values() for precision in line[6:])
    files = [line for line in written if line and line[0].endswith(".int8.onnx")]
    assert {line[0] for line in files} == {path.name for path in from_sigmoid.models.glob("*.onnx")}
    assert all(0 < float(line[2]) < NEAR for line in files)
    assert all(line in printed for line in [*heads.values(), *files])
    assert "Nothing is mapped to obscene, threat, hate, sexual, self_harm" in report
    assert "every text is neutral" in report
    assert not any(word in report + from_sigmoid.output for word in WORDS)


def test_a_folder_that_is_in_use_is_left_alone(from_sigmoid: Imported, tmp_path: Path) -> None:
    """An agent may be serving from it."""
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ConfigError, match="is there already"):
        import_checkpoint(from_sigmoid.tiny.folder, from_sigmoid.labels, from_sigmoid.rows, tmp_path, "own")


def test_the_version_changes_with_the_map(from_sigmoid: Imported, tmp_path: Path) -> None:
    """Scores of the same weights under another map mean something else."""
    other = tmp_path / "labels.toml"
    other.write_text(from_sigmoid.labels.read_text().replace("insult", "obscene"))
    manifest = load_model_directory(from_sigmoid.models).manifest
    assert version_of(from_sigmoid.tiny.folder, from_sigmoid.labels) == manifest.version
    assert version_of(from_sigmoid.tiny.folder, other) != manifest.version
