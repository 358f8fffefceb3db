"""Spans reach a collector, and no collector, however it behaves, holds anything up."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from moderator.adapters import otlp, span_export
from moderator.adapters.span_export import exported
from moderator.errors import ConfigError
from moderator.pipeline.spans import begin_batch
from moderator.tracing_settings import TracingSettings
from tests.support.otlp_receiver import Manner, OtlpReceiver
from tests.unit.pipeline.fakes import record

NOBODY_LISTENS = "http://127.0.0.1:1"
ENDS_WITHIN_S = 30.0  # only what hangs takes so long
MANY = 3 * otlp.QUEUED_SPANS


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a loaded machine the last spans take longer than a program waits for them at its end."""
    monkeypatch.setattr(span_export, "FLUSH_TIMEOUT_S", ENDS_WITHIN_S)


@pytest.fixture
def receiver() -> Iterator[OtlpReceiver]:
    """Takes everything."""
    with OtlpReceiver() as started:
        yield started


def work(settings: TracingSettings, batches: int = 1) -> None:
    """So many batches of one message."""
    with exported(settings, "agent") as tracing:
        for number in range(batches):
            with begin_batch(tracing, "moderate", [record(number)]) as span:
                span.stage("infer").__exit__(None, None, None)


def test_what_is_not_sent_at_the_end_is_sent_then(receiver: OtlpReceiver) -> None:
    """The last batches of an agent are the ones that somebody asks about."""
    work(TracingSettings(endpoint=receiver.endpoint))
    assert [(span.service, span.name) for span in receiver.spans] == [
        ("moderator-agent", "infer"),
        ("moderator-agent", "moderate messages"),
    ]


def test_the_address_may_name_the_path(receiver: OtlpReceiver) -> None:
    """As other programs ask for it."""
    work(TracingSettings(endpoint=f"{receiver.endpoint}/v1/traces"))
    assert len(receiver.spans) == 2


def test_a_batch_links_to_all_of_its_messages(receiver: OtlpReceiver) -> None:
    """Not only to so many as OpenTelemetry keeps by default."""
    traces = [(f"{number:032x}", f"{number:016x}") for number in range(1, 600)]
    records = [
        replace(record(number), headers=(("traceparent", f"00-{trace}-{span}-01".encode()),))
        for number, (trace, span) in enumerate(traces)
    ]
    with exported(TracingSettings(endpoint=receiver.endpoint), "agent") as tracing:
        begin_batch(tracing, "moderate", records).__exit__(None, None, None)
    (span,) = receiver.spans
    assert list(span.links) == traces


def test_of_no_part_nothing_is_kept(receiver: OtlpReceiver) -> None:
    """And nobody is told to go on with a span that is not."""
    nothing = TracingSettings(endpoint=receiver.endpoint, part=0.0)
    with exported(nothing, "agent") as tracing, begin_batch(tracing, "moderate", [record(0)]) as span:
        assert span.traceparent is None
    assert receiver.spans == []


def test_unset_nothing_is_made() -> None:
    """No span, and nothing that would have to be installed."""
    with exported(TracingSettings(), "agent") as tracing:
        assert not tracing.on
        assert begin_batch(tracing, "moderate", [record(0)]).traceparent is None


def test_the_programs_run_without_the_extra() -> None:
    """What makes spans loads nothing that only `moderator[tracing]` brings."""
    roots = "moderator.adapters.span_export, moderator.pipeline.flow, moderator.pipeline.reviewer"
    script = f"import sys, {roots}; print(*(name for name in sys.modules if name.startswith('opentelemetry')))"
    line = [sys.executable, "-c", script]
    ended = subprocess.run(line, capture_output=True, text=True, timeout=2 * ENDS_WITHIN_S, check=True)
    loaded = ended.stdout.split()
    assert "opentelemetry.trace" in loaded
    assert not [name for name in loaded if name.startswith(("opentelemetry.sdk", "opentelemetry.exporter"))]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request would be waited for longer than a test takes; a flush at the end, hardly."""
    monkeypatch.setattr(otlp, "EXPORT_TIMEOUT_S", 600.0)
    monkeypatch.setattr(span_export, "FLUSH_TIMEOUT_S", 0.1)


@pytest.mark.usefixtures("patient")
def test_a_collector_that_hangs_holds_up_neither_the_work_nor_the_end() -> None:
    """What it does not take is dropped."""
    with OtlpReceiver(Manner.HANGS) as receiver:
        working = Thread(target=work, args=(TracingSettings(endpoint=receiver.endpoint), MANY), daemon=True)
        working.start()
        assert receiver.asked.wait(ENDS_WITHIN_S)
        working.join(ENDS_WITHIN_S)
        assert not working.is_alive()


@pytest.mark.usefixtures("patient")
def test_a_collector_that_is_away_holds_up_neither() -> None:
    """Nobody listens."""
    working = Thread(target=work, args=(TracingSettings(endpoint=NOBODY_LISTENS), MANY), daemon=True)
    working.start()
    working.join(ENDS_WITHIN_S)
    assert not working.is_alive()


def test_it_is_told_once_that_spans_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """By the setting that names the collector, and not at every batch of spans."""
    with OtlpReceiver(Manner.REFUSES) as receiver:
        work(TracingSettings(endpoint=receiver.endpoint), 2 * otlp.SPANS_AT_ONCE)
    said = capsys.readouterr().out
    assert said.count("the collector takes no spans") == 1
    assert "MODERATOR_TRACING__ENDPOINT" in said


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting that needs it and what to install."""
    monkeypatch.delitem(sys.modules, "moderator.adapters.otlp")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    with pytest.raises(ConfigError) as caught, exported(TracingSettings(endpoint=NOBODY_LISTENS), "agent"):
        pass
    (problem,) = caught.value.problems
    assert problem.startswith("MODERATOR_TRACING__ENDPOINT: needs opentelemetry.sdk.resources")
    assert "pip install 'moderator[tracing]'" in problem
