"""The committed files are what the code says, and ask only for what the program exports."""

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry

from moderator.telemetry.metrics import Metrics
from monitoring.__main__ import FOLDER, files, main
from monitoring.panels import SOURCE
from monitoring.queries import asked, boxes
from tests.monitoring.promtool import promtool

DASHBOARDS = sorted((FOLDER / "dashboards").glob("*.json"))
RULES = FOLDER / "rules.yaml"
# Of every process, by Prometheus and its client.
GIVEN = {"up", "process_cpu_seconds_total", "process_resident_memory_bytes"}
PARTS = {"counter": ("",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}


def exported() -> set[str]:
    """Every series' name."""
    table = Metrics(CollectorRegistry()).table
    return GIVEN | {declared.name + part for declared in table for part in PARTS[declared.kind]}


def rules() -> list[dict[str, str]]:
    """Those of the committed file."""
    return [rule for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"] for rule in group["rules"]]


def series(expr: str) -> set[str]:
    """The names that a query asks for."""
    return set(re.findall(r"\b(?:moderator[_:][a-z0-9_:]+|process_\w+|up)\b", re.sub(r'"[^"]*"', "", expr)))


def test_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """What is installed is what the code says; `make monitoring` writes it anew."""
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_writes_then_agrees_then_names_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check sees a missing file and an altered one, and names it."""
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert main(["--folder", str(tmp_path)]) == 0
    assert main(["--check", "--folder", str(tmp_path)]) == 0
    capsys.readouterr()
    (tmp_path / "rules.yaml").write_text("groups: []\n", "utf-8")
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert "rules.yaml" in capsys.readouterr().err


def test_no_orphans() -> None:
    """Every file in the folder is written by the code."""
    assert {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()} == set(files())


def test_promtool_accepts_the_rules() -> None:
    """Prometheus would load them."""
    promtool("check", "rules", RULES)


def test_every_metric_is_one_that_the_program_exports() -> None:
    """An alert on a metric that does not exist never fires, and a panel of it stays empty."""
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    queries = [rule["expr"] for rule in rules()]
    for path in DASHBOARDS:
        queries += [query.expr for query in asked(json.loads(path.read_text("utf-8")))]
    assert set().union(*map(series, queries)) - recorded - exported() == set()


def test_every_metric_is_watched() -> None:
    """Whoever adds a metric says where it is looked at."""
    watched: set[str] = set()
    for path in DASHBOARDS:
        watched = watched.union(*(series(query.expr) for query in asked(json.loads(path.read_text("utf-8")))))
    for declared in Metrics(CollectorRegistry()).table:
        assert any(declared.name + part in watched for part in PARTS[declared.kind]), declared.name


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_dashboards_ask_the_chosen_prometheus(path: Path) -> None:
    """They work wherever they are imported, and lay their panels out without overlap."""
    board = json.loads(path.read_text("utf-8"))
    cells: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]
        taken = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not taken & cells, panel["title"]
        cells |= taken
        for target in panel.get("targets", ()):
            assert target["datasource"] == SOURCE.to_json()
            assert "$" not in re.sub(r"\$(__rate_interval|__range|namespace)\b", "", target["expr"]) or set(
                re.findall(r"\$(\w+)", target["expr"])
            ) <= boxes(board).keys() | {"__rate_interval", "__range", "namespace"}
