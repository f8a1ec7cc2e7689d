"""Bring text of any origin into one spelling, and remember where each character came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from opencc import OpenCC

from language.odd_names import ODD_NAMES

Span: TypeAlias = "tuple[int, int]"
Piece: TypeAlias = "tuple[str, int, int]"

_PUNCTUATION = str.maketrans(",;:?!()", "，；：？！（）")
_KEPT = frozenset("，；：？！（）…“”‘’")
_SMALL_FORMS = range(0xFE10, 0xFE70)  # vertical and small punctuation of CJK typesetting
# CJK Radicals Supplement, which NFKC leaves alone: Unicode's Equivalent_Unified_Ideograph property.
_RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
        "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
        "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
# Nothing but letters, digits, signs and Chinese characters that the folding below leaves as they are.
_PLAIN = re.compile(r"[!-~\u4e00-\u9fff，；：？！（）…“”‘’。、《》〈〉「」『』【】〔〕·—]*")
_BREAK = re.compile("[\n\x0b\x0c\x85\u2028\u2029]")
# What some programs that write PDF put for characters: ⽣ for 生, ⺠ for 民.
_STAND_INS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_MISCONVERTED = re.compile("瞭(?![望哨])")  # what converters to Traditional make of 了
# 著 for 着; in every other word (著作, 显著, a name) it is the Simplified character as well.
_LASTING = re.compile(
    "著(?=[力手眼重想落实急火装陆迷凉床色墨])|(?<=围绕)著|(?<=意味)著|(?<=标志)著|(?<=面临)著"
    "|(?<=[随跟看沿朝向带接靠顺按])著(?![作述名书者])"
)
# The county before its paper's number: 乾民发〔2024〕1号.
_SIGN = re.compile(r"干(?=[\u4e00-\u9fff]{1,5}[〔\[(（]\d{4})")


@dataclass(frozen=True)
class Normalised:
    """Normalised text; ``starts`` and ``ends`` tell the span in the original that each of its characters stands for."""

    text: str
    starts: array[int]
    ends: array[int]

    def original_span(self, start: int, end: int) -> Span:
        """
        Map the span ``start:end`` of the normalised text to the original.

        An empty span maps to an empty span at the place where its next character begins.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} lies outside a text of {len(self.text)} characters")
        if start == end:
            at = self.starts[start] if start < len(self.starts) else self._end
            return at, at
        return self.starts[start], self.ends[end - 1]

    @property
    def _end(self) -> int:
        return self.ends[-1] if self.ends else 0


def normalise(text: str) -> str:
    """
    Return ``text`` in the one spelling that is indexed and understood.

    Control, zero-width and format characters and lone surrogates are gone, compatibility forms and radicals
    are their plain characters, letters and digits are half width, Chinese punctuation stays full width,
    Traditional characters are Simplified, blanks are single and never stand at the edge of a line.
    Case is kept (see ``fold``). Applying it again changes nothing.
    """
    return "\n".join(map(_respelled, _BREAK.split(text))).strip("\n")


def normalise_with_offsets(text: str) -> Normalised:
    """Return ``normalise(text)`` with the span in ``text`` behind each character; long texts take a line at a time."""
    starts, ends = array("L"), array("L")
    spelled: list[str] = []
    breaks: list[int] = []  # since the last line that says anything
    at = 0
    for line in _BREAK.split(text):
        words, offsets = _respelled_with_offsets(line)
        if words:
            kept = breaks if spelled else []
            spelled += ["\n" * len(kept), words]
            starts.extend([*kept, *(at + start for start, _ in offsets)])
            ends.extend([*(place + 1 for place in kept), *(at + end for _, end in offsets)])
            breaks = []
        breaks.append(at + len(line))
        at += len(line) + 1
    return Normalised("".join(spelled), starts, ends)


def fold(text: str) -> str:
    """Return ``text`` normalised and in lower case, for matching only, never for display."""
    return normalise(text).lower()


def mend_radicals(text: str) -> str:
    """Return ``text`` with radicals and compatibility ideographs as the characters they stand for, its script kept."""
    return _STAND_INS.sub(lambda match: _plain(match.group()), text)


