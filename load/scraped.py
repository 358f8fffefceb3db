"""What a program of ours exports at /metrics."""

import urllib.request
from collections.abc import Iterable

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

TIMEOUT_S = 10.0
END_TO_END = "moderator_end_to_end_latency_seconds"


def scraped(port: int) -> list[Sample]:
    """Every sample at this moment."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=TIMEOUT_S) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return [sample for family in families for sample in family.samples]


def stage_means_ms(samples: Iterable[Sample]) -> dict[str, float]:
    """What a message spent in each stage on average, in the order of the samples."""
    sums: dict[str, float] = {}
    counts: dict[str, float] = {}
    for sample in samples:
        of = {f"{END_TO_END}_sum": sums, f"{END_TO_END}_count": counts}.get(sample.name)
        if of is not None:
            of[sample.labels["stage"]] = sample.value
    return {stage: 1000 * seconds / counts[stage] for stage, seconds in sums.items() if counts.get(stage)}
