"""A transformers checkpoint from its folder: safetensors only, nothing fetched, none of its own code run."""

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers
from torch import nn
from transformers import CONFIG_MAPPING, AutoConfig, AutoModelForSequenceClassification
from transformers.models.auto.modeling_auto import MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES

from moderator.errors import ModelError

CONFIG = "config.json"
TOKENIZER_FILE = "tokenizer.json"
WEIGHT_FILES = ("model.safetensors", "model.safetensors.index.json")
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt")
LARGEST_PARAMETERS = 500_000_000  # four bytes each in fp32, and an ONNX file holds at most 2 GiB
REPORTED = 5


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A loaded checkpoint, in fp32 and ready to score."""

    directory: Path
    model: nn.Module
    architecture: str
    names: tuple[str, ...]  # of its outputs, in their order
    problem_type: str | None
    padding_id: int
    vocabulary: int
    parameters: int

    def logits(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The checkpoint's own logits [batch, outputs] for int64 [batch, tokens] inputs."""
        with torch.no_grad():
            found: torch.Tensor = self.model(input_ids=ids, attention_mask=mask).logits
        return found


def load_checkpoint(directory: Path) -> Checkpoint:
    """Load the checkpoint in `directory`. Raises ModelError with the reasons why it cannot be served."""
    config = _readable_config(directory)
    notes: Any = transformers.utils.logging
    notes.set_verbosity_error()
    notes.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of transformers on what it uses of torch
            model, report = AutoModelForSequenceClassification.from_pretrained(
                directory,
                config=AutoConfig.from_pretrained(directory, local_files_only=True, trust_remote_code=False),
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                attn_implementation="eager",  # plain matrix products: what quantizers know
                output_loading_info=True,
            )
    except Exception as error:  # noqa: BLE001  transformers raises what it likes
        raise ModelError([f"{directory}: transformers cannot load it: {first_line(error)}"]) from None
    missing = sorted(report["missing_keys"])
    if missing:
        named = ", ".join(missing[:REPORTED])
        raise ModelError([f"{directory}: {len(missing)} weights are missing, it is not a trained classifier: {named}"])
    loaded: Any = model.float().eval()
    parameters = sum(weight.numel() for weight in loaded.parameters())
    if parameters > LARGEST_PARAMETERS:
        raise ModelError(
            [f"{directory}: {parameters:,} parameters, at most {LARGEST_PARAMETERS:,} fit into an ONNX file"]
        )
    names = loaded.config.id2label
    return Checkpoint(
        directory,
        loaded,
        config["model_type"],
        tuple(str(names[column]) for column in sorted(names)),
        loaded.config.problem_type,
        loaded.config.pad_token_id or 0,  # a model without a padding id never looks at what is padding
        loaded.get_input_embeddings().num_embeddings,
        parameters,
    )


def first_line(error: BaseException) -> str:
    """The beginning of what a library says, as it fits a line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _readable_config(directory: Path) -> dict[str, Any]:
    """config.json, once the folder holds all that is needed, as this program takes it. Raises ModelError."""
    if not directory.is_dir():
        raise ModelError([f"{directory}: no such folder; a checkpoint is a folder as save_pretrained writes it"])
    problems: list[str] = []
    if not any((directory / name).is_file() for name in WEIGHT_FILES):
        pickles = sorted(path.name for pattern in PICKLES for path in directory.glob(pattern))
        held = f" but {pickles[0]}, a pickle, which can run any code when it is loaded" if pickles else ""
        problems.append(
            f"no model.safetensors{held}; write one where the model was trained:"
            " model.save_pretrained(DIR, safe_serialization=True)"
        )
    if not (directory / TOKENIZER_FILE).is_file():
        problems.append(
            f"no {TOKENIZER_FILE}; write one where the model was trained:"
            " AutoTokenizer.from_pretrained(DIR, use_fast=True).save_pretrained(DIR)"
        )
    config: Any = {}
    try:
        config = json.loads((directory / CONFIG).read_bytes())
    except OSError:
        problems.append(f"no {CONFIG}; a checkpoint is a folder as save_pretrained writes it")
    except ValueError as error:
        problems.append(f"{CONFIG} is not JSON: {error}")
    else:
        problems += _wrong_config(config)
    if problems:
        raise ModelError([f"{directory}: {problem}" for problem in problems])
    result: dict[str, Any] = config
    return result


def _wrong_config(config: Any) -> list[str]:
    kind = config.get("model_type") if isinstance(config, dict) else None
    if not isinstance(kind, str):
        return [f"{CONFIG} names no model_type; take the one that save_pretrained wrote"]
    if kind not in CONFIG_MAPPING:
        own = "; code that a checkpoint brings along is not run" if "auto_map" in config else ""
        return [f"architecture {kind!r} is not known to transformers {transformers.__version__}{own}"]
    if kind not in MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES:
        return [f"architecture {kind!r} has no sequence classification in transformers {transformers.__version__}"]
    if "quantization_config" in config:
        return ["the weights are quantized already; import those that they were made from"]
    return []
