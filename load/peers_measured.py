"""The peers on the texts of a load, each at its best, one after the other and alone on the cores."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from load.onnx_fp32 import OnnxFp32
from load.peer import TransformersPipeline, rates_by_batch_size, texts_per_second
from load.peers import LINEAR, ONNX_FP32, PIPELINE, PLAIN_LOOP, VADER, Peer
from load.plain_loop import loop_rate
from load.report import AS_GIVEN, Figure
from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.inference.session import available_cores
from moderator.training.linear import LinearModel
from moderator.training.rows import Row
from tests.support.real_kafka import RealKafka

SLOW_TEXTS = 1_000  # for what takes a hundredth of a second for each: ten seconds and more
FAST_TEXTS = 8_000
TRAINED_ON = 2_000


def measure_peers(kafka: RealKafka, texts: Sequence[str], say: Callable[[str], None]) -> Iterator[Peer]:
    """Each of them, on the first of `texts`."""
    slow, fast = list(texts[:SLOW_TEXTS]), list(texts[:FAST_TEXTS])
    cores = available_cores()
    say("peers: the transformers pipeline, its best batch size first")
    pipeline = TransformersPipeline(slow, cores)
    pipeline.choose_batch_sizes([AS_GIVEN])
    best = pipeline.batch_sizes[AS_GIVEN]
    yield Peer(PIPELINE, pipeline.measure(AS_GIVEN)[Figure.PIPELINE], best)
    say("peers: an aiokafka loop round it")
    yield Peer(PLAIN_LOOP, loop_rate(kafka, pipeline, slow, best), best, over_kafka=True)
    say("peers: ONNX Runtime in fp32")
    onnx = OnnxFp32(cores)
    rates = rates_by_batch_size(slow, onnx.classify)
    size = max(rates, key=rates.__getitem__)
    yield Peer(ONNX_FP32, texts_per_second(slow, size, onnx.classify), size)
    say("peers: a linear model, VADER")
    linear = _linear(list(texts[-TRAINED_ON:]))
    yield Peer(LINEAR, texts_per_second(fast, len(fast), lambda part, _size: linear.score(part)))
    vader = SentimentIntensityAnalyzer()
    yield Peer(VADER, texts_per_second(fast, 1, lambda part, _size: [vader.polarity_scores(text) for text in part]))


def _linear(texts: Sequence[str]) -> LinearModel:
    """Trained on labels that are drawn: what it then says is worthless, how long it takes is not."""
    random = Random(1)
    return LinearModel(
        [
            Row(text, {label: random.randrange(2) for label in LABELS}, random.randrange(len(SENTIMENTS)), "drawn")
            for text in texts
        ]
    )
