"""The peers' figures as a table: quality, speed and size side by side."""

from collections.abc import Mapping
from typing import Any

from moderator.training.goals import shown


def peers_table(peers: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of peers.json: each model's figures, texts a second as a ratio to int8, megabytes."""
    models: Mapping[str, Mapping[str, Any]] = peers["models"]
    figures = list(dict.fromkeys(name for model in models.values() for name in model["figures"]))
    rows = [
        [name, *(shown(model["figures"][name]) if name in model["figures"] else "" for model in models.values())]
        for name in figures
    ]
    fastest = models["int8"]["texts_per_second"]
    rows.append(["speed", *(f"{model['texts_per_second'] / fastest:.2f} x" for model in models.values())])
    rows.append(["size, MB", *(f"{model['megabytes']:.1f}" for model in models.values())])
    return ["held out", *models], rows
