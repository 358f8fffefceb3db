"""Checkpoints of other architectures, small enough to be made in a test: random weights, a few words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    DistilBertConfig,
    DistilBertForSequenceClassification,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
)

from tests.unit.training.written import write_lines

# Most are among German's commonest, so that an English language check would not let the texts through.
WORDS = ("nicht", "warum", "immer", "garten", "danke", "können", "schön", "morgen", "werden", "wieder")
SIZE = 32
LAYERS = 2
HEADS = 4
SPREAD = 0.3  # of the weights: logits then differ as a trained model's do

ProblemType = Literal["single_label_classification", "multi_label_classification"] | None
Logits = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Tiny:
    """A checkpoint's folder, and the model and tokenizer in it."""

    folder: Path
    model: Any  # of transformers
    tokenizer: Tokenizer

    def logits(self, lines: Sequence[str]) -> Logits:
        """What torch says of each text alone [texts, outputs]."""
        rows = [torch.tensor([self.tokenizer.encode(line).ids]) for line in lines]
        with torch.no_grad():
            return np.concatenate([self.model(input_ids=ids, attention_mask=ids * 0 + 1).logits for ids in rows])


def texts(count: int) -> list[str]:
    """Texts of two to nine words, no two alike."""
    return [
        " ".join(
            [WORDS[(number * step + step * step) % len(WORDS)] for step in range(1, 2 + number % 8)] + [str(number)]
        )
        for number in range(count)
    ]


def write_rows(path: Path, tiny: Tiny, columns: dict[str, int], moods: Sequence[int] = (), count: int = 240) -> Path:
    """Rows that carry a label where the checkpoint's logit in its column is above the median, but for some, and the
    mood whose logit, in the columns `moods`, is highest above its median.
    """
    lines = texts(count)
    logits = tiny.logits(lines)
    raised = logits - np.median(logits, axis=0)
    flipped = np.arange(count) % 9 == 0
    return write_lines(
        path,
        (
            {
                "text": line,
                "labels": {
                    label: int((raised[number, column] > 0) ^ flipped[number]) for label, column in columns.items()
                },
                "sentiment": (int(raised[number, list(moods)].argmax()) + int(flipped[number])) % 3 if moods else None,
            }
            for number, line in enumerate(lines)
        ),
    )


def distilbert(folder: Path, names: Sequence[str], problem_type: ProblemType) -> Tiny:
    """A DistilBERT with a WordPiece vocabulary."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))  # noqa: S106  no password
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    trainer = trainers.WordPieceTrainer(vocab_size=150, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(texts(200), trainer)
    config = DistilBertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        dim=SIZE,
        hidden_dim=2 * SIZE,
        n_layers=LAYERS,
        n_heads=HEADS,
        initializer_range=SPREAD,
        id2label=dict(enumerate(names)),
        label2id={name: number for number, name in enumerate(names)},
        problem_type=problem_type,
    )
    torch.manual_seed(5)
    return _write(folder, DistilBertForSequenceClassification(config), tokenizer, "[CLS]", "[SEP]")


def xlm_roberta(folder: Path, names: Sequence[str], problem_type: ProblemType, positions: int = 98) -> Tiny:
    """An XLM-RoBERTa with a Unigram vocabulary; its positions begin behind the padding id: it reads `positions` - 2."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=150, special_tokens=special, unk_token="<unk>", show_progress=False)  # noqa: S106
    tokenizer.train_from_iterator(texts(200), trainer)
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=SIZE,
        intermediate_size=2 * SIZE,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        max_position_embeddings=positions,
        type_vocab_size=1,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        initializer_range=SPREAD,
        id2label=dict(enumerate(names)),
        label2id={name: number for number, name in enumerate(names)},
        problem_type=problem_type,
    )
    torch.manual_seed(8)
    model: Any = XLMRobertaForSequenceClassification
    return _write(folder, model(config), tokenizer, "<s>", "</s>")


def _write(folder: Path, model: Any, tokenizer: Tokenizer, start: str, end: str) -> Tiny:
    ends = [(token, tokenizer.token_to_id(token)) for token in (start, end)]
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{start} $A {end}", special_tokens=ends)
    model.eval().save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return Tiny(folder, model, tokenizer)
