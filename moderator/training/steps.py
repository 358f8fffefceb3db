"""The steps from labelled rows to a sealed model directory; each reads what the ones before wrote."""

import json
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from moderator.contracts.labels import LABELS
from moderator.errors import ConfigError
from moderator.inference.calibration import load_calibration
from moderator.inference.manifest import MANIFEST, load_model_directory
from moderator.training import evaluation_file
from moderator.training.calibrate import calibrate
from moderator.training.calibration_figures import calibration_table
from moderator.training.calibration_rows import calibration_rows, drop_one_sided_labels, written_halves
from moderator.training.card import CardFigures, model_card
from moderator.training.dataset import count_sources, describe, draw, load_dataset
from moderator.training.encoders import encoder_directory
from moderator.training.evaluate import evaluate, fp32_graph
from moderator.training.goals import goal_table, other_table
from moderator.training.heldout import load_heldout
from moderator.training.kept_back import as_held_out
from moderator.training.layout import (
    CALIBRATION,
    CALIBRATION_FIGURES,
    CARD,
    CPU_INT8,
    DATASET,
    EVALUATION,
    FP32,
    OPENVINO_INT8,
    PEERS,
    POLICY,
    RELIABILITY,
    RUN_LOG,
    TEACHERS,
    TIER_A,
    TOKENIZER,
    WEIGHTS,
)
from moderator.training.package import package, run_version
from moderator.training.readme_table import with_figures
from moderator.training.recipe import Recipe, Tier, load_recipe
from moderator.training.rows import label_counts
from moderator.training.run_log import last_run
from moderator.training.score import classifier, score_logits, served_variant, uncalibrated
from moderator.training.tables import print_table
from moderator.training.targets import Targets
from moderator.training.thresholds import choose_policy, policy_text
from moderator.training.written.rows import written_rows


