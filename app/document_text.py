"""A document as the command line shows it: particulars with their proof, cleaning, ties, editions, passages."""

from __future__ import annotations

from collections.abc import Iterator

from app.columns import in_columns
from cases.errors import CasesError
from cases.officers import find_officer
from ingest.correcting import FIELD_NAMES
from ingest.describing import place_of
from ingest.intake import load_raw
from ingest.judging import AUTHORITY_NAMES
from ingest.report import CleaningReport
from knowledge.corrections import Correction, load_corrections
from knowledge.documents import Document, Edition, Passage, find_document, load_passages, load_readings
from knowledge.standing import Authority
from knowledge.ties import Relation, load_relations, relations_naming
from places.gazetteer import Gazetteer, Level
from storage.areas import gazetteer_of
from storage.store import Store
from storage.times import from_text, local_date

_LEVELS = {
    Level.NATION: "国家",
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡镇",
    Level.VILLAGE: "村级",
}
_PAST = {"废止": "被废止", "替代": "被替代", "修订": "被修订"}


def description(store: Store, document: Document, edition: Edition) -> Iterator[str]:
    """Yield everything that is known of a document, line by line."""
    report = CleaningReport.from_json(edition.cleaning_report)
    gazetteer = gazetteer_of(store)
    corrections = load_corrections(store, document.id).get(document.id, {})
    yield document.title
    yield ""
    yield from in_columns([(f"{name}：", value or "没有写明") for name, value in _particulars(document, gazetteer)])
    if corrections:
        yield from ("", "人工更正：")
        yield from (f"  {_corrected(store, one, gazetteer)}" for one in corrections.values())
    yield from _ties(store, document)
    yield from ("", "凭据（把握）：")
    for found in report.found:
        yield f"  {found.name} {found.value}：{found.where}“{found.evidence}”（{found.confidence:.0%}）"
    yield from cleaning(report)
    yield from ("", "版本：")
    for reading in load_readings(store, document.id):
        yield f"  {local_date(reading.read_at)} 读入，{reading.characters} 字，文件指纹 {reading.source_hash[:12]}"
    passages = load_passages(store, document.id)
    yield from ("", f"段落（{len(passages)}）：")
    for passage in passages:
        yield from _passage(passage)


def cleaning(report: CleaningReport) -> Iterator[str]:
    """Yield what cleaning dropped, and why."""
    yield from ("", "清理报告：")
    for dropped in report.dropped:
        samples = "；".join(dropped.samples)
        yield f"  去掉 {dropped.reason}：{dropped.pieces} 处，{dropped.characters} 字，例如“{samples}”"
    yield f"  接上断行：{report.joined} 处"
    yield f"  缺字（无法复原，已标出）：{len(report.lost)} 处"
    yield from (f"    …{context}…" for context in report.lost)
    yield from (f"  注意：{note}" for note in report.notes)


def before_and_after(store: Store, document: Document, edition: Edition) -> Iterator[str]:
    """Yield a file's whole text as it was, then the document cleaned, in its own script and in Simplified."""
    raw = load_raw(store, document.source)
    yield from ("====== 清理前（整个文件） ======", raw, "====== 清理后（原文字形） ======", edition.original)
    yield from ("====== 清理后（简体，用于检索） ======", edition.text)


def _particulars(document: Document, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    yield ("编号", document.id)
    yield ("文件", document.source)
    for field, name in FIELD_NAMES.items():
        if field == "title":
            continue
        value = getattr(document, field)
        if field == "area":
            yield (name, place_of(document, gazetteer))
            yield ("层级", "不详" if value is None else _LEVELS[gazetteer.area(value).level])
        else:
            yield (name, AUTHORITY_NAMES[document.authority] if field == "authority" else str(value or ""))


def _corrected(store: Store, one: Correction, gazetteer: Gazetteer) -> str:
    value = one.value or "没有写明"
    if one.field == "area":
        value = "不详" if one.value is None else gazetteer.path(one.value)
    elif one.field == "authority" and one.value:
        value = AUTHORITY_NAMES[Authority(one.value)]
    try:
        who = find_officer(store, one.by).name
    except CasesError:
        who = f"{one.by} 号工作人员"
    return f"{FIELD_NAMES[one.field]} 改为 {value}（{who}，{local_date(from_text(one.at))}）"


def _ties(store: Store, document: Document) -> Iterator[str]:
    stated = load_relations(store, document.id)
    naming = [one for one in relations_naming(store, document.number, document.title) if one.document != document.id]
    if not stated and not naming:
        return
    yield from ("", "与别的文件：")
    for one in stated:
        yield f"  {one.relation.tie}{_named(one.relation)}：“{one.relation.evidence}”（{one.relation.confidence:.0%}）"
    for one in naming:
        other = find_document(store, one.document)
        if other is not None:
            ended = "" if document.replaced_by != other.id else f"，最后有效日 {document.valid_to or '不详'}"
            yield f"  {_PAST[one.relation.tie]}：《{other.title}》（{other.id}）{ended}"


def _named(relation: Relation) -> str:
    title = f"《{relation.title}》" if relation.title else ""
    return f"{title}{relation.number}"


def _passage(passage: Passage) -> Iterator[str]:
    page = f"，第 {passage.page} 页" if passage.page else ""
    speaker = f"，转述：{passage.speaker}" if passage.speaker else ""
    span = passage.original_span
    yield f"  [{' > '.join(passage.section) or '正文'}]（第 {span.start}—{span.end} 字{page}{speaker}）"
    yield from (f"    {line}" for line in passage.text.split("\n"))
