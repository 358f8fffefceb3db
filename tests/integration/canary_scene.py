"""Every path of the program taken with marked text, at its most talkative, and all that it says kept for a search."""

import asyncio
import json
import sys
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from confluent_kafka import Message, Producer

from moderator.config import TopicSettings
from tests.e2e.program import ENDS_WITHIN_S, Running, run
from tests.integration.canary import (
    ESCALATION_BYTES,
    GUILTY_OF_FAILURE,
    KEY,
    MARKERS,
    MESSAGES,
    TOO_LARGE,
    UNDECODABLE,
    sent,
    written,
)
from tests.integration.platform import Platform
from tests.integration.raw_batches import batch_of, write_batch
from tests.integration.topic import records_of
from tests.support.otlp_receiver import OtlpReceiver
from tests.support.real_kafka import RealKafka

GROUP = "group"
PARTITIONS = 3
ON_THE_PORT = ("/startupz", "/readyz", "/livez", "/metrics")
# The shortest way to each code of exit 1: a model that fails on everything, one that hangs, a bug on the event loop.
CRASHES = {
    "failing model": ("tests.e2e.broken_model",),
    "hung model": ("tests.e2e.hung_model",),
    "bug": ("tests.integration.quoting_agent", "account"),
}


@dataclass
class Scene:
    """On topics of its own. `told` is what the program has said, by who or what said it; no text belongs there."""

    kafka: RealKafka
    folder: Path
    topics: TopicSettings = field(init=False)
    collector: OtlpReceiver = field(default_factory=OtlpReceiver)
    told: dict[str, bytes] = field(default_factory=dict)
    exits: dict[str, int] = field(default_factory=dict)
    held: dict[str, list[Message]] = field(default_factory=dict)
    classified: bytes = b""
    exported: bytes = b""

    def __post_init__(self) -> None:
        suffix = uuid.uuid4().hex[:8]
        self.topics = TopicSettings(**{name: f"{name}.{suffix}" for name in TopicSettings.model_fields})
        for name in self.topics.model_dump().values():
            narrow = {"max.message.bytes": str(ESCALATION_BYTES)} if name == self.topics.escalations else {}
            self.kafka.create_topics({name: PARTITIONS}, narrow)

    def play(self) -> None:
        """All of it."""
        with self.collector:
            self.run_agents()
        self.told["spans"] = b"".join(self.collector.bodies)
        self.write_as_a_stranger()
        self.ask()

    def run_agents(self) -> None:
        """One that works, and those that crash."""
        self.moderate()
        for name, topic in self.topics.model_dump().items():
            self.held[name] = records_of(self.kafka, topic)
        for name, command in CRASHES.items():
            with Running([sys.executable, "-m", *command], self.settings(name, HANG_TIMEOUT_S="2")) as running:
                self.exits[name] = running.status()
            self.heard(name, running)

    def moderate(self) -> None:
        """Answer all records, one that breaks the model among them, and look at the port meanwhile."""
        platform = Platform(self.kafka, self.topics)
        platform.send([*MESSAGES, *UNDECODABLE, GUILTY_OF_FAILURE, TOO_LARGE])
        asyncio.run(write_batch(self.kafka, self.topics.messages, 0, batch_of([KEY, KEY], {1})))
        command = [sys.executable, "-m", "tests.integration.quoting_agent", "classifier"]
        with Running(command, self.settings(GROUP)) as running:
            platform.answered(len(platform.sent) + 2)
            port = json.loads(running.until('"probes"'))["port"]
            for path in ON_THE_PORT:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=ENDS_WITHIN_S) as answer:
                    self.told[path] = answer.read()
            self.exits["agent"] = running.stop()
        self.heard("agent", running)
        platform.close()

    def write_as_a_stranger(self) -> None:
        """Records on the written topics that are none of the program's."""
        producer = Producer({"bootstrap.servers": self.kafka.bootstrap_servers, "log_level": 0})
        origin = {"topic": self.topics.messages, "partition": MARKERS["text"], "offset": MARKERS["text"]}
        for value in (KEY, written(source="model", outcome=MARKERS["text"], origin=origin, versions={}, labels=[])):
            producer.produce(self.topics.verdicts, value, KEY)
            producer.produce(self.topics.dead_letters, value, KEY, headers=[("moderator.error.stage", KEY)])
        assert producer.flush(ENDS_WITHIN_S) == 0

    def ask(self) -> None:
        """The commands that people look with."""
        self.look("check")
        self.look("audit")
        self.look("audit", "--json")
        self.look("dead-letters", "list")
        self.look("dead-letters", "list", "--json")
        for letter in self.held["dead_letters"][:: len(self.held["dead_letters"]) // 3]:
            self.look("dead-letters", "show", f"{letter.partition()}:{letter.offset()}")
        letters, fix, report = (self.folder / name for name in ("letters.jsonl", "fix.json", "report.jsonl"))
        self.look("dead-letters", "export", letters)
        self.exported = letters.read_bytes()
        fix.write_text('{"/text": "/body"}')
        self.look("dead-letters", "replay", "--transform", fix, "--rate", "1000", "--yes", "--report", report)
        self.told["report"] = report.read_bytes()
        lines = [record.value for record in (*MESSAGES, *UNDECODABLE, sent(b"\xff")) if isinstance(record.value, bytes)]
        self.classified = self.run("classify", stdin=b"\n".join(lines))

    def look(self, *arguments: str | Path) -> None:
        """Run a subcommand whose output may hold no text either."""
        self.told[f"{_named(arguments)}: output"] = self.run(*arguments)

    def run(self, *arguments: str | Path, stdin: bytes = b"") -> bytes:
        """Run a subcommand and return its output."""
        result = run(*arguments, stdin=stdin, settings=self.settings(GROUP))
        self.told[f"{_named(arguments)}: errors"] = result.stderr
        self.exits[_named(arguments)] = result.returncode
        return result.stdout

    def settings(self, group: str, **more: str) -> dict[str, str]:
        """Of a program at its most talkative."""
        topics = {f"TOPICS__{name.upper()}": topic for name, topic in self.topics.model_dump().items()}
        servers = {"KAFKA__BOOTSTRAP_SERVERS": self.kafka.bootstrap_servers, "KAFKA__GROUP_ID": group}
        own = {"LOG__LEVEL": "DEBUG", "HTTP__PORT": "0", "MODEL__THREADS": "1"}
        return {**topics, **servers, **own, "TRACING__ENDPOINT": self.collector.endpoint, **more}

    def heard(self, name: str, running: Running) -> None:
        """What an agent that has ended has said."""
        self.told[f"{name}: output"], self.told[f"{name}: errors"] = running.output.encode(), running.errors.encode()


def _named(arguments: tuple[str | Path, ...]) -> str:
    return " ".join(part for part in map(str, arguments) if "/" not in part)
