"""`python -m load.capacity_page`: the tables of docs/capacity.md anew, from the model and its measured points."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import fmean

from load.capacity_cost import Costs, Texts, fitted, is_fitted, texts_of_point
from load.capacity_plan import Assumed, Plan, plan
from load.capacity_points import Point, Points, read_points
from load.capacity_queue import MOST_IN_BATCH, latencies_ms
from load.capacity_sizes import Bytes, sizes_of
from load.texts import MEDIAN_TOKENS

PAGE = Path(__file__).parents[1] / "docs" / "capacity.md"
RATES = (100, 1_000, 10_000, 100_000, 1_000_000)
ON_PAPER_FROM = 2_000  # messages a second: above it nothing was measured, on any machine
P99_MS = 250.0
RELATIVE = "{:+.0%}"


def predicted_us(costs: Costs, point: Point) -> float:
    """Processor time of a message, as the model has it for a measured point."""
    return 1e6 * costs.message_s(texts_of_point(point), point["mean_batch"])


def predicted_ms(costs: Costs, point: Point) -> tuple[float, float]:
    """p50 and p99 of a point. The agent shared its cores with broker and clients: those that it had follow from what it
    answered of a backlog.
    """
    texts = Texts(MEDIAN_TOKENS)
    cores = point["capacity"] * costs.message_s(texts, MOST_IN_BATCH)
    p50, p99 = latencies_ms(costs, texts, cores, point["rate"], (50, 99))
    return p50, p99


def sections(points: Points) -> dict[str, str]:
    """Each generated table by the name of its place in the page."""
    costs = fitted(points.costs)
    return {
        "costs": "\n".join(_costs(costs)),
        "validation": "\n".join(_validation(costs, points)),
        "latencies": "\n".join(_latencies(costs, points)),
        "bytes": "\n".join(_bytes(points)),
        "sizes": "\n".join(_sizes(costs, points)),
    }


def with_sections(page: str, found: dict[str, str]) -> str:
    """The page with these tables in their places. Raises ValueError that names a place that is not there."""
    for name, table in found.items():
        place = re.compile(rf"(<!-- {name}: .*? -->\n).*?(\n<!-- end of {name} -->)", re.DOTALL)
        match = place.search(page)
        if match is None:
            raise ValueError(f"docs/capacity.md has no place for {name}")
        page = f"{page[: match.end(1)]}\n{table}\n{page[match.start(2) :]}"
    return page


def _costs(costs: Costs) -> Iterator[str]:
    yield "| of | processor time, µs |"
    yield "| --- | --- |"
    yield f"| a message beside the model: Kafka's clients, JSON, verdict | {costs.message_us:,.0f} |"
    yield f"| a batch: fetch, publish, commit | {costs.batch_us:,.0f} |"
    yield f"| a shape that a batch's calls have | {costs.shape_us:,.0f} |"
    yield f"| a call | {costs.call_us:,.0f} |"
    yield f"| a padded token | {costs.token_us:,.1f} |"


def _validation(costs: Costs, points: Points) -> Iterator[str]:
    yield "| tokens, median | messages in a batch, mean | remembered | measured, µs | model, µs | error | |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for point in points.costs:
        model, measured = predicted_us(costs, point), point["cpu_us"]
        use = "fitted" if is_fitted(point) else "predicted"
        yield (
            f"| {point['median_tokens']:.0f} | {point['mean_batch']:.0f} | {point['repeated']:.0%} | {measured:,.0f} "
            f"| {model:,.0f} | {RELATIVE.format(model / measured - 1)} | {use} |"
        )


def _latencies(costs: Costs, points: Points) -> Iterator[str]:
    yield "| of the capacity | messages/s | p50 measured / model, ms | p99 measured / model, ms | error of p99 |"
    yield "| --- | --- | --- | --- | --- |"
    for point in points.latencies:
        p50, p99 = predicted_ms(costs, point)
        yield (
            f"| {point['part']:.0%} | {point['rate']:,.0f} | {point['p50_ms']:.0f} / {p50:.0f} "
            f"| {point['p99_ms']:.0f} / {p99:.0f} | {RELATIVE.format(p99 / point['p99_ms'] - 1)} |"
        )
    if not points.latencies:
        command = "`python -m load.capacity_measured --only latency`, on a machine that does nothing else"
        yield f"| 30, 50, 70 % | | to be measured by {command} | | |"


def measured_bytes(points: Points) -> Bytes:
    """Of the texts that the line of sizes was not drawn through; where none was escalated there is no size of that."""
    of_length = [point for point in points.costs if point["median_tokens"] == MEDIAN_TOKENS and point["escalated"]]
    return Bytes(*(fmean(point[f"{record}_bytes"] for point in of_length) for record in Bytes.__slots__))


def _bytes(points: Points) -> Iterator[str]:
    found, model = measured_bytes(points), sizes_of(points.costs, MEDIAN_TOKENS)
    yield "| record | measured, bytes | model, bytes | error |"
    yield "| --- | --- | --- | --- |"
    for record, measured in asdict(found).items():
        predicted = getattr(model, record)
        yield f"| {record} | {measured:,.0f} | {predicted:,.0f} | {RELATIVE.format(predicted / measured - 1)} |"
    fresh, resident = (max(point[name] for point in points.costs) for name in ("fresh_mb", "resident_mb"))
    compressed = max(point["verdicts_compressed"] for point in points.costs)
    yield ""
    yield f"Memory of an agent: {fresh:.0f} MB before its first message at the most, {resident:.0f} MB afterwards."
    yield f"All verdicts of a point together compress to {compressed:.0%} (zlib)."


def _sizes(costs: Costs, points: Points) -> Iterator[str]:
    assumed = Assumed()
    plans = [
        plan(costs, sizes_of(points.costs, MEDIAN_TOKENS), Texts(MEDIAN_TOKENS), rate, P99_MS, assumed)
        for rate in RATES
    ]
    yield "| messages/s | " + " | ".join(_head(found) for found in plans) + " |"
    yield "| --- " * (1 + len(plans)) + "|"
    for title, cells in _rows(plans, assumed):
        yield f"| {title} | " + " | ".join(cells) + " |"


def _head(found: Plan) -> str:
    return f"{found.rate:,.0f}" + (" **on paper**" if found.rate > ON_PAPER_FROM else "")


def _rows(plans: list[Plan], assumed: Assumed) -> Iterator[tuple[str, list[str]]]:
    yield "agents", [f"{found.agents:,}" for found in plans]
    yield "cores of agents", [f"{found.agents * assumed.cores_per_agent:,}" for found in plans]
    yield "memory of agents, GB", [f"{found.agents * assumed.agent_memory_mb / 1e3:,.1f}" for found in plans]
    yield "because of", [found.why for found in plans]
    yield "p99 with all of them, ms", [f"{found.p99_ms:.0f}" for found in plans]
    yield "groups, each with a topic of messages", [f"{found.groups:,}" for found in plans]
    yield "partitions of a topic", [f"{found.partitions // found.groups:,}" for found in plans]
    yield "brokers", [f"{found.brokers:,}, for {found.brokers_for}" for found in plans]
    yield "MB/s into them, followers included", [f"{found.in_bytes / 1e6:,.1f}" for found in plans]
    yield "MB/s out of them", [f"{found.out_bytes / 1e6:,.1f}" for found in plans]
    yield "TB on their disks", [f"{found.disk_tb:,.1f}" for found in plans]
    yield "escalations/s", [f"{found.escalations:,.0f}" for found in plans]
    yield "people at work at a time", [f"{found.people:,}" for found in plans]
    for name in plans[0].money:
        yield f"money a month: {name}", [f"{found.money[name]:,.0f}" for found in plans]


def main() -> None:
    """Write the tables."""
    PAGE.write_text(with_sections(PAGE.read_text(encoding="utf-8"), sections(read_points())), encoding="utf-8")


if __name__ == "__main__":
    main()
