"""What programs have counted: off their own pages, or in a stretch of time off a Prometheus that watches them."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from moderator.costs.programs import ALIVE, COUNTERS, MODEL, PROCESSOR, Counted, Program
from moderator.errors import ConfigError, MetricsUnavailable

TIMEOUT_S = 60.0  # Prometheus gives a query up after two minutes; none of these takes seconds
MOST_BYTES = 64 << 20  # a page has a hundred thousand, a query's answer a thousand for each program
PLAIN = {"Accept": "text/plain;version=0.0.4"}
PATH = "/metrics"
OWN_LABELS = frozenset(
    {"stage", "outcome", "referral", "code", "direction", "result", "source"}
    | {"model", "policy", "provider", "version"}
    | {"__name__"}
)
"""Of our metrics; all other labels are Prometheus's, and say which program it was."""


async def read_pages(urls: Sequence[str]) -> list[Program]:
    """What each program has counted since its start. Raises ConfigError for what is no page of ours, MetricsUnavailable
    where nobody answers.
    """
    async with _session() as session:
        return [_program(url, await _got(session, "--metrics", url, _with_path(url), {})) for url in urls]


async def read_prometheus(url: str, since_ms: int, namespace: str | None) -> list[Program]:
    """What each program that it watched has gained in the last `since_ms`. Raises like `read_pages`."""
    series: dict[frozenset[tuple[str, str]], list[Counted]] = defaultdict(list)
    async with _session() as session:
        for name, expr in _queries(since_ms, namespace).items():
            query = f"{url.rstrip('/')}/api/v1/query"
            for labels, value in _results(url, await _got(session, "--prometheus", url, query, {"query": expr})):
                own = {label: words for label, words in labels.items() if label in OWN_LABELS}
                program = frozenset(labels.items() - own.items())
                series[program].append(Counted(name, own, value))
    return [Program(tuple(counted)) for counted in series.values()]


def _queries(since_ms: int, namespace: str | None) -> dict[str, str]:
    of = "" if namespace is None else f'{{namespace="{namespace}"}}'
    range_ = f"[{since_ms}ms]"
    ours = f"and on (job, instance) last_over_time({ALIVE}{of}{range_})"
    return {name: _gained(f"{name}{of}", since_ms) for name in COUNTERS if name != PROCESSOR} | {
        PROCESSOR: f"({_gained(f'{PROCESSOR}{of}', since_ms)}) {ours}",
        MODEL: f"last_over_time({MODEL}{of}{range_})",
    }


def _gained(selector: str, since_ms: int) -> str:
    """`increase`, and what was counted before Prometheus first looked, of programs that began in this time."""
    grown = f"increase({selector}[{since_ms}ms])"
    before = f"(min_over_time({selector}[{since_ms}ms]) unless {selector} offset {since_ms}ms)"
    return f"{grown} + {before} or {grown}"


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(TIMEOUT_S), headers=PLAIN)


async def _got(
    session: aiohttp.ClientSession, option: str, given: str, url: str, query: Mapping[str, str]
) -> tuple[int, str]:
    """The answer's status and text."""
    place = f"{option} {shown(given)}"
    try:
        async with session.get(url, params=query) as answer:
            content = bytearray()
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise ConfigError([f"{place}: answers with more than {MOST_BYTES >> 20} MiB"])
            return answer.status, content.decode(errors="replace")
    except (aiohttp.InvalidURL, UnicodeError):  # the latter of a host that cannot even be looked up
        raise ConfigError([f"{place}: no host has such a name"]) from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise MetricsUnavailable(f"{place}: no answer ({type(error).__name__})") from None


def _program(url: str, answer: tuple[int, str]) -> Program:
    status, text = answer
    place = f"--metrics {shown(url)}"
    if status != HTTPStatus.OK:
        raise ConfigError(
            [f"{place}: answers {status}; give the address of an agent's, reviewer's or console's {PATH}"]
        )
    try:
        samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    except (ValueError, KeyError, IndexError):  # what the parser raises of what is no page of metrics
        samples = []
    series = tuple(Counted(sample.name, sample.labels, sample.value) for sample in samples)
    program = Program(series)
    if not program.has(ALIVE):
        raise ConfigError([f"{place}: no page of metrics of this program; its port is MODERATOR_HTTP__PORT"])
    return program


def _results(url: str, answer: tuple[int, str]) -> list[tuple[dict[str, str], float]]:
    status, text = answer
    place = f"--prometheus {shown(url)}"
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise ConfigError([f"{place}: wants to know who asks ({status}); a name and password may stand in the URL"])
    try:
        answered: dict[str, Any] = json.loads(text)
        if answered["status"] == "error":
            raise ConfigError([f"{place}: cannot answer a query ({answered['errorType']}); try a shorter --since"])
        return [(each["metric"], float(each["value"][1])) for each in answered["data"]["result"]]
    except (ValueError, KeyError, TypeError, IndexError):
        raise ConfigError([f"{place}: is no Prometheus: its answer to /api/v1/query ({status}) is none"]) from None


def _with_path(url: str) -> str:
    """Where pages are, if the URL names only the host."""
    parts = urlsplit(url)
    return url if parts.path.strip("/") else urlunsplit(parts._replace(path=PATH))


def shown(url: str) -> str:
    """Without a name and password that it may hold."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment=""))
