"""Logs: JSON lines of allowed keys."""

import logging
import sys
from dataclasses import dataclass, field

import structlog

# What a log line may hold besides the event, its level and time. Message text and author ids are in no list.
LOG_KEYS = frozenset(
    """address allowed assignment attempt attempts batch blocked bootstrap_servers canary code codes dead_letters
    delay_s directory duration_ms error escalated event exit_code golden_difference group in_flight language_check
    languages level limit_s logger member model offset offsets partition partitions path port provider reason records
    setting signal source stacks stage state threads timestamp topic version""".split()  # noqa: SIM905  a word list reads better
)


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
