"""Token budgets and batch sizes of the classifier against each other: processor time of the same texts, in turn.

`python -m load.levers --budgets 256,512,1024 --batches 512,1024`. Processor time, so that what else runs on the machine
counts less; read the ratios.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry

from load.classifier import runnable_providers
from load.report import variant_name
from load.texts import generated_texts
from moderator.inference.classifier import OnnxClassifier
from moderator.inference.manifest import default_model_directory, load_model_directory
from moderator.telemetry.metrics import Metrics


@dataclass(slots=True)
class Lever:
    """One way to run the classifier, warmed up, and its seconds of each round."""

    name: str
    classifier: OnnxClassifier
    batch: int
    seconds: list[float] = field(default_factory=list)

    def measure(self, texts: Sequence[str]) -> None:
        """Tokenize and classify `texts` once."""
        started = time.process_time()
        for first in range(0, len(texts), self.batch):
            self.classifier.classify(self.classifier.tokenize(texts[first : first + self.batch]))
        self.seconds.append(time.process_time() - started)


def levers(provider: str, budgets: Sequence[int], batches: Sequence[int]) -> list[Lever]:
    """Every budget with every batch size; the first is what the others are held against."""
    model = load_model_directory(default_model_directory())
    found: list[Lever] = []
    for budget in budgets:
        classifier = OnnxClassifier(model, Metrics(CollectorRegistry()), provider=provider, token_budget=budget)
        classifier.warm_up()
        found += [Lever(f"{budget} tokens, {batch} texts", classifier, batch) for batch in batches]
    return found


def in_turn(tried: Sequence[Lever], texts: Sequence[str], rounds: int) -> None:
    """Measure each once a round, another one first each time."""
    for number in range(rounds):
        first = number % len(tried)
        for lever in (*tried[first:], *tried[:first]):
            lever.measure(texts)


def described(tried: Sequence[Lever]) -> list[str]:
    """A line each: how many times less processor time than the first, the median and the quartiles of the rounds."""
    lines: list[str] = []
    for lever in tried:
        ratios = [base / own for base, own in zip(tried[0].seconds, lever.seconds, strict=True)]
        low, median, high = statistics.quantiles(ratios, n=4)
        lines.append(f"{lever.name:28} {median:6.3f} x  ({low:.3f} to {high:.3f})")
    return lines


def _numbers(given: str) -> list[int]:
    return [int(number) for number in given.split(",")]


def main() -> None:
    """Print a table of each provider."""
    parser = argparse.ArgumentParser(prog="python -m load.levers", description=__doc__)
    parser.add_argument("--budgets", type=_numbers, default=[1024, 512, 256], help="padded tokens in a call")
    parser.add_argument("--batches", type=_numbers, default=[512], help="texts in a batch")
    parser.add_argument("--texts", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=10, help="two at least")
    options = parser.parse_args()
    texts = generated_texts(options.texts)
    for provider in runnable_providers(load_model_directory(default_model_directory())):
        tried = levers(provider, options.budgets, options.batches)
        in_turn(tried, texts, options.rounds)
        print(f"{variant_name(provider)}, {options.rounds} rounds of {len(texts):,} texts")
        print(*described(tried), sep="\n")


if __name__ == "__main__":
    main()
