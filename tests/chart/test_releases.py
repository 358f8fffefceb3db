"""A release of any name, and a chart that another depends on."""

import re
from pathlib import Path
from shutil import copytree

import helm_python as helm
import pytest
import yaml

from tests.chart.rendering import CHART, NAMESPACE, RELEASE, Manifest, chart, of_kind, render, value_set
from tests.chart.test_values import changed

LABEL = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")  # what the name of a Service must be
HASH = "-" + "f" * 10  # what comes behind a StatefulSet's name in a label of its pods, and a label has room for 63


def released(name: str) -> list[Manifest]:
    """Every object of a release of that name, with Services of all kinds."""
    by_service = {"serviceMonitor": {"enabled": True}}
    values = changed(value_set("everything"), "monitoring", by_service)
    rendered = chart().render(values, name=name, namespace=NAMESPACE)
    texts = [text for path, text in rendered.items() if not path.endswith("NOTES.txt")]
    return [found for text in texts for found in yaml.safe_load_all(text) if found]


@pytest.mark.parametrize("name", ["m" * 53, "my.release", "a" * 45 + "-.-b", "moderator.eu"])
def test_a_release_may_have_any_name_that_helm_takes(name: str) -> None:
    """Pods of a StatefulSet with a longer name are never made, and a Service's has no dots."""
    objects = released(name)
    names = [found["metadata"]["name"] for found in of_kind(objects, "Service")]
    assert len(names) == 3
    assert [found for found in names if not LABEL.fullmatch(found)] == []
    (agents,) = of_kind(objects, "StatefulSet")
    assert LABEL.fullmatch(agents["metadata"]["name"] + HASH)
    (account,) = of_kind(objects, "ServiceAccount")
    assert LABEL.fullmatch(account["metadata"]["name"])


def test_a_digit_first_is_told_where_services_are_made() -> None:
    """No Service's name may begin so; agents have none."""
    chart().render(value_set("minimal"), name="7", namespace=NAMESPACE)
    for name in ("console", "statefulset"):
        with pytest.raises(helm.HelmError, match="the release's name: 7 is what Services are named by"):
            chart().render(value_set(name), name="7", namespace=NAMESPACE)


def test_another_chart_may_depend_on_it(tmp_path: Path) -> None:
    """Helm gives `global` to each dependency; the objects are the same."""
    copytree(CHART, tmp_path / "charts" / "moderator")
    of_it = {"name": "moderator", "version": chart().version}
    above = {"apiVersion": "v2", "name": "platform", "version": "1.0.0", "dependencies": [of_it]}
    (tmp_path / "Chart.yaml").write_text(yaml.safe_dump(above), encoding="utf-8")
    values = {"global": {"region": "eu"}, "moderator": value_set("everything")}
    rendered = helm.Chart.load(tmp_path).render(values, name=RELEASE, namespace=NAMESPACE)
    own = {f"platform/charts/{path}": text for path, text in render(value_set("everything")).items()}
    assert {path: text for path, text in rendered.items() if path in own} == own
