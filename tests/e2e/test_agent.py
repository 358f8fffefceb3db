"""`moderator agent` from its first log line to its last, on a broker in this process."""

import json
import signal
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import cast

import pytest
from confluent_kafka import Consumer, Producer
from prometheus_client.parser import text_string_to_metric_families

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.config import TopicSettings
from moderator.exit_codes import ExitCode
from moderator.telemetry.log import LOG_KEYS
from tests.e2e.program import COMMAND, ENDS_WITHIN_S, Running
from tests.schemas.folder import validator

TOPICS = TopicSettings()
CANARY = "canary-that-must-not-be-quoted"
AUTHOR = "author-that-must-not-be-quoted"
POISON = [
    f'{{"id": "p-1", "text": "{CANARY}'.encode(),
    f'["{CANARY}"]'.encode(),
    f'{{"id": "p-3", "body": "{CANARY}"}}'.encode(),
    f'{{"id": "p-4", "text": "ok", "source": "{CANARY}"}}'.encode(),
    CANARY.encode() + b"\xff",
]
MESSAGES = 20
TRACEPARENT = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
# Who joins again waits for a session's length: the embedded broker waits for members that have left.
ON_ANY_PORT = {"HTTP__PORT": "0", "MODEL__THREADS": "1", "KAFKA__SESSION_TIMEOUT_MS": "3000"}


def message(number: int) -> bytes:
    """Of somebody who must not be named."""
    document = {"id": f"m-{number}", "text": f"Good morning, {CANARY} {number}!", "author_id": AUTHOR}
    return json.dumps(document).encode()


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """With the topics of the default settings."""
    with EmbeddedBroker(dict.fromkeys(TOPICS.model_dump().values(), 2)) as started:
        yield started


def agent(broker: EmbeddedBroker, **settings: str) -> Running:
    """On that broker."""
    return Running(
        [*COMMAND, "agent"],
        {**ON_ANY_PORT, "KAFKA__BOOTSTRAP_SERVERS": broker.bootstrap_servers, **settings},
    )


def send(broker: EmbeddedBroker, values: list[bytes]) -> None:
    """To the messages' topic, acknowledged."""
    producer = Producer({"bootstrap.servers": broker.bootstrap_servers, "log_level": 0})
    for value in values:
        producer.produce(TOPICS.messages, value, headers=[("traceparent", TRACEPARENT), ("note", CANARY.encode())])
    assert producer.flush(ENDS_WITHIN_S) == 0


def answers(broker: EmbeddedBroker, topic: str, count: int) -> list[tuple[bytes, dict[str, bytes]]]:
    """That many records of a topic: value and headers."""
    reader = Consumer(
        {
            "bootstrap.servers": broker.bootstrap_servers,
            "group.id": f"test-{topic}",
            "auto.offset.reset": "earliest",
            "log_level": 0,
        }
    )
    reader.subscribe([topic])
    read: list[tuple[bytes, dict[str, bytes]]] = []
    deadline = time.monotonic() + ENDS_WITHIN_S
    while len(read) < count and time.monotonic() < deadline:
        record = reader.poll(0.2)
        if record is not None and record.error() is None:
            headers = cast("list[tuple[str, bytes]]", record.headers() or [])  # what is read is bytes
            read.append((record.value() or b"", dict(headers)))
    reader.close()
    return read


def get(program: Running, path: str) -> tuple[int, str]:
    """From the port that the program has logged."""
    port = json.loads(program.until('"probes"'))["port"]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=ENDS_WITHIN_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, ""


def test_an_agents_life(broker: EmbeddedBroker) -> None:
    """Ready once it is in the group; every record answered; SIGTERM drains, commits and ends with 0."""
    send(broker, [message(number) for number in range(MESSAGES)])
    with agent(broker) as running:
        running.until('"assigned"')
        assert [get(running, path)[0] for path in ("/startupz", "/readyz", "/livez")] == [200, 200, 200]
        verdicts = answers(broker, TOPICS.verdicts, MESSAGES)
        assert running.stop() == 0
        lines = [json.loads(line) for line in running.output.splitlines()]
    assert running.errors == ""
    assert {json.loads(value)["message_id"] for value, _ in verdicts} == {f"m-{n}" for n in range(MESSAGES)}
    for value, headers in verdicts:
        validator("verdict").validate(json.loads(value))
        assert headers["traceparent"] == TRACEPARENT
    assert [line["event"] for line in lines[:3]] == ["probes", "model ready", "assigned"]
    assert sum(line["allowed"] + line["blocked"] + line["escalated"] for line in lines if line["event"] == "batch") == (
        MESSAGES
    )
    assert lines[-2]["signal"] == "SIGTERM"
    assert lines[-1]["event"] == "stopped"
    # What was committed does not come again.
    with agent(broker) as again:
        again.until('"assigned"')
        send(broker, [message(MESSAGES)])
        again.until('"batch"')
        assert again.stop(signal.SIGINT) == 0
        batches = [json.loads(line) for line in again.output.splitlines() if '"batch"' in line]
    assert [batch["records"] for batch in batches] == [1]


