"""Newer versions: which document takes another's place, said by an officer and taken back by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ingest.correcting import By
from ingest.versions import Older, likely_older, say_newer, unsay_newer
from knowledge.applicability import may_see
from knowledge.documents import Document, find_document, load_documents
from knowledge.succession import Succession, SuccessionError, load_successions
from knowledge.ties import number_key
from web.knowledge_desk.rights import asker_of, refresh_index
from web.officers.door import Desk

NEITHER = "none"
"""What an officer chooses who finds that a document is no newer version of any."""


@dataclass(frozen=True)
class Word:
    """An officer's word on two documents, with the other one and his name."""

    document: Document
    said: Succession


def older_of(desk: Desk, document: Document) -> list[Older]:
    """Return what a document looks like a newer version of."""
    return likely_older(document, _readable(desk))


def words_on(desk: Desk, document: Document) -> tuple[Word | None, list[Word]]:
    """Return which document took this one's place, and those whose place it took, by an officer's word."""
    known = load_successions(desk.store)
    own = known.get(document.id)
    newer = find_document(desk.store, own.successor) if own is not None else None
    older = [
        Word(other, one)
        for one in known.values()
        if one.successor == document.id and (other := find_document(desk.store, one.predecessor))
    ]
    return (Word(newer, own) if newer is not None and own is not None else None), older


def find_older(desk: Desk, words: str) -> Document | None:
    """Return the one document in use that is meant by an id, a 文号 or a title; None where none or several are."""
    wanted = words.strip().strip("《》")
    found = [
        one
        for one in _readable(desk)
        if wanted and (wanted in (one.id, one.title) or number_key(one.number) == number_key(wanted))
    ]
    return found[0] if len(found) == 1 else None


def offered(desk: Desk, documents: Iterable[Document]) -> dict[str, list[Older]]:
    """Return what each of some documents looks like a newer version of, by its id; those that look like none go."""
    known = _readable(desk)
    return {one.id: likely for one in documents if (likely := likely_older(one, known))}


def undecided(desk: Desk, documents: Iterable[Document], likely: Mapping[str, Sequence[Older]]) -> list[Document]:
    """Return those documents of which the form does not say whether they are newer versions, though they look it."""
    return [
        one
        for one in documents
        if one.id in likely
        and desk.form.text(f"older-{one.id}") not in {NEITHER, *(other.document.id for other in likely[one.id])}
    ]


def chosen(desk: Desk, likely: Mapping[str, Sequence[Older]]) -> Mapping[str, str]:
    """Return what the form says, by the newer document's id; those that are nobody's newer version are left out."""
    said = {newer: desk.form.text(f"older-{newer}") for newer in likely}
    return {newer: older for newer, older in said.items() if older != NEITHER}


def declare(desk: Desk, newer: str, older: str) -> None:
    """Record that a document takes another's place, in the open transaction."""
    say_newer(desk.store, newer, older, by=By(str(desk.officer.number), desk.officer.id), now=desk.now)


def take_place(desk: Desk, document: Document) -> tuple[Response | None, str]:
    """Let a document take the place of the one that the form names; return where to go on, or what is wrong."""
    older = find_older(desk, desk.form.text("older"))
    if older is None:
        return None, "没有找到这样一篇在用的资料，或者不止一篇。请写旧文件的文号、标题或编号（编号在资料页最上面）。"
    try:
        with desk.writing():
            declare(desk, document.id, older.id)
            said = f"定了：这一篇是《{older.title}》的新版本，旧的留作历史。索引更新完就照新的答。"
            answer = desk.done(f"/desk/knowledge/documents/{document.id}", said)
    except SuccessionError:
        return None, "不能这样定：那一篇就是这一篇，或者已经是它的新版本。"
    refresh_index(desk.site)
    return answer, ""


def give_back(desk: Desk, document: Document) -> Response:
    """Let a document count for itself again."""
    with desk.writing():
        unsay_newer(desk.store, document.id, by=By(str(desk.officer.number), desk.officer.id), now=desk.now)
        answer = desk.done(f"/desk/knowledge/documents/{document.id}", "改回来了：这一篇自己算数。索引更新完就能答。")
    refresh_index(desk.site)
    return answer


def _readable(desk: Desk) -> list[Document]:
    return [one for one in load_documents(desk.store) if may_see(asker_of(desk.officer), one.audience)]
