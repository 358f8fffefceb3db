"""What a batch costs an agent in processor time: its own plan of calls for texts of such lengths, priced. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np

from load.texts import LOG_DEVIATION, SEED
from moderator.config import ModelSettings
from moderator.inference.batch import Batch
from moderator.inference.packer import Packer

WINDOW, OVERLAP, MOST_WINDOWS = 128, 32, 16  # of the shipped model's manifest
# Of an agent, which share out its rows. Those of the agents that were measured, for all: 16 of them make a sixth more
# calls of a full batch, and those cost it less than a hundredth.
THREADS = 2
SHORTEST = 3  # a word between the start and the end marker
SAMPLED = 4_096  # messages that a mean is taken over
FITTED_TOKENS = frozenset({8, 128})
FITTED_REPEATED = 0.9

_PACKER = Packer(ModelSettings().token_budget, WINDOW, THREADS)


@dataclass(frozen=True, slots=True)
class Texts:
    """What is written: lengths are log-normal round a median, and a part has been read before."""

    median_tokens: float
    repeated: float = 0.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor time in microseconds: of a message beside the model, of a batch (fetch, publish, commit), of each shape
    that its calls have, of a call, and of a padded token.
    """

    message_us: float
    batch_us: float
    shape_us: float
    call_us: float
    token_us: float

    def batch_s(self, messages: int, calls: Sequence[Batch]) -> float:
        """Of a whole batch, in seconds."""
        padded = sum(call.padded_tokens for call in calls)
        model = shapes(calls) * self.shape_us + len(calls) * self.call_us + padded * self.token_us
        return (messages * self.message_us + self.batch_us + model) / 1e6

    def shortest_s(self, messages: int, calls: Sequence[Batch]) -> float:
        """No number of cores makes a batch shorter: a call runs on one of them, and so does all that is Python."""
        longest = max((call.padded_tokens for call in calls), default=0)
        call_us = self.shape_us + self.call_us + longest * self.token_us if calls else 0.0
        return (self.batch_us + max(messages * self.message_us, self.message_us + call_us)) / 1e6

    def message_s(self, texts: Texts, batch: float) -> float:
        """Mean processor time of a message in batches of so many."""
        shapes, calls, padded = planned_a_message(texts, batch)
        model = shapes * self.shape_us + calls * self.call_us + padded * self.token_us
        return (self.message_us + self.batch_us / batch + model) / 1e6


def shapes(calls: Sequence[Batch]) -> int:
    """How many different ones there are: each costs a change of shape."""
    return len({(len(call.rows), call.length) for call in calls})


def windows_of(random: Random, texts: Texts) -> list[int]:
    """Lengths of the windows of one new text; none of a text whose scores are remembered."""
    if random.random() < texts.repeated:
        return []
    tokens = max(SHORTEST, round(texts.median_tokens * random.lognormvariate(0, LOG_DEVIATION)))
    if tokens <= WINDOW:
        return [tokens]
    windows = min(MOST_WINDOWS, math.ceil((tokens - OVERLAP) / (WINDOW - OVERLAP)))
    return [WINDOW] * (windows - 1) + [min(WINDOW, tokens - (windows - 1) * (WINDOW - OVERLAP))]


def planned_calls(lengths: Sequence[int]) -> list[Batch]:
    """As an agent on the OpenVINO provider plans them."""
    return _PACKER.plan(lengths)


@cache
def planned_a_message(texts: Texts, batch: float) -> tuple[float, float, float]:
    """Shapes, calls and padded tokens of a message, on average over batches of that mean size."""
    random = Random(SEED)
    different = calls = padded = messages = 0
    while messages < SAMPLED:
        # A mean of 31.4 is batches of 31 and of 32.
        size = math.floor(batch) + (random.random() < batch % 1)
        plan = planned_calls([length for _ in range(size) for length in windows_of(random, texts)])
        different += shapes(plan)
        calls += len(plan)
        padded += sum(call.padded_tokens for call in plan)
        messages += size
    return different / messages, calls / messages, padded / messages


def is_fitted(point: Mapping[str, float]) -> bool:
    """Whether the model is fitted to a point: the short and the long texts, and what a message costs that is hardly
    ever read. Every other one is a prediction.
    """
    return point["median_tokens"] in FITTED_TOKENS or point["repeated"] > FITTED_REPEATED


def fitted(points: Sequence[Mapping[str, float]]) -> Costs:
    """Costs by least squares of the relative errors; none of them below 0."""
    fitting = [point for point in points if is_fitted(point)]
    rows = [
        (1.0, 1 / point["mean_batch"], *planned_a_message(texts_of_point(point), point["mean_batch"]))
        for point in fitting
    ]
    measured = np.array([point["cpu_us"] for point in fitting])
    parts = np.array(rows) / measured[:, None]
    kept = list(range(parts.shape[1]))
    while True:
        found = np.linalg.lstsq(parts[:, kept], np.ones(len(fitting)), rcond=None)[0]
        if (found >= 0).all():
            break
        del kept[int(found.argmin())]
    costs = dict(zip(kept, found.tolist(), strict=True))
    return Costs(*(costs.get(part, 0.0) for part in range(parts.shape[1])))


def texts_of_point(point: Mapping[str, float]) -> Texts:
    """What was written when it was measured."""
    return Texts(point["median_tokens"], point["repeated"])
