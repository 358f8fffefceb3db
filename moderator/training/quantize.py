"""The fp32 graph to int8: NNCF's static quantization, written once for OpenVINO and once for ONNX Runtime on CPU.

Both hold the same int8 weights, embedding table and fixed ranges of activations, so a text's scores do not depend on
what runs beside it. ONNX Runtime's dynamic quantization takes the ranges from the whole batch instead: on the texts of
the golden set the same text's scores differed by up to .097 between one batch and another (mean difference from fp32
.0076 with a scale a channel, .0083 with reduce_range too, .017 with one scale a matrix; this form: .0040), and it was
no faster. A verdict that can be reproduced must not know its neighbours.

Weights use seven of their eight bits. With all eight, sums of products overflow on processors without VNNI: on OpenVINO
kept to AVX2 a golden score moved by .10, now by .016. The mean difference from fp32 over the held-out texts is .0065 in
place of .0048.
"""

import contextlib
import io
import logging
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx

from moderator.errors import ConfigError
from moderator.inference.tokens import Tokenizer
from moderator.training.int8_graph import drop_idle_rounding, look_up_int8_rows, multiply_integers
from moderator.training.layout import (
    CPU_INT8,
    FP32,
    OPENVINO_INT8,
    SHIPPED,
    TOKENIZER,
    Reading,
)
from moderator.training.onnx_file import save_graph
from moderator.training.packed_graph import pack_windows

LARGEST_BYTES = 24_000_000  # the shipped 22.7 million weights and their scales; more: something stayed in fp32
RANGE_BATCHES = 300  # with 60, scores were a sixth farther from fp32, and threat lost 1.3 points of average precision
RANGE_BATCH_TEXTS = 16
RANGE_SEED = 7


def quantize(
    run: Path,
    texts: Sequence[str],
    reading: Reading = SHIPPED,
    largest_bytes: int | None = LARGEST_BYTES,
    *,
    packed: bool = True,
) -> None:
    """Write both int8 variants of the fp32 graph in `run`; the activations' ranges are those seen on `texts`. The
    variant for OpenVINO reads several windows in a row where it is `packed`, as graphs that `export` made can be.

    Raises ConfigError when the graph is missing or a variant comes out larger than `largest_bytes`.
    """
    if not (run / FP32).is_file():
        raise ConfigError([f"{run / FP32}: no such file; run the export step first"])
    os.environ["NNCF_CI"] = "1"  # NNCF reports its use to its makers unless told not to, when it is imported
    import nncf  # noqa: PLC0415

    nncf.set_log_level(logging.ERROR)
    batches = range_batches(texts, run / TOKENIZER, reading)
    with contextlib.redirect_stdout(sys.stderr if sys.stderr.isatty() else io.StringIO()):  # its progress bars
        quantized: onnx.ModelProto = nncf.quantize(
            onnx.load(run / FP32),
            nncf.Dataset(batches),
            model_type=nncf.ModelType.TRANSFORMER,  # SmoothQuant, symmetric activations; norms and softmax stay fp32
            subset_size=len(batches),
            advanced_parameters=nncf.AdvancedQuantizationParameters(overflow_fix=nncf.OverflowFix.ENABLE),
        )
    look_up_int8_rows(quantized)
    for_openvino = onnx.ModelProto()
    for_openvino.CopyFrom(quantized)
    if packed:
        pack_windows(for_openvino)
    _save(for_openvino, run / OPENVINO_INT8, largest_bytes)
    multiply_integers(quantized)
    drop_idle_rounding(quantized)
    _save(quantized, run / CPU_INT8, largest_bytes)


def range_batches(
    texts: Sequence[str], tokenizer_file: Path, reading: Reading = SHIPPED
) -> list[dict[str, npt.NDArray[np.int64]]]:
    """About 300 batches of texts of like length, drawn from `texts` by a fixed seed: the inputs whose ranges count."""
    drawn = random.Random(RANGE_SEED).sample(texts, min(len(texts), RANGE_BATCHES * RANGE_BATCH_TEXTS))
    tokenizer = Tokenizer(
        tokenizer_file, reading.window_tokens, reading.window_overlap, reading.max_windows, reading.unknown_token
    )
    windows = sorted((tokens.windows[0] for tokens in tokenizer.encode(drawn)), key=len)
    batches: list[dict[str, npt.NDArray[np.int64]]] = []
    for first in range(0, len(windows), RANGE_BATCH_TEXTS):
        chosen = windows[first : first + RANGE_BATCH_TEXTS]
        ids = np.full((len(chosen), len(chosen[-1])), reading.padding_id, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(chosen):
            ids[row, : len(window)] = window
            mask[row, : len(window)] = 1
        batches.append({"input_ids": ids, "attention_mask": mask})
    return batches


def _save(model: onnx.ModelProto, path: Path, largest_bytes: int | None) -> None:
    save_graph(model, path)
    size = path.stat().st_size
    if largest_bytes is not None and size > largest_bytes:
        raise ConfigError([f"{path}: {size} bytes, at most {largest_bytes} expected: a part of it stayed in fp32"])
