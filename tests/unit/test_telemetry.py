"""Logs without what users wrote, and one table of metrics."""

import json
import logging
import re

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from moderator.contracts.labels import LABELS
from moderator.telemetry.log import LOG_KEYS, get_logger, set_up_logging
from moderator.telemetry.metrics import Metrics, from_zero

CANARY = "do-not-quote-me"
PRIVATE = {
    "text",
    "author",
    "author_id",
    "message",
    "message_id",
    "tenant",
    "channel",
    "user",
    "key",
    "value",
    "payload",
}


def test_a_line_is_json_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """Log collectors need no configuration."""
    set_up_logging("INFO")
    get_logger("moderator.test").info("batch", records=3, allowed=2)
    captured = capsys.readouterr()
    line = json.loads(captured.out)
    assert re.match(r"\d{4}-\d\d-\d\dT.*Z$", line.pop("timestamp"))
    assert line == {"event": "batch", "records": 3, "allowed": 2, "level": "info", "logger": "moderator.test"}
    assert captured.err == ""


@pytest.mark.parametrize("console", [False, True])
def test_unknown_keys_are_dropped(
    capsys: pytest.CaptureFixture[str], swallowed_errors: list[str], *, console: bool
) -> None:
    """A slip, a bound context or an exception's trace cannot publish what a user wrote."""
    set_up_logging("INFO", console=console)
    log = get_logger("moderator.test").bind(author=CANARY)
    log.info("batch", text=CANARY, message_id=CANARY, records=3)
    try:
        int(CANARY)
    except ValueError:
        log.exception("failed", code="oops")
    captured = capsys.readouterr()
    assert CANARY not in captured.out + captured.err
    assert "batch" in captured.out + captured.err
    assert "oops" in captured.out + captured.err
    swallowed_errors.clear()


def test_libraries_lines_are_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    """What a library logs comes in the same form, without the trace that may quote."""
    set_up_logging("INFO")
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("somewhere").exception("broker %s is gone", "a:9092", extra={"text": CANARY})
    captured = capsys.readouterr()
    line = json.loads(captured.out)
    assert (line["event"], line["level"], line["logger"]) == ("broker a:9092 is gone", "error", "somewhere")
    assert CANARY not in captured.out
    assert captured.err == ""


def test_levels(capsys: pytest.CaptureFixture[str]) -> None:
    """The level holds for all; libraries' own talk stays below it."""
    set_up_logging("INFO")
    get_logger("moderator.test").debug("detail")
    logging.getLogger("aiokafka").info("fetching")
    assert capsys.readouterr().out == ""
    logging.getLogger("aiokafka").warning("leaving")
    assert "leaving" in capsys.readouterr().out


def test_no_private_key_is_allowed() -> None:
    """The allow-list has no place for a text or a person."""
    assert not LOG_KEYS & PRIVATE


def test_metrics_are_one_documented_table() -> None:
    """Each has the program's prefix, a name of its own and a meaning, and starts without a sample to explain."""
    registry = CollectorRegistry()
    table = Metrics(registry).table
    names = [declared.name for declared in table]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"moderator_[a-z_]+", name) for name in names)
    assert all(len(declared.meaning) > 5 for declared in table)
    families = {family.name for family in registry.collect() if not family.name.startswith("process_")}
    assert families == {name.removesuffix("_total") for name in names}
    assert b"moderator_records_total 0.0" in generate_latest(registry)


def test_the_process_is_measured_too() -> None:
    """What an agent costs in processor time and memory is on the same page."""
    registry = CollectorRegistry()
    Metrics(registry)
    assert (registry.get_sample_value("process_cpu_seconds_total") or 0) > 0
    assert (registry.get_sample_value("process_resident_memory_bytes") or 0) > 0


def test_many_messages_are_observed_at_once() -> None:
    """In the bucket that each of them alone would have been counted in."""
    at_once, one_by_one = Metrics(CollectorRegistry()), Metrics(CollectorRegistry())
    for amount, count in ((0.0005, 3), (0.003, 2), (1000.0, 1)):
        at_once.end_to_end.labels("total").observe_many(amount, count)
        for _ in range(count):
            one_by_one.end_to_end.labels("total").observe(amount)
    pages = [
        [line for line in generate_latest(metrics.registry).decode().splitlines() if "end_to_end" in line]
        for metrics in (at_once, one_by_one)
    ]
    created = [[line for line in page if "_created" not in line] for page in pages]
    assert created[0] == created[1]


def test_metrics_share_no_state() -> None:
    """Two programs in one process, as in the tests and the demo, count apart."""
    first, second = Metrics(CollectorRegistry()), Metrics(CollectorRegistry())
    first.records.inc()
    assert second.registry.get_sample_value("moderator_records_total") == 0.0


def test_metric_labels_are_bounded() -> None:
    """No label can take a user's id or text: each is from a closed list or of the deployment."""
    metrics = Metrics(CollectorRegistry())
    labels = {label for declared in metrics.table for label in declared.labels}
    decisions = {"outcome", "label", "reason", "referral", "code", "source", "shadow"}
    versions = {"model", "policy", "provider", "version"}
    assert labels == decisions | versions | {"stage", "direction", "result", "topic", "partition"}
    for label in LABELS:
        metrics.verdict_labels.labels(label.value)


def test_what_should_never_happen_is_told_before_it_does() -> None:
    """A series that begins with its first count has grown by nothing, to Prometheus."""
    metrics = Metrics(CollectorRegistry())
    from_zero(metrics.dead_letters, "invalid_json", "tombstone")
    for code in ("invalid_json", "tombstone"):
        assert metrics.registry.get_sample_value("moderator_dead_letters_total", {"code": code}) == 0