def test_nothing_that_users_write_is_told(broker: EmbeddedBroker) -> None:
    """Not in logs at their most talkative, not on standard error, not in a metric or a dead letter's headers: messages
    go to their topics and nowhere else.
    """
    send(broker, [*POISON, *(message(number) for number in range(MESSAGES))])
    with agent(broker, LOG__LEVEL="DEBUG") as running:
        verdicts = answers(broker, TOPICS.verdicts, MESSAGES)
        letters = answers(broker, TOPICS.dead_letters, len(POISON))
        status, metrics = get(running, "/metrics")
        assert running.stop() == 0
    assert (len(verdicts), len(letters), status) == (MESSAGES, len(POISON), 200)
    names = {sample.name for family in text_string_to_metric_families(metrics) for sample in family.samples}
    assert "moderator_dead_letters_total" in names
    told = [running.output, running.errors, metrics]
    told += [str({name: value for name, value in headers.items() if name != "note"}) for _, headers in letters]
    for words in told:
        assert CANARY not in words
        assert AUTHOR not in words
    assert all(CANARY.encode() in value for value, _ in letters)
    for line in running.output.splitlines():
        assert json.loads(line).keys() <= LOG_KEYS


def test_a_broker_that_goes_away_and_comes_back(broker: EmbeddedBroker) -> None:
    """The agent waits for it, alive and without a word of what it holds."""
    with agent(broker) as running:
        running.until('"assigned"')
        send(broker, [message(1)])
        running.until('"batch"')
        broker.go_down()
        broker.come_up()
        send(broker, [message(2)])
        answered = answers(broker, TOPICS.verdicts, 2)
        assert get(running, "/livez")[0] == 200
        assert running.stop() == 0
    assert {json.loads(value)["message_id"] for value, _ in answered} == {"m-1", "m-2"}
    assert CANARY not in running.output + running.errors


def test_not_even_a_crash_quotes_a_user(broker: EmbeddedBroker) -> None:
    """A library's exception holds what it was given. The program ends as after any bug, uncommitted, and says where."""
    send(broker, [message(number) for number in range(MESSAGES)])
    settings = {
        "KAFKA__BOOTSTRAP_SERVERS": broker.bootstrap_servers,
        "KAFKA__MAX_POLL_RECORDS": "2",  # several batches fail at once, and nobody awaits the later ones
        "HTTP__PORT": "0",
    }
    with Running([sys.executable, "-m", "tests.e2e.broken_model"], settings) as running:
        assert running.status() == ExitCode.FAILED
    assert running.errors.startswith("RuntimeError, a bug in this program; nothing was committed. Raised at:")
    assert "inference failed" in running.output
    assert CANARY not in running.output + running.errors
    assert answers(broker, TOPICS.dead_letters, 0) == []


def test_a_model_that_hangs_ends_the_program_uncommitted(broker: EmbeddedBroker) -> None:
    """It polls on, so its group would wait for ever. First the probe says dead, then the next start does it all."""
    send(broker, [message(number) for number in range(MESSAGES)])
    settings = {"KAFKA__BOOTSTRAP_SERVERS": broker.bootstrap_servers, "HTTP__PORT": "0", "HANG_TIMEOUT_S": "1"}
    with Running([sys.executable, "-m", "tests.e2e.hung_model"], settings) as running:
        told = json.loads(running.until('"stacks"'))
        assert get(running, "/livez")[0] == 503
        assert running.status() == ExitCode.FAILED
    assert (told["stage"], told["limit_s"], told["level"]) == ("moderate", 1.0, "critical")
    assert any("hung_model.py" in place for thread in told["stacks"].values() for place in thread)
    assert CANARY not in running.output
    with agent(broker):
        assert len(answers(broker, TOPICS.verdicts, MESSAGES)) == MESSAGES
