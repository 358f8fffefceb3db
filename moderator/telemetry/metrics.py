"""Every metric of the program in one table, each declared once, on an injected registry."""

from collections.abc import Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector
from prometheus_client.metrics import MetricWrapperBase

from moderator.telemetry.histogram import MessageHistogram

SECONDS = tuple(0.0005 * 2**step for step in range(18))  # 0.5 ms to 65 s
REVIEW_SECONDS = tuple(0.25 * 2**step for step in range(11))  # 0.25 to 256 s
TURNAROUND_SECONDS = tuple(1.0 * 2**step for step in range(20))  # 1 s to six days
SIZES = tuple(float(2**step) for step in range(14))  # 1 to 8,192
SHARES = tuple(step / 10 for step in range(11))
SCORES = tuple(step / 20 for step in range(1, 21))

NO_LABEL = "none"  # of a verdict whose labels all stay below their thresholds

TOTAL = "total"
"""The stage of a message's whole time; those below add up to it."""

STAGES = ("poll", "queue", "decode", "tokenize", "infer", "backpressure", "publish", "commit")
"""Where a message's time goes, in order: until it is fetched; until a thread takes its batch, for the attempt that the
answers come from; bytes to messages; text to tokens; tokens to scores, and scores to answers; until the batches before
it are published; until its answer is acknowledged; until its offset is committed, or the commit refused.
"""


def from_zero(counter: Counter, *values: str) -> None:
    """Make the series of each value of a counter's one label: Prometheus sees no growth in the first it hears of one,
    and the first of what should never happen is the one to be woken for.
    """
    for value in values:
        counter.labels(value)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the table says of one metric. `unit` is Prometheus's: seconds, records, tokens ..; a ratio has none."""

    name: str
    kind: str
    unit: str
    labels: tuple[str, ...]
    meaning: str
    buckets: tuple[float, ...] = ()


