"""The file of Prometheus rules: what is recorded, and who is told what."""

from typing import Any

import yaml

from monitoring.alerts import ALERTS, Alert
from monitoring.objectives import LONG_WINDOWS, OBJECTIVES, WINDOWS, Objective

RUNBOOKS = "https://moderator.example/runbooks/"
"""Where docs/runbooks.md is served, unless somebody says where."""

NEVER_ZERO = "1e-9"  # events a second: without any, the part that went wrong is none

HEADER = "# Written by `python -m monitoring`; the promises and alerts are in monitoring/.\n"


def _burn(objective: Objective, window: str) -> dict[str, Any]:
    errors, events = (objective.over(window, "rate", of) for of in (objective.errors, objective.events))
    return {
        "record": f"moderator:error_budget_burn:rate{window}",
        "expr": f"{errors}\n/ clamp_min({events}, {NEVER_ZERO})\n/ {objective.budget}",
        "labels": {"slo": objective.slo},
    }


def _errors(objective: Objective, window: str) -> dict[str, Any]:
    return {
        "record": f"moderator:slo_errors:increase{window}",
        "expr": objective.over(window, "increase", objective.errors),
        "labels": {"slo": objective.slo},
    }


def _alert(alert: Alert, runbooks: str) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "expr": alert.expr,
        "for": alert.lasting,
        "labels": {"severity": alert.severity, "team": alert.team} | ({"window": alert.window} if alert.window else {}),
        "annotations": {
            "summary": alert.summary,
            "description": alert.description,
            "runbook_url": f"{runbooks}#{alert.name.lower()}",
        },
    }


def rules_document(runbooks: str = RUNBOOKS) -> dict[str, Any]:
    """As Prometheus loads it, and as the spec of a PrometheusRule holds it."""
    burns = [_burn(objective, window) for objective in OBJECTIVES for window in WINDOWS]
    errors = [_errors(objective, window) for objective in OBJECTIVES for window in LONG_WINDOWS]
    return {
        "groups": [
            {"name": "moderator-objectives", "rules": [*burns, *errors]},
            {"name": "moderator-alerts", "rules": [_alert(alert, runbooks) for alert in ALERTS]},
        ]
    }


class _Dumper(yaml.SafeDumper):
    """Expressions of several lines stay readable."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def rules_file(runbooks: str = RUNBOOKS) -> str:
    """The file's text."""
    return HEADER + yaml.dump(rules_document(runbooks), Dumper=_Dumper, sort_keys=False, width=120)
