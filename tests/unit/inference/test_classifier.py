"""Text to scores on every provider that is installed: the same text, the same scores, whatever runs beside it."""

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.labels import LABELS, SENTIMENTS, Label, SentimentLabel
from moderator.contracts.scores import NOT_SCORED, Scores, Tokens
from moderator.errors import ModelError
from moderator.inference.batch import Batch, Feed
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import ModelDirectory
from moderator.inference.session import CPU, OPENVINO, Logits, choose_variant
from moderator.telemetry.metrics import Metrics

DEADLINE_S = 60
TRIES = 10
THANKS = "Thank you so much, that was really kind of you!"
INSULT = "You are a stupid, worthless idiot and everybody hates you."
TEXTS = [
    "ok",
    "",
    "🙂",
    THANKS,
    INSULT,
    "The train to the coast leaves from platform four at ten past nine.",
    "今日はとても良い天気ですね。",
    "This soup is cold, the bread is old and nobody has asked us what we want to drink. " * 3,
    "We walked along the river until it got dark, and nobody said a word about the game. " * 12,
    "A long list of towns, rivers and hills that nobody has ever heard of, in no order. " * 40,
]


def scores_of(classifier: OnnxClassifier, texts: Sequence[str]) -> list[Scores]:
    """As the service gets them."""
    return classifier.classify(classifier.tokenize(texts))


def difference(one: Scores, other: Scores) -> float:
    """The largest between two scores of one name."""
    pairs = zip((*one.labels, *one.sentiment), (*other.labels, *other.sentiment), strict=True)
    return max(abs(left - right) for left, right in pairs)


def score(scores: Scores, name: Label | SentimentLabel) -> float:
    """Of one label or mood."""
    return scores.labels[LABELS.index(name)] if isinstance(name, Label) else scores.sentiment[SENTIMENTS.index(name)]


@pytest.fixture(scope="session")
def alone(classifier: OnnxClassifier) -> list[Scores]:
    """Of each text, classified by itself."""
    return [scores_of(classifier, [text])[0] for text in TEXTS]


def test_the_processor_time_of_the_model_is_counted(model: ModelDirectory, classifier: OnnxClassifier) -> None:
    """Whoever's threads the provider runs it in: what it costs is told from it."""
    registry = CollectorRegistry()
    counting = OnnxClassifier(model, Metrics(registry), provider=classifier.variant.provider, threads=2)
    counting.warm_up()
    tokens = counting.tokenize([f"{TEXTS[5]} {number}" for number in range(100)])

    def counted() -> float:
        return registry.get_sample_value("moderator_cpu_seconds_total", {"stage": "infer"}) or 0.0

    parts: list[float] = []
    for _ in range(TRIES):
        before, counted_before = time.process_time(), counted()
        counting.classify(tokens)
        parts.append((counted() - counted_before) / (time.process_time() - before))
    counting.close()
    assert 0.5 < max(parts) < 2  # the process's other threads make a part smaller, none makes it larger


def test_scores_are_probabilities(alone: list[Scores]) -> None:
    """Of every label by itself, and of the three moods together."""
    for scores in alone:
        assert (len(scores.labels), len(scores.sentiment)) == (len(LABELS), len(SENTIMENTS))
        assert all(0 <= score <= 1 for score in (*scores.labels, *scores.sentiment))
        assert sum(scores.sentiment) == pytest.approx(1.0)


def test_an_insult_is_worse_than_thanks(alone: list[Scores]) -> None:
    """The heads are read in the order of their labels: any sane model tells these two apart."""
    thanks, insult = alone[TEXTS.index(THANKS)], alone[TEXTS.index(INSULT)]
    for label in (Label.TOXIC, Label.INSULT):
        assert score(insult, label) > 0.5 > score(thanks, label)
    negative, positive = SentimentLabel.NEGATIVE, SentimentLabel.POSITIVE
    assert score(insult, negative) > score(insult, positive)
    assert score(thanks, positive) > score(thanks, negative)


@pytest.mark.parametrize("seed", range(3))
def test_neighbours_do_not_matter(
    classifier: OnnxClassifier, model: ModelDirectory, alone: list[Scores], seed: int
) -> None:
    """A text's scores come back in its place and are its own, whatever is classified beside it."""
    mixed = list(range(len(TEXTS))) * 6
    random.Random(seed).shuffle(mixed)
    found = scores_of(classifier, [TEXTS[index] for index in mixed])
    for index, scores in zip(mixed, found, strict=True):
        assert difference(scores, alone[index]) <= model.manifest.golden_tolerance


