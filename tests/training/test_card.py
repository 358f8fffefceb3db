"""The card says what was measured, and what was not."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from moderator.inference.manifest import load_model_directory
from moderator.training.calibrate import calibrate_label
from moderator.training.card import CardFigures, model_card
from moderator.training.figure_names import FUNCTIONALITIES
from moderator.training.reliability import draw_reliability

ROOT = Path(__file__).parents[2]
EVALUATION: dict[str, Any] = {
    "model": {"name": "m", "version": "1"},
    "figures": {"SST-2 dev, accuracy": {"fp32": 0.91, "openvino": 0.905, "cpu": 0.89}, "Another": {"cpu": 0.5}},
    "breakdowns": {FUNCTIONALITIES: {"counter_quote_nh": {"rows": 173, "cpu": 0.25}}},
    "int8_loss_in_points": {"cpu": {"toxic": {"rows": 900, "positives": 90, "f1": 0.41, "average_precision": 0.1}}},
    "score_difference_from_fp32": {"cpu": {"mean": 0.001, "max": 0.1}},
    "calibration": {},
}
DATASET: dict[str, Any] = {
    "sources": {"edos": {"tier": "A", "rows": 7}, "written_spam": {"tier": "A", "rows": 5}},
    "malformed_rows": 0,
    "near_copies": {"letters": 2},
    "held_back_rows": 3,
    "kept_back_rows": 4,
    "files": {"training": "abc", "heldout": "def"},
}
LIGHT = [("tier_a", 0.8), ("all", 0.85)]


def card(**parts: Any) -> str:
    """The card of the shipped manifest."""
    policy = {"labels": {"self_harm": {"escalate_at": 0.2, "block_at": 1.0}}}
    run = {"rows": 1234, "training": {"epochs": 3, "max_tokens": 96}}
    figures = CardFigures(EVALUATION, DATASET, run, policy, ["bge"], **parts)
    return model_card(load_model_directory(ROOT / "models").manifest, figures)


def test_a_missed_goal_is_called_missed() -> None:
    """Beside the figure; a label that never blocks is said so; functionalities stand by name."""
    text = card()
    assert "| SST-2 dev, accuracy | .910 | .905 | .890 | >= .900 | missed | MiniLM-L6 .913, on 67k phrases |" in text
    assert "| self_harm | 0.2 | never |" in text
    assert "| counter_quote_nh | 173 | .250 |" in text
    assert "| toxic | 900 | 90 | 0.41 | 0.10 |" in text
    assert "teachers: bge" in text


def test_what_was_not_measured_is_said() -> None:
    """Rather than left out in silence."""
    assert "tier A alone would reach was not measured" in card()
    light = {name: EVALUATION | {"figures": {"SST-2 dev, accuracy": {"fp32": reached}}} for name, reached in LIGHT}
    assert "| SST-2 dev, accuracy | .800 | .850 |" in card(tier_a=light)
    peers = {
        "models": {"int8": {"figures": {"SST-2 dev, accuracy": 0.9}, "texts_per_second": 100.0, "megabytes": 23.0}}
    }
    peers["models"]["VADER"] = {"figures": {}, "texts_per_second": 250.0, "megabytes": 0.4}
    text = card(peers=peers)
    assert "| speed | 1.00 x | 2.50 x |" in text
    assert "| SST-2 dev, accuracy | .900 |  |" in text


def test_the_reliability_picture_has_a_panel_for_each_head(tmp_path: Path) -> None:
    """Small enough for a repository."""
    logits = np.linspace(-4, 4, 500)
    _, figures = calibrate_label(logits, (logits > np.tile([-1.0, 1.0], 250)).astype(np.int64), np.arange(500) % 5)
    head = json.loads(json.dumps(asdict(figures)))
    draw_reliability(dict.fromkeys(("toxic", "hate", "spam", "sentiment"), head), tmp_path / "images/r.png")
    content = (tmp_path / "images/r.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 300_000
