"""Folders made on the spot: a tiny BERT over Chinese characters with drawn weights, as embedder and cross-encoder."""

from __future__ import annotations

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer


def build_tiny(folder: Path) -> Path:
    """Write an embedder's folder and return it. The weights mean nothing; loading and running them is real."""
    parts = folder.with_name("parts")
    shape = _begin(parts)
    BertModel(shape).save_pretrained(parts)
    words = Transformer(str(parts), max_seq_length=512)
    SentenceTransformer(modules=[words, Pooling(32)]).save(str(folder))
    return folder


def build_tiny_cross_encoder(folder: Path) -> Path:
    """Write a cross-encoder's folder and return it."""
    shape = _begin(folder)
    shape.num_labels = 1
    BertForSequenceClassification(shape).save_pretrained(folder)
    return folder


def _begin(folder: Path) -> BertConfig:
    """Write the tokenizer and return the model's shape."""
    folder.mkdir()
    characters = [chr(code) for code in (*range(0x21, 0x7F), *range(0x4E00, 0x9FA6), *range(0xFF01, 0xFF5F))]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "。", "？", "，", *characters]), encoding="utf-8"
    )
    BertTokenizer(str(vocabulary)).save_pretrained(folder)
    torch.manual_seed(7)
    return BertConfig(
        vocab_size=8 + len(characters),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
    )
