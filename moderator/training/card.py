"""The model card, written from the figures of a run."""

import tomllib
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from moderator.inference.manifest import Manifest

SOURCES = Path(__file__).parent / "sources.toml"

# Published figures on the same benchmarks, to read ours against.
ANCHORS = {
    "TweetEval offensive, macro-F1": "RoBERTa-base .795, TimeLMs-2021 .822",
    "TweetEval hate, macro-F1": "RoBERTa-base .466, BERTweet .564",
    "TweetEval sentiment, macro-recall": "RoBERTa-base .713, BERTweet .734",
    "SST-2 dev, accuracy": "MiniLM-L6 .913, on 67k phrases",
    "Wikipedia, toxic AUC": "Detoxify .986, on another sample",
    "HateCheck, accuracy": "Perspective .766",
    "HateCheck, accuracy on hateful": "Perspective .895",
    "HateCheck, accuracy on non-hateful": "Perspective .482",
    "OpenAI-1680, any flag, AUPRC": "Perspective .787, OpenAI .856",
}

CARD = """\
# {name} {version}

A text classifier of 22.7 million parameters that scores eight moderation labels ({labels}), each by itself, and the
mood of a text (negative, neutral, positive). English only. Written by `python -m moderator.training card`; do not edit.

## What it is

- Encoder: all-MiniLM-L6-v2 (Apache-2.0), 6 layers of 384, mean pooling; one linear head for the labels, one for the
  mood; trained in full on {training_rows:,} rows, {epochs} passes, texts cut at {max_tokens} tokens.
- Served as int8 ({variants}); a text longer than {window_tokens} tokens is read in windows that overlap by
  {window_overlap}, at most {max_windows} of them: labels by the maximum, mood by the length-weighted mean.
- Scores are calibrated: Platt scaling of each label, a temperature for the mood (`calibration.json`). They are rates
  among the calibration rows, of which far more are harmful than of a platform's messages.
- Not trained: {untrained}. There were no rows for it; its score is fixed and below every threshold.

## Intended use

To sort messages into those that may pass, those that a person or a larger model should look at, and those to hold back,
under a policy (`policy.toml`) that a platform makes its own. Not for decisions about people, not for texts in other
languages, not as the only judge of anything that matters to somebody.

## Figures

On held-out text, no row of which was trained on. Validation splits chose calibration and thresholds; the rows below are
of test splits (SST-2: dev, which chose nothing). TweetEval's two-class thresholds come from its own validation splits,
the hate threshold of HateCheck and HatemojiCheck from HatemojiBuild's, spam is flagged from a score of .5, XSTest by
`policy.toml`. OpenAI-1680 is scored without its rows about minors. Each variant chooses its thresholds anew, so figures
at a threshold differ by more than scores do; AP and AUC need none.

{figures}

{differences}

Expected calibration error (15 bins) on the rows that calibration was fitted on:

{calibration}

## Policy

{policy}

## Data

{sources}

{malformed} malformed rows were left out; {held_back:,} rows were held back for calibration and thresholds. A label
that a row does not annotate is unknown and not trained{assumption}. User handles and addresses of web pages are masked.
Tier A: permissive or attribution licence. Tier B: public research release with no or an unclear licence. Held-out sets:
TweetEval, EDOS, HateCheck, XSTest, HatemojiBuild and HatemojiCheck, OpenAI's moderation evaluation, ConvAbuse,
Dynabench, Kaggle insults, SST, Wikipedia comments by Dixon et al., SMS and YouTube spam of UCI, each under its own
licence.

## Limits

- Annotators' judgements of strangers' texts, largely of tweets and Wikipedia comments from 2010 to 2021, in American
  English; dialects, reclaimed words and quoted abuse are often taken for abuse (see HateCheck, non-hateful).
- Threat, sexual and spam rest on few or narrow rows. Sexual was learnt in part from titles of videos.
- Scores are rates on texts like those of the calibration rows. On sets that were written to be hard (HateCheck,
  HatemojiCheck, Dynabench) the hate score is far from the rate: see its calibration error over all test rows.
- Texts written to deceive (spelling, spacing, look-alike letters) are only partly undone by the clean-up.
- Texts in other languages get scores that mean nothing.
- Int8 arithmetic differs a little between processors; the golden set is scored at each start and must be reproduced.

## To repeat

    python -m moderator.training run --data train.jsonl.gz --heldout heldout.jsonl.gz

Training file sha256 {training_sha256}
Held-out file sha256 {heldout_sha256}
"""


def model_card(
    manifest: Manifest,
    evaluation: Mapping[str, Any],
    calibration: Mapping[str, Mapping[str, float]],
    dataset: Mapping[str, Any],
    run: Mapping[str, Any],
    policy: Mapping[str, Any],
) -> str:
    """The card, from the contents of the files that the other steps wrote; `run` is the settings in the run's log."""
    recipe = run["recipe"]
    variants = list(next(iter(evaluation["figures"].values())))
    assumed = recipe.get("assumption", {}).get("absent")
    return CARD.format(
        name=manifest.name,
        version=manifest.version,
        labels=", ".join(manifest.labels),
        training_rows=run["rows"],
        epochs=recipe["epochs"],
        max_tokens=recipe["max_tokens"],
        variants=", ".join(f"`{variant.file}` for {variant.provider}" for variant in manifest.variants),
        window_tokens=manifest.window_tokens,
        window_overlap=manifest.window_overlap,
        max_windows=manifest.max_windows,
        untrained=", ".join(manifest.untrained_labels) or "none",
        figures=markdown(
            ["figure", *variants, "for comparison"],
            [
                [name, *(f"{values[variant]:.3f}" for variant in variants), remark(name, manifest)]
                for name, values in evaluation["figures"].items()
            ],
        ),
        differences="\n".join(
            f"A score of the {name} variant is {apart['mean']:.4f} from fp32 on average, {apart['max']:.2f} at most."
            for name, apart in evaluation["score_difference_from_fp32"].items()
        ),
        calibration=markdown(
            ["head", "rows", "before", "after"],
            [
                [name, str(part["rows"]), f"{part['before']:.3f}", f"{part['after']:.3f}"]
                for name, part in calibration.items()
            ],
        ),
        policy=markdown(
            ["label", "to a reviewer from", "blocked from"],
            [
                [label, str(thresholds["escalate_at"]), str(thresholds["block_at"])]
                for label, thresholds in policy["labels"].items()
            ],
        ),
        sources=markdown(["origin", "licence", "tier", "rows"], source_rows(dataset["sources"])),
        malformed=dataset["malformed_rows"],
        held_back=dataset["held_back_rows"],
        assumption=", but for what a source's texts almost never carry, which counts as a light negative"
        if assumed
        else "",
        training_sha256=dataset["files"]["training"],
        heldout_sha256=dataset["files"]["heldout"],
    )


def remark(figure: str, manifest: Manifest) -> str:
    """Published figures of the same benchmark, or that the label was not trained."""
    untrained = any(label in figure for label in manifest.untrained_labels)
    return "not trained: the base rate" if untrained else ANCHORS.get(figure, "")


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