def simplify(text: str) -> str:
    """
    Return ``text`` with Traditional characters turned into Simplified ones, phrase by phrase.

    It is as long as before. Names of places stay as they are written: 乾县 is no 干县.
    """
    if not text:
        return text
    simple = _LASTING.sub("着", _MISCONVERTED.sub("了", str(_converter().convert(text))))
    return simple if simple == text else _with_names(text, simple)


def _with_names(text: str, simple: str) -> str:
    """Return ``simple`` with the names put right that conversion took for words."""
    names, mistaken = _odd_names()
    chars = list(simple)
    for match in _SIGN.finditer(simple):
        if text[match.start()] == "乾":
            chars[match.start()] = "乾"
    for match in mistaken.finditer(simple):
        for at, char in enumerate(names[match.group()], match.start()):
            if text[at] == char:
                chars[at] = char
    return "".join(chars)


@cache
def _odd_names() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the odd names by what conversion makes of them, and the pattern that finds those."""
    names = {str(_converter().convert(name)): name for name in ODD_NAMES}
    return names, re.compile("|".join(sorted(names, key=len, reverse=True)))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _respelled(line: str) -> str:
    if _PLAIN.fullmatch(line):  # only the script can change
        return line if simplify(line) == line else _respelled(simplify(line))
    while (again := "".join(piece for piece, _, _ in _pieces(line))) != line:
        line = again
    return line


def _respelled_with_offsets(line: str) -> tuple[str, list[Span]]:
    """Return a line in the one spelling with the span behind each of its characters."""
    offsets = [(at, at + 1) for at in range(len(line))]
    if _PLAIN.fullmatch(line):
        return _respelled(line), offsets
    while True:
        pieces = list(_pieces(line))
        again = "".join(piece for piece, _, _ in pieces)
        if again == line:
            return line, offsets
        offsets = [(offsets[start][0], offsets[end - 1][1]) for piece, start, end in pieces for _ in range(len(piece))]
        line = again


def _pieces(text: str) -> Iterator[Piece]:
    """Yield one pass of the spelling over a line as pieces of new text with the span of ``text`` each replaces."""
    return _simplified(_blanks_tidied(_folded(text)))


def _folded(text: str) -> Iterator[Piece]:
    """Yield the characters of ``text`` in their plain form, combining marks joined to their base."""
    if _PLAIN.fullmatch(text):
        yield from ((char, i, i + 1) for i, char in enumerate(text))
        return
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        plain = _plain(text[start])
        if end > start + 1 and plain:
            plain = unicodedata.normalize("NFKC", plain + text[start + 1 : end])
        yield plain, start, end
        start = end


@cache
def _plain(char: str) -> str:
    """Return the plain form of one character, or nothing where it carries no text."""
    category = unicodedata.category(char)
    if category == "Zs" or char in "\t\r":
        return " "
    if category in {"Cc", "Cf", "Cs", "Cn"} or unicodedata.name(char, "").startswith("VARIATION SELECTOR"):
        return ""
    if char in _KEPT or category == "No":  # "①2024年" must not become "12024年", nor "10²" a hundred and two
        return char
    plain = unicodedata.normalize("NFKC", _RADICALS.get(char, char))
    return plain.translate(_PUNCTUATION) if ord(char) in _SMALL_FORMS else plain


def _blanks_tidied(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of a line with runs of blanks made one, and without blanks at its edges."""
    waiting: list[Piece] = []
    in_text = False
    for piece in pieces:
        if piece[0] == " ":
            if in_text and not waiting:
                waiting.append(piece)
        elif piece[0]:
            yield from waiting
            yield piece
            waiting, in_text = [], True


def _simplified(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces a character each in Simplified, which is as long as the Traditional."""
    chars = [(char, start, end) for text, start, end in pieces for char in text]
    simplified = simplify("".join(char for char, _, _ in chars))
    yield from ((new, start, end) for new, (_, start, end) in zip(simplified, chars, strict=True))