@dataclass(frozen=True, slots=True)
class Steps:
    """One run's files: `run` holds the working files, `models` becomes the model directory."""

    training: Path
    heldout: Path
    run: Path
    models: Path
    recipe_file: Path
    device: str = "cpu"
    tier: Tier | None = None
    hatecheck: Path | None = None
    change: Callable[[Recipe], Recipe] = lambda recipe: recipe  # of what the recipe file says

    @property
    def recipe(self) -> Recipe:
        """The recipe, with the rows of one tier alone when `tier` says so. Raises ConfigError."""
        recipe = self.change(load_recipe(self.recipe_file))
        return recipe.model_copy(update={"tiers": (self.tier,)}) if self.tier else recipe

    def data(self) -> None:
        """Check both files and print what they hold. Raises ConfigError, also on a held-out text in training."""
        rows, held_out = load_dataset(self.training, self.heldout, self.recipe)
        for problem in rows.malformed:
            click.echo(f"left out: {problem}", err=True)
        for source, count in Counter(row.source for row in rows.near_copies).most_common():
            click.echo(f"left out: {count} near copies of held-out texts (source {source})", err=True)
        self.run.mkdir(parents=True, exist_ok=True)
        content = describe(rows, len(held_out), self.training, self.heldout)
        (self.run / DATASET).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        print_table(
            f"{len(rows.collected):,} collected rows to train on, {len(rows.written):,} written, {len(rows.swaps):,}"
            f" swaps, {len(rows.phrases):,} phrases; held back {len(rows.held_back):,}, kept back"
            f" {len(rows.kept_back):,}, held out {len(held_out):,}, malformed {len(rows.malformed):,}",
            ["source", "tier", "rows", "sentiment", *LABELS],
            [
                [name, counts.tier, str(counts.rows), str(counts.sentiments)]
                + [str(counts.positives.get(label, 0)) for label in LABELS]
                for name, counts in count_sources(rows.labelled).items()
            ],
        )
        print_table(
            "Known rows",
            ["label", "negative", "positive"],
            [[label, str(no), str(yes)] for label, (no, yes) in label_counts(rows.labelled).items()],
        )

    def train(self) -> None:
        """Train the teachers, or go on training them, on the collected rows."""
        from moderator.training.train import train  # noqa: PLC0415  torch takes seconds to import; most steps need none

        recipe = self.recipe
        if not recipe.teachers:
            click.echo("the recipe names no teachers")
            return
        collected = load_dataset(self.training, self.heldout, recipe)[0].collected
        for name, training in recipe.teachers.items():
            rows = draw(collected, training.part, training.seed)
            encoder = encoder_directory(training.encoder)
            targets = Targets.of(rows, recipe)
            path = train([row.text for row in rows], targets, training, encoder, self.teacher(name), self.device)
            click.echo(f"trained: {path}")

    def distill(self) -> None:
        """Train the student, or go on training it, on what annotators, authors and teachers say."""
        from moderator.training.distill import teach  # noqa: PLC0415  likewise
        from moderator.training.train import train  # noqa: PLC0415  likewise

        recipe = self.recipe
        rows, _ = load_dataset(self.training, self.heldout, recipe)
        texts, targets = teach(rows, recipe, self.teacher, self.device)
        path = train(texts, targets, recipe.student, encoder_directory(recipe.student.encoder), self.run, self.device)
        click.echo(f"trained: {path}")

    def teacher(self, name: str) -> Path:
        """The folder of a teacher's files."""
        return self.run / TEACHERS / name

    def export(self) -> None:
        """Write the weights as an fp32 graph and prove it against torch."""
        from moderator.training.export import export  # noqa: PLC0415  likewise

        encoder = encoder_directory(self.recipe.student.encoder)
        difference = export(self.run / WEIGHTS, encoder, self.run / FP32)
        (self.run / TOKENIZER).write_bytes((encoder / "tokenizer.json").read_bytes())
        click.echo(f"exported: {self.run / FP32}, at most {difference:.1e} from torch")

    def quantize(self) -> None:
        """Write both int8 variants; the ranges of activations are taken from training texts."""
        from moderator.training.quantize import quantize  # noqa: PLC0415  likewise

        require(self.run / FP32, "export")
        quantize(self.run, [row.text for row in load_dataset(self.training, self.heldout, self.recipe)[0].labelled])
        for name in (OPENVINO_INT8, CPU_INT8):
            click.echo(f"quantized: {self.run / name}, {(self.run / name).stat().st_size / 1e6:.1f} MB")

    def calibrate(self) -> None:
        """Fit the calibration and choose the default policy on rows that neither training nor a figure uses.

        On the int8 graph, which is what makes the scores: rounding shifts some labels' logits, and so is made good.
        """
        dataset, held_out = load_dataset(self.training, self.heldout, self.recipe)
        rows = calibration_rows(dataset.held_back, held_out, dataset.kept_back)
        _, variant = served_variant()
        require(self.run / variant.file, "quantize")
        with uncalibrated(self.run, variant) as draft, classifier(draft, variant.provider) as model:
            logits = score_logits(model, [row.text for row in rows], "calibrate")
        fitted, figures = calibrate(drop_one_sided_labels(rows), logits)
        (self.run / CALIBRATION).write_text(fitted.model_dump_json(indent=1, exclude_none=True) + "\n", "utf-8")
        content = {name: asdict(part) for name, part in figures.items()}
        (self.run / CALIBRATION_FIGURES).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        calibration = load_calibration(self.run / CALIBRATION)
        scores = calibration.label_scores(logits.labels)
        pinned = [label for label, part in fitted.labels.items() if part.pinned is not None]
        choices = choose_policy(rows, scores, self.recipe.assumption, pinned)
        (self.run / POLICY).write_text(policy_text(choices, f"default-{run_version(self.run)}"), encoding="utf-8")
        print_table(f"Expected calibration error on {len(rows):,} rows", *calibration_table(content))
        click.echo((self.run / POLICY).read_text(encoding="utf-8"))

    def package(self) -> None:
        """Assemble and seal the model directory, and reproduce its golden scores."""
        difference = package(self.run, self.models, self.recipe.name)
        click.echo(f"packaged: {self.models}, golden scores reproduced within {difference:.1e}")

    def evaluate(self) -> None:
        """Score the held-out splits with every variant that runs here, print the table and record all figures."""
        content = self._evaluation()
        evaluation_file.write(content, self.models / EVALUATION)
        print_table("Goals", *goal_table(content))
        print_table("Other figures", *other_table(content))

    def reproduce(self) -> None:
        """Score again and print the table. Raises ModelError with the figures that are not those recorded."""
        if not self.heldout.is_file():
            raise ConfigError([f"{self.heldout}: no such file; name the file of held-out rows (docs/model.md)"])
        recorded = evaluation_file.read(self.models / EVALUATION)
        measured = self._evaluation()
        print_table("Goals", *goal_table(evaluation_file.completed(measured, recorded)))
        evaluation_file.require_reproduced(recorded, measured, self.models / EVALUATION)
        click.echo(f"reproduced: {self.models / EVALUATION}")

    def _evaluation(self) -> dict[str, Any]:
        """All figures, as evaluation.json holds them."""
        recipe, figures = self.recipe, self.run / CALIBRATION_FIGURES
        written = written_halves(written_rows(recipe.seed)[1])[1] if recipe.written else []
        fp32 = fp32_graph(self.run, self.models)
        evaluation = evaluate(self.models, load_heldout(self.heldout), fp32, self.hatecheck, as_held_out(written))
        calibration = json.loads(figures.read_text(encoding="utf-8")) if fp32 else {}
        return evaluation_file.to_json(evaluation, load_model_directory(self.models), calibration)

    def card(self) -> None:
        """Write the model card, its picture and the README's table from the figures of the other steps.

        Picture and README are those of the folder that holds the model directory, if it has a README.
        """
        sealed = load_model_directory(self.models)
        require(self.run / DATASET, "data")
        evaluation = evaluation_file.read(self.models / EVALUATION)
        figures = CardFigures(
            evaluation,
            json.loads((self.run / DATASET).read_text(encoding="utf-8")),
            last_run(self.run / RUN_LOG),
            tomllib.loads((self.models / POLICY).read_text(encoding="utf-8")),
            sorted(path.parent.name for path in (self.run / TEACHERS).glob(f"*/{WEIGHTS}")),
            evaluation_file.read_if_there(self.models / PEERS),
            evaluation_file.read_if_there(self.models / TIER_A),
        )
        (self.models / CARD).write_text(model_card(sealed.manifest, figures), encoding="utf-8")
        click.echo(f"written: {self.models / CARD}")
        readme = self.models.parent / "README.md"
        if readme.is_file() and evaluation["calibration"]:
            from moderator.training.reliability import draw_reliability  # noqa: PLC0415  matplotlib takes a second

            readme.write_text(with_figures(readme.read_text(encoding="utf-8"), evaluation), encoding="utf-8")
            draw_reliability(evaluation["calibration"], self.models.parent / RELIABILITY)
            click.echo(f"written: {readme}, {self.models.parent / RELIABILITY}")

    def all(self) -> None:
        """Every step whose results are missing or older than what it reads."""
        run, models = self.run, self.models
        rows = (self.training, self.heldout)
        plan: tuple[tuple[Callable[[], None], tuple[Path, ...], tuple[Path, ...]], ...] = (
            (self.data, (*rows, self.recipe_file), (run / DATASET,)),
            (
                self.train,
                (*rows, self.recipe_file),
                tuple(self.teacher(name) / WEIGHTS for name in self.recipe.teachers),
            ),
            (
                self.distill,
                (*rows, self.recipe_file, *(self.teacher(name) / WEIGHTS for name in self.recipe.teachers)),
                (run / WEIGHTS,),
            ),
            (self.export, (run / WEIGHTS,), (run / FP32, run / TOKENIZER)),
            (self.quantize, (run / FP32, *rows), (run / OPENVINO_INT8, run / CPU_INT8)),
            (
                self.calibrate,
                (run / OPENVINO_INT8, run / CPU_INT8, *rows),
                (run / CALIBRATION, run / POLICY, run / CALIBRATION_FIGURES),
            ),
            (
                self.package,
                (run / CALIBRATION, run / POLICY, run / OPENVINO_INT8, run / CPU_INT8),
                (models / MANIFEST,),
            ),
            (self.evaluate, (models / MANIFEST, self.heldout), (models / EVALUATION,)),
            (self.card, (models / EVALUATION, run / DATASET), (models / CARD,)),
        )
        for path in (*rows, self.recipe_file):
            require(path)
        for step, inputs, outputs in plan:
            if up_to_date(inputs, outputs):
                click.echo(f"{step.__name__}: up to date")
            else:
                click.echo(f"{step.__name__}:")
                step()


def up_to_date(inputs: tuple[Path, ...], outputs: tuple[Path, ...]) -> bool:
    """Whether every output is there and none is older than an input; a step without outputs has nothing to do."""
    if not outputs:
        return True
    if not all(path.is_file() for path in outputs):
        return False
    return min(path.stat().st_mtime for path in outputs) >= max(path.stat().st_mtime for path in inputs)


def require(path: Path, step: str = "") -> None:
    """Raise ConfigError when `path` is missing, with the step that writes it."""
    if not path.is_file():
        raise ConfigError([f"{path}: no such file{f'; run the {step} step first' if step else ''}"])
