"""The bridge from villagers' words to official terms: a plain file that officers may add to."""

from __future__ import annotations

import threading
import tomllib
from dataclasses import dataclass
from pathlib import Path

import structlog

from language.normalise import fold

_log = structlog.get_logger()

BUNDLED = Path(__file__).parent / "lexicon.toml"
OWN_FILE = "lexicon.toml"
"""The file in the data folder with an office's own words, read beside the bundled one."""


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names file and remedy."""


@dataclass(frozen=True)
class Term:
    """An official term with what people say for it."""

    official: str
    spoken: tuple[str, ...]


class Lexicon:
    """
    Adds official terms to what people say.

    Files are read again when they change. One that cannot be read leaves the terms as they were and is logged,
    so that a slip of an editor never stops the answers. Threads may share a lexicon.
    """

    def __init__(self, *paths: Path) -> None:
        self._paths = paths
        self._read_at: tuple[float, ...] | None = None
        self._terms: tuple[Term, ...] = ()
        self._lock = threading.Lock()

    def expand(self, text: str) -> tuple[str, ...]:
        """Return the official terms for the spoken words in a text, without those it already uses."""
        folded = fold(text)
        return tuple(
            term.official
            for term in self._current()
            if term.official not in folded and any(word in folded for word in term.spoken)
        )

    def _current(self) -> tuple[Term, ...]:
        changed = tuple(path.stat().st_mtime if path.exists() else 0.0 for path in self._paths)
        with self._lock:
            if changed != self._read_at:
                self._read_at = changed
                try:
                    self._terms = tuple(term for path in self._paths if path.exists() for term in read_terms(path))
                except LexiconError as error:
                    _log.warning("lexicon.unreadable", problem=str(error))
            return self._terms


def read_terms(path: Path) -> list[Term]:
    """
    Read a lexicon file: under ``[terms]`` an official term, and a list of what people say for it.

    Raises:
        LexiconError: If the file is no TOML or of another shape.
    """
    try:
        terms = tomllib.loads(path.read_text(encoding="utf-8")).get("terms")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}：不是正确的 TOML 文件（{error}），请改正后再试") from error
    if not isinstance(terms, dict):
        raise LexiconError(f"{path.name}：没有 [terms] 一节，请写上")
    found = []
    for official, spoken in terms.items():
        if not isinstance(spoken, list) or not all(isinstance(word, str) and word.strip() for word in spoken):
            raise LexiconError(f'{path.name}：“{official}”后面应当是一串说法，例如 ["说法一", "说法二"]')
        found.append(Term(fold(official), tuple(fold(word) for word in spoken)))
    return found
