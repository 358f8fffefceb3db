"""The whole program at work on a real Kafka: agent, reviewer with a stub of a large model, console with people."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from moderator.config import TopicSettings
from monitoring.__main__ import FOLDER
from tests.e2e.program import COMMAND, Running
from tests.integration.platform import Platform, Sent, message
from tests.integration.review_loop import ReviewLoop
from tests.monitoring.local_prometheus import LocalPrometheus
from tests.support.chat_server import ChatServer
from tests.support.real_kafka import RealKafka

RULES = FOLDER / "rules.yaml"
POLICY = Path(__file__).parents[2] / "models" / "policy.toml"
SAID = (
    "You are a stupid idiot and everybody knows it.",  # blocked
    "I will find you and hurt you.",
    "Je ne sais pas ce que tu veux dire, mais c'est très gentil.",  # in no language of the model's: escalated
)
COPIES = 10  # of each, so that the next is remembered
OTHERS = 3  # one of so many is not harmless


def other(number: int) -> Sent:
    """A message that is not allowed just so."""
    text = f"{SAID[number % len(SAID)]} {number % COPIES}"
    return Sent(b"author", json.dumps({"id": f"o{number}", "text": text}).encode())


class Service:
    """What is written to it, wave after wave, so that there is a rate of everything."""

    def __init__(self, platform: Platform, loop: ReviewLoop) -> None:
        self._platform, self._loop = platform, loop
        self._numbers = count()

    def write(self, messages: int) -> None:
        """So many harmless ones, and a few of each other kind."""
        self._platform.send(
            [
                *(message(next(self._numbers)) for _ in range(messages)),
                *(other(next(self._numbers)) for _ in range(messages // OTHERS)),
                Sent(b"author", b"no JSON"),
            ]
        )
        self._loop.escalate(2)


@contextmanager
def at_work(
    kafka: RealKafka, topics: TopicSettings, folder: Path, model: ChatServer
) -> Iterator[tuple[Service, LocalPrometheus]]:
    """All of it, and a Prometheus that watches."""
    platform, loop = Platform(kafka, topics), ReviewLoop(kafka, topics, folder, model)
    settings = {
        **loop.settings,
        "KAFKA__GROUP_ID": f"{topics.messages}-agents",
        "POLICY__AUDIT_PART": "0.1",
        "SHADOW__POLICY_FILE": str(POLICY),
        "REVIEWER__CANARY_EVERY": "5",
        "REVIEWER__PRICE_PER_MILLION_INPUT": "1",
        "REVIEWER__PRICE_PER_MILLION_OUTPUT": "2",
    }
    loop.prove_the_model()
    with ExitStack() as running:
        running.callback(platform.close)
        running.callback(loop.desk.close)
        programs = {
            name: running.enter_context(Running((*COMMAND, name), settings))
            for name in ("agent", "reviewer", "console")
        }
        ports = {name: json.loads(program.until('"probes"'))["port"] for name, program in programs.items()}
        running.enter_context(loop.people())
        yield Service(platform, loop), running.enter_context(LocalPrometheus(folder, RULES, ports))
