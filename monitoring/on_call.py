"""The dashboard for whoever is on call: is it healthy, and if not, where?"""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from monitoring.objectives import FRESH_WITHIN_S
from monitoring.panels import dashboard, lines, names, stat
from monitoring.promql import OF, gauge, mean, or_zero, quantile, rate, share, total

LATENCY = "end_to_end_latency_seconds"
ALL = 'stage="total"'
IN_FORCE = "model, policy, version, provider"
IN_WORDS = "{{model}} · policy {{policy}} · {{version}} · {{provider}}"
IN_WORDS = "{{model}} · policy {{policy}} · {{version}} · {{provider}}"
FRESH = f'{ALL}, le="{FRESH_WITHIN_S}"'
BURNS = {
    "{{slo}} " + window: f"max by (slo) (moderator:error_budget_burn:rate{window}{{{OF}}})" for window in ("1h", "6h")
}


def _health(board: Dashboard) -> None:
    verdicts = total(rate(f"{LATENCY}_count", ALL, "1h"))
    fresh = total(rate(f"{LATENCY}_bucket", FRESH, "1h"))
    dead = f"({or_zero(total(rate('dead_letters_total', '', '1h')))})"
    board.with_row(Row("Is it healthy?"))
    board.with_panel(
        stat("Not ready", "Processes that are up and not ready", {"": or_zero(f"count({gauge('ready')} == 0)")}, bad=1)
    )
    board.with_panel(
        stat(
            "Unaccounted",
            "Records fetched that nobody will answer; not 0 is a bug",
            {"": total(gauge("unaccounted_records"))},
            bad=1,
        )
    )
    board.with_panel(
        stat(
            f"Late, of the last hour's (> {FRESH_WITHIN_S:.0f} s)",
            "Verdicts later after their record's timestamp than promised",
            {"": or_zero(share(f"clamp_min({verdicts} - {fresh}, 0)", verdicts))},
            unit="percentunit",
            warning=0.001,
            bad=0.0144,
            decimals=2,
        )
    )
    board.with_panel(
        stat(
            "Dead letters, of the last hour's",
            "Part of the records that got no verdict",
            {"": or_zero(share(dead, f"{total(rate('messages_total', '', '1h'))} + {dead}"))},
            unit="percentunit",
            warning=0.001,
            bad=0.0144,
            decimals=2,
        )
    )
    board.with_panel(
        stat(
            "Dead-letter brake",
            "On: too many dead letters, nothing is fetched",
            {"": f"max({gauge('dead_letter_brake')})"},
            bad=1,
            words={0: "off", 1: "on"},
        )
    )
    board.with_panel(
        stat(
            "Large model's breaker",
            "Open: it failed too often, and people get everything",
            {"": f"max({gauge('circuit_state')})"},
            warning=1,
            bad=2,
            words={0: "closed", 1: "half open", 2: "open"},
        )
    )


def _promises(board: Dashboard) -> None:
    board.with_row(Row("Promises"))
    board.with_panel(
        lines(
            "Error budget burn",
            "1 uses the budget up in its 30 days. Pages: 14.4 over 1 h, 6 over 6 h",
            BURNS,
            bad=1,
        )
    )
    board.with_panel(
        lines(
            "From a record's timestamp to its commit",
            "Of messages",
            {f"p{part * 100:g}": quantile(part, LATENCY, matchers=ALL) for part in (0.5, 0.99, 0.999)},
            unit="s",
        )
    )
    board.with_panel(
        lines(
            "Records in, answers out",
            "Of agents: each record in becomes a first verdict or a dead letter",
            {
                "records in": total(f"{rate('records_total')} and on (namespace, instance) {gauge('model_info')}"),
                "verdicts out": total(rate("messages_total")),
                "dead letters out": or_zero(total(rate("dead_letters_total"))),
            },
            unit="ops",
        )
    )


def _time(board: Dashboard) -> None:
    messages = total(rate(f"{LATENCY}_count", ALL))
    staged = total(rate(f"{LATENCY}_sum", 'stage!="total"'), "stage")
    board.with_row(Row("Where the time goes"))
    board.with_panel(
        lines(
            "A message's time by stage",
            "Means; the stages add up to the whole, which the panel beside shows",
            {"{{stage}}": share(staged, messages)},
            unit="s",
            stacked=True,
        )
    )
    board.with_panel(
        lines(
            "A message's whole time",
            "The mean, and the sum of its stages: one line, or a stage is missing",
            {
                "whole": mean(LATENCY, ALL),
                "sum of stages": share(total(rate(f"{LATENCY}_sum", 'stage!="total"')), messages),
            },
            unit="s",
        )
    )
    board.with_panel(
        lines(
            "Processor time by stage",
            "Cores in use",
            {"{{stage}}": total(rate("cpu_seconds_total"), "stage")},
            unit="short",
            stacked=True,
        )
    )


