"""What a running agent tells of itself is what it did, and where its messages' time went."""

import time
import urllib.request
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from moderator.contracts.labels import LABELS
from moderator.telemetry.metrics import STAGES, TOTAL
from tests.integration.agent_process import AgentProcess
from tests.integration.conftest import StartAgent
from tests.integration.platform import LIMIT_S, Platform, Sent, message

pytestmark = pytest.mark.kafka

SOME, FOREIGN, POISONED = 200, 20, 5
LATENCY = "end_to_end_latency_seconds"


def foreign(number: int) -> Sent:
    """In a script that the model does not read: escalated, unscored."""
    return Sent(b"author", f'{{"id": "f{number}", "text": "Это сообщение номер {number} о погоде."}}'.encode())


class Page:
    """What Prometheus would read."""

    def __init__(self, agent: AgentProcess) -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{agent.port()}/metrics", timeout=LIMIT_S) as answer:
            text = answer.read().decode()
        families = text_string_to_metric_families(text)
        self._samples = [sample for family in families for sample in family.samples]

    def values(self, name: str, **labels: str) -> list[float]:
        """Of the series of that name with, among others, these labels."""
        return [
            sample.value
            for sample in self._samples
            if sample.name == f"moderator_{name}" and labels.items() <= sample.labels.items()
        ]

    def sum(self, name: str, **labels: str) -> float:
        """Of these series."""
        return sum(self.values(name, **labels))


def page_when(agent: AgentProcess, is_so: Callable[[Page], bool]) -> Page:
    """The first page on which it is so."""
    deadline = time.monotonic() + LIMIT_S
    while not is_so(page := Page(agent)):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return page


def test_an_agent_tells_what_it_did(platform: Platform, agent: StartAgent) -> None:
    """Each message once by label, outcome and score; stages that add up; lag that is gone when all is done."""
    poison = [Sent(b"author", b"{") for _ in range(POISONED)]
    platform.send([*map(message, range(SOME)), *map(foreign, range(FOREIGN)), *poison])
    with agent("group") as running:
        platform.all_answered()
        verdicts = SOME + FOREIGN
        page = page_when(running, lambda page: _done(page, verdicts + POISONED))

        assert page.sum("records_total") == verdicts + POISONED
        assert page.sum("verdicts_total", source="model") == page.sum("messages_total") == verdicts
        assert page.sum("verdicts_total", label="none", outcome="escalate") == FOREIGN
        assert page.sum("escalations_total", reason="unsupported_language") == FOREIGN
        assert page.sum("dead_letters_total", code="invalid_json") == POISONED
        assert page.values("score_count", label="toxic") == [SOME]
        assert page.sum("score_count") == SOME * len(LABELS)

        assert {page.sum(f"{LATENCY}_count", stage=stage) for stage in (*STAGES, TOTAL)} == {verdicts}
        whole = page.sum(f"{LATENCY}_sum", stage=TOTAL)
        parts = {stage: page.sum(f"{LATENCY}_sum", stage=stage) for stage in STAGES}
        assert whole == pytest.approx(sum(parts.values()))
        assert min(parts.values()) > 0

        assert set(page.values("consumer_lag_seconds")) == {0}
        for stage in ("decode", "tokenize", "infer"):
            assert page.sum("cpu_seconds_total", stage=stage) > 0
        assert page.sum("batch_wait_seconds_count") == page.sum("batch_size_count")
        assert page.sum("tokenization_seconds_count") >= page.sum("batch_size_count")
        assert page.values("unaccounted_records") == [0]
        assert running.stop() == 0


def _done(page: Page, records: int) -> bool:
    """All is committed, and a look at each partition has seen that nothing waits."""
    finished = page.sum("messages_total") + page.sum("dead_letters_total") == records
    seen = page.values("consumer_lag_records") == [0] * int(page.sum("assigned_partitions"))
    return finished and seen and page.values("in_flight_records") == [0]
