"""Remembered scores: the same as the model's, in bounded memory, and never from a model that has just failed."""

import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any, Self

import numpy as np
import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.labels import LABELS, SENTIMENTS, Label
from moderator.contracts.scores import NOT_SCORED, Scores, Tokens
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.golden import golden_scores
from moderator.inference.manifest import ModelDirectory
from moderator.inference.score_cache import ENTRY_BYTES, ScoreCache
from moderator.pipeline.answer import SCORE_DIGITS
from moderator.telemetry.metrics import Metrics

PRAISE = "What a lovely song, thank you for posting it."
INSULT = "You are a stupid, worthless idiot and everybody hates you."
SPANISH = "No sé qué decir, pero esta película es la mejor que he visto en mi vida."
LONG = "We walked along the river until it got dark, and nobody said a word about the game. " * 40
MOMENT_S = 0.2  # much longer than a cache needs to be cleared
TEXTS = [PRAISE, INSULT, SPANISH, LONG, "", "🙂 🙃"]


class Caching:
    """The shipped model with a cache for `texts` texts, and what it counted."""

    def __init__(self, model: ModelDirectory, texts: int) -> None:
        self.registry = CollectorRegistry()
        self.classifier = OnnxClassifier(model, Metrics(self.registry), threads=2, cache_bytes=texts * ENTRY_BYTES)

    def scores(self, *texts: str) -> list[Scores]:
        """As the service gets them."""
        return self.classifier.classify(self.classifier.tokenize(texts))

    def sample(self, name: str, **labels: str) -> float:
        """Of a metric; 0 before it was touched."""
        return self.registry.get_sample_value(f"moderator_{name}", labels) or 0.0

    def counted(self) -> tuple[float, float]:
        """Hits and misses so far."""
        hits, misses = (self.sample("cached_texts_total", result=result) for result in ("hit", "miss"))
        return hits, misses


@pytest.fixture
def caching(model: ModelDirectory) -> Iterator[Caching]:
    """With room for more texts than a test has."""
    made = Caching(model, 1000)
    yield made
    made.classifier.close()


def published(scores: Scores) -> list[float]:
    """With as many digits as a verdict has."""
    return [round(score, SCORE_DIGITS) for score in (*scores.labels, *scores.sentiment)]


def flags(tokens: Tokens) -> tuple[bool, bool, bool]:
    """What else than scores a verdict depends on."""
    return tokens.truncated, tokens.unreadable, tokens.unsupported_language


def test_remembered_scores_are_those_of_the_model(caching: Caching, model: ModelDirectory) -> None:
    """A text's verdict does not depend on whether it came before: its scores, bit by bit, and flags are the same."""
    fresh = OnnxClassifier(model, Metrics(CollectorRegistry()), threads=2)
    expected = fresh.tokenize(TEXTS)
    first = caching.scores(*TEXTS)
    again = caching.classifier.tokenize(TEXTS)
    assert caching.counted() == (len(TEXTS), len(TEXTS))
    assert caching.classifier.classify(again) == first
    assert [published(scores) for scores in first] == [published(scores) for scores in fresh.classify(expected)]
    assert [flags(tokens) for tokens in again] == [flags(tokens) for tokens in expected]
    fresh.close()


def test_a_text_in_another_language_stays_unscored(caching: Caching) -> None:
    """Also when the model was asked about it all the same, for the golden set."""
    golden_scores(caching.classifier, [SPANISH])
    assert caching.scores(SPANISH) == caching.scores(SPANISH) == [NOT_SCORED]


def test_what_normalises_to_the_same_is_the_same_text(caching: Caching) -> None:
    """Invisible characters and other spaces do not make a flood of equal texts cost more."""
    caching.scores(PRAISE)
    caching.scores(PRAISE.replace(" ", "\u2003"), PRAISE.replace("o", "o\u200b"))
    assert caching.counted() == (2, 1)


