"""`moderator report` says of a real agent what it did, and all of its processor time."""

import json
import urllib.request

import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from moderator.__main__ import main
from tests.integration.conftest import StartAgent
from tests.integration.platform import LIMIT_S, Platform, message

pytestmark = pytest.mark.kafka

SOME = 150
STAGES = ("decode", "tokenize", "infer")


def process_cpu_s(page: str) -> float:
    """As the agent itself tells."""
    with urllib.request.urlopen(page, timeout=LIMIT_S) as answer:  # noqa: S310
        families = text_string_to_metric_families(answer.read().decode())
    return next(s.value for family in families for s in family.samples if s.name == "process_cpu_seconds_total")


def test_what_an_agent_did_and_took(platform: Platform, agent: StartAgent) -> None:
    """Every message; stages that took something; rows that add up to what the process took in all."""
    platform.send([message(number) for number in range(SOME)])
    with agent("group") as running:
        platform.all_answered()
        page = f"http://127.0.0.1:{running.port()}/metrics"
        before = process_cpu_s(page)
        done = CliRunner().invoke(main, ["report", "--metrics", page, "--json"])
        after = process_cpu_s(page)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["programs"], found["messages"]) == ({"agent": 1}, SOME)
    cpu_s = {row["part"]: row["cpu_s"] for row in found["rows"]}
    assert min(cpu_s[stage] for stage in STAGES) > 0
    assert before <= found["total"]["cpu_s"] <= after
    assert sum(cpu_s.values()) == pytest.approx(found["total"]["cpu_s"])
    assert found["total"]["per_million"]["cpu_s"] == pytest.approx(found["total"]["cpu_s"] * 1e6 / SOME)
