"""`moderator report` off a real Prometheus: what programs gained while it watched, and what they had counted before."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server

from moderator.__main__ import main
from moderator.exit_codes import ExitCode
from moderator.pipeline.asking import ENDINGS
from moderator.telemetry.metrics import Metrics, from_zero
from tests.monitoring.local_prometheus import LOOK_S, LocalPrometheus
from tests.monitoring.service import RULES

DEADLINE_S = 60.0  # on a loaded machine
BEFORE, MORE = 1_000, 500
SCRAPED_TWICE = 2


@contextmanager
def shown(registry: CollectorRegistry) -> Iterator[int]:
    """On a port."""
    server, thread = start_http_server(0, "127.0.0.1", registry)
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def report(prometheus: LocalPrometheus, *arguments: str) -> dict[str, Any]:
    """What the command says."""
    done = CliRunner().invoke(main, ["report", "--prometheus", prometheus.url, "--since", "1h", "--json", *arguments])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def eventually(prometheus: LocalPrometheus, expr: str, is_so: Callable[[float], bool]) -> None:
    """Wait until all of its values are so."""
    deadline = time.monotonic() + DEADLINE_S
    while not (values := prometheus.query(expr)) or not all(map(is_so, values)):
        assert time.monotonic() < deadline, (expr, values)
        time.sleep(LOOK_S)


@pytest.fixture
def agent() -> Metrics:
    """It had answered a thousand messages before anybody watched."""
    metrics = Metrics(CollectorRegistry())
    metrics.ready.set(1)
    metrics.model_info.labels("model", "policy", "provider", "1").set(1)
    metrics.messages.labels("allow").inc(BEFORE)
    metrics.cpu_seconds.labels("infer").inc(0.001)
    return metrics


def test_a_report_off_prometheus(agent: Metrics, tmp_path: Path) -> None:
    """Programs told apart and named, without others' programs; what one had counted when it was first seen is in it."""
    reviewer = Metrics(CollectorRegistry())
    from_zero(reviewer.llm_requests, *ENDINGS)
    another = CollectorRegistry()
    ProcessCollector(registry=another)
    with (
        shown(agent.registry) as agents,
        shown(reviewer.registry) as reviewers,
        shown(another) as others,
        LocalPrometheus(tmp_path, RULES, {"a": agents, "b": reviewers, "c": others}) as prometheus,
    ):
        eventually(prometheus, "count_over_time(process_cpu_seconds_total[1h])", lambda times: times > SCRAPED_TWICE)
        found = report(prometheus)
        assert found["programs"] == {"agent": 1, "reviewer": 1}
        assert found["messages"] == BEFORE
        assert found["large_model_answers"] == 0

        agent.messages.labels("allow").inc(MORE)
        eventually(prometheus, 'moderator_messages_total{outcome="allow"}', lambda count: count == BEFORE + MORE)
        found = report(prometheus)
        assert found["messages"] == pytest.approx(BEFORE + MORE, rel=0.3)  # reckoned to the ends of the hour
        cpu_s = {row["part"]: row["cpu_s"] for row in found["rows"]}
        assert cpu_s["infer"] == pytest.approx(0.001)
        assert cpu_s["everything else"] > 0  # this process's own

        other = CliRunner().invoke(
            main, ["report", "--prometheus", prometheus.url, "--namespace", "another", "--since", "1h"]
        )
        assert other.exit_code == ExitCode.CONFIG
        assert "no program of ours in --namespace another in --since 1h" in other.stderr
