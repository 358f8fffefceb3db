"""Counts off the pages of programs; what is no such page, and no Prometheus, is told by its option."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry, generate_latest

from moderator.adapters import prometheus
from moderator.adapters.prometheus import read_pages, read_prometheus
from moderator.costs.programs import ALIVE, COUNTERS, MODEL, PROCESSOR, Role
from moderator.costs.traffic import count
from moderator.errors import ConfigError, MetricsUnavailable
from moderator.pipeline.asking import ENDINGS
from moderator.telemetry.metrics import Metrics, from_zero

HOUR_MS = 3_600_000
DEADLINE_S = 20.0

Serve = Callable[[str, int], Awaitable[str]]


def agent() -> Metrics:
    """It has answered seven messages, and escalated two of them."""
    metrics = Metrics(CollectorRegistry())
    metrics.model_info.labels("model", "policy", "provider", "1").set(1)
    metrics.messages.labels("allow").inc(5)
    metrics.messages.labels("escalate").inc(2)
    metrics.cpu_seconds.labels("infer").inc(3.5)
    metrics.batch_tokens.observe(100)
    metrics.cached_texts.labels("hit").inc(3)
    return metrics


def reviewer() -> Metrics:
    """Of three requests two were answered, one of them with nothing to use."""
    metrics = Metrics(CollectorRegistry())
    from_zero(metrics.llm_requests, *ENDINGS)
    for code in ("answered", "invalid_output", "timed_out"):
        metrics.llm_requests.labels(code).inc()
    metrics.llm_tokens.labels("input").inc(900)
    metrics.llm_tokens.labels("output").inc(80)
    metrics.llm_cost.inc(0.25)
    for outcome, referral in (("allow", ""), ("escalate", "timed_out"), ("escalate", "budget_spent")):
        metrics.decisions.labels(outcome, referral).inc()
    metrics.decisions.labels("escalate", "canary").inc()
    metrics.review_seconds.observe(4)
    return metrics


def console() -> Metrics:
    """People have decided twice."""
    metrics = Metrics(CollectorRegistry())
    from_zero(metrics.review_overturns, "human")
    for waited_s in (60, 70):
        metrics.review_turnaround.labels("human").observe(waited_s)
    return metrics


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """A server that answers everything with a text and a status; its address."""
    servers = []

    async def serve(text: str, status: int = 200) -> str:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(text=text, status=status)

        app = web.Application()
        app.router.add_get("/metrics", answer)
        app.router.add_get("/api/v1/query", answer)
        servers.append(TestServer(app))
        await servers[-1].start_server()
        return str(servers[-1].make_url("/"))

    yield serve
    for server in servers:
        await server.close()


async def test_pages_are_counted_together(serve: Serve) -> None:
    """Each program's part, by what it is; a host alone is enough, its page is known."""
    pages = [generate_latest(metrics.registry).decode() for metrics in (agent(), agent(), reviewer(), console())]
    traffic = count(await read_pages([await serve(page, 200) for page in pages]))
    assert traffic.programs == {Role.AGENT: 2, Role.REVIEWER: 1, Role.CONSOLE: 1}
    assert (traffic.messages, traffic.escalated) == (14, 4)
    assert (traffic.texts, traffic.text_tokens) == (8, 200)
    assert traffic.stage_cpu_s == {"infer": 7}
    assert (traffic.replies, traffic.input_tokens, traffic.output_tokens) == (2, 900, 80)
    assert str(traffic.spent) == "0.25"
    assert (traffic.asked, traffic.asking_s) == (2, 4)
    assert traffic.human_decisions == 2
    assert all(traffic.cpu_s[role] > 0 for role in traffic.programs)  # of this process, four times


def test_every_metric_that_is_read_exists() -> None:
    """A metric that is renamed would be counted as 0 from then on."""
    metrics = Metrics(CollectorRegistry())
    exported = {PROCESSOR} | {declared.name for declared in metrics.table}
    read = {name.removesuffix("_sum").removesuffix("_count") for name in (*COUNTERS, ALIVE, MODEL)}
    assert read <= exported


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("<html>hello</html>", 200, "no page of metrics of this program"),
        ('up{a="', 200, "no page of metrics of this program"),
        ("process_cpu_seconds_total 5\n", 200, "no page of metrics of this program"),
        ("", 200, "no page of metrics of this program"),
        ("gone", 404, "answers 404"),
    ],
)
async def test_what_is_no_page_of_ours(serve: Serve, text: str, status: int, told: str) -> None:
    """Is not counted as a program that did nothing."""
    url = await serve(text, status)
    with pytest.raises(ConfigError, match=f"--metrics {url}: .*{told}"):
        await read_pages([url])


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("<html>hello</html>", 200, "is no Prometheus"),
        ("not found", 404, "is no Prometheus"),
        ("[]", 200, "is no Prometheus"),
        ('{"status": "success", "data": {"result": [{"metric": {}}]}}', 200, "is no Prometheus"),
        ('{"status": "error", "errorType": "timeout", "error": "words"}', 503, "timeout.*--since"),
        ("", 401, "401.*name and password"),
    ],
)
async def test_what_is_no_prometheus(serve: Serve, text: str, status: int, told: str) -> None:
    """Or cannot answer."""
    url = await serve(text, status)
    with pytest.raises(ConfigError, match=f"--prometheus {url}: .*{told}"):
        await read_prometheus(url, HOUR_MS, None)


async def test_nobody_answers() -> None:
    """That may pass; what stands in the URL beside the address stays there."""
    with pytest.raises(MetricsUnavailable, match=r"^--metrics http://127.0.0.1:1/metrics: no answer"):
        await read_pages(["http://somebody:secret@127.0.0.1:1/metrics"])
    with pytest.raises(MetricsUnavailable, match=r"^--prometheus http://127.0.0.1:1/prefix/: no answer"):
        await read_prometheus("http://somebody:secret@127.0.0.1:1/prefix/", HOUR_MS, None)


async def test_an_answer_without_an_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever answers, this command's memory is its own."""
    monkeypatch.setattr(prometheus, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(prometheus, "TIMEOUT_S", DEADLINE_S)
    left = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            await response.write(b"x" * (1 << 21))
            await left.wait()  # there may always be more
        return response

    app = web.Application()
    app.router.add_get("/metrics", answer)
    async with TestServer(app) as server:
        try:
            with pytest.raises(ConfigError, match="answers with more than 1 MiB"):
                await read_pages([str(server.make_url("/"))])
        finally:
            left.set()
