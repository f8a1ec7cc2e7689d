"""``bangfu docs``: what was taken in, what it says of itself, and what cleaning did."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.columns import in_columns, shorten
from app.context import Context
from app.desk.desk import Day, Desk, at_desk
from app.desk.publishing import check_may_correct
from app.document_text import before_and_after, description
from ingest.correcting import FIELD_NAMES, By, UnfitValueError, choices_of, put_right, stored_value
from ingest.describing import date_of, place_of
from ingest.intake import FileState, load_files
from ingest.judging import AUTHORITY_NAMES
from knowledge.corrections import load_corrections
from knowledge.documents import Document, count_passages, find_document, load_documents, load_edition
from knowledge.knowledge import Knowledge
from knowledge.standing import Audience, DocumentKind, Stage
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.store import Store

_SHOWN_TITLE = 50
_AUTHORITIES = choices_of("authority")


@click.group(invoke_without_command=True)
@click.option("--retired", is_flag=True, help="列出已撤下的资料。")
@click.pass_context
def command(click_context: click.Context, *, retired: bool) -> None:
    """列出已入库的资料；docs show 看其中一篇，docs correct 更正认错的地方。

    例子：

    \b
      bangfu docs                        全部资料
      bangfu docs show d3a85f597e1       一篇的来历、清理报告和各段落
      bangfu docs show d3a85f597e1 --raw 清理前后的全文
      bangfu docs correct d3a85f597e1 --audience 公开 --as 李玉梅
    """
    if click_context.invoked_subcommand is not None:
        return
    context = click_context.ensure_object(Context)
    store = context.open_store()
    documents = load_documents(store, retired=retired)
    if not documents:
        click.echo("没有撤下的资料。" if retired else "还没有资料。用 bangfu ingest 文件夹 导入。")
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
    lines = before_and_after(store, known, edition) if raw else description(store, known, edition)
    for line in lines:
        click.echo(line)


@command.command("correct")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option("--title", metavar="标题", help="标题。")
@click.option("--publisher", metavar="机构", help="发布机构。")
@click.option("--number", metavar="文号", help="文号。")
@click.option("--index-number", metavar="索引号", help="索引号。")
@click.option("--area", metavar="地点", help="全国、甘肃省/白银市/会宁县 这样的路径，或 不详。")
@click.option("--audience", type=click.Choice([one.value for one in Audience]), metavar="公开|干部|内部", help="读者。")
@click.option("--authority", type=click.Choice(_AUTHORITIES), metavar="|".join(_AUTHORITIES), help="权威性。")
@click.option("--kind", type=click.Choice([one.value for one in DocumentKind]), metavar="类别", help="类别。")
@click.option("--stage", type=click.Choice([one.value for one in Stage]), metavar="阶段", help="阶段。")
@click.option("--written-on", type=Day(), metavar="日期", help="成文日期。")
@click.option("--published-on", type=Day(), metavar="日期", help="发布日期。")
@click.option("--valid-from", type=Day(), metavar="日期", help="施行日期。")
@click.option("--valid-to", type=Day(), metavar="日期", help="最后有效的一天。")
@click.option("--undo", multiple=True, metavar="项目", help="撤回对这一项的更正，如 --undo 读者。可以写几次。")
@at_desk
def correct_document(desk: Desk, documents: tuple[str, ...], *, undo: tuple[str, ...], **given: object) -> None:
    """更正资料认错的地方，可以几篇一起。以后再导入也不会改回去；谁改的、什么时候改的，都留着。

    乡镇、县级、部门的工作人员和管理员可以更正。改了立刻影响检索：谁能看到、算不算现行、是哪里的。

    \b
    例子：
      bangfu docs correct d3a85f597e1 d1f6c20b9a4 --audience 公开 --as 李玉梅
      bangfu docs correct d3a85f597e1 --area 甘肃省/白银市/会宁县 --valid-to 2025-12-31 --as 李玉梅
      bangfu docs correct d3a85f597e1 --undo 读者 --as 李玉梅
    """
    changes = {field: value for field, value in given.items() if value is not None}
    withdrawn = _fields_of(undo)
    if not changes and not withdrawn:
        raise click.UsageError("请写明要更正哪一项，如 --audience 公开。用 --help 看全部项目。")
    check_may_correct(desk.officer)
    for document in documents:
        if find_document(desk.store, document) is None:
            raise click.ClickException(f"没有编号为 {document} 的资料。用 bangfu docs 看全部编号。")
        corrected = load_corrections(desk.store, document).get(document, {})
        if unknown := [FIELD_NAMES[field] for field in withdrawn if field not in corrected]:
            raise click.ClickException(f"资料 {document} 的{'、'.join(unknown)}没有更正过。")
    try:
        values = {field: stored_value(field, str(value), gazetteer_of(desk.store)) for field, value in changes.items()}
    except UnfitValueError as error:
        raise click.ClickException(str(error)) from None
    by = By(str(desk.officer.number), desk.officer.id)
    with transaction(desk.store):
        for document in documents:
            put_right(desk.store, document, values, withdrawn, by=by, now=desk.now)
    Knowledge(click.get_current_context().ensure_object(Context).settings).refresh(desk.store, now=desk.now)
    for field in values:
        click.echo(f"已更正{FIELD_NAMES[field]}。")
    for field in withdrawn:
        click.echo(f"已撤回对{FIELD_NAMES[field]}的更正。")


def _fields_of(names: tuple[str, ...]) -> list[str]:
    """Return the fields of these names, or refuse with the names there are."""
    fields = {name: field for field, name in FIELD_NAMES.items()}
    for name in names:
        if name not in fields:
            raise click.UsageError(f"没有“{name}”这一项。可以写：{'、'.join(fields)}。")
    return [fields[name] for name in dict.fromkeys(names)]


def _rows(store: Store, documents: list[Document]) -> Iterator[tuple[str, ...]]:
    gazetteer = gazetteer_of(store)
    yield ("编号", "地点", "日期", "权威性", "读者", "段落", "标题")
    counts = count_passages(store)
    for document in documents:
        yield (
            document.id,
            place_of(document, gazetteer),
            date_of(store, document),
            AUTHORITY_NAMES[document.authority],
            document.audience,
            str(counts.get(document.id, 0)),
            shorten(document.title, _SHOWN_TITLE),
        )
