"""An endpoint that answers after a fixed time, in a process of its own, and the plainest loop that asks it."""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from prometheus_client import CollectorRegistry

from moderator.adapters.large_model import LargeModelEndpoint
from moderator.bootstrap_reviewer import NO_KEY
from moderator.contracts.review import Escalation
from moderator.review.documents import load_policies
from moderator.review.formats import FORMATS, FormatName
from moderator.review.prompt import enclose
from moderator.reviewer_settings import ReviewerSettings
from moderator.telemetry.metrics import Metrics
from tests.support.chat_server import ChatServer, Request
from tests.unit.review.answers import answering

MODEL = "a-model"
STARTS_WITHIN_S = 60.0


class Asked(NamedTuple):
    """When each request was answered, in ms since the epoch, sorted; and how long one took, in the mean."""

    times_ms: list[float]
    took_ms: float


def _answer(request: Request) -> str:
    return answering(request["messages"], "block")


async def _serve(latency_s: float, told: Connection) -> None:
    async with ChatServer(_answer) as server:
        server.delay_s = latency_s
        told.send(server.base_url)
        await asyncio.Event().wait()


def _run(latency_s: float, told: Connection) -> None:
    asyncio.run(_serve(latency_s, told))


@contextmanager
def endpoint(latency_s: float) -> Iterator[str]:
    """The base URL of one that blocks whatever it is asked. Raises RuntimeError when it does not start."""
    told, telling = multiprocessing.Pipe(duplex=False)
    serving = multiprocessing.get_context("spawn").Process(target=_run, args=(latency_s, telling), daemon=True)
    serving.start()
    try:
        if not told.poll(STARTS_WITHIN_S):
            raise RuntimeError("the endpoint does not start")
        yield told.recv()
    finally:
        serving.kill()
        serving.join()


async def plainly_asked(base_url: str, escalation: Escalation, in_flight: int, count: int) -> Asked:
    """Ask about it `count` times with the reviewer's own client: so many loops, each asks when it is answered."""
    settings = ReviewerSettings(base_url=base_url, model=MODEL)
    tokens, metrics = settings.max_output_tokens, Metrics(CollectorRegistry())
    client = LargeModelEndpoint(base_url, NO_KEY, MODEL, tokens, metrics)
    policy = load_policies().covering(escalation)
    if policy is None:
        raise ValueError("no policy covers it")
    asking = FORMATS[FormatName(settings.format)]
    left = iter(range(count))
    times_ms, took_s = [], 0.0

    async def ask_on() -> None:
        nonlocal took_s
        for _ in left:
            begun = time.monotonic()
            question = asking.ask(policy, enclose(escalation.message.text, settings.most_characters))
            form = next(iter(question.ladder.values()))
            reply = await client.ask(question.messages, form, settings.deadline_s)
            asking.read(question, reply.text)
            took_s += time.monotonic() - begun
            times_ms.append(time.time() * 1000)

    try:
        await asyncio.gather(*(ask_on() for _ in range(in_flight)))
    finally:
        await client.close()
    return Asked(sorted(times_ms), took_s * 1000 / count)
