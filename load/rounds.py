"""What is measured, in rounds: everything once, then everything again, so that a machine that slows down slows all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from load.classifier import ClassifierAlone, runnable_providers
from load.classify_command import ClassifyCommand
from load.end_to_end import Backlog
from load.latency import IdleLatency
from load.report import AS_GIVEN, SORTED, Figure, variant_name
from load.texts import repeated
from moderator.inference.manifest import ModelDirectory
from moderator.inference.session import available_cores
from moderator.kafka_settings import KafkaSettings
from tests.support.real_kafka import RealKafka
from tests.support.running_kafka import running_kafka

LONGER = 5  # times the texts, for what is faster than the peer: ten seconds in the steady state at least
# Where a file has too few texts for that, they come again and again, which must not make anything faster.
NOTHING_REMEMBERED = {"MODEL__CACHE_BYTES": "0"}
SHORTER = 10  # the part of that for the file whose time is taken off


class Part(StrEnum):
    """What `--only` takes."""

    CLASSIFIER = "classifier"
    CLASSIFY = "classify"
    END_TO_END = "end-to-end"
    PIPELINE = "pipeline"
    LATENCY = "latency"


@dataclass(frozen=True, slots=True)
class Step:
    """One measurement of a round."""

    part: Part
    variant: str
    measure: Callable[[], Mapping[Figure, float]]


Series = dict[Figure, dict[str, list[float]]]


@dataclass(slots=True)
class Rounds:
    """Sets up the `parts`, measures them `repeat` times and tells `say` what it does. Of `texts` the first `count` are
    for the peer, all for what is faster.
    """

    model: ModelDirectory
    texts: list[str]
    count: int
    parts: frozenset[Part]
    repeat: int
    folder: Path
    say: Callable[[str], None]
    series: Series = field(default_factory=dict)

    def run(self) -> Series:
        """The values of every figure."""
        with ExitStack() as stack:
            kafka = None
            if self.parts & {Part.END_TO_END, Part.LATENCY}:
                self.say("starting Apache Kafka")
                kafka = stack.enter_context(running_kafka(self.folder))
            steps = list(self._steps(kafka))
            for number in range(1, self.repeat + 1):
                for step in steps:
                    found = step.measure()
                    self.say(f"round {number} of {self.repeat}: {step.part} {step.variant}: {_shown(found)}")
                    for figure, value in found.items():
                        self._of(figure, step.variant).append(value)
            if kafka and Part.LATENCY in self.parts:
                self._latency(kafka)
        return self.series

    def _steps(self, kafka: RealKafka | None) -> Iterator[Step]:
        """What a ratio compares stands side by side."""
        longer = repeated(self.texts, LONGER * self.count)
        settings = {} if len(longer) == len(self.texts) else NOTHING_REMEMBERED
        call_texts = KafkaSettings().max_poll_records
        backlog = Backlog(kafka, longer, self.folder) if kafka and Part.END_TO_END in self.parts else None
        for number, provider in enumerate(runnable_providers(self.model)):
            variant = variant_name(provider)
            if Part.CLASSIFIER in self.parts:
                alone = ClassifierAlone(self.model, provider, longer, call_texts)
                yield Step(Part.CLASSIFIER, variant, alone.measure)
            if backlog:
                yield Step(Part.END_TO_END, variant, partial(backlog.measure, provider, **settings))
            if Part.CLASSIFY in self.parts and not number:  # on the provider that it takes by itself
                command = ClassifyCommand(longer, len(longer) // SHORTER, self.folder, settings)
                yield Step(Part.CLASSIFY, variant, command.measure)
        if Part.PIPELINE in self.parts:
            yield from self._pipeline_steps()

    def _pipeline_steps(self) -> Sequence[Step]:
        from load.peer import TransformersPipeline  # noqa: PLC0415  only who measures it needs PyTorch

        self.say("trying the transformers pipeline's batch sizes")
        peer = TransformersPipeline(self.texts[: self.count], available_cores())
        for order, rates in peer.choose_batch_sizes().items():
            self.say(f"pipeline {order}: " + ", ".join(f"{size}: {rate:.0f}/s" for size, rate in rates.items()))
            self._of(Figure.PIPELINE_BATCH, order).append(peer.batch_sizes[order])
        return [Step(Part.PIPELINE, order, partial(peer.measure, order)) for order in (AS_GIVEN, SORTED)]

    def _latency(self, kafka: RealKafka) -> None:
        idle = IdleLatency(kafka, self.texts, self.folder)
        self.say("latency through the broker alone")
        self._of(Figure.BROKER_LATENCY, "").extend(idle.of_broker())
        for provider in runnable_providers(self.model):
            self.say(f"idle latency {variant_name(provider)}")
            self._of(Figure.LATENCY, variant_name(provider)).extend(idle.of_agent(provider))

    def _of(self, figure: Figure, variant: str) -> list[float]:
        return self.series.setdefault(figure, {}).setdefault(variant, [])


def _shown(found: Mapping[Figure, float]) -> str:
    return ", ".join(f"{figure} {value:,.1f}" for figure, value in found.items())
