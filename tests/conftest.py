"""What every test is held to: no swallowed error, no skip in CI; and the real Kafka for those that ask for it."""

import gc
import inspect
import logging
import os
import uuid
from collections.abc import Iterator

import hypothesis
import pytest
import structlog

from moderator.config import TopicSettings
from tests.support.postgres import NEEDED, LocalPostgres, programs
from tests.support.real_kafka import RealKafka, real_kafka

PARTITIONS = 3

# How long an example takes says what else the machine was doing.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

SET_UP = ("aiokafka", "aiokafka.consumer.fetcher", "faust", "mode", "asyncio", "aiohttp")  # by set_up_logging
LISTENED_TO = ("moderator", "asyncio")  # our own loggers; asyncio's, where an exception that nobody awaited ends


class _Errors(logging.Handler):
    """Collects what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.seen.append(f"{record.name}: {record.getMessage()}\n{trace}")

    def see(
        self, _logger: structlog.typing.WrappedLogger, method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        """The same for structlog, which is not wired to logging before the program has set it up."""
        if method in ("error", "exception", "critical"):
            self.seen.append(str(event))
        return event


@pytest.fixture(autouse=True)
def swallowed_errors(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Fails the test if an error was logged, or an exception left in a task that nobody awaited.

    A test that wants the error takes this fixture and empties the list.
    """
    errors = _Errors()
    loggers = [logging.getLogger(name) for name in LISTENED_TO]
    for logger in loggers:
        logger.addHandler(errors)
    structlog.configure(processors=[errors.see, structlog.dev.ConsoleRenderer()])
    yield errors.seen
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        gc.collect()  # such a task complains when it is collected
    structlog.reset_defaults()
    for logger in loggers:
        logger.removeHandler(errors)
    if errors.seen:
        pytest.fail("swallowed errors:\n" + "\n".join(errors.seen), pytrace=False)


@pytest.fixture(autouse=True)
def _logging_put_back() -> Iterator[None]:
    """A command that runs within a test sets up the whole process's logging; the next test listens as if it had not."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in SET_UP}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKafka]:
    """A running Apache Kafka, one for all tests. A test that stops it starts it again."""
    broker = real_kafka(tmp_path_factory.mktemp("kafka") / "broker")
    try:
        broker.start()
        yield broker
    finally:
        broker.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[LocalPostgres]:
    """A running PostgreSQL, one for all tests. A test that ends it starts it again."""
    folder = programs()
    if folder is None:
        pytest.skip(NEEDED)
    server = LocalPostgres(folder)
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def topics(kafka: RealKafka) -> TopicSettings:
    """Fresh topics on the real Kafka."""
    suffix = uuid.uuid4().hex[:8]
    names = {field: f"{field.replace('_', '-')}.{suffix}" for field in TopicSettings.model_fields}
    kafka.create_topics(dict.fromkeys(names.values(), PARTITIONS))
    return TopicSettings(**names)


def _no_skips(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Where CI=true a test that did not run has not passed."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI=true forbids: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A skipped test fails."""
    report: pytest.TestReport = yield  # type: ignore[assignment]  # pluggy sends it
    _no_skips(report)
    return report  # type: ignore[return-value]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """So does a skipped file."""
    report: pytest.CollectReport = yield  # type: ignore[assignment]  # pluggy sends it
    _no_skips(report)
    return report  # type: ignore[return-value]
