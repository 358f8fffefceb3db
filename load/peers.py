"""What else could be run in the agent's place: names, speed, and the quality that is recorded of it. Pure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

QUALITY = Path(__file__).parents[1] / "models" / "peers.json"
QUALITY_FIGURES = ("TweetEval offensive, macro-F1", "SST-2 dev, accuracy")

PIPELINE = "transformers pipeline, fp32"
PLAIN_LOOP = "aiokafka loop round the pipeline"
ONNX_FP32 = "ONNX Runtime, fp32"
LINEAR = "TF-IDF, linear"
VADER = "VADER"

_IN_PEERS_JSON = {PIPELINE: "fp32", PLAIN_LOOP: "fp32", ONNX_FP32: "fp32", LINEAR: LINEAR, VADER: VADER}


@dataclass(frozen=True, slots=True)
class Peer:
    """Texts or messages a second, and at which batch size where it takes batches."""

    name: str
    rate: float
    batch_size: int | None = None
    over_kafka: bool = False

    def document(self) -> dict[str, object]:
        """As JSON takes it, with its recorded quality beside."""
        return asdict(self) | {"quality": quality(_IN_PEERS_JSON[self.name])}


def quality(model: str, recorded: Path = QUALITY) -> dict[str, float]:
    """Held-out figures of a model of peers.json, for the page: speed alone says little."""
    figures = json.loads(recorded.read_text(encoding="utf-8"))["models"][model]["figures"]
    return {name: figures[name] for name in QUALITY_FIGURES if name in figures}
