"""`moderator model`: a team's own model, and how good any model is on a team's own texts."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import click

from moderator.commands.failures import reported_failures

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
IMPORT_NEEDS = ("torch", "transformers", "safetensors", "onnx", "onnxscript", "nncf", "sklearn", "rich")
EVALUATE_NEEDS = ("sklearn", "rich")


@click.group()
def model() -> None:
    """Import a checkpoint of your own; measure any model on labelled texts. Needs the extra packages of training."""


@model.command("import")
@click.argument("directory", type=FOLDER)
@click.option("--labels", type=FILE, required=True, help="Label map, TOML: which of its outputs are which of ours")
@click.option("--data", "rows", type=FILE, required=True, help="Labelled rows to calibrate on, JSON Lines, or .gz")
@click.option("--out", type=FOLDER, required=True, help="The model directory to write; must not be there")
@click.option("--name", help="What verdicts and reports call it; by default the checkpoint's folder")
def import_(directory: Path, labels: Path, rows: Path, out: Path, name: str | None) -> None:
    """Make a model directory of DIRECTORY, a transformers sequence-classification checkpoint of your own.

    Nothing is fetched, no code of the checkpoint is run, pickles are not opened. Nothing is written but --out, which
    holds no text of the rows. Exit codes: 0 done, 2 label map or rows, 3 the checkpoint cannot be served.
    """
    _require("model import", IMPORT_NEEDS)
    from moderator.training.importing.run import import_checkpoint  # noqa: PLC0415  the extra may be missing
    from moderator.training.tables import print_table  # noqa: PLC0415  likewise

    with reported_failures():
        report = import_checkpoint(directory, labels, rows, out, name or directory.resolve().name)
        for line in report.malformed:
            click.echo(line, err=True)
        print_table(f"{report.manifest.name} {report.manifest.version}", *report.head_table())
        print_table("Files", *report.variant_table())
        for line in report.remarks():
            click.echo(line)
        click.echo(f"written: {out}; try it: MODERATOR_MODEL__DIRECTORY={out} moderator check")


@model.command()
@click.option("--data", "rows", type=FILE, required=True, help="Labelled rows, JSON Lines, may be gzipped")
@click.option("--model", "directory", type=FOLDER, help="Model directory; by default the one of the settings")
@click.option("--policy", type=FILE, help="Whose thresholds to take; by default the model's own policy")
@click.option("--provider", default="auto", show_default=True, help="ONNX Runtime's name of what runs the model")
@click.option("--json", "figures", type=click.File("w", "utf-8", lazy=False), help="Also write the figures here")
def evaluate(rows: Path, directory: Path | None, policy: Path | None, provider: str, figures: TextIO | None) -> None:
    """How well a model tells the labels and moods of texts whose answers are known.

    No text is printed. Malformed rows are named by line; more than 1 % of them stop it. Exit codes: 0 done, 2 rows or
    policy, 3 model.
    """
    _require("model evaluate", EVALUATE_NEEDS)
    from moderator.training.scorecard import scorecard  # noqa: PLC0415  the extra may be missing
    from moderator.training.tables import print_table  # noqa: PLC0415  likewise

    with reported_failures():
        card = scorecard(rows, directory, policy, provider)
        for line in card.malformed:
            click.echo(line, err=True)
        print_table(card.title, *card.label_table())
        if card.sentiment is not None:
            print_table("Sentiment", *card.sentiment_table())
        for line in card.remarks():
            click.echo(line)
        if figures is not None:
            figures.write(card.to_json())


def _require(command: str, modules: Sequence[str]) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise click.ClickException(f"{command} needs {', '.join(missing)}: pip install 'moderator[train]'")
