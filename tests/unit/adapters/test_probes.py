"""What an orchestrator and Prometheus see over HTTP, in each state of the program's life."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from moderator.adapters.probes import Probes
from moderator.config import HttpSettings
from moderator.errors import ConfigError
from moderator.pipeline.lifecycle import LIVE_WITHIN_S, Lifecycle, State
from moderator.telemetry.metrics import Metrics

PROBES = ("/startupz", "/readyz", "/livez")


@dataclass
class Clock:
    """Moves when told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Program:
    """A lifecycle, metrics, and a client of the port that tells of them."""

    lifecycle: Lifecycle
    metrics: Metrics
    clock: Clock
    client: aiohttp.ClientSession
    port: int

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        async with self.client.get(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status, await answer.text()

    async def statuses(self) -> list[int]:
        """Of the three probes."""
        return [(await self.get(path))[0] for path in PROBES]


@pytest.fixture
async def program() -> AsyncIterator[Program]:
    """Listening on any free port."""
    clock = Clock()
    metrics = Metrics(CollectorRegistry())
    lifecycle = Lifecycle(clock, metrics.ready.set)
    probes = Probes(HttpSettings(port=0), lifecycle, metrics.registry)
    port = await probes.start()
    async with aiohttp.ClientSession() as client:
        yield Program(lifecycle, metrics, clock, client, port)
    await probes.stop()


@pytest.mark.parametrize(
    ("state", "startup", "ready"),
    [
        (State.STARTING, 503, 503),
        (State.JOINING, 200, 503),
        (State.RUNNING, 200, 200),
        (State.DRAINING, 200, 503),
        (State.STOPPED, 200, 503),
    ],
)
async def test_each_state_has_its_statuses(program: Program, state: State, startup: int, ready: int) -> None:
    """An orchestrator waits for the model, sends no traffic to who is not in the group, and restarts nobody for it."""
    program.lifecycle.advance(state)
    assert await program.statuses() == [startup, ready, 200]
    for path in PROBES:
        assert (await program.get(path))[1] == f"{state.name.lower()}\n"


async def test_a_loop_that_stands_still_is_restarted(program: Program) -> None:
    """Liveness is the loop's, whatever the other two say."""
    program.lifecycle.advance(State.RUNNING)
    program.clock.now += LIVE_WITHIN_S
    assert await program.statuses() == [200, 200, 503]
    program.lifecycle.turned()
    assert await program.statuses() == [200, 200, 200]


async def test_metrics_are_prometheus_text(program: Program) -> None:
    """Every metric of the table is there, by its type and with its help, before anything has happened."""
    status, body = await program.get("/metrics")
    families = {family.name: family for family in text_string_to_metric_families(body)}
    declared = list(program.metrics.registry.collect())
    assert status == 200
    assert len(declared) > 10
    for metric in declared:
        assert metric.name in families
        assert (families[metric.name].type, families[metric.name].documentation) == (metric.type, metric.documentation)


async def test_metrics_are_of_now(program: Program) -> None:
    """Values and the readiness that a probe would tell."""
    program.metrics.messages.labels("block").inc(3)
    program.lifecycle.advance(State.RUNNING)
    _, body = await program.get("/metrics")
    samples = {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }
    assert samples["moderator_messages_total", ("block",)] == 3
    assert samples["moderator_ready", ()] == 1


async def test_the_answer_names_its_form(program: Program) -> None:
    """Prometheus refuses a scrape whose content type it does not know."""
    async with program.client.get(f"http://127.0.0.1:{program.port}/metrics") as answer:
        assert answer.content_type == "text/plain"
        assert "version=" in answer.headers["Content-Type"]


@pytest.mark.parametrize("path", ["/", "/metrics/", "/config"])
async def test_there_is_nothing_else(program: Program, path: str) -> None:
    """No page tells more than these."""
    assert (await program.get(path))[0] == 404


async def test_nothing_can_be_written(program: Program) -> None:
    """The port only tells."""
    async with program.client.post(f"http://127.0.0.1:{program.port}/livez") as answer:
        assert answer.status == 405


async def test_after_the_stop_nobody_listens() -> None:
    """The port is free again, also where it never was taken."""
    probes = Probes(HttpSettings(port=0), Lifecycle(Clock()), CollectorRegistry())
    await probes.stop()
    port = await probes.start()
    await probes.stop()
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", port))


async def test_a_taken_port_is_named() -> None:
    """By the variable to change, with the address and the reason."""
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        taker.listen()
        port = taker.getsockname()[1]
        with pytest.raises(ConfigError) as refusal:
            await Probes(HttpSettings(port=port), Lifecycle(Clock()), CollectorRegistry()).start()
    (problem,) = refusal.value.problems
    assert problem.startswith(f"MODERATOR_HTTP__PORT: cannot listen on 127.0.0.1:{port}: ")
    assert "in use" in problem


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b"], ids=["nobody's, by RFC 5737", "no name"])
async def test_a_host_that_is_not_ours_is_named(host: str) -> None:
    """It is not the port that is wrong then."""
    with pytest.raises(ConfigError) as refusal:
        await Probes(HttpSettings(host=host, port=0), Lifecycle(Clock()), CollectorRegistry()).start()
    (problem,) = refusal.value.problems
    assert problem.startswith(f"MODERATOR_HTTP__HOST: cannot listen on {host}:0: ")
