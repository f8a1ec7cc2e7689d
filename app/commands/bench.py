"""``bangfu bench``: measuring on public data sets."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from app.columns import in_columns
from app.context import Context
from app.evaluation.quality_page import PAGE, NoMarkersError, markdown, write_between
from app.progress import progress_bar
from knowledge.benchmark import OURS, Dataset, DatasetError, Metrics, measure_recipes, read_dataset
from knowledge.calibration_file import load_calibration
from knowledge.embedder import ModelMissingError, load_embedder
from storage.times import local_date

MARK: Final = "bangfu bench retrieval"
_HEADINGS: Final = ("", "Recall@1", "Recall@5", "Recall@10", "MRR@10", "nDCG@10")


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
    "datasets",
    required=True,
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="评测数据：JSON，有 passages、titles、queries、qrels。可以写几次。",
)
@click.option("--write-docs", is_flag=True, help="把数字写进 docs/quality.md。")
@click.pass_obj
def retrieval(context: Context, datasets: tuple[Path, ...], *, write_docs: bool) -> None:
    """用现在的配置给公开数据建索引，报告找得准不准，并和几种常见做法比较。

    结果是百分制，最后一行是本系统的 nDCG@10。索引建在临时文件夹里，用完就删。

    例子：

    \b
      bangfu bench retrieval --dataset 评测.json
      bangfu bench retrieval --dataset 甲.json --dataset 乙.json --write-docs
    """
    try:
        contents = {path.stem: read_dataset(path) for path in datasets}
        figures = {name: _measure(context, content) for name, content in contents.items()}
    except (DatasetError, ModelMissingError) as error:
        raise click.ClickException(str(error)) from None
    for name, measured in figures.items():
        for line in (*([name] if len(figures) > 1 else []), *in_columns(_rows(measured))):
            click.echo(line.rstrip())
        click.echo(f"nDCG@10 {measured[OURS].ndcg_10:.1f}")
    if write_docs:
        try:
            write_between(MARK, _section(contents, figures), page=PAGE)
        except NoMarkersError:
            raise click.ClickException("docs/quality.md 里没有放数字的两个标记，请恢复后再试。") from None


def _measure(context: Context, content: Dataset) -> dict[str, Metrics]:
    embedder = load_embedder(context.settings)
    ranker = load_calibration(context.settings.data_path, embedder.model_id).ranker
    with (
        tempfile.TemporaryDirectory() as folder,
        progress_bar("建立索引", quiet=context.quiet) as progress,
    ):
        limit = context.settings.knowledge.exact_limit
        return measure_recipes(content, ranker, embedder, Path(folder), exact_limit=limit, progress=progress)


def _rows(measured: Mapping[str, Metrics]) -> list[tuple[str, ...]]:
    return [_HEADINGS, *((name, *(f"{value:.1f}" for value in astuple(one))) for name, one in measured.items())]


def _section(contents: Mapping[str, Dataset], figures: Mapping[str, Mapping[str, Metrics]]) -> Iterator[str]:
    yield f"{local_date(datetime.now(UTC)).isoformat()}，命令 `bangfu bench retrieval --dataset … --write-docs`。"
    for name, measured in figures.items():
        yield ""
        yield f"**{name}**：{len(contents[name].passages):,} 段，{len(contents[name].queries):,} 问。"
        yield ""
        yield from markdown(_rows(measured))
