"""``bangfu ingest``: files and folders become searchable documents."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from app.columns import in_columns
from app.context import Context
from app.progress import progress_bar
from ingest.placing import Placer
from ingest.run import FileResult, Outcome, Summary, ingest
from knowledge.embedder import ModelMissingError
from knowledge.knowledge import Knowledge
from storage.areas import gazetteer_of
from storage.store import Store


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.pass_obj
def command(context: Context, paths: tuple[Path, ...]) -> None:
    """把文件或文件夹里的资料清理好、入库，并更新索引。

    现在能读网页（html）、Word（docx）和文本（txt、md），编码不限。同样的文件再导入一次，什么都不会变；
    文件夹里删掉的文件，对应的资料会撤下。含有身份证号、名册等个人信息的文件不入库，带密级标志的拒绝读取。
    有文件没能入库时，退出码是 1。

    例子：

    \b
      bangfu ingest 文件/                 整个文件夹
      bangfu ingest 通知.html 问答.txt    几个文件
      bangfu ingest 文件/ && bangfu docs  导入后看看入库了什么
    """
    store = context.open_store()
    now = datetime.now(UTC)
    summary = _take_in(context, store, paths, now)
    for line in _report(summary):
        click.echo(line)
    _index(context, store, now)
    if not summary.is_whole:
        raise SystemExit(1)


def _take_in(context: Context, store: Store, paths: tuple[Path, ...], now: datetime) -> Summary:
    with progress_bar("读取文件", quiet=context.quiet) as show:

        def progress(done: int, total: int, _result: FileResult) -> None:
            show(done, total)

        return ingest(store, paths, context.settings.ingest, Placer(gazetteer_of(store)), now=now, progress=progress)


def _index(context: Context, store: Store, now: datetime) -> None:
    try:
        with progress_bar("更新索引", quiet=context.quiet) as show:
            built = Knowledge(context.settings).refresh(store, now=now, progress=show)
    except ModelMissingError as error:
        raise click.ClickException(str(error)) from None
    if built.changed:
        context.say(f"索引已更新：新算 {built.embedded} 条，沿用 {built.carried} 条。")


def _report(summary: Summary) -> list[str]:
    """Return the table of files, what the uploader should know of them, and the counts."""
    shown = [result for result in summary.results if result.outcome is not Outcome.UNCHANGED or result.reason]
    rows = [(result.outcome.value, str(result.passages or ""), result.source, result.reason) for result in shown]
    lines = [line.rstrip() for line in in_columns([("结果", "段落", "文件", "原因"), *rows])] if rows else []
    for result in shown:
        lines += [f"  {result.source}：{note}" for note in result.notes]
    counts = "，".join(f"{outcome.value} {summary.counts[outcome]}" for outcome in Outcome if summary.counts[outcome])
    return [*lines, f"合计：{counts or '没有找到文件'}"]
