"""Every metric of the program in one table, on an injected registry; log set-up."""

import logging
import sys
from dataclasses import dataclass, field

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = tuple(0.0005 * 2**step for step in range(18))  # 0.5 ms to 65 s
REVIEW_SECONDS = tuple(0.25 * 2**step for step in range(11))  # 0.25 to 256 s
SIZES = tuple(float(2**step) for step in range(14))  # 1 to 8,192
RATIOS = tuple(step / 10 for step in range(11))

# What a log line may hold besides the event, its level and time. Message text and author ids are in no list.
LOG_KEYS = frozenset(
    """address allowed assignment attempt attempts batch blocked bootstrap_servers canary code codes dead_letters
    delay_s directory duration_ms error escalated event exit_code golden_difference group in_flight language_check
    languages level limit_s logger member model offset offsets partition partitions path port provider reason records
    setting signal source stacks stage state threads timestamp topic version""".split()  # noqa: SIM905  a word list reads better
)


class Metrics:
    """The metrics that this program exports, each declared once with its meaning."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(f"moderator_{name}", meaning, labels, registry=registry)

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(f"moderator_{name}", meaning, labels, registry=registry)

        def histogram(name: str, meaning: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
            return Histogram(f"moderator_{name}", meaning, labels, buckets=buckets, registry=registry)

        self.registry = registry
        self.records = counter("records_total", "Records fetched")
        self.messages = counter("messages_total", "First verdicts published", "outcome")
        self.verdict_labels = counter("verdict_labels_total", "Labels over their threshold in verdicts", "label")
        self.verdict_reasons = counter("verdict_reasons_total", "Verdicts that a rule of this code fired on", "reason")
        self.escalations = counter("escalations_total", "Escalations published, by the first reason", "reason")
        self.dead_letters = counter("dead_letters_total", "Dead letters published", "code")
        self.decisions = counter("decisions_total", "Decisions of the large model", "outcome", "referral")
        self.large_model_tokens = counter("large_model_tokens_total", "Tokens of the large model", "direction")
        self.canaries = counter("canaries_total", "Canaries of the large model, by what came of them", "code")
        self.review_seconds = histogram("review_seconds", "One escalation with the large model", REVIEW_SECONDS)
        self.retries = counter("retries_total", "Repeated work", "stage")
        self.commit_failures = counter("commit_failures_total", "Commits refused; the records will come again")
        self.end_to_end = histogram(
            "end_to_end_latency_seconds", "From the record's Kafka timestamp to its verdict's acknowledgement", SECONDS
        )
        self.stage_seconds = histogram("stage_seconds", "Time of one batch in a stage", SECONDS, "stage")
        self.batch_size = histogram("batch_size_records", "Records in one fetched batch", SIZES)
        self.batch_tokens = histogram("batch_tokens", "Padded tokens in one inference call", SIZES)
        self.batch_padding_ratio = histogram("batch_padding_ratio", "Part of an inference call that is padding", RATIOS)
        self.inference_seconds = histogram("inference_seconds", "One inference call", SECONDS)
        self.in_flight = gauge("in_flight_records", "Records fetched and not yet committed")
        self.unaccounted = gauge("unaccounted_records", "Records fetched that nobody will answer; not 0 is a bug")
        self.braked = gauge("dead_letter_brake", "1 while too many dead letters keep this member from fetching")
        self.assigned_partitions = gauge("assigned_partitions", "Partitions that this member owns")
        self.review_queue = gauge("review_queue_jobs", "Jobs that wait for a person")
        self.review_oldest = gauge("review_oldest_seconds", "How long the oldest job has waited for a person")
        self.ready = gauge("ready", "1 when the group is joined and messages are fetched, all accounted for")
        self.model_info = gauge("model_info", "Constant 1; what decides", "model", "policy", "provider", "version")


@dataclass(frozen=True, slots=True)
class _AllowedKeys:
    """Drops any key that is not in the list: a slip cannot publish what a user wrote."""

    keys: frozenset[str] = field(default=LOG_KEYS)

    def __call__(
        self, _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        return {key: value for key, value in event.items() if key in self.keys}


def set_up_logging(level: str, *, console: bool = False) -> None:
    """JSON lines on stdout (or, with `console`, coloured lines on stderr), also for libraries that use `logging`."""
    stream = sys.stderr if console else sys.stdout
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        # The list comes after the removal, which needs keys that are not in it, and holds for libraries' lines too.
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _AllowedKeys(), renderer],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("aiokafka", "faust", "asyncio", "aiohttp"):  # their own words at info are for their authors
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # It tells at info that records were deleted before they were read, and little else.
    logging.getLogger("aiokafka.consumer.fetcher").setLevel(logging.INFO)
    # Mode quotes the exception that crashes a service, and that may quote a user. The command reports the crash.
    logging.getLogger("mode").setLevel(logging.CRITICAL)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger of allowed keys."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