def test_scores_are_the_same_to_the_last_bit_on_openvino(model: ModelDirectory) -> None:
    """Alone or among others, in any order and shape: a message that is read again gets the verdict it got before."""
    drawn = random.Random(5)
    words = " ".join(TEXTS).split()
    texts = [" ".join(drawn.choices(words, k=count % 90 + 1)) for count in range(0, 700, 9)]
    exact = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=OPENVINO, threads=2)
    coarse = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=OPENVINO, threads=1, token_budget=1024)
    tokens = exact.tokenize(texts)
    alone = [exact.classify([text])[0] for text in tokens]
    for among in (exact, coarse):
        for _ in range(3):
            order = drawn.sample(range(len(texts)), len(texts))
            found = among.classify([tokens[index] for index in order])
            assert found == [alone[index] for index in order]
        among.close()


@pytest.mark.parametrize("length", [24, 64, 128])
def test_padding_does_not_matter(classifier: OnnxClassifier, length: int) -> None:
    """What fills a window up is masked."""
    (tokens,) = classifier.tokenize(["Nobody asked you, clown."])
    (window,) = tokens.windows
    exact, _ = classifier._run(Batch(len(window), ((0,),)), [window])
    padded, _ = classifier._run(Batch(length, ((0,),)), [window])
    assert padded == pytest.approx(exact, abs=0.1)  # of a logit


def test_several_threads_get_what_is_theirs(
    classifier: OnnxClassifier, model: ModelDirectory, alone: list[Scores]
) -> None:
    """Two batches run at once in the service."""

    def rotated(by: int) -> list[Scores]:
        found = scores_of(classifier, TEXTS[by:] + TEXTS[:by])
        return found[len(TEXTS) - by :] + found[: len(TEXTS) - by]

    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(rotated, range(len(TEXTS))):
            for scores, expected in zip(found, alone, strict=True):
                assert difference(scores, expected) <= model.manifest.golden_tolerance


def test_a_long_text_is_read_in_windows(classifier: OnnxClassifier, model: ModelDirectory) -> None:
    """An insult at the end of a long text counts in full: labels are the windows' maximum, the mood their mean weighted
    by length.
    """
    text = "The meeting moved to three, please bring the plans and the keys of the old shed. " * 20 + INSULT
    (tokens,) = classifier.tokenize([text])
    assert len(tokens.windows) > 2
    windows = classifier.classify([Tokens((window,)) for window in tokens.windows])
    weights = [len(window) for window in tokens.windows]
    expected = Scores(
        tuple(max(column) for column in zip(*(scores.labels for scores in windows), strict=True)),
        tuple(
            sum(weight * mood for weight, mood in zip(weights, column, strict=True)) / sum(weights)
            for column in zip(*(scores.sentiment for scores in windows), strict=True)
        ),
    )
    (found,) = classifier.classify([tokens])
    assert difference(found, expected) <= model.manifest.golden_tolerance
    (without,) = scores_of(classifier, [text.removesuffix(INSULT)])
    assert score(found, Label.TOXIC) > score(without, Label.TOXIC)


