"""A BERT small enough to be trained in a test: random weights, a vocabulary of letters and a few words."""

import string
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from torch import nn
from transformers import BertConfig, BertModel

from moderator.training.rows import Row

WORDS = ("good", "bad", "morning", "rain", "soup", "friend", "fool", "win", "prize", "thank", "you")


def write_encoder(folder: Path) -> Path:
    """An encoder directory as the recipe's encoder has it: config, weights, tokenizer."""
    folder.mkdir(parents=True)
    letters = string.ascii_lowercase + string.digits + string.punctuation
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters), *WORDS]
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=512,
    )
    torch.manual_seed(3)
    model: nn.Module = BertModel(config, add_pooling_layer=False)  # type: ignore[no-untyped-call]
    config.architectures = ["BertModel"]
    config.save_pretrained(folder)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, folder / "model.safetensors")
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106  not a password
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    ends = [("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def written_rows(count: int) -> list[Row]:
    """Rows whose words tell their labels and mood, of many lengths."""
    rows: list[Row] = []
    for number in range(count):
        words = [WORDS[(number * step) % len(WORDS)] for step in range(1, 3 + number % 12)]
        labels = {"toxic": int("fool" in words), "spam": int("prize" in words)} if number % 3 else {}
        sentiment = None if number % 2 else (2 if "good" in words else 0)
        rows.append(Row(" ".join(words), labels, sentiment, "letters"))
    return rows
