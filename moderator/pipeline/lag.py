"""How far a member is behind its topic."""

from collections.abc import Callable

from moderator.contracts.record import Partition
from moderator.pipeline.ports import Clock, Source
from moderator.telemetry.metrics import Metrics

INTERVAL_S = 2.0  # Prometheus looks every fifteen seconds, mostly


class Lag:
    """Tells what waits in each partition of a member. `wall_clock_ms` is milliseconds since the epoch, as Kafka's
    timestamps are.
    """

    def __init__(self, source: Source, metrics: Metrics, clock: Clock, wall_clock_ms: Callable[[], float]) -> None:
        self._source = source
        self._metrics = metrics
        self._clock = clock
        self._wall_clock_ms = wall_clock_ms
        self._told_at = clock() - INTERVAL_S
        self._nothing_waited: dict[Partition, float] = {}
        self._told: set[Partition] = set()

    def tell(self) -> None:
        """Cheap, as long as it is asked often: it looks at its source every few seconds only."""
        now = self._clock()
        if now - self._told_at < INTERVAL_S:
            return
        self._told_at = now
        backlogs = self._source.backlog()
        now_ms = self._wall_clock_ms()
        for partition in self._told - backlogs.keys():
            self._forget(partition)
        for partition, backlog in backlogs.items():
            self._told.add(partition)
            if not backlog.records:
                self._nothing_waited[partition] = now_ms
            # Of what waits nothing is known but that it came after the last record that was handed on, and after the
            # last look that found nothing waiting: on a quiet topic much time may lie between the two.
            since_ms = max(backlog.reached_ms or 0.0, self._nothing_waited.get(partition, 0.0))
            labels = partition.topic, str(partition.number)
            self._metrics.lag_records.labels(*labels).set(backlog.records)
            if since_ms:
                self._metrics.lag_seconds.labels(*labels).set(max(0.0, now_ms - since_ms) / 1000)

    def _forget(self, partition: Partition) -> None:
        """It is somebody else's now."""
        self._told.discard(partition)
        self._nothing_waited.pop(partition, None)
        for gauge in (self._metrics.lag_records, self._metrics.lag_seconds):
            gauge.remove(partition.topic, str(partition.number))
