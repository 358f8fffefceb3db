"""The model card, written from the figures of a run."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from moderator.inference.manifest import Manifest
from moderator.training.calibration_figures import SENTIMENT, calibration_table
from moderator.training.figure_names import (
    FOUND,
    FUNCTIONALITIES,
    GROUPS,
    TAKEN,
    TERMS,
    TERMS_AUC,
    TERMS_FUZZED,
)
from moderator.training.goals import breakdown_table, goal_table, other_table
from moderator.training.peers_table import peers_table
from moderator.training.tiers_table import tiers_table

TEMPLATE = Path(__file__).with_suffix(".md")
SOURCES = Path(__file__).parent / "sources.toml"
BIAS = (GROUPS, TERMS, TERMS_FUZZED, TERMS_AUC)
BALANCED = (
    "The mood's probabilities are those among texts of which each mood makes up a third: the likeliest mood is the"
    " balanced choice, however common each is."
)
AS_TRAINED = "The mood's probabilities are those among the calibration rows."
NOT_MEASURED = "Not measured."


@dataclass(frozen=True, slots=True)
class CardFigures:
    """The contents of the files that the other steps wrote; `peers` and `tier_a` may be missing."""

    evaluation: Mapping[str, Any]
    dataset: Mapping[str, Any]
    run: Mapping[str, Any]
    policy: Mapping[str, Any]
    teachers: Sequence[str]
    peers: Mapping[str, Any] | None = None
    tier_a: Mapping[str, Any] | None = None


def model_card(manifest: Manifest, figures: CardFigures) -> str:
    """The card as Markdown."""
    evaluation, dataset, run = figures.evaluation, figures.dataset, figures.run
    calibration = evaluation["calibration"]
    balanced = calibration.get(SENTIMENT, {}).get("method") == "balanced"
    return TEMPLATE.read_text(encoding="utf-8").format(
        name=manifest.name,
        version=manifest.version,
        labels=", ".join(manifest.labels),
        languages={"en": "English"}.get(",".join(manifest.languages), ", ".join(manifest.languages)),
        student_rows=run["rows"],
        epochs=run["training"]["epochs"],
        max_tokens=run["training"]["max_tokens"],
        teachers=f"teachers: {', '.join(figures.teachers) or 'none'}",
        variants=", ".join(f"`{variant.file}` for {variant.provider}" for variant in manifest.variants),
        window_tokens=manifest.window_tokens,
        window_overlap=manifest.window_overlap,
        max_windows=manifest.max_windows,
        sentiment=BALANCED if balanced else AS_TRAINED,
        untrained=", ".join(manifest.untrained_labels) or "none",
        goals=markdown(*goal_table(evaluation)),
        others=markdown(*other_table(evaluation)),
        differences="\n".join(
            f"A score of the {name} variant is {apart['mean']:.4f} from fp32 on average, {apart['max']:.2f} at most."
            for name, apart in evaluation["score_difference_from_fp32"].items()
        ),
        losses=losses(evaluation["int8_loss_in_points"]),
        calibration=markdown(*calibration_table(calibration)),
        policy=markdown(
            ["label", "to a reviewer from", "blocked from"],
            [
                [label, str(thresholds["escalate_at"]), blocked(thresholds["block_at"])]
                for label, thresholds in figures.policy["labels"].items()
            ],
        ),
        functionalities=breakdowns(evaluation, [FUNCTIONALITIES]),
        bias=breakdowns(evaluation, BIAS),
        written=breakdowns(evaluation, [FOUND, TAKEN]),
        peers=markdown(*peers_table(figures.peers)) if figures.peers else NOT_MEASURED,
        sources=markdown(["origin", "licence", "tier", "rows"], source_rows(dataset["sources"])),
        tier_a=tier_a(figures.tier_a),
        malformed=dataset["malformed_rows"],
        near=sum(dataset["near_copies"].values()),
        held_back=dataset["held_back_rows"],
        kept_back=dataset["kept_back_rows"],
        training_sha256=dataset["files"]["training"],
        heldout_sha256=dataset["files"]["heldout"],
    )


def blocked(block_at: float) -> str:
    """A threshold that no score reaches is said in a word."""
    return "never" if block_at >= 1 else str(block_at)


def losses(variants: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Rows of labels, two columns a variant."""
    if not variants:
        return NOT_MEASURED
    labels = next(iter(variants.values()))
    columns = [f"{name}, {figure}" for name in variants for figure in ("F1", "AP")]
    return markdown(
        ["label", "rows", "positive", *columns],
        [
            [label, f"{labels[label]['rows']:,}", f"{labels[label]['positives']:,}"]
            + [f"{parts[label][figure]:.2f}" for parts in variants.values() for figure in ("f1", "average_precision")]
            for label in labels
        ],
    )


def breakdowns(evaluation: Mapping[str, Any], titles: Sequence[str]) -> str:
    """A table under its title for each breakdown that was measured."""
    parts = [
        f"{title}:\n\n{markdown(*breakdown_table(evaluation['breakdowns'][title]))}"
        for title in titles
        if title in evaluation["breakdowns"]
    ]
    return "\n\n".join(parts) or NOT_MEASURED


def tier_a(evaluations: Mapping[str, Any] | None) -> str:
    """What rows of tier A alone reach, beside what all rows reach."""
    if evaluations is None:
        return "What rows of tier A alone would reach was not measured."
    return (
        "What rows of tier A alone would reach: two models by a lighter recipe, one on them and one on all rows,"
        " without a teacher and in one pass over a quarter of the collected rows and all of the written ones, texts cut"
        " at 64 tokens:\n\n" + markdown(*tiers_table(evaluations))
    )


def source_rows(counts: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Origin, licence, tier and rows of each origin in the data, largest first; an unrecorded source by its name."""
    origins: list[dict[str, Any]] = tomllib.loads(SOURCES.read_text(encoding="utf-8"))["sources"]
    rows: dict[tuple[str, str, str], int] = {}
    for name, count in counts.items():
        key = (name, "not recorded", str(count["tier"]))
        for origin in origins:
            if any(fnmatchcase(name, pattern) for pattern in origin["names"]):
                key = (origin["origin"], origin["licence"], origin["tier"])
        rows[key] = rows.get(key, 0) + count["rows"]
    return [[*key, f"{count:,}"] for key, count in sorted(rows.items(), key=lambda part: -part[1])]


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (columns, ["---"] * len(columns), *rows))