class Metrics:
    """The metrics that this program exports."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.table: list[Declared] = []
        ProcessCollector(registry=registry)  # CPU seconds, resident memory, open files of the process

        # The data path.
        self.records = self._counter("records_total", "records", "Records fetched")
        self.messages = self._counter("messages_total", "messages", "First verdicts published", "outcome")
        self.verdicts = self._counter(
            "verdicts_total",
            "verdicts",
            "Verdicts published, first and final, by the label that is furthest above its threshold",
            "label",
            "outcome",
            "source",
        )
        self.verdict_labels = self._counter(
            "verdict_labels_total", "labels", "Labels over their threshold in first verdicts", "label"
        )
        self.verdict_reasons = self._counter(
            "verdict_reasons_total", "verdicts", "First verdicts that a rule of this code fired on", "reason"
        )
        self.score = self._histogram("score", "", "Scores in first verdicts", SCORES, "label")
        self.escalations = self._counter(
            "escalations_total", "escalations", "Escalations published, by the first reason", "reason"
        )
        self.dead_letters = self._counter("dead_letters_total", "records", "Dead letters published", "code")
        self.retries = self._counter("retries_total", "retries", "Repeated work", "stage")
        self.commit_failures = self._counter(
            "commit_failures_total", "commits", "Commits refused; the records will come again"
        )
        self.unaccounted = self._gauge(
            "unaccounted_records", "records", "Records fetched that nobody will answer; not 0 is a bug"
        )
        self.in_flight = self._gauge("in_flight_records", "records", "Records fetched and not yet committed")
        self.braked = self._gauge(
            "dead_letter_brake", "", "1 while too many dead letters keep this member from fetching"
        )
        self.assigned_partitions = self._gauge("assigned_partitions", "partitions", "Partitions that this member owns")
        self.lag_records = self._gauge(
            "consumer_lag_records", "records", "Records that wait in a partition of this member", "topic", "partition"
        )
        self.lag_seconds = self._gauge(
            "consumer_lag_seconds", "seconds", "How long the oldest of them has waited", "topic", "partition"
        )

        # Where the time goes.
        self.end_to_end = self._histogram(
            "end_to_end_latency_seconds",
            "seconds",
            "From a record's Kafka timestamp to the commit of its answer, a message each: the stages add up to `total`",
            SECONDS,
            "stage",
        )
        self.stage_seconds = self._histogram(
            "stage_seconds", "seconds", "Time of one batch in a stage", SECONDS, "stage"
        )
        self.cpu_seconds = self._counter("cpu_seconds_total", "seconds", "Processor time of a stage", "stage")
        self.batch_size = self._histogram("batch_size", "records", "Records in one fetched batch", SIZES)
        self.batch_wait_seconds = self._histogram(
            "batch_wait_seconds", "seconds", "How long a fetched batch waits for a thread", SECONDS
        )
        self.tokenization_seconds = self._histogram(
            "tokenization_seconds", "seconds", "Text to tokens, one batch", SECONDS
        )
        self.batch_tokens = self._histogram("batch_tokens", "tokens", "Padded tokens in one inference call", SIZES)
        self.batch_padding_ratio = self._histogram(
            "batch_padding_ratio", "", "Part of an inference call that is padding", SHARES
        )
        self.inference_seconds = self._histogram("inference_seconds", "seconds", "One inference call", SECONDS)
        self.cached_texts = self._counter(
            "cached_texts_total", "texts", "Texts whose scores were remembered (`hit`) or not (`miss`)", "result"
        )
        self.cache_bytes = self._gauge("cache_bytes", "bytes", "What the remembered scores take in memory, about")

        # The review tier.
        self.decisions = self._counter(
            "decisions_total", "decisions", "Decisions of the large model", "outcome", "referral"
        )
        self.llm_requests = self._counter(
            "llm_requests_total", "requests", "Requests to the large model, by what came of them", "code"
        )
        self.llm_tokens = self._counter("llm_tokens_total", "tokens", "Tokens of the large model", "direction")
        self.llm_cost = self._counter("llm_cost_total", "", "What they cost, in the currency of the set prices")
        self.circuit_state = self._gauge(
            "circuit_state", "", "The large model's breaker: 0 closed, 1 half open, 2 open: nobody is asked"
        )
        self.canaries = self._counter(
            "canaries_total", "canaries", "Canaries of the large model, by what came of them", "code"
        )
        self.review_seconds = self._histogram(
            "review_seconds", "seconds", "One escalation with the large model", REVIEW_SECONDS
        )
        self.review_queue = self._gauge("review_queue_size", "jobs", "Jobs that wait for a person")
        self.review_oldest = self._gauge(
            "review_queue_oldest_age_seconds", "seconds", "How long the oldest job has waited for a person"
        )
        self.review_turnaround = self._histogram(
            "review_turnaround_seconds",
            "seconds",
            "From an escalation to the decision on it that was published",
            TURNAROUND_SECONDS,
            "source",
        )
        self.review_overturns = self._counter(
            "review_overturns_total", "decisions", "Decisions that contradict the model", "source"
        )

        # The shadow.
        self.shadow_messages = self._counter(
            "shadow_messages_total",
            "messages",
            "Messages that the shadow judged, by outcome and its own",
            "outcome",
            "shadow",
        )
        self.shadow_skipped = self._counter(
            "shadow_skipped_total", "messages", "Messages that the shadow had no time for"
        )

        # The process.
        self.ready = self._gauge("ready", "", "1 when the group is joined and messages are fetched, all accounted for")
        self.model_info = self._gauge(
            "model_info", "", "Constant 1; what decides", "model", "policy", "provider", "version"
        )

    def _declared(self, metric: MetricWrapperBase, kind: str, unit: str, buckets: Sequence[float] = ()) -> None:
        name = metric._name + ("_total" if kind == "counter" else "")  # noqa: SLF001  no public way to it
        self.table.append(
            Declared(name, kind, unit, tuple(metric._labelnames), metric._documentation, tuple(buckets))  # noqa: SLF001
        )

    def _counter(self, name: str, unit: str, meaning: str, *labels: str) -> Counter:
        counter = Counter(f"moderator_{name}", meaning, labels, registry=self.registry)
        self._declared(counter, "counter", unit)
        return counter

    def _gauge(self, name: str, unit: str, meaning: str, *labels: str) -> Gauge:
        gauge = Gauge(f"moderator_{name}", meaning, labels, registry=self.registry)
        self._declared(gauge, "gauge", unit)
        return gauge

    def _histogram(
        self, name: str, unit: str, meaning: str, buckets: tuple[float, ...], *labels: str
    ) -> MessageHistogram:
        histogram = MessageHistogram(f"moderator_{name}", meaning, labels, buckets=buckets, registry=self.registry)
        self._declared(histogram, "histogram", unit, buckets)
        return histogram
