"""The model: windows of tokens to calibrated scores, on ONNX Runtime."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.contracts.scores import NOT_SCORED, Scores, Tokens
from moderator.inference.batch import Batch, Batching, blank, three_quarters
from moderator.inference.batcher import Batcher
from moderator.inference.calibration import load_calibration
from moderator.inference.language import LanguageCheck
from moderator.inference.manifest import Manifest, ModelDirectory
from moderator.inference.normalise import normalise
from moderator.inference.packer import INPUTS, Packer
from moderator.inference.score_cache import ScoreCache
from moderator.inference.session import OPENVINO, Logits, Session, available_cores, choose_variant
from moderator.inference.tokens import Tokenizer
from moderator.telemetry.metrics import Metrics


class OnnxClassifier:
    """Normalises, tokenizes, runs the model and calibrates. Safe to call from several threads."""

    def __init__(
        self,
        model: ModelDirectory,
        metrics: Metrics,
        *,
        provider: str = "auto",
        threads: int = 0,
        token_budget: int = 256,
        cache_bytes: int = 0,
    ) -> None:
        """`threads` 0: a thread a core; `cache_bytes` 0: no scores are remembered. Raises ModelError when the model
        cannot be loaded.
        """
        manifest = model.manifest
        self.variant = choose_variant(model, provider)
        self.threads = threads or available_cores()
        self._session = Session(model, self.variant, self.threads)
        self._tokenizer = Tokenizer(
            model.file("tokenizer.json"),
            manifest.window_tokens,
            manifest.window_overlap,
            manifest.max_windows,
            manifest.unknown_token,
        )
        self.languages = manifest.languages
        self.language_check = LanguageCheck(manifest.languages)
        self._calibration = load_calibration(model.file("calibration.json"))
        self._batching = self._batching_of_graph(token_budget, manifest)
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="infer")
        self._cache = ScoreCache(cache_bytes, metrics) if cache_bytes else None
        self._metrics = metrics

    def close(self) -> None:
        """Release the threads; a call that hangs is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def warm_up(self) -> None:
        """Run every shape once, so that no user waits for a shape to be compiled."""
        repeats = self.threads if self.variant.provider == OPENVINO else 1
        runs: list[Future[Any]] = []
        for rows, length in reversed(self._batching.shapes()):
            feed = self._batching.feed(*blank(rows, length))
            runs += [self._pool.submit(self._session.run, feed) for _ in range(repeats)]
        for run in runs:
            run.result()

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Normalise `texts` and cut them into windows of token ids; tell those that the model cannot read. Texts whose
        scores are remembered come without windows.
        """
        with self._forgetting_on_failure():
            normalised = [normalise(text) for text in texts]
            if self._cache is None:
                return self._tokenizer.encode_normalised(normalised, self.language_check)
            keys = [self._cache.key(text) for text in normalised]
            found = self._cache.recall(keys)
            new = {key: text for key, text in zip(keys, normalised, strict=True) if key not in found}
            read = self._tokenizer.encode_normalised([*new.values()], self.language_check)
            found |= {key: replace(tokens, key=key) for key, tokens in zip(new, read, strict=True)}
            self._cache.count(hits=len(texts) - len(new), misses=len(new))
            return [found[key] for key in keys]

    def classify(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] | None = None) -> list[Scores]:
        """Scores of each text: labels are the maximum over its windows, sentiment their length-weighted mean. The model
        is not asked about a text in an unsupported language, whose scores are NOT_SCORED, nor about one that is known,
        and once about equal ones. `nearly_done` is called once, when at most a quarter of the work is left, or at
        once where every call has a thread; perhaps not when that is the end of it.

        Blocks the calling thread. Raises whatever ONNX Runtime raises, and FloatingPointError where the model's answer
        is no number; then no text has scores.
        """
        with self._forgetting_on_failure():
            new = {id(tokens): tokens for tokens in texts if tokens.known is None}  # of equal texts it is one object
            scores = self._scores([*new.values()], nearly_done)
            if self._cache is not None:
                self._cache.remember(zip(new.values(), scores, strict=True))
            said = dict(zip(new, scores, strict=True))
            return [tokens.known or said[id(tokens)] for tokens in texts]

    def _scores(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] | None) -> list[Scores]:
        supported = [tokens for tokens in texts if not tokens.unsupported_language]
        label_logits, sentiment_logits = self.logits(supported, nearly_done)
        labels = self._calibration.label_scores(label_logits)
        sentiments = self._calibration.sentiment_scores(sentiment_logits)
        if np.isnan(labels).any() or np.isnan(sentiments).any():  # no verdict can hold them: never to be remembered
            raise FloatingPointError("a score is no number")
        scores = iter(_per_text(supported, labels, sentiments))
        return [NOT_SCORED if tokens.unsupported_language else next(scores) for tokens in texts]

    @contextmanager
    def _forgetting_on_failure(self) -> Iterator[None]:
        """Whether a harmless text still passes is asked after a failure, and only the model itself may answer that."""
        try:
            yield
        except BaseException:
            if self._cache is not None:
                self._cache.forget()
            raise

    def logits(self, texts: Sequence[Tokens], nearly_done: Callable[[], object] | None = None) -> tuple[Logits, Logits]:
        """Label logits [windows, 8] and sentiment logits [windows, 3] of every window of every text, in order."""
        windows = [window for tokens in texts for window in tokens.windows]
        batches = self._batching.plan([len(window) for window in windows])
        label_logits = np.empty((len(windows), len(LABELS)), dtype=np.float32)
        sentiment_logits = np.empty((len(windows), len(SENTIMENTS)), dtype=np.float32)
        runs = [(batch, self._pool.submit(self._run, batch, windows)) for batch in batches]
        told_after = three_quarters(batches) if len(batches) > self.threads else 0  # else no call waits for a thread
        for done, (batch, run) in enumerate(runs):
            if nearly_done and done == told_after:
                nearly_done()
            label_logits[batch.windows], sentiment_logits[batch.windows] = run.result()
        return label_logits, sentiment_logits

    def _run(self, batch: Batch, windows: Sequence[list[int]]) -> tuple[Logits, Logits]:
        feed = self._batching.feed(batch, windows)
        started = time.perf_counter()
        labels, sentiment, taken = self._session.run(feed)
        self._metrics.inference_seconds.observe(time.perf_counter() - started)
        self._metrics.cpu_seconds.labels("infer").inc(taken)
        self._metrics.batch_tokens.observe(batch.padded_tokens)
        tokens = sum(len(windows[window]) for window in batch.windows)
        self._metrics.batch_padding_ratio.observe(1 - tokens / batch.padded_tokens)
        answers = self._batching.answers(batch)
        return labels[answers], sentiment[answers]

    def _batching_of_graph(self, token_budget: int, manifest: Manifest) -> Batching:
        """By what the graph asks for: the shipped one for OpenVINO keeps several windows of a row apart."""
        if self._session.inputs == set(INPUTS):
            return Packer(token_budget, manifest.window_tokens, self.threads, manifest.padding_id)
        few_shapes = self.variant.provider == OPENVINO
        return Batcher(token_budget, manifest.window_tokens, manifest.padding_id, few_shapes=few_shapes)


def _per_text(
    texts: Sequence[Tokens], labels: npt.NDArray[np.float64], sentiments: npt.NDArray[np.float64]
) -> list[Scores]:
    """One of each text: of its window, or what its windows say together."""
    rows = zip(labels.tolist(), sentiments.tolist(), strict=True)
    of_windows = [Scores(tuple(label_row), tuple(sentiment_row)) for label_row, sentiment_row in rows]
    scores: list[Scores] = []
    first = 0
    for tokens in texts:
        last = first + len(tokens.windows)
        if last == first + 1:  # the common case, and numpy is slow with few numbers
            scores.append(of_windows[first])
        else:
            weights = [len(window) for window in tokens.windows]
            sentiment = np.average(sentiments[first:last], axis=0, weights=weights)
            scores.append(Scores(tuple(labels[first:last].max(axis=0).tolist()), tuple(sentiment.tolist())))
        first = last
    return scores
