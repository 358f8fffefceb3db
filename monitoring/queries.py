"""What a dashboard asks Prometheus: its queries, with the variables as Grafana fills them in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """PromQL of one panel; `legend` names its series by their labels."""

    panel: str
    expr: str
    legend: str


def boxes(board: Document) -> Mapping[str, str]:
    """The values of the boxes to fill in, such as prices, by name."""
    return {each["name"]: each["query"] for each in board["templating"]["list"] if each["type"] == "textbox"}


def asked(board: Document, values: Mapping[str, str] | None = None) -> Iterator[Query]:
    """Each query of a dashboard's document, with `values` in the place of variables."""
    for panel in board["panels"]:
        for target in panel.get("targets", ()):
            yield Query(panel["title"], filled_in(target["expr"], values or {}), target["legendFormat"])


def filled_in(expr: str, values: Mapping[str, str]) -> str:
    """With values in the place of variables; longer names first, since one may begin with another."""
    for name in sorted(values, key=len, reverse=True):
        expr = expr.replace(f"${name}", values[name])
    return expr


def as_grafana_would(board: Document, rate_interval: str, shown: str) -> Mapping[str, str]:
    """The variables' values: every namespace, boxes as they are, and the times."""
    return {**boxes(board), "namespace": ".*", "__rate_interval": rate_interval, "__range": shown}
