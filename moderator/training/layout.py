"""Names of the files that the steps hand on in a run's folder, and how texts are read."""

from dataclasses import dataclass

RUN_LOG = "train.jsonl"
DATASET = "dataset.json"
WEIGHTS = "model.safetensors"
TEACHERS = "teachers"  # a folder for each
SOFT_LABELS = "soft.safetensors"
FP32 = "model.fp32.onnx"
OPENVINO_INT8 = "model.openvino.int8.onnx"
CPU_INT8 = "model.cpu.int8.onnx"
TOKENIZER = "tokenizer.json"
CALIBRATION = "calibration.json"
CALIBRATION_FIGURES = "calibration_figures.json"
POLICY = "policy.toml"
GOLDEN = "golden.json"
EVALUATION = "evaluation.json"
PEERS = "peers.json"
TIER_A = "tier_a.json"  # evaluations of two light models: of rows of tier A alone, and of all
CARD = "MODEL_CARD.md"
RELIABILITY = "docs/images/reliability.png"  # beside the model directory

WINDOW_TOKENS = 128
WINDOW_OVERLAP = 32  # a sentence of usual length that a cut goes through is whole in one of the two windows
MAX_WINDOWS = 16  # 1,536 tokens, some 6,000 characters: longer texts are judged by a reviewer, not by their beginning


@dataclass(frozen=True, slots=True)
class Reading:
    """How a model reads texts, in the manifest's words; by default as the shipped one does."""

    window_tokens: int = WINDOW_TOKENS
    window_overlap: int = WINDOW_OVERLAP
    max_windows: int = MAX_WINDOWS
    padding_id: int = 0
    unknown_token: str | None = "[UNK]"  # noqa: S105  no password; None: the tokenizer can spell everything


SHIPPED = Reading()