def test_a_text_in_an_unsupported_language_is_not_scored(
    classifier: OnnxClassifier, alone: list[Scores], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets no findings and no mood, its neighbours keep theirs, and the model is not asked about it."""
    japanese = "今日はとても良い天気ですね。"
    found = scores_of(classifier, [japanese, THANKS, japanese, INSULT])
    assert (found[0], found[2]) == (NOT_SCORED, NOT_SCORED)
    assert difference(found[1], alone[TEXTS.index(THANKS)]) < 0.04
    assert difference(found[3], alone[TEXTS.index(INSULT)]) < 0.04
    monkeypatch.setattr(classifier, "_session", None)
    assert scores_of(classifier, [japanese]) == [NOT_SCORED]


def told_after(model: ModelDirectory, threads: int, windows: int) -> list[float]:
    """Parts of the work that were done whenever a classifier said that little is left."""
    metrics = Metrics(CollectorRegistry())
    told: list[float] = []

    def tokens_done() -> float:
        return metrics.registry.get_sample_value("moderator_batch_tokens_sum") or 0.0

    classifier = OnnxClassifier(model, metrics, provider=CPU, threads=threads, token_budget=64)
    texts = [Tokens(([101, *[2204 + number] * 62, 102],)) for number in range(windows)]  # each fills a call
    classifier.classify(texts, lambda: told.append(tokens_done()))
    classifier.close()
    return [tokens / tokens_done() for tokens in told]


def test_it_is_told_once_that_little_is_left_to_do(model: ModelDirectory) -> None:
    """When three quarters are done, so that the next batch can be fetched meanwhile."""
    (part,) = told_after(model, threads=1, windows=80)
    assert 0.75 <= part < 1


@pytest.mark.parametrize(("threads", "windows"), [(2, 1), (2, 2), (1, 1)])
def test_it_is_told_at_once_where_every_call_runs(
    model: ModelDirectory, threads: int, windows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None waits for a thread: a message that comes meanwhile is read while they run."""
    classifier = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=CPU, threads=threads, token_budget=64)
    told, run = threading.Event(), classifier._session.run

    def waiting(feed: Feed) -> tuple[Logits, Logits, float]:
        assert told.wait(DEADLINE_S)
        return run(feed)

    monkeypatch.setattr(classifier._session, "run", waiting)
    classifier.classify([Tokens(([101, *[2204] * 62, 102],))] * windows, told.set)
    classifier.close()


def test_no_work_is_no_reason_to_wait(classifier: OnnxClassifier) -> None:
    """Nothing to classify is over at once, and so is what cannot be read."""
    told: list[bool] = []
    assert classifier.classify([], lambda: told.append(True)) == []
    unread = classifier.tokenize(["今日はとても良い天気ですね。"])
    assert classifier.classify(unread, lambda: told.append(True)) == [NOT_SCORED]


def test_nothing_in_nothing_out(classifier: OnnxClassifier) -> None:
    """A batch of poison records leaves no text to classify."""
    assert scores_of(classifier, []) == []


def test_every_call_is_measured(model: ModelDirectory) -> None:
    """Time, padded tokens and padding of each call of the model."""
    metrics = Metrics(CollectorRegistry())
    measured = OnnxClassifier(model, metrics, provider=CPU, threads=1)
    measured.classify([Tokens(([101, 102],)), Tokens(([101, 2204, 102],))])
    measured.close()
    value = metrics.registry.get_sample_value
    assert value("moderator_inference_seconds_count") == 2  # one is padded to two tokens, the other to four
    assert value("moderator_batch_tokens_sum") == 2 + 4
    assert value("moderator_batch_padding_ratio_sum") == pytest.approx(1 / 4)


def test_a_provider_that_is_not_there_is_refused(model: ModelDirectory) -> None:
    """Saying what the model offers and what is installed."""
    with pytest.raises(ModelError) as refusal:
        choose_variant(model, "CUDAExecutionProvider")
    (problem,) = refusal.value.problems
    assert "'CUDAExecutionProvider'" in problem
    assert "it offers " + ", ".join(variant.provider for variant in model.manifest.variants) in problem
    assert "installed: " in problem
    assert CPU in problem.partition("installed: ")[2]


def test_auto_takes_the_first_variant_that_can_run(model: ModelDirectory) -> None:
    """The manifest lists the fastest first; one whose provider is not installed is passed over."""
    nowhere = model.manifest.variants[0].model_copy(update={"provider": "NowhereExecutionProvider"})
    variants = (nowhere, *model.manifest.variants)
    extended = ModelDirectory(model.path, model.manifest.model_copy(update={"variants": variants}))
    assert choose_variant(extended, "auto") == choose_variant(model, "auto")
    only = ModelDirectory(model.path, model.manifest.model_copy(update={"variants": (nowhere,)}))
    with pytest.raises(ModelError, match="it offers NowhereExecutionProvider"):
        choose_variant(only, "auto")


def test_a_file_that_is_no_model_is_refused(model: ModelDirectory, tmp_path: Path) -> None:
    """A checksum proves only that the file is the one that was packed."""
    for name in ("tokenizer.json", "calibration.json"):
        (tmp_path / name).write_bytes(model.file(name).read_bytes())
    variant = choose_variant(model, CPU)
    (tmp_path / variant.file).write_bytes(b"no model")
    with pytest.raises(ModelError, match="cannot be loaded on CPUExecutionProvider"):
        OnnxClassifier(ModelDirectory(tmp_path, model.manifest), Metrics(CollectorRegistry()), provider=CPU)
