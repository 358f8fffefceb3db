"""What Prometheus could see: a healthy service for hours, and what differs from it in each scene."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitoring.objectives import BURNS, LONG_WINDOWS, PAGE, TICKET

AT = 120  # the minute that is looked at: of longer windows what there is counts
MINUTES = AT + 5  # of samples, one a minute

Series = Mapping[str, str]
Firing = tuple[str, str, str]
"""An alert, its severity, and of a burn its longer window."""

AGENT = 'namespace="prod", instance="agent-1"'
OTHER = 'namespace="prod", instance="agent-2"'
REVIEWER = 'namespace="prod", instance="reviewer-1"'
CONSOLE = 'namespace="prod", instance="console-1"'
ELSEWHERE = 'namespace="staging", instance="agent-1"'
INFO, NEW_POLICY = (f'model="m", policy="{policy}", provider="CPU", version="1"' for policy in ("p", "q"))


def always(value: float) -> str:
    """A gauge."""
    return f"{value}x{MINUTES}"


def counts(a_minute: float) -> str:
    """A counter."""
    return f"0+{a_minute}x{MINUTES}"


def until(minute: int, value: float = 1) -> str:
    """A gauge of a process that is scraped no more from then on."""
    return f"{value}x{minute} stale"


def traffic(a_minute: float, *, late: float = 0, dead: float = 0) -> Series:
    """Of one agent: records a minute, and the parts of them that are late and that become dead letters."""
    answered = a_minute * (1 - dead)
    latency = "moderator_end_to_end_latency_seconds"
    return {
        f"moderator_records_total{{{AGENT}}}": counts(a_minute),
        f'moderator_messages_total{{{AGENT}, outcome="allow"}}': counts(answered),
        f'moderator_dead_letters_total{{{AGENT}, code="invalid_json"}}': counts(a_minute * dead),
        f'{latency}_count{{{AGENT}, stage="total"}}': counts(answered),
        f'{latency}_bucket{{{AGENT}, stage="total", le="4.096"}}': counts(answered * (1 - late)),
    }


def decided(a_minute: float, *, late: float = 0) -> Series:
    """Decisions a minute, and the part of them that came too late."""
    turnaround, by = "moderator_review_turnaround_seconds", f'{CONSOLE}, source="human"'
    return {
        f"{turnaround}_count{{{by}}}": counts(a_minute),
        f'{turnaround}_bucket{{{by}, le="16384.0"}}': counts(a_minute * (1 - late)),
    }


def process(labels: str, *, ready: str) -> Series:
    """One that is up."""
    return {f"up{{{labels}}}": always(1), f"moderator_ready{{{labels}}}": ready}


def deciding(labels: str) -> Series:
    """An agent that is well."""
    return {**process(labels, ready=always(1)), f"moderator_model_info{{{labels}, {INFO}}}": always(1)}


def off_and_on(first: str, then: str) -> str:
    """Two minutes each."""
    return " ".join([first, first, then, then] * (MINUTES // 4 + 1))


HEALTHY: Series = {
    **process(AGENT, ready=always(1)),
    **process(REVIEWER, ready=always(1)),
    **process(CONSOLE, ready=always(1)),
    **traffic(600),
    **decided(10),
    f"moderator_model_info{{{AGENT}, {INFO}}}": always(1),
    f"moderator_unaccounted_records{{{AGENT}}}": always(0),
    f"moderator_dead_letter_brake{{{AGENT}}}": always(0),
    f"moderator_commit_failures_total{{{AGENT}}}": counts(0.1),  # three in half an hour: rebalances
    f'moderator_consumer_lag_seconds{{{AGENT}, topic="messages", partition="0"}}': "0 0.5 0.1x120",
    f'moderator_consumer_lag_seconds{{{REVIEWER}, topic="escalations", partition="0"}}': always(5),
    f"moderator_circuit_state{{{REVIEWER}}}": always(0),
    f'moderator_canaries_total{{{REVIEWER}, code="passed"}}': counts(1),
    f'moderator_canaries_total{{{REVIEWER}, code="unanswered"}}': counts(0.1),
    f'moderator_canaries_total{{{REVIEWER}, code="false_allow"}}': always(0),
    f"moderator_review_queue_oldest_age_seconds{{{CONSOLE}}}": always(3600),
}


def page(name: str) -> Firing:
    """Of a symptom."""
    return name, PAGE, ""


def ticket(name: str) -> Firing:
    """Of a symptom."""
    return name, TICKET, ""


def burning(name: str, fastest: str) -> tuple[Firing, ...]:
    """A promise that is broken this fast is so at each slower rate."""
    slower = [burn for burn in BURNS if LONG_WINDOWS.index(burn.long) >= LONG_WINDOWS.index(fastest)]
    return tuple((name, burn.severity, burn.long) for burn in slower)


def of_agent() -> list[str]:
    """The series of a process that decides."""
    return [name for name in HEALTHY if AGENT in name]


def _labels(name: str, severity: str, window: str) -> str:
    over = f', window="{window}"' if window else ""
    return f'{{alertname="{name}", severity="{severity}"{over}}}'


@dataclass(frozen=True, slots=True)
class Scene:
    """With these series in the place of the healthy ones (None: without it), exactly these fire."""

    name: str
    differs: Mapping[str, str | None] = field(default_factory=dict)
    fires: tuple[Firing, ...] = ()

    def test(self) -> dict[str, Any]:
        """As promtool takes it."""
        series = {name: values for name, values in {**HEALTHY, **self.differs}.items() if values is not None}
        firing = 'max by (alertname, severity, window) (ALERTS{alertstate="firing"})'
        samples = [{"labels": _labels(*fired), "value": 1} for fired in self.fires]
        return {
            "name": self.name,
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [{"expr": firing, "eval_time": f"{AT}m", "exp_samples": samples}],
        }


def rising(seconds_a_minute: float) -> str:
    """Lag that grows."""
    return f"0+{seconds_a_minute}x{MINUTES}"


LAG = f'moderator_consumer_lag_seconds{{{AGENT}, topic="messages", partition="0"}}'
REVIEW_LAG = f'moderator_consumer_lag_seconds{{{REVIEWER}, topic="escalations", partition="0"}}'
FRESH = f'moderator_end_to_end_latency_seconds_bucket{{{AGENT}, stage="total", le="4.096"}}'
WRONG = f'moderator_canaries_total{{{REVIEWER}, code="false_allow"}}'

PROMISES = (
    Scene("quiet: nothing is written, nothing to review", {**traffic(0), **decided(0)}),
    Scene("little traffic, half of it late", traffic(0.1, late=0.5)),
    Scene("little traffic, half of it dead letters", traffic(0.1, dead=0.5)),
    Scene("few decisions, all late", decided(0.05, late=1)),
    Scene("within the budget", {**traffic(600, late=0.0009, dead=0.0009), **decided(10, late=0.04)}),
    Scene("late, twenty times too often", traffic(600, late=0.02), burning("ModeratorFreshnessBurn", "1h")),
    Scene("late, eight times too often", traffic(600, late=0.008), burning("ModeratorFreshnessBurn", "6h")),
    Scene("late, four times too often", traffic(600, late=0.004), burning("ModeratorFreshnessBurn", "1d")),
    Scene("late, twice too often", traffic(600, late=0.002), burning("ModeratorFreshnessBurn", "3d")),
    Scene(
        "an outage of ten minutes that was over forty minutes ago wakes nobody any more",
        {**traffic(600), FRESH: f"0+600x{AT - 50} {(AT - 50) * 600}x10 {(AT - 49) * 600}+600x50"},
        burning("ModeratorFreshnessBurn", "1d"),
    ),
    Scene("dead letters, twenty times", traffic(600, dead=0.02), burning("ModeratorCompletenessBurn", "1h")),
    Scene("dead letters, eight times", traffic(600, dead=0.008), burning("ModeratorCompletenessBurn", "6h")),
    Scene("dead letters, four times", traffic(600, dead=0.004), burning("ModeratorCompletenessBurn", "1d")),
    Scene("dead letters, twice", traffic(600, dead=0.002), burning("ModeratorCompletenessBurn", "3d")),
    Scene("decided late, sixteen times", decided(10, late=0.8), burning("ModeratorReviewTurnaroundBurn", "1h")),
    Scene("decided late, eight times", decided(10, late=0.4), burning("ModeratorReviewTurnaroundBurn", "6h")),
    Scene("decided late, four times", decided(10, late=0.2), burning("ModeratorReviewTurnaroundBurn", "1d")),
    Scene("decided late, twice", decided(10, late=0.1), burning("ModeratorReviewTurnaroundBurn", "3d")),
)

SYMPTOMS = (
    Scene("healthy"),
    Scene(
        "a record is unaccounted",
        {f"moderator_unaccounted_records{{{AGENT}}}": always(1)},
        (page("ModeratorUnaccountedRecords"),),
    ),
    Scene(
        "the only agent is not ready",
        {f"moderator_ready{{{AGENT}}}": always(0)},
        (page("ModeratorNoAgentReady"), ticket("ModeratorNotReady")),
    ),
    Scene("it was not for four minutes", {f"moderator_ready{{{AGENT}}}": f"1x{AT - 4} 0x4"}),
    Scene(
        "one of two agents is not ready",
        {**process(OTHER, ready=always(0)), f"moderator_model_info{{{OTHER}, {INFO}}}": always(1)},
        (ticket("ModeratorNotReady"),),
    ),
    Scene("no agent is there", dict.fromkeys(of_agent(), None), (page("ModeratorMetricsAbsent"),)),
    Scene("all agents are gone", dict.fromkeys(of_agent(), until(AT - 60)), (page("ModeratorNoAgentReady"),)),
    Scene(
        "all are gone here, and well in another namespace",
        {**dict.fromkeys(of_agent(), until(AT - 60)), **deciding(ELSEWHERE)},
        (page("ModeratorNoAgentReady"),),
    ),
    Scene(
        "the only agent is not ready, and one in another namespace is",
        {f"moderator_ready{{{AGENT}}}": always(0), **deciding(ELSEWHERE)},
        (page("ModeratorNoAgentReady"), ticket("ModeratorNotReady")),
    ),
    Scene(
        "the only agent crashes before it has a model, again and again",
        {
            **dict.fromkeys(of_agent(), until(AT - 60)),
            f"up{{{AGENT}}}": f"1x{AT - 60} 0x{MINUTES}",
            f"moderator_ready{{{AGENT}}}": f"1x{AT - 60} 0x3 stale",
            **deciding(ELSEWHERE),
        },
        (page("ModeratorNoAgentReady"), ticket("ModeratorScrapeFailing")),
    ),
    Scene(
        "the only agent crashes once it has a model, again and again",
        {
            f"up{{{AGENT}}}": off_and_on("1", "0"),
            f"moderator_ready{{{AGENT}}}": off_and_on("0", "stale"),
            f"moderator_model_info{{{AGENT}, {INFO}}}": off_and_on("1", "stale"),
        },
        (page("ModeratorNoAgentReady"),),
    ),
    Scene("an agent is replaced", {**dict.fromkeys(of_agent(), until(AT - 60)), **deciding(OTHER)}),
    Scene("lag grows", {LAG: rising(1)}, (page("ModeratorLagGrowing"),)),
    Scene("lag is long, and shrinks", {LAG: f"6000-10x{MINUTES}"}),
    Scene("lag grows, and is short", {LAG: rising(0.05)}),
    Scene("the reviewer's lag grows", {REVIEW_LAG: rising(1)}, (ticket("ModeratorLagGrowing"),)),
    Scene(
        "the brake is on",
        {f"moderator_dead_letter_brake{{{AGENT}}}": always(1)},
        (page("ModeratorDeadLetterBrake"),),
    ),
    Scene("it was on for three minutes", {f"moderator_dead_letter_brake{{{AGENT}}}": f"0x{AT - 3} 1x3"}),
    Scene(
        "a console hangs",
        {f"up{{{CONSOLE}}}": f"1x{AT - 30} 0x40", f"moderator_ready{{{CONSOLE}}}": f"1x{AT - 30}"},
        (ticket("ModeratorScrapeFailing"),),
    ),
    Scene(
        "a console is taken away",
        {f"up{{{CONSOLE}}}": f"1x{AT - 30}", f"moderator_ready{{{CONSOLE}}}": f"1x{AT - 30}"},
    ),
    Scene(
        "commits are refused each minute",
        {f"moderator_commit_failures_total{{{AGENT}}}": counts(1)},
        (ticket("ModeratorCommitFailures"),),
    ),
    Scene(
        "two versions are in force",
        {
            **process(OTHER, ready=always(1)),
            f"moderator_model_info{{{OTHER}, {NEW_POLICY}}}": always(1),
        },
        (ticket("ModeratorVersionsDiffer"),),
    ),
    Scene(
        "the breaker is open",
        {f"moderator_circuit_state{{{REVIEWER}}}": always(2)},
        (ticket("ModeratorBreakerOpen"),),
    ),
    Scene(
        "it tries again and again, and the endpoint hangs",
        {f"moderator_circuit_state{{{REVIEWER}}}": off_and_on("2", "1")},
        (ticket("ModeratorBreakerOpen"),),
    ),
    Scene(
        "it opens again and again, and the endpoint answers in between",
        {f"moderator_circuit_state{{{REVIEWER}}}": off_and_on("2", "0")},
    ),
    Scene("it was open, and nothing is to be tried", {f"moderator_circuit_state{{{REVIEWER}}}": f"2x{AT - 20} 1x30"}),
    Scene("a canary is let pass", {WRONG: f"0x{AT - 60} 1x70"}, (ticket("ModeratorCanariesFailing"),)),
    Scene(
        "a job has waited for nine hours",
        {f"moderator_review_queue_oldest_age_seconds{{{CONSOLE}}}": always(9 * 3600)},
        (ticket("ModeratorReviewQueueOld"),),
    ),
)
