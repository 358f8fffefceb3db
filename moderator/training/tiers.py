"""What rows of tier A alone would reach: the recipe in its light form, once on them and once on all rows.

Light, because what is asked is the difference, and two whole runs take two cores six hours.
"""

from dataclasses import replace
from typing import Any

from moderator.training import evaluation_file
from moderator.training.layout import EVALUATION, TIER_A
from moderator.training.recipe import Recipe, Tier
from moderator.training.steps import Steps
from moderator.training.tables import print_table
from moderator.training.tiers_table import tiers_table

TIERS: dict[str, Tier | None] = {"tier_a": "A", "all": None}  # folders, and names in the file


def light(recipe: Recipe) -> Recipe:
    """The recipe without teachers, and with one pass over a quarter of the collected rows, cut at 64 tokens."""
    student = recipe.student.model_copy(update={"epochs": 1, "part": 0.25, "max_tokens": 64})
    return recipe.model_copy(update={"teachers": {}, "student": student})


def record_tiers(steps: Steps) -> None:
    """Train a light model on rows of tier A and one on all, and write both evaluations into the model directory.

    Each has a folder in the run's, and goes on where it stopped.
    """
    evaluations: dict[str, Any] = {}
    for name, tier in TIERS.items():
        folder = steps.run / name
        one = replace(steps, run=folder, models=folder / "models", tier=tier, change=light)
        one.all()
        evaluations[name] = evaluation_file.read(one.models / EVALUATION)
    evaluation_file.write(evaluations, steps.models / TIER_A)
    print_table("Tier A alone", *tiers_table(evaluations))
