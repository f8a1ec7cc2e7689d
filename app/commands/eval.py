"""``bangfu eval``: how right the assistant is, on questions that it was not made from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from app.columns import in_columns
from app.context import Context
from app.evaluation.evaluation import Evaluation, evaluate
from app.evaluation.golden import BLIND, FOLDER, PRACTICE, GoldenError
from app.evaluation.quality_page import BLIND_MARK, MARK, NoMarkersError, write_figures
from app.evaluation.records import as_record
from app.evaluation.responses import Respondent
from app.evaluation.slips import slip_rows
from app.evaluation.split import Half
from app.evaluation.tables import (
    action_rows,
    curve_rows,
    decision_rows,
    family_rows,
    recipe_family_rows,
    recipe_rows,
    risk_lines,
)
from app.indexed import open_knowledge
from app.progress import progress_bar
from bot.conversation.conversation import Conversation
from bot.conversation.ear.ear import Ear
from storage.times import local_date

_SETS = {"golden": FOLDER, "practice": PRACTICE, "blind": BLIND}
_COMMANDS = {FOLDER: "bangfu eval --split report --write-docs", BLIND: "bangfu eval --set blind --write-docs"}


@click.command()
@click.option(
    "--split",
    "half",
    type=click.Choice([*(half.value for half in Half), "all"]),
    default=Half.TUNE.value,
    show_default=True,
    help="用哪一半题：调参数看 tune，对外报 report。盲题不分半。",
)
@click.option(
    "--set",
    "named",
    metavar="[golden|practice|blind|文件夹]",
    default="golden",
    show_default=True,
    help="用哪一套题。practice 是练习题，逐题看、照着调；blind 是盲题，没有人照着调过，也没有人看单题。都整套量。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON；tune 那一半和练习题带每道题的细节。")
@click.option("--slips", is_flag=True, help="再把题目写错五种样子，看找到的差多少；慢几倍。")
@click.option("--write-docs", is_flag=True, help="把 report 那一半或盲题的数字写进 docs/quality.md。")
@click.pass_obj
def command(context: Context, half: str, named: str, *, as_json: bool, slips: bool, write_docs: bool) -> None:
    """用评测题量一量：动作对不对，找得准不准，引用真不真，多久错一次。

    例子：

    \b
      bangfu eval
      bangfu eval --json > tune.json
      bangfu --data 空文件夹 eval --split report --write-docs
      bangfu --data 空文件夹 eval --set blind --write-docs
    """
    folder = _SETS.get(named, Path(named))
    whole = half == "all" or folder in (PRACTICE, BLIND)
    if write_docs and folder != BLIND and (half != Half.REPORT.value or folder != FOLDER):
        raise click.UsageError("写进文档的只能是附带评测题的 report 半（--split report）或盲题（--set blind）。")
    evaluation = _evaluate(context, None if whole else Half(half), folder, slips=slips or write_docs)
    if as_json:
        click.echo(json.dumps(as_record(evaluation), ensure_ascii=False, indent=1))
    else:
        for line in _lines(evaluation):
            click.echo(line)
    if write_docs:
        today = local_date(datetime.now(UTC))
        mark = BLIND_MARK if folder == BLIND else MARK
        try:
            write_figures(evaluation, today=today, command=_COMMANDS[folder], mark=mark)
        except NoMarkersError:
            raise click.ClickException("docs/quality.md 里没有放数字的两个标记，请恢复后再试。") from None


def _evaluate(context: Context, half: Half | None, folder: Path, *, slips: bool) -> Evaluation:
    (knowledge, store), gazetteer = open_knowledge(context), context.gazetteer
    conversation = Conversation(context.settings, knowledge, gazetteer, ear=Ear(lambda: knowledge.embedder))
    respondent = Respondent(conversation, knowledge, gazetteer, store)
    try:
        with progress_bar("做题", quiet=context.quiet) as show:
            return evaluate(respondent, half, progress=show, folder=folder, slips=slips)
    except GoldenError as error:
        raise click.ClickException(str(error)) from None


def _lines(evaluation: Evaluation) -> list[str]:
    return [
        f"{evaluation.half} {len(evaluation.scores)} 题，语料 {evaluation.corpus}，题目 {evaluation.golden}",
        "",
        *in_columns(family_rows(evaluation.families)),
        "",
        *in_columns(action_rows(evaluation.scores)),
        "",
        *in_columns(decision_rows(evaluation)),
        "",
        *risk_lines(evaluation),
        "",
        *in_columns(curve_rows(evaluation)),
        "",
        *in_columns(recipe_rows(evaluation.recipes)),
        "",
        *in_columns(recipe_family_rows(evaluation.recipes)),
        *(["", *in_columns(slip_rows(evaluation.slips))] if evaluation.slips else []),
    ]
