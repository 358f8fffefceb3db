"""Where messages' time goes: from their Kafka timestamps to the commit of their answers."""

from collections.abc import Sequence

from moderator.contracts.record import Record
from moderator.pipeline.times import Times
from moderator.telemetry.metrics import STAGES, TOTAL, Metrics

POLL = STAGES[0]


class Latency:
    """Observes a batch at once: its messages share their times, but for how long each had waited to be fetched."""

    def __init__(self, metrics: Metrics) -> None:
        self._stages = {stage: metrics.end_to_end.labels(stage) for stage in (*STAGES, TOTAL)}

    def observe(self, messages: Sequence[Record], times: Times, fetched_ms: float) -> None:
        """Those records of a batch that hold messages; `fetched_ms` is its fetch on the clock of their timestamps.

        A timestamp may lie ahead, as producers' clocks are their own, or a record have none: then no time that is
        known has passed until the fetch.
        """
        if not messages:
            return
        waited = [
            max(0.0, fetched_ms - record.timestamp_ms) / 1000 if record.timestamp_ms >= 0 else 0.0
            for record in messages
        ]
        self._stages[POLL].observe_all(waited)
        for stage, seconds in times.stages().items():
            self._stages[stage].observe_many(seconds, len(messages))
        here = times.committed - times.fetched
        self._stages[TOTAL].observe_all([before + here for before in waited])
