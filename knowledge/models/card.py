"""What a built model folder says of itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

CARD_FILE = "model.json"
MODEL_FILE = "model.onnx"
VOCABULARY_FILE = "vocabulary.json"


@dataclass(frozen=True)
class ModelCard:
    """
    Identity of a model folder.

    ``model_id`` is stored with every index built by the model; vectors of different ids are never mixed.
    ``weights`` is the SHA-256 of the file that the model was built from.
    """

    model_id: str
    dimension: int
    query_prefix: str
    passage_prefix: str
    weights: str
    licence: str


def read_card(folder: Path) -> ModelCard | None:
    """Return the card of a model folder, or None when the folder holds no finished model."""
    path = folder / CARD_FILE
    if not path.is_file():
        return None
    return ModelCard(**json.loads(path.read_text(encoding="utf-8")))


def write_card(card: ModelCard, folder: Path) -> None:
    """Write the card into a model folder."""
    text = json.dumps(asdict(card), ensure_ascii=False, indent=2)
    (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")
