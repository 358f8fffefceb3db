"""The int8 variants of an imported checkpoint: each is kept only if it runs here and says what fp32 says."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from moderator.errors import ModelError
from moderator.inference.manifest import Variant
from moderator.training.importing.checkpoint import first_line
from moderator.training.layout import Reading
from moderator.training.quantize import quantize
from moderator.training.score import INT8_VARIANTS, TextOutputs, classifier, draft, score

LARGEST_MEAN = 0.05  # of a score's difference from fp32; the shipped model's is about a tenth of it


@dataclass(frozen=True, slots=True)
class Measured:
    """A variant that is kept, with its scores of the calibration rows and their difference from fp32's."""

    name: str
    variant: Variant
    size: int
    scores: TextOutputs
    mean: float
    largest: float


def int8_variants(
    run: Path, texts: Sequence[str], reading: Reading, fp32: TextOutputs
) -> tuple[list[Measured], list[str]]:
    """Quantize the graph in `run`, which is calibrated, and score `texts`, which are in the model's languages; also say
    why a variant was left out.

    Raises ModelError when none is left.
    """
    try:
        quantize(run, texts, reading, largest_bytes=None, packed=False)
    except Exception as error:  # noqa: BLE001  NNCF raises what it likes
        raise ModelError([f"the graph cannot be quantized: {first_line(error)}"]) from None
    kept: list[Measured] = []
    left_out: list[str] = []
    for name, variant in INT8_VARIANTS.items():
        if variant.provider not in onnxruntime.get_available_providers():
            left_out.append(
                f"{name}: {variant.provider} is not installed here, so its golden scores cannot be recorded"
            )
            continue
        try:
            with classifier(draft(run, variant, reading=reading, languages=()), variant.provider) as model:
                found = score(model, texts, f"score {name} int8")
        except Exception as error:  # noqa: BLE001  ONNX Runtime raises what it likes
            left_out.append(f"{name}: does not run: {first_line(error)}")
            continue
        mean, largest = _difference(found, fp32)
        if not mean <= LARGEST_MEAN:
            left_out.append(f"{name}: a score is {mean:.3f} from fp32 on average, allowed is {LARGEST_MEAN}")
            continue
        kept.append(Measured(name, variant, (run / variant.file).stat().st_size, found, mean, largest))
    if not kept:
        raise ModelError([f"no int8 variant can be served: {reason}" for reason in left_out])
    return kept, left_out


def _difference(found: TextOutputs, fp32: TextOutputs) -> tuple[float, float]:
    """Mean and largest difference of a score, over the heads that are not fixed."""
    wanted = np.hstack([fp32.labels, fp32.sentiment])
    alive = np.ptp(wanted, axis=0) > 0
    apart = np.abs(np.hstack([found.labels, found.sentiment]) - wanted)[:, alive]
    return float(apart.mean()), float(apart.max())
