"""``bangfu docs``: what was taken in, what it says of itself, and what cleaning did."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.columns import in_columns, shorten
from app.context import Context
from ingest.intake import FileState, load_files, load_raw
from ingest.judging import AUTHORITY_NAMES
from ingest.report import CleaningReport
from knowledge.documents import Document, Edition, find_document, load_documents, load_edition, load_passages
from places.gazetteer import Gazetteer
from storage.areas import gazetteer_of
from storage.store import Store

_SHOWN_TITLE = 50


@click.group(invoke_without_command=True)
@click.pass_context
def command(click_context: click.Context) -> None:
    """列出已入库的资料；docs show 看其中一篇。

    例子：

    \b
      bangfu docs                        全部资料
      bangfu docs show d3a85f597e1       一篇的来历、清理报告和各段落
      bangfu docs show d3a85f597e1 --raw 清理前后的全文
    """
    if click_context.invoked_subcommand is not None:
        return
    context = click_context.ensure_object(Context)
    store = context.open_store()
    documents = load_documents(store)
    if not documents:
        click.echo("还没有资料。用 bangfu ingest 文件夹 导入。")
    else:
        for line in in_columns(list(_rows(store, documents))):
            click.echo(line.rstrip())
    kept_out = [file for file in load_files(store) if file.state is not FileState.TAKEN]
    for file in kept_out:
        context.say(f"没有入库：{file.source}：{file.reason}")


@command.command()
@click.argument("document")
@click.option("--raw", is_flag=True, help="显示清理前后的全文。")
@click.pass_obj
def show(context: Context, document: str, *, raw: bool) -> None:
    """看一篇资料：它自己写明了什么、凭哪句话、清理掉了什么、切成了哪些段落。

    例子：

    \b
      bangfu docs show d3a85f597e1
      bangfu docs show d3a85f597e1 --raw
    """
    store = context.open_store()
    known = find_document(store, document)
    edition = load_edition(store, document)
    if known is None or edition is None:
        raise click.ClickException(f"没有编号为 {document} 的资料。用 bangfu docs 看全部编号。")
    lines = _before_and_after(store, known, edition) if raw else _description(store, known, edition)
    for line in lines:
        click.echo(line)


def _rows(store: Store, documents: list[Document]) -> Iterator[tuple[str, ...]]:
    gazetteer = gazetteer_of(store)
    yield ("编号", "地点", "日期", "权威性", "读者", "段落", "标题")
    counts: dict[str, int] = {}
    for passage in load_passages(store):
        counts[passage.document] = counts.get(passage.document, 0) + 1
    for document in documents:
        yield (
            document.id,
            _place(document, gazetteer),
            _date(store, document),
            AUTHORITY_NAMES[document.authority],
            document.audience,
            str(counts.get(document.id, 0)),
            shorten(document.title, _SHOWN_TITLE),
        )


def _description(store: Store, document: Document, edition: Edition) -> Iterator[str]:
    report = CleaningReport.from_json(edition.cleaning_report)
    yield document.title
    yield ""
    particulars = (
        ("编号", document.id),
        ("文件", document.source),
        ("文号", document.number),
        ("索引号", document.index_number),
        ("发布机构", document.publisher),
        ("网址", document.url),
        ("成文日期", str(document.written_on or "")),
        ("发布日期", str(document.published_on or "")),
        ("施行日期", str(document.valid_from or "")),
        ("失效日期", str(document.valid_to or "")),
        ("地点", _place(document, gazetteer_of(store))),
        ("类别", document.kind),
        ("权威性", AUTHORITY_NAMES[document.authority]),
        ("阶段", document.stage),
        ("读者", document.audience),
    )
    yield from in_columns([(f"{name}：", value or "没有写明") for name, value in particulars])
    yield from ("", "凭据：")
    yield from (f"  {found.name} {found.value}：{found.where}“{found.evidence}”" for found in report.found)
    yield from _cleaning(report)
    passages = load_passages(store, document.id)
    yield from ("", f"段落（{len(passages)}）：")
    for passage in passages:
        yield f"  [{' > '.join(passage.section) or '正文'}]"
        yield from (f"    {line}" for line in passage.text.split("\n"))


def _cleaning(report: CleaningReport) -> Iterator[str]:
    yield from ("", "清理报告：")
    for dropped in report.dropped:
        samples = "；".join(dropped.samples)
        yield f"  去掉 {dropped.reason}：{dropped.pieces} 处，{dropped.characters} 字，例如“{samples}”"
    yield f"  接上断行：{report.joined} 处"
    yield f"  缺字（无法复原，已标出）：{len(report.lost)} 处"
    yield from (f"    …{context}…" for context in report.lost)
    yield from (f"  注意：{note}" for note in report.notes)


def _before_and_after(store: Store, document: Document, edition: Edition) -> Iterator[str]:
    raw = load_raw(store, document.source)
    yield from ("====== 清理前（整个文件） ======", raw, "====== 清理后（原文字形） ======", edition.original)
    yield from ("====== 清理后（简体，用于检索） ======", edition.text)


def _place(document: Document, gazetteer: Gazetteer) -> str:
    return "不详" if document.area is None else gazetteer.path(document.area)


def _date(store: Store, document: Document) -> str:
    """Return the day that says which year's text this is, or the year inferred from the text."""
    if document.dated:
        return document.dated.isoformat()
    edition = load_edition(store, document.id)
    report = CleaningReport.from_json(edition.cleaning_report) if edition else CleaningReport()
    return next((f"约{found.value}年" for found in report.found if found.name == "年份"), "不详")
