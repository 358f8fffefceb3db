"""Who is told what: by symptoms, and by how fast a promise is used up."""

from dataclasses import dataclass

from monitoring.objectives import BURNS, FEWEST_ERRORS, OBJECTIVES, ON_CALL, PAGE, TICKET, TRUST_AND_SAFETY, Objective

AGENTS = "on (namespace, instance) moderator_model_info"  # agents alone say what decides

LAG_IS_LONG_S = 60
COMMITS_MAY_FAIL = 10  # in half an hour: each rebalance may cost one
OLDEST_MAY_WAIT_S = 8 * 3600  # a working day
# Who had agents is to have some: else the page of an outage that lasts would end by itself, while others are well.
AGENTS_ARE_MISSED = "1d"
# A breaker that tries an endpoint which hangs is half open as long as a request may take, a minute by default; nobody
# is to be told of one that is half open for hours, because nothing is escalated.
OPEN_WITHIN = "10m"


@dataclass(frozen=True, slots=True)
class Alert:
    """Fires when `expr` has had results for the time `lasting`. A page wakes somebody, a ticket waits for the day."""

    name: str
    expr: str
    lasting: str
    severity: str
    summary: str
    description: str
    team: str = ON_CALL
    window: str = ""  # of burns, which share a name


def _burning(objective: Objective) -> list[Alert]:
    of = f'{{slo="{objective.slo}"}}'
    return [
        Alert(
            objective.alert,
            f"moderator:error_budget_burn:rate{burn.long}{of} > {burn.rate}\n"
            f"and moderator:error_budget_burn:rate{burn.short}{of} > {burn.rate}\n"
            f"and moderator:slo_errors:increase{burn.long}{of} >= {FEWEST_ERRORS}",
            "0m",
            burn.severity,
            f"The error budget of {objective.slo} burns at more than {burn.rate} times its rate",
            f"Promised: {objective.promise}. Over {burn.long} the budget burns at {{{{ $value | humanize }}}} times its"
            f" rate, and at more than {burn.rate} times still over {burn.short}.",
            objective.team,
            burn.long,
        )
        for burn in BURNS
    ]


def _lag_grows(of: str, severity: str) -> Alert:
    """Lag is measured, not latency alone: what gets no answer at all has no latency."""
    behind = f"max by (namespace, topic) (moderator_consumer_lag_seconds {of} {AGENTS})"
    before = f"max by (namespace, topic) (moderator_consumer_lag_seconds offset 10m {of} {AGENTS})"
    return Alert(
        "ModeratorLagGrowing",
        f"{behind} > {LAG_IS_LONG_S}\nand {behind} > {before}",
        "10m",
        severity,
        "Records arrive faster than they are answered",
        "The oldest record on {{ $labels.topic }} has waited {{ $value | humanizeDuration }}, longer than ten minutes"
        " ago.",
    )


SYMPTOMS = (
    Alert(
        "ModeratorUnaccountedRecords",
        "max by (namespace, instance) (moderator_unaccounted_records) > 0",
        "1m",
        PAGE,
        "Records were fetched that nobody will answer: a bug",
        "{{ $labels.instance }} has lost sight of {{ $value }} records. It commits nothing more; a new start does them"
        " again.",
    ),
    Alert(
        "ModeratorNoAgentReady",
        f"count by (namespace) (last_over_time(moderator_model_info[{AGENTS_ARE_MISSED}]))\n"
        f"unless on (namespace) count by (namespace) (moderator_ready == 1 and {AGENTS})",
        "5m",
        PAGE,
        "No agent is ready: nothing is moderated",
        "No agent{{ with $labels.namespace }} in {{ . }}{{ end }} is ready and answers Prometheus. One did within a"
        " day.",
    ),
    Alert(
        "ModeratorMetricsAbsent",
        f"absent(last_over_time(moderator_model_info[{AGENTS_ARE_MISSED}]))",
        "10m",
        PAGE,
        "No agent was seen for a day",
        "No agent's metrics arrive, nor did within a day: none runs, or none is scraped.",
    ),
    _lag_grows("and", PAGE),
    _lag_grows("unless", TICKET),
    Alert(
        "ModeratorDeadLetterBrake",
        "max by (namespace, instance) (moderator_dead_letter_brake) == 1",
        "5m",
        PAGE,
        "Too many records become dead letters, and fetching has stopped",
        "{{ $labels.instance }} fetches nothing, so that nothing is dropped.",
    ),
    Alert(
        "ModeratorNotReady",
        "max by (namespace, instance) (moderator_ready) == 0",
        "15m",
        TICKET,
        "A process is up and not ready",
        "{{ $labels.instance }} has not been ready for 15 minutes; others may do its work.",
    ),
    Alert(
        "ModeratorScrapeFailing",
        "up == 0 and on (namespace, instance) last_over_time(moderator_ready[1h])",
        "10m",
        TICKET,
        "A process does not answer Prometheus",
        "{{ $labels.instance }} answered within the last hour, and does not now.",
    ),
    Alert(
        "ModeratorCommitFailures",
        f"sum by (namespace) (increase(moderator_commit_failures_total[30m])) > {COMMITS_MAY_FAIL}",
        "0m",
        TICKET,
        "Commits are refused again and again",
        "{{ $value | humanize }} commits were refused in 30 minutes. Nothing is lost; work is repeated.",
    ),
    Alert(
        "ModeratorVersionsDiffer",
        "count by (namespace) (count by (namespace, model, policy, version) (moderator_model_info)) > 1",
        "1h",
        TICKET,
        "Agents decide by different models, policies or versions",
        "{{ $value }} combinations have been in force for an hour; a roll-out takes minutes.",
    ),
    Alert(
        "ModeratorBreakerOpen",
        "max by (namespace, instance) (moderator_circuit_state) > 0\n"
        f"and max by (namespace, instance) (max_over_time(moderator_circuit_state[{OPEN_WITHIN}])) == 2",
        "15m",
        TICKET,
        "The large model is left alone after repeated failures",
        "For 15 minutes {{ $labels.instance }} has sent escalations to people, but for a few to try.",
    ),
    Alert(
        "ModeratorCanariesFailing",
        'sum by (namespace) (increase(moderator_canaries_total{code=~"false_allow|false_block"}[6h])) > 0',
        "0m",
        TICKET,
        "The large model answered texts wrongly whose answer is known",
        "It may not decide under the policy of these canaries; people do.",
        TRUST_AND_SAFETY,
    ),
    Alert(
        "ModeratorReviewQueueOld",
        f"max by (namespace) (moderator_review_queue_oldest_age_seconds) > {OLDEST_MAY_WAIT_S}",
        "15m",
        TICKET,
        "Somebody has waited for a decision for more than eight hours",
        "The oldest job has waited {{ $value | humanizeDuration }}.",
        TRUST_AND_SAFETY,
    ),
)

ALERTS = (*(alert for objective in OBJECTIVES for alert in _burning(objective)), *SYMPTOMS)