def test_equal_texts_of_a_batch_are_read_once(caching: Caching, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood fills whole batches, and no batch before it held its text."""
    asked: list[int] = []
    logits = caching.classifier.logits

    def counting(texts: list[Tokens], *others: Any) -> Any:
        asked.append(len(texts))
        return logits(texts, *others)

    monkeypatch.setattr(caching.classifier, "logits", counting)
    praise, insult, *others = caching.scores(PRAISE, INSULT, *[PRAISE] * 50)
    assert asked == [2]
    assert insult != praise
    assert others == [praise] * 50
    assert caching.counted() == (50, 2)


def test_a_text_is_asked_about_anew_after_a_failure(caching: Caching, monkeypatch: pytest.MonkeyPatch) -> None:
    """A harmless text tells whether the model is broken or a record to blame: an old answer would hide the former, and
    every message become a dead letter.
    """
    caching.scores(PRAISE)

    def broken(*_: object) -> Any:
        raise RuntimeError

    monkeypatch.setattr(caching.classifier, "logits", broken)
    for text in (INSULT, PRAISE):
        with pytest.raises(RuntimeError):
            caching.scores(text)
    assert caching.sample("cache_bytes") == 0


def test_a_score_that_is_no_number_is_not_remembered(caching: Caching, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a passing failure would stay with the text, and no retry mend it; nor does what was known stay."""
    caching.scores(PRAISE)
    logits = caching.classifier.logits

    def broken(*asked: Any) -> Any:
        return tuple(np.full_like(part, np.nan) for part in logits(*asked))

    with monkeypatch.context() as broken_for_now:
        broken_for_now.setattr(caching.classifier, "logits", broken)
        for text in (INSULT, PRAISE):
            with pytest.raises(FloatingPointError):
                caching.scores(text)
    assert caching.sample("cache_bytes") == 0
    (mended,) = caching.scores(INSULT)
    assert mended.labels[LABELS.index(Label.INSULT)] > 0.5


def test_no_cache_remembers_nothing(model: ModelDirectory) -> None:
    """0 bytes switch it off."""
    without = Caching(model, 0)
    without.scores(PRAISE)
    without.scores(PRAISE)
    assert (without.counted(), without.sample("cache_bytes")) == ((0, 0), 0)
    without.classifier.close()


def small(entries: int) -> ScoreCache:
    """Room for so many entries."""
    return ScoreCache(entries * ENTRY_BYTES, Metrics(CollectorRegistry()))


def said(cache: ScoreCache, text: str, score: float = 0.5) -> tuple[Tokens, Scores]:
    """What a model would say of `text`."""
    return Tokens(([1],), key=cache.key(text)), Scores((score,) * len(LABELS), (score,) * len(SENTIMENTS))


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    """A text that comes again and again stays while others pass."""
    cache = small(2)
    cache.remember([said(cache, "first"), said(cache, "second")])
    cache.recall([cache.key("first")])
    cache.remember([said(cache, "third")])
    keys = {text: cache.key(text) for text in ("first", "second", "third")}
    assert set(cache.recall([*keys.values()])) == {keys["first"], keys["third"]}


def test_a_flood_of_distinct_texts_takes_no_more_than_the_limit() -> None:
    """Memory is bounded by what was set, not by what people write."""
    limit = 1 << 20
    registry = CollectorRegistry()
    cache = ScoreCache(limit, Metrics(registry))
    tracemalloc.start()
    try:
        for batch in range(100):
            cache.remember(said(cache, f"{batch} {number}", number / 7) for number in range(100))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    told = registry.get_sample_value("moderator_cache_bytes")
    assert told is not None
    assert limit // 2 < taken <= limit
    assert limit - ENTRY_BYTES < told <= limit


def test_several_threads_share_it() -> None:
    """Batches are moderated side by side: each gets its own texts' scores, and the limit holds."""
    cache = small(50)

    def write_and_read(thread: int) -> bool:
        for round_ in range(200):
            texts = [f"{(thread * 7 + round_ + number) % 80}" for number in range(20)]
            cache.remember([said(cache, text, float(text)) for text in texts])
            found = cache.recall([cache.key(text) for text in texts])
            for text in texts:
                known = found.get(cache.key(text))
                if known is not None and known.known != said(cache, text, float(text))[1]:
                    return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(write_and_read, range(4)))
    everything = cache.recall([cache.key(str(number)) for number in range(80)])
    assert len(everything) == 50


class Interrupted(bytes):
    """A key with which something else runs, in another thread, the second time that it is looked up: between the look
    and what follows from it.
    """

    looks: int
    meanwhile: Thread

    def __new__(cls, key: bytes, meanwhile: Callable[[], None]) -> Self:
        """`meanwhile` has a moment: under a lock that it needs it runs when that is free."""
        made = super().__new__(cls, key)
        made.looks, made.meanwhile = 0, Thread(target=meanwhile)
        return made

    def __hash__(self) -> int:
        self.looks += 1
        if self.looks == 2:
            self.meanwhile.start()
            self.meanwhile.join(MOMENT_S)
        return super().__hash__()


def test_nothing_is_forgotten_between_a_look_and_what_follows_from_it() -> None:
    """A batch that fails clears what the batch beside it is just looking at: that one must not fail for it."""
    cache = small(2)
    cache.remember([said(cache, "text")])
    key = Interrupted(cache.key("text"), cache.forget)
    found = cache.recall([key])
    key.meanwhile.join()
    assert found[key].known == said(cache, "text")[1]
    assert cache.recall([cache.key("text")]) == {}


def test_keys_differ_from_process_to_process() -> None:
    """Nobody can prepare two texts that share a key, nor tell from a key in a memory dump what was written."""
    assert small(1).key(PRAISE) != small(1).key(PRAISE)
