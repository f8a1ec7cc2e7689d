"""``bangfu knowledge``: the index and the confidence of answers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from app.context import Context
from app.evaluation.labelled import tuning_questions
from app.indexed import open_knowledge
from app.progress import progress_bar
from bot.memory.answers import load_unanswered
from knowledge.calibrating import Ground, Quality, refit
from knowledge.calibration_file import OWN_FILE, write_calibration
from knowledge.entries import EntryError, check_entries, due_for_review, load_starter
from knowledge.entry_store import load_entries
from knowledge.generations import live_generation
from knowledge.unanswered import Cluster, cluster
from language.masking import mask
from storage.areas import gazetteer_of
from storage.times import local_date

# How many of the latest unanswered questions are looked at: embedding each takes some 20 ms.
_LATEST: Final = 1000


@click.group()
def command() -> None:
    """索引和答案的把握。

    例子：

    \b
      bangfu knowledge index       有变动就更新索引
      bangfu knowledge status      现在用的索引
      bangfu knowledge check       检查问答条目
      bangfu knowledge unanswered  没答上来的问题
      bangfu knowledge calibrate   资料换了以后，重新拟合“有几成把握”
    """


@command.command()
@click.pass_obj
def index(context: Context) -> None:
    """让索引跟上资料和问答条目的变动；没有变动就什么也不做。

    例子：

    \b
      bangfu knowledge index
    """
    knowledge, store = open_knowledge(context)
    with progress_bar("更新索引", quiet=context.quiet) as progress:
        built = knowledge.refresh(store, now=datetime.now(UTC), progress=progress)
    state = f"新算 {built.embedded} 条，沿用 {built.carried} 条" if built.changed else "没有变动"
    click.echo(f"第 {built.generation.number} 代索引，共 {built.generation.size} 条：{state}。")


@command.command()
@click.pass_obj
def status(context: Context) -> None:
    """显示现在用的索引和把握的拟合日期。

    例子：

    \b
      bangfu knowledge status
    """
    knowledge, store = open_knowledge(context)
    live = live_generation(store)
    assert live is not None, "open_knowledge builds an index"
    calibration = knowledge.calibration(store)
    click.echo(f"索引：第 {live.number} 代，{live.size} 条，模型 {live.model_id}")
    click.echo(
        f"把握：{calibration.fitted_on} 用 {calibration.questions} 个问题拟合，"
        f"低于 {calibration.threshold:.2f} 不回答，模型 {calibration.model_id}"
    )


@command.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def check(context: Context, folder: Path | None) -> None:
    """检查问答条目：写法、日期、出处、用词、长短，同一天同一地有没有两个说法。有毛病退出码是 1。

    不写文件夹，就检查正在用的全部条目（自带的，和工作人员改过的）。写了文件夹，检查里面的 .toml。

    例子：

    \b
      bangfu knowledge check
      bangfu knowledge check 我的问答/
    """
    try:
        entries = load_starter(folder)
    except EntryError as error:
        raise click.ClickException(str(error)) from None
    if folder is None:
        own = {entry.id: entry for entry in load_entries(context.open_store())}
        entries = [own.pop(entry.id, entry) for entry in entries] + list(own.values())
    findings = check_entries(entries)
    for finding in findings:
        click.echo(str(finding))
    today = local_date(datetime.now(UTC))
    for entry in due_for_review(entries, today):
        click.echo(f"条目 {entry.id}：核对到 {entry.checked}，满一年了，请再核一次（不算毛病）")
    groups = Counter(entry.group for entry in entries)
    click.echo("、".join(f"{group} {count} 条" for group, count in groups.items()))
    in_force = sum(entry.holds_on(today) for entry in entries)
    click.echo(f"共 {len(entries)} 条，今天有效 {in_force} 条，毛病 {len(findings)} 处。")
    if findings:
        raise SystemExit(1)


@command.command()
@click.option("-n", "shown", type=click.IntRange(1, 1000), default=20, show_default=True, help="最多显示几组。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，带每一组的全部问法。")
@click.pass_obj
def unanswered(context: Context, *, shown: int, as_json: bool) -> None:
    """没答上来的问题：问得差不多的归成一组，问得多的在前。姓名电话等已遮住。编号不变，可以拿来分工。

    例子：

    \b
      bangfu knowledge unanswered
      bangfu knowledge unanswered -n 100 --json
    """
    knowledge, store = open_knowledge(context)
    groups = cluster(load_unanswered(store, limit=_LATEST), knowledge.embedder)[:shown]
    if as_json:
        click.echo(json.dumps([_as_record(group) for group in groups], ensure_ascii=False, indent=1))
        return
    for group in groups:
        last = group.questions[-1]
        click.echo(f"{group.id}  {group.count} 次，最近 {local_date(last.at)}：{mask(group.questions[0].text)}")
    if not groups:
        click.echo("没有。")


def _as_record(group: Cluster) -> dict[str, Any]:
    questions = [{"at": local_date(one.at).isoformat(), "text": mask(one.text)} for one in group.questions]
    return {"id": group.id, "count": group.count, "questions": questions}


@command.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"写到哪里，默认是数据文件夹里的 {OWN_FILE}。",
)
@click.option("--every", type=click.IntRange(1, 100), default=1, show_default=True, help="每几个问题只用一个，先粗看。")
@click.pass_obj
def calibrate(context: Context, out: Path | None, every: int) -> None:
    """重新拟合排序和“有几成把握”：用调试题和条目自己的问法（干净的、写错的），再用另一套题报告结果。要几分钟。

    例子：

    \b
      bangfu knowledge calibrate
    """
    knowledge, store = open_knowledge(context)
    entries = load_entries(store)
    ground = Ground(
        retriever=knowledge.retriever,
        snapshot=knowledge.snapshot(store),
        entries=entries,
        gazetteer=gazetteer_of(store),
        questions=tuning_questions(entries),
        every=every,
    )
    with progress_bar("拟合", quiet=context.quiet) as show:
        refitted = refit(
            ground,
            dense_weight=context.settings.knowledge.dense_weight,
            as_of=local_date(datetime.now(UTC)),
            progress=show,
        )
    path = out or context.settings.data_path / OWN_FILE
    write_calibration(refitted.calibration, path)
    fitted = refitted.calibration
    click.echo(f"{fitted.threshold:.2f} 以上回答，{fitted.clarify:.2f} 以上反问，再低就说不知道。已写入 {path}")
    for name, quality in (("调试题（交叉验证）", refitted.tuned), ("报告题", refitted.reported)):
        click.echo(_line(name, quality))


def _line(name: str, quality: Quality) -> str:
    return (
        f"{name}（{quality.questions} 个）：能答的答了 {quality.coverage:.1%}，答错占答出的 {quality.risk:.1%}，"
        f"该拒的拒了 {quality.refused:.1%}，把握的均方误差 {quality.brier:.3f}"
    )
