"""``bangfu bench``: measuring on public data sets."""

from __future__ import annotations

import tempfile
from dataclasses import astuple
from pathlib import Path

import click

from app.columns import in_columns
from app.context import Context
from app.progress import progress_bar
from knowledge.benchmark import DatasetError, measure_recipes, read_dataset
from knowledge.calibration_file import load_calibration
from knowledge.embedder import ModelMissingError, load_embedder

_HEADINGS = ("", "Recall@1", "Recall@5", "Recall@10", "MRR@10", "nDCG@10")


@click.group()
def command() -> None:
    """评测检索。

    例子：

    \b
      bangfu bench retrieval --dataset 评测.json
    """


@command.command()
@click.option(
    "--dataset",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="评测数据：JSON，有 passages、titles、queries、qrels。",
)
@click.pass_obj
def retrieval(context: Context, dataset: Path) -> None:
    """用现在的配置给一份公开数据建索引，报告找得准不准，并和几种常见做法比较。

    结果是百分制，最后一行是本系统的 nDCG@10。索引建在临时文件夹里，用完就删。

    例子：

    \b
      bangfu bench retrieval --dataset 评测.json
    """
    settings = context.settings.knowledge
    try:
        content = read_dataset(dataset)
        embedder = load_embedder(context.settings)
    except (DatasetError, ModelMissingError) as error:
        raise click.ClickException(str(error)) from None
    ranker = load_calibration(context.settings.data_path, embedder.model_id).ranker
    with (
        tempfile.TemporaryDirectory() as folder,
        progress_bar("建立索引", quiet=context.quiet) as progress,
    ):
        figures = measure_recipes(
            content, ranker, embedder, Path(folder), exact_limit=settings.exact_limit, progress=progress
        )
    rows = [(name, *(f"{value:.1f}" for value in astuple(metrics))) for name, metrics in figures.items()]
    for line in in_columns([_HEADINGS, *rows]):
        click.echo(line.rstrip())
    click.echo(f"nDCG@10 {figures['bangfu'].ndcg_10:.1f}")
