"""The consumer of docs/connect.md does what the page says of it, on a broker."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from confluent_kafka import Producer

from moderator.adapters.embedded_broker import EmbeddedBroker

PAGE = (Path(__file__).parents[2] / "docs" / "connect.md").read_text(encoding="utf-8")
TOPIC = "moderation.verdicts"
DEADLINE_S = 60.0


def verdict(verdict_id: str, source: str, outcome: str, second: str, message: str = "m-1") -> dict[str, str]:
    """What the consumer reads of a verdict."""
    decided_at = f"2026-03-01T09:30:{second}Z"
    return {"id": verdict_id, "message_id": message, "source": source, "outcome": outcome, "decided_at": decided_at}


@pytest.fixture
def consumer(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", Producer]]:
    """The page's program, and a producer of verdicts for it."""
    (program,) = re.findall(r"```python\n(import .*?)```", PAGE, re.DOTALL)
    file = tmp_path / "consumer.py"
    file.write_text(program, encoding="utf-8")
    with EmbeddedBroker({TOPIC: 1}) as broker:
        environment = {**os.environ, "BOOTSTRAP_SERVERS": broker.bootstrap_servers}
        process = subprocess.Popen([sys.executable, file], env=environment, stdout=subprocess.PIPE, text=True)
        deadline = Timer(DEADLINE_S, process.kill)  # ends the lines that a test waits for
        with process:
            deadline.start()
            yield process, Producer({"bootstrap.servers": broker.bootstrap_servers, "log_level": 0})
            deadline.cancel()
            process.kill()


def test_the_verdict_in_force_is_acted_on_once(consumer: tuple["subprocess.Popen[str]", Producer]) -> None:
    """Neither a repeated verdict nor a model's after a person's changes what was done."""
    process, producer = consumer
    first = verdict("v-1", "model", "escalate", "00")
    opinion = verdict("v-2", "llm", "allow", "01.5")
    person = verdict("v-3", "human", "block", "01")
    appeal = verdict("v-4", "human", "allow", "09")
    other = verdict("v-5", "model", "block", "00", message="m-2")
    for value in (first, first, person, opinion, first, appeal, person, other):
        producer.produce(TOPIC, key=value["message_id"], value=json.dumps(value))
    assert producer.flush(30) == 0
    assert process.stdout is not None
    acted = [process.stdout.readline().strip() for _ in range(4)]
    assert acted == ["m-1 escalate model", "m-1 block human", "m-1 allow human", "m-2 block model"]
