"""``bangfu ingest``: files and folders become searchable documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from app.columns import in_columns
from app.context import Context
from app.desk.desk import refusals_in_words, sign_today
from app.desk.publishing import check_may_correct, how_to_publish, publish
from app.progress import progress_bar
from app.watching import keep_up
from cases.actors import Officer
from cases.officers import find_officer
from ingest.placing import Placer
from ingest.publishing import perhaps_published
from ingest.run import FileResult, Outcome, Summary, ingest
from knowledge.embedder import ModelMissingError
from knowledge.knowledge import Knowledge
from storage.areas import gazetteer_of
from storage.scratch import scratch_copy
from storage.store import Store


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看看会怎样，什么都不存。")
@click.option("--watch", is_flag=True, help="导入以后守着这些文件夹，有变动就再导入、更新索引；按 Ctrl-C 停下。")
@click.option("--public", is_flag=True, help="这些文件都公开发布过：看不出来的，也让村民查得到。要同时写 --as。")
@click.option("--as", "who", metavar="编号或姓名", help="是哪位工作人员说的（乡镇、县级、部门或管理员）。")
@click.pass_obj
def command(
    context: Context, paths: tuple[Path, ...], *, dry_run: bool, watch: bool, public: bool, who: str | None
) -> None:
    """把文件或文件夹里的资料清理好、入库，并更新索引。

    能读哪些格式见 docs/ingest.md，编码不限，按内容认格式。同样的文件再导入一次，什么都不会变；文件夹里删掉的文件，
    对应的资料会撤下。含有身份证号、名册等个人信息的文件不入库，带密级标志的拒绝读取。
    政府网站上的通知、政策直接给村民看；看不出公开发布过的只供内部，--public 说明它们公开发布过。
    有文件没能入库时，退出码是 1。中途断了，再运行一次接着做。

    例子：

    \b
      bangfu ingest 文件/                 整个文件夹
      bangfu ingest 通知.html 问答.txt    几个文件
      bangfu ingest 文件/ --dry-run       先看看会怎样
      bangfu ingest 文件/ --watch         一直守着，服务不用停
      bangfu ingest 文件/ --public --as 李玉梅
      bangfu ingest 文件/ && bangfu docs  导入后看看入库了什么
    """
    if dry_run and watch:
        raise click.UsageError("--dry-run 和 --watch 只能写一个。")
    if public != (who is not None):
        raise click.UsageError("--public 和 --as 要一起写：说明是谁说的公开。")
    if watch and (missing := [path for path in paths if not path.exists()]):
        raise click.ClickException(f"没有这个文件或文件夹，守不了：{'、'.join(map(str, missing))}")
    store = context.open_store()
    job = _Job(context, paths, _officer(store, who) if who else None)
    if watch:
        context.say("守着这些文件夹，有变动就更新。按 Ctrl-C 停下，正在做的会先做完。")
        keep_up(lambda: _update(job, store), paths)
        return
    if dry_run:
        with scratch_copy(store) as scratch:
            summary = _take_in(job, scratch, datetime.now(UTC))
        click.echo("以上是试运行，什么都没有存。")
    else:
        summary = _update(job, store)
    if not summary.is_whole:
        raise SystemExit(1)


@dataclass(frozen=True)
class _Job:
    """What is taken in, and on whose word its documents count as published; None: nobody's."""

    context: Context
    paths: tuple[Path, ...]
    officer: Officer | None


def _officer(store: Store, who: str) -> Officer:
    with refusals_in_words():
        officer = find_officer(store, who)
    check_may_correct(officer)
    return officer


def _update(job: _Job, store: Store) -> Summary:
    """Take in the files, say what came of them, and refresh the index."""
    now = datetime.now(UTC)
    summary = _take_in(job, store, now)
    if job.officer:
        sign_today(job.context, store)
    _index(job.context, store, now)
    return summary


def _take_in(job: _Job, store: Store, now: datetime) -> Summary:
    """Take in the files, make public what the officer says was published, and say what came of all."""
    with progress_bar("读取文件", quiet=job.context.quiet) as show:

        def progress(done: int, total: int, _result: FileResult) -> None:
            show(done, total)

        limits, placer = job.context.settings.ingest, Placer(gazetteer_of(store))
        summary = ingest(store, job.paths, limits, placer, now=now, progress=progress)
    if job.officer:
        made = publish(store, job.officer, {result.source for result in summary.results}, now=now)
        said = [f"按{job.officer.name}说的，公开 {len(made)} 份，村民查得到。"] if made else []
    else:
        new = {result.source for result in summary.results if result.outcome in {Outcome.ADDED, Outcome.CHANGED}}
        said = how_to_publish(perhaps_published(store, new))
    *table, counts = _report(summary)
    click.echo("\n".join([*table, *said, counts]))
    return summary


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
