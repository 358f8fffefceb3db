"""The training pipeline's command line: `python -m moderator.training STEP`."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from moderator.errors import ConfigError, ModelError
from moderator.exit_codes import exit_code
from moderator.training.recipe import Tier
from moderator.training.steps import Steps
from moderator.training.tiers import record_tiers

RECIPE = Path(__file__).parent / "recipe.toml"

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
DATA = click.option("--data", type=FILE, required=True, help="Labelled rows to train on, JSON Lines, may be gzipped.")
HELDOUT = click.option("--heldout", type=FILE, required=True, help="Held-out rows, never trained on.")
OUT = click.option("--out", type=FOLDER, default="runs/model", show_default=True, help="Working files of this run.")
MODELS = click.option(
    "--models", type=FOLDER, default="models", show_default=True, help="The model directory to write."
)
DEVICE = click.option("--device", default="cpu", show_default=True, help="Where to train: cpu, cuda, cuda:1 ...")
RECIPE_FILE = click.option(
    "--recipe", type=FILE, default=RECIPE, help="Settings of the run; by default the shipped ones."
)
TIER = click.option("--tier", type=click.Choice(["A", "B"]), help="Only rows of this tier; by default the recipe's.")

HATECHECK = click.option(
    "--hatecheck", type=FILE, help="HateCheck's cases file, for its breakdowns; without it they are left out."
)


class InOrder(click.Group):
    """Lists the steps in the order in which they are taken."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Names as they were registered."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """From labelled text to a verified model directory.

    `run` takes all steps in this order and skips what is already done: data, train, distill, export, quantize,
    calibrate, package, evaluate, card. Training interrupted goes on from its last checkpoint.
    """


def step(*options: Callable[[Callable[..., None]], Callable[..., None]]) -> Callable[[Callable[[Steps], None]], None]:
    """Register a step as a subcommand that takes `options`."""

    def register(function: Callable[[Steps], None]) -> None:
        def command(
            data: Path = Path(),
            heldout: Path = Path(),
            out: Path = Path(),
            models: Path = Path(),
            recipe: Path = RECIPE,
            device: str = "cpu",
            tier: Tier | None = None,
            hatecheck: Path | None = None,
        ) -> None:
            try:
                function(Steps(data, heldout, out, models, recipe, device, tier, hatecheck))
            except (ConfigError, ModelError) as error:
                for problem in error.problems:
                    click.echo(problem, err=True)
                sys.exit(exit_code(error))

        wrapped: Callable[..., None] = command
        for option in reversed(options):
            wrapped = option(wrapped)
        main.command(
            name=function.__name__, help=function.__doc__, short_help=(function.__doc__ or "").partition("\n")[0]
        )(wrapped)

    return register


@step(DATA, HELDOUT, OUT, RECIPE_FILE, TIER)
def data(steps: Steps) -> None:
    """Check both files, that no held-out text is trained on, and print what they hold."""
    steps.data()


@step(DATA, HELDOUT, OUT, DEVICE, RECIPE_FILE, TIER)
def train(steps: Steps) -> None:
    """Train the teachers on the collected rows, or go on from the last checkpoint."""
    steps.train()


@step(DATA, HELDOUT, OUT, DEVICE, RECIPE_FILE, TIER)
def distill(steps: Steps) -> None:
    """Train the model on what annotators, authors of written rows and teachers say, or go on."""
    steps.distill()


@step(OUT, RECIPE_FILE)
def export(steps: Steps) -> None:
    """Write the trained weights as an fp32 ONNX graph that computes what torch computes."""
    steps.export()


@step(DATA, HELDOUT, OUT, RECIPE_FILE, TIER)
def quantize(steps: Steps) -> None:
    """Write the int8 variants for OpenVINO and for ONNX Runtime's CPU provider."""
    steps.quantize()


@step(DATA, HELDOUT, OUT, RECIPE_FILE, TIER)
def calibrate(steps: Steps) -> None:
    """Fit the calibration and choose the default policy's thresholds."""
    steps.calibrate()


@step(OUT, MODELS, RECIPE_FILE)
def package(steps: Steps) -> None:
    """Seal the model directory: checksums, golden scores, and a first load."""
    steps.package()


@step(HELDOUT, HATECHECK, OUT, MODELS, RECIPE_FILE)
def evaluate(steps: Steps) -> None:
    """Print the held-out table, fp32 beside int8, and write evaluation.json.

    Needs no more than the model directory; the fp32 column is there when --out holds the graph it was made from.
    """
    steps.evaluate()


@step(HELDOUT, HATECHECK, OUT, MODELS, RECIPE_FILE)
def reproduce(steps: Steps) -> None:
    """Print the held-out table anew; ends with 3 when a figure is not the one in evaluation.json.

    Needs no more than the model directory. Figures may differ by what int8 arithmetic does between processors.
    """
    steps.reproduce()


@step(DATA, HELDOUT, OUT, MODELS, RECIPE_FILE, TIER)
def peers(steps: Steps) -> None:
    """Measure VADER, a linear model and the fp32 graph beside int8: quality, speed, size. Let nothing else run."""
    from moderator.training.peers import record_peers  # noqa: PLC0415  scikit-learn's text features take a second

    record_peers(steps)


@step(DATA, HELDOUT, OUT, MODELS, DEVICE, RECIPE_FILE)
def tiers(steps: Steps) -> None:
    """Measure what rows of tier A alone would reach: two light models are trained."""
    record_tiers(steps)


@step(OUT, MODELS)
def card(steps: Steps) -> None:
    """Write the model card from the figures of the other steps."""
    steps.card()


@step(DATA, HELDOUT, HATECHECK, OUT, MODELS, DEVICE, RECIPE_FILE, TIER)
def run(steps: Steps) -> None:
    """All steps, each only when its results are missing or older than what it reads."""
    steps.all()


if __name__ == "__main__":
    main(prog_name="python -m moderator.training")
