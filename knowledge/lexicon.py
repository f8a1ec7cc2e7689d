"""The bridge from villagers' words to official terms: a plain file that officers may add to."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
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
    """A word with what people say for it."""

    word: str
    spoken: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """One file's words: ``terms`` are official terms that are added to what people say, ``plain`` replace dialect."""

    terms: tuple[Term, ...] = ()
    plain: tuple[Term, ...] = ()


class Lexicon:
    """
    Adds official terms to what people say, and puts plain words for dialect.

    Files are read again when they change. One that cannot be read leaves its words as they were and is logged,
    so that a slip of an editor never stops the answers. Threads may share a lexicon.
    """

    def __init__(self, *paths: Path) -> None:
        self._paths = paths
        self._read_at: dict[Path, float] = {}
        self._words: dict[Path, Words] = {}
        self._lock = threading.Lock()

    def expand(self, text: str) -> tuple[str, ...]:
        """Return the official terms for the spoken words in a text, without those it already uses."""
        folded = fold(text)
        return tuple(
            term.word
            for term in self._current().terms
            if term.word not in folded and any(word in folded for word in term.spoken)
        )

    def plain(self, text: str) -> str:
        """Return a text with plain words for dialect, the longest first."""
        spoken = {word: term.word for term in self._current().plain for word in term.spoken if word in text}
        for word in sorted(spoken, key=len, reverse=True):
            text = text.replace(word, spoken[word])
        return text

    def officials(self) -> tuple[str, ...]:
        """Return the official terms: what people may type by their initials."""
        return tuple(term.word for term in self._current().terms)

    def _current(self) -> Words:
        with self._lock:
            for path in self._paths:
                changed = path.stat().st_mtime if path.exists() else 0.0
                if changed != self._read_at.get(path):
                    self._read_at[path] = changed
                    self._read(path)
            every = [self._words[path] for path in self._paths if path in self._words]
            return Words(
                tuple(term for words in every for term in words.terms),
                tuple(term for words in every for term in words.plain),
            )

    def _read(self, path: Path) -> None:
        try:
            self._words[path] = read_words(path) if path.exists() else Words()
        except LexiconError as error:
            _log.warning("lexicon.unreadable", problem=str(error))


def read_words(path: Path) -> Words:
    """
    Read a lexicon file: under ``[terms]`` an official term and a list of what people say for it, under ``[words]``
    (which may be missing) a plain word and a list of its dialect words.

    Raises:
        LexiconError: If the file is no TOML or of another shape.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}：不是正确的 TOML 文件（{error}），请改正后再试") from error
    if not isinstance(content.get("terms", content.get("words")), dict):
        raise LexiconError(f"{path.name}：没有 [terms] 或 [words] 一节，请写上")
    return Words(*(tuple(_terms(content.get(section, {}), path)) for section in ("terms", "words")))


def _terms(section: object, path: Path) -> Iterator[Term]:
    if not isinstance(section, dict):
        raise LexiconError(f"{path.name}：[terms] 和 [words] 下面应当一行一个词，请改正")
    for word, spoken in section.items():
        if not isinstance(spoken, list) or not all(isinstance(one, str) and one.strip() for one in spoken):
            raise LexiconError(f'{path.name}：“{word}”后面应当是一串说法，例如 ["说法一", "说法二"]')
        yield Term(fold(word), tuple(fold(one) for one in spoken))
