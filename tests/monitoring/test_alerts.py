"""Every alert fires when it should, and stays silent when all is well or hardly anything happens."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from monitoring.__main__ import FOLDER
from monitoring.alerts import ALERTS
from tests.monitoring.promtool import promtool
from tests.monitoring.scenes import PROMISES, SYMPTOMS, Scene


@pytest.mark.parametrize("scenes", [PROMISES, SYMPTOMS], ids=["promises", "symptoms"])
def test_the_right_alerts_fire(scenes: Sequence[Scene], tmp_path: Path) -> None:
    """In each scene those that it names, and no others."""
    tests = tmp_path / "scenes.yaml"
    document = {
        "rule_files": [str(FOLDER / "rules.yaml")],
        "evaluation_interval": "2m",
        "tests": [scene.test() for scene in scenes],
    }
    tests.write_text(yaml.safe_dump(document), "utf-8")
    promtool("test", "rules", tests)


def test_every_alert_has_a_scene() -> None:
    """One that never fires in a test may never fire at all."""
    seen = {fired for scene in (*PROMISES, *SYMPTOMS) for fired in scene.fires}
    assert {(alert.name, alert.severity, alert.window) for alert in ALERTS} == seen
