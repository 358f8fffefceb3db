"""A measured load to rows, ratios and one document. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from load.judged import AGAINST_CLASSIFIER, KEPT_UP, Breach, Judged, Ratio, accounted, speed_row
from load.measured_load import MeasuredLoad
from load.peers import ONNX_FP32, PIPELINE, PLAIN_LOOP
from load.profiles import P99_MS
from load.rates import steady_rate
from load.report import Goal, Row
from load.tally import Tally, highest_rate_below, kept_up, recovered_after, tally

WARM_UP_S = 3.0  # of latencies: the first messages meet connections and caches that are not there yet
SHOWN_PERCENTS = {50.0: "p50", 90.0: "p90", 99.0: "p99", 99.9: "p99.9", 100.0: "max"}
DEAD_LETTER = "dead letter"


class LoadReport:
    """What is printed, written and judged of one load."""

    def __init__(self, load: MeasuredLoad) -> None:
        self.load = load
        journal = load.journal
        self.tally: Tally = tally(journal.sent, journal.answered, WARM_UP_S)
        self.kept_up = kept_up(journal.sent, journal.answered)
        self.reached = steady_rate(sorted(1000 * answer.at_s for answer in journal.answered))
        self.asked = load.scale * load.profile.peak

    def judged(self) -> list[Judged]:
        """Every row, with goals where the profile has them."""
        load, found = self.load, self.tally
        peak = load.profile.p99_below_ms
        return [
            speed_row("classifier alone", load.classifier_rate, "texts/s"),
            speed_row("agent on a backlog", load.backlog, "messages/s"),
            speed_row("agent with the clients at work: capacity", load.capacity, "messages/s"),
            speed_row("highest rate asked for", self.asked, "messages/s"),
            speed_row("answered, the middle eight tenths", self.reached, "messages/s"),
            Judged(Row("answered before the last was sent", "%", (100 * self.kept_up,), KEPT_UP), Breach.RATE),
            *accounted(found.lost, found.duplicates, found.outcomes.get(DEAD_LETTER, 0), load.same_outcomes),
            *(
                Judged(
                    Row(
                        f"latency {name}",
                        "ms",
                        (found.percentiles_ms[percent],),
                        Goal(peak) if peak and name == "p99" else None,
                    ),
                    Breach.LATENCY,
                )
                for percent, name in SHOWN_PERCENTS.items()
            ),
            *self._by_shape(),
            speed_row(
                "agent / classifier alone",
                100 * load.backlog / load.classifier_rate,
                "%",
                AGAINST_CLASSIFIER if load.profile.peer_goal else None,
            ),
            *self._peers(),
            Judged(Row("memory after the backlog", "MB", (load.memory_mb,))),
        ]

    def ratios(self) -> list[Ratio]:
        """What a baseline holds."""
        load = self.load
        return [
            Ratio("agent / classifier alone", load.backlog / load.classifier_rate),
            *(
                Ratio(f"agent / {peer.name}", load.backlog / peer.rate, against_fp32=True)
                for peer in load.peers
                if peer.name in {PIPELINE, PLAIN_LOOP, ONNX_FP32}
            ),
            Ratio("p99 in messages of capacity", self.tally.p99_ms / 1000 * load.capacity, lower_is_better=True),
        ]

    def impossible(self) -> str | None:
        """What to tell whoever asked for more than the machine can do."""
        if KEPT_UP.met(100 * self.kept_up):
            return None
        sent = f", of which {self.tally.sent:,} messages were sent before it ended" if self.load.journal.gave_up else ""
        return (
            f"{self.asked:,.0f} messages/s were asked for{sent}: this machine reached {self.reached:,.0f}/s"
            f"; ask for less than its capacity of {self.load.capacity:,.0f}/s, or give it more cores"
        )

    def document(
        self, machine: Mapping[str, Any], judged: Sequence[Judged], compared: Sequence[Judged]
    ) -> dict[str, Any]:
        """Everything, as JSON takes it."""
        load, found = self.load, self.tally
        return {
            "profile": {"name": load.profile.name, "meaning": load.profile.meaning, "peak": load.profile.peak},
            "machine": dict(machine),
            "texts": {"kind": load.profile.texts.value, **load.token_lengths},
            "asked_per_s": self.asked,
            "reached_per_s": self.reached,
            "backlog_per_s": load.backlog,
            "capacity_per_s": load.capacity,
            "classifier_per_s": load.classifier_rate,
            "impossible": self.impossible(),
            "sent": found.sent,
            "lost": found.lost,
            "duplicates": found.duplicates,
            "outcomes": found.outcomes,
            "latency_ms": {f"p{percent:g}": value for percent, value in found.percentiles_ms.items()},
            "latest_send_ms": found.latest_send_ms,
            "curve": found.curve,
            "seconds": [
                [second.at_s, second.due, second.answered, second.p50_ms, second.p99_ms] for second in found.seconds
            ],
            "stages_ms": load.stages_ms,
            "peers": [peer.document() | {"ratio": load.backlog / peer.rate} for peer in load.peers],
            "ratios": {ratio.name: ratio.value for ratio in self.ratios()},
            "table": [each.document() for each in judged],
            "baseline": [each.document() for each in compared],
        }

    def _by_shape(self) -> list[Judged]:
        """Of a burst how soon it is over, of a ramp how far it goes."""
        profile, seconds = self.load.profile, self.tally.seconds
        if profile.recovers_within_s is not None:
            calm_s = profile.seconds - profile.phases[-1].seconds
            row = Row(
                f"p99 below {P99_MS:.0f} ms again after the burst",
                "s",
                (recovered_after(seconds, calm_s, P99_MS),),
                Goal(profile.recovers_within_s),
            )
            return [Judged(row, Breach.LATENCY)]
        if profile.phases[0].begin < profile.phases[0].end:
            highest = highest_rate_below(seconds, P99_MS)
            return [
                speed_row(f"highest rate with p99 below {P99_MS:.0f} ms", highest, "messages/s"),
                speed_row("  of the capacity", 100 * highest / self.load.capacity, "%"),
            ]
        return []

    def _peers(self) -> list[Judged]:
        load = self.load
        goals = {PIPELINE: Goal(load.profile.peer_goal, at_least=True)} if load.profile.peer_goal else {}
        return [
            judged
            for peer in load.peers
            for judged in (
                speed_row(peer.name, peer.rate, "messages/s" if peer.over_kafka else "texts/s"),
                speed_row(f"  agent / {peer.name}", load.backlog / peer.rate, "times", goals.get(peer.name)),
            )
        ]