def _batches(board: Dashboard) -> None:
    looked_up = total(rate("cached_texts_total"))
    board.with_panel(
        lines(
            "A batch's time by stage",
            "Means; batches overlap. Backpressure: nothing is fetched while the model is busy",
            {"{{stage}}": share(total(rate("stage_seconds_sum"), "stage"), total(rate("batch_size_count")))},
            unit="s",
        )
    )
    board.with_panel(
        lines(
            "Steps of a batch",
            "99th percentiles",
            {
                "wait for a thread": quantile(0.99, "batch_wait_seconds"),
                "text to tokens": quantile(0.99, "tokenization_seconds"),
                "a call of the model": quantile(0.99, "inference_seconds"),
            },
            unit="s",
        )
    )
    board.with_panel(
        lines(
            "Batches",
            "Means: records in a batch, tokens in a call of the model, padding; and texts whose scores were remembered",
            {
                "records": mean("batch_size"),
                "tokens": mean("batch_tokens"),
                "padding, %": f"100 * {mean('batch_padding_ratio')}",
                "remembered, %": or_zero(
                    "100 * " + share(total(rate("cached_texts_total", 'result="hit"')), looked_up)
                ),
            },
        )
    )


def _errors(board: Dashboard) -> None:
    board.with_row(Row("Errors"))
    board.with_panel(
        lines(
            "Dead letters by code",
            "`moderator dead-letters list` groups them",
            {"{{code}}": or_zero(total(rate("dead_letters_total"), "code"), "code")},
            unit="ops",
        )
    )
    board.with_panel(
        lines(
            "Retries by stage",
            "Repeated work",
            {"{{stage}}": or_zero(total(rate("retries_total"), "stage"), "stage")},
            unit="ops",
        )
    )
    board.with_panel(
        lines(
            "Refused commits",
            "In five minutes; the records come again",
            {"{{instance}}": f"increase({gauge('commit_failures_total')}[5m])"},
        )
    )


def _partitions(board: Dashboard) -> None:
    board.with_row(Row("Lag and partitions"))
    board.with_panel(
        lines(
            "Lag, records",
            "That wait, by topic and partition",
            {
                "{{topic}} {{partition}}": or_zero(
                    f"max by (topic, partition) ({gauge('consumer_lag_records')})", "topic"
                )
            },
        )
    )
    board.with_panel(
        lines(
            "Lag, seconds",
            "That the oldest has waited",
            {"{{topic}}": or_zero(f"max by (topic) ({gauge('consumer_lag_seconds')})", "topic")},
            unit="s",
        )
    )
    board.with_panel(
        lines("In flight", "Records fetched and not yet committed", {"{{instance}}": gauge("in_flight_records")})
    )
    board.with_panel(
        lines(
            "Partitions",
            "That each process owns",
            {"{{instance}}": gauge("assigned_partitions")},
            stacked=True,
            width=12,
        )
    )
    board.with_panel(lines("Ready", "1 while a process does its work", {"{{instance}}": gauge("ready")}, width=12))


def _processes(board: Dashboard) -> None:
    ours = f"and on (namespace, instance) {gauge('ready')}"
    board.with_row(Row("Processes"))
    board.with_panel(
        lines(
            "Processor", "Cores in use", {"{{instance}}": f"rate(process_cpu_seconds_total[$__rate_interval]) {ours}"}
        )
    )
    board.with_panel(
        lines(
            "Memory",
            "Resident, and what remembered scores take of it",
            {
                "{{instance}}": f"process_resident_memory_bytes {ours}",
                "remembered {{instance}}": f"{gauge('cache_bytes')} > 0 or on () vector(0)",
            },
            unit="bytes",
        )
    )
    board.with_panel(
        names(
            "In force",
            "Model, policy, software and provider of the agents; more than one while a roll-out lasts",
            {IN_WORDS: f"count by ({IN_FORCE}) ({gauge('model_info')})"},
        )
    )


def on_call() -> Dashboard:
    """All of it."""
    board = dashboard("Moderator: on call", "moderator-on-call", "Is it healthy, and if not, where? Alerts lead here.")
    for section in (_health, _promises, _time, _batches, _errors, _partitions, _processes):
        section(board)
    return board
