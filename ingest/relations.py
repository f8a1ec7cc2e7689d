"""Other documents that a document repeals, replaces or amends, as its own sentences say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.ties import Relation, Tie, number_key, title_key

NUMBER: Final = r"[\u4e00-\u9fff]{1,16}[〔\[(（]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d{1,5}\s*号"
_NAMED: Final = re.compile(
    rf"《(?P<title>(?:[^《》]|《[^《》]*》){{2,90}})》(?:\s*[(（](?P<inside>[^()（）]{{0,40}})[)）])?|(?P<bare>{NUMBER})"
)
_SENTENCE: Final = re.compile(r"[^。；;\n]+")
_CLAUSE: Final = re.compile(r"(?:《[^》]*》|[^，,《])+")
_VERBS: Final = (
    (Tie.REPEALS, re.compile("废止|停止执行|停止施行|不再执行|不再施行|宣布失效|同时失效|即行失效")),
    (Tie.REPLACES, re.compile("代替|替代|取代")),
    (Tie.AMENDS, re.compile("作如下修[改订]|作出如下修[改订]|进行修[改订]|修[改订]如下|予以修[改订]|修[改订]为")),
)
# Somebody else's act, an act that is not done, or the document's own end.
_NOT_HERE: Final = re.compile(
    "已(经|于|被|在)?[^，]{0,12}(废止|失效|停止)|尚未|未被|继续有效|不得|如需|如遇|到期|届满|期满"
)
_GROUNDS: Final = re.compile(r"(根据|按照|依据|依照|参照|结合|落实|贯彻)[^《]{0,12}$")
# A clause that goes on about the documents named before it.
_GOES_ON: Final = re.compile(r"\s*(自|从|同时|一并|即|现|予以|不再|均|由|上述|以上|该)")
_REPEALING_TITLE: Final = re.compile(
    "关于(公布)?(废止|宣布失效|清理|停止执行)|废止.{0,20}(文件|规定|办法).{0,6}(通知|决定|公告)"
)
_AMENDING_TITLE: Final = re.compile(r"关于(修改|修订|调整)《(?P<title>.+?)》")
_REVISED: Final = re.compile(r"\s*[(（](\d{4}年)?修[订改](版|稿)?[)）]\s*$")
_BY_NUMBER, _BY_TITLE, _LISTED, _FROM_BEFORE, _REVISED_TITLE = 0.95, 0.8, 0.9, 0.85, 0.7


@dataclass(frozen=True)
class _Reference:
    """A document named in a text."""

    number: str
    title: str
    start: int
    end: int


def read_relations(text: str, *, title: str, number: str) -> tuple[Relation, ...]:
    """Return what a text says of others; ``title`` and ``number`` are its own, which it never means."""
    found = [*_of_title(title), *_of_sentences(text), *_of_list(text, title)]
    kept: dict[tuple[str, str], Relation] = {}
    for one in found:
        is_own = (one.number and number_key(one.number) == number_key(number)) or (
            not one.number and title_key(one.title) == title_key(title)
        )
        key = (number_key(one.number), "") if one.number else ("", title_key(one.title))
        if not is_own:
            kept.setdefault(key, one)
    return tuple(kept.values())


def _of_title(title: str) -> Iterator[Relation]:
    if amended := _AMENDING_TITLE.search(title):
        yield Relation(Tie.AMENDS, "", amended["title"], title, -1, _BY_TITLE)
    elif revised := _REVISED.search(title):
        yield Relation(Tie.REPLACES, "", title[: revised.start()], title, -1, _REVISED_TITLE)


def _of_sentences(text: str) -> Iterator[Relation]:
    for sentence in _SENTENCE.finditer(text):
        for tie, verb in _VERBS:
            act = verb.search(sentence.group())
            if act is None or _NOT_HERE.search(sentence.group()):
                continue
            named, from_before = _objects(sentence.group(), act.start())
            for one in named:
                confidence = _FROM_BEFORE if from_before else _BY_NUMBER if one.number else _BY_TITLE
                yield _relation(tie, one, sentence.group().strip(), sentence.start(), confidence)


def _objects(sentence: str, act: int) -> tuple[list[_Reference], bool]:
    """Return the documents that a verb is about: those of its clause, else of the clause it goes on from."""
    clauses = list(_CLAUSE.finditer(sentence))
    at = next((place for place, clause in enumerate(clauses) if clause.start() <= act < clause.end()), 0)
    named = _references(clauses[at].group(), clauses[at].start())
    if named or not _GOES_ON.match(clauses[at].group()):
        return named, False
    for clause in reversed(clauses[:at]):
        named = _references(clause.group(), clause.start())
        if named:
            return named, True
    return [], False


def _of_list(text: str, title: str) -> Iterator[Relation]:
    """Yield every document that a decision to repeal lists."""
    if not _REPEALING_TITLE.search(title):
        return
    for line in re.finditer(r"[^\n]+", text):
        is_item = re.match(r"\s*([(（]?\d{1,3}[)）.、．]|[一二三四五六七八九十]{1,3}、|序号)", line.group())
        if is_item and not _NOT_HERE.search(line.group()):
            for one in _references(line.group(), 0):
                yield _relation(Tie.REPEALS, one, line.group().strip(), line.start(), _LISTED)


def _references(clause: str, offset: int) -> list[_Reference]:
    """Return the documents that a clause names, but for those it rests on."""
    found: list[_Reference] = []
    grounds = False
    for match in _NAMED.finditer(clause):
        before = clause[found[-1].end - offset if found else 0 : match.start()]
        grounds = bool(_GROUNDS.search(before)) or (grounds and before.strip() in {"", "、", "和", "及"})
        if grounds:
            continue
        if match["bare"] and found and not before.strip(" 、(（"):
            continue  # the number of the title before it
        inside = re.search(NUMBER, match["inside"] or "")
        number = match["bare"] or (inside.group() if inside else "")
        found.append(
            _Reference(_bare_number(number), match["title"] or "", match.start() + offset, match.end() + offset)
        )
    return found


def _bare_number(number: str) -> str:
    """Return a 文号 without words of the sentence that ran into its agency: 原会政发… is 会政发…."""
    return number_key(re.sub(r"^(原|将|对|废止|替代|代替|取代|及|和|与|的|以)+", "", number))


def _relation(tie: Tie, one: _Reference, evidence: str, start: int, confidence: float) -> Relation:
    return Relation(tie, one.number, one.title, evidence[:200], start, confidence)
