"""A real Prometheus that scrapes the program at work finds data for every panel and every rule."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from math import isfinite
from pathlib import Path

import pytest

from moderator.config import TopicSettings
from monitoring.__main__ import FOLDER
from monitoring.queries import Query, as_grafana_would, asked
from tests.monitoring.local_prometheus import LocalPrometheus
from tests.monitoring.service import at_work
from tests.support.chat_server import ChatServer
from tests.support.real_kafka import RealKafka
from tests.unit.review.answers import answering

pytestmark = pytest.mark.kafka

DEADLINE_S = 150.0  # on a loaded machine; two waves are enough
WAVE = 60
LOOK_S = 2.0
RATE_INTERVAL, SHOWN = "20s", "2m"

# What may be 0 at a moment at which all is well.
MAY_BE_0 = {
    "Not ready",
    "Unaccounted",
    "Late, of the last hour's (> 4 s)",
    "Dead-letter brake",
    "Large model's breaker",
    "Retries by stage",
    "Refused commits",
    "Lag, records",
    "Lag, seconds",
    "In flight",
    "Failed canaries, in this range",
    "Overturned, of this range's decisions",
}
OF_WHICH_MAY_BE_0 = {"skipped", "{{source}} contradicts"}


@pytest.fixture
async def model() -> AsyncIterator[ChatServer]:
    """It allows everything, canaries too."""
    async with ChatServer(lambda request: answering(request["messages"], "allow")) as server:
        yield server


def queries() -> list[Query]:
    """Of all panels of both dashboards, as Grafana would ask them."""
    boards = [json.loads(path.read_text("utf-8")) for path in sorted((FOLDER / "dashboards").glob("*.json"))]
    # The energy of a token is for whoever runs the model to say; without it the panel stays at 0.
    values = [{**as_grafana_would(board, RATE_INTERVAL, SHOWN), "token_joules": "1"} for board in boards]
    return [query for board, filled in zip(boards, values, strict=True) for query in asked(board, filled)]


def unanswered(prometheus: LocalPrometheus) -> list[str]:
    """Panels and rules without data; where things happen, of panels that say they do not."""
    found = []
    for query in queries():
        values = [value for value in prometheus.query(query.expr) if isfinite(value)]
        if not values or not (any(values) or query.panel in MAY_BE_0 or query.legend in OF_WHICH_MAY_BE_0):
            found.append(f"{query.panel} ({query.legend}): {values}: {query.expr}")
    found += [
        f"{rule['name']} {rule.get('labels')}: {rule['health']} {rule.get('lastError')}"
        for rule in prometheus.rules()
        if rule["health"] != "ok" or (rule["type"] == "recording" and not prometheus.query(rule["name"]))
    ]
    return found


def watch(kafka: RealKafka, topics: TopicSettings, folder: Path, model: ChatServer) -> None:
    """Write wave after wave until nothing is missing."""
    with at_work(kafka, topics, folder, model) as (service, prometheus):
        deadline = time.monotonic() + DEADLINE_S
        missing = ["nothing was looked at"]
        while missing:
            assert time.monotonic() < deadline, "\n".join(missing)
            service.write(WAVE)
            time.sleep(LOOK_S)
            missing = unanswered(prometheus)


async def test_every_panel_and_every_rule_finds_data(
    kafka: RealKafka, topics: TopicSettings, model: ChatServer, tmp_path: Path
) -> None:
    """An SRE who opens the dashboards sees the service, and no panel says that it has no data."""
    await asyncio.to_thread(watch, kafka, topics, tmp_path, model)
