"""``bangfu eval-report``: how well a report is understood, on reports that nothing was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from app.columns import in_columns
from app.context import Context
from app.evaluation.drafts.measuring import Score, measure
from app.evaluation.drafts.page import write_figures
from app.evaluation.drafts.reports import load_reports
from app.evaluation.drafts.tables import family_rows, slot_rows
from app.evaluation.duplicates.measuring import figures, figures_line, noise_rows
from app.evaluation.duplicates.measuring import measure as compare_pairs
from app.evaluation.duplicates.page import write_duplicates
from app.evaluation.duplicates.pairs import make_pairs
from app.evaluation.lanes.fitting import fit_and_check, gather
from app.evaluation.lanes.measuring import manners as manner_rows
from app.evaluation.lanes.measuring import matrix as lane_rows
from app.evaluation.lanes.measuring import measure as measure_lanes
from app.evaluation.lanes.measuring import misses as lane_misses
from app.evaluation.lanes.measuring import urgent_line
from app.evaluation.lanes.page import write_lanes
from app.evaluation.lanes.sayings import load_sayings
from app.evaluation.quality_page import NoMarkersError
from app.evaluation.split import Half
from app.evaluation.taps.measuring import measure as measure_taps
from app.evaluation.taps.measuring import rows as tap_rows
from app.evaluation.taps.page import write_taps
from app.indexed import open_knowledge
from app.progress import progress_bar
from bot.conversation.conversation import Conversation
from bot.conversation.ear.ear import Ear
from bot.conversation.ear.fit import write_fit
from bot.conversation.listening import Listener
from knowledge.embedder import load_embedder
from places.gazetteer import load_gazetteer
from storage.times import local_date

AREA = "甘肃省/白银市/会宁县"


@click.group()
def command() -> None:
    """量一量报困难这件事：一句话听懂多少，重复的认不认得出，从开口到拿到回执要几下。"""


_HALF = click.option(
    "--half",
    type=click.Choice([half.value for half in Half]),
    default=Half.TUNE.value,
    show_default=True,
    help="用哪一半：改程序看 tune，对外报 report。",
)
_WRITE = click.option("--write-docs", is_flag=True, help="把 report 那一半的数字写进 docs/quality.md。")


@command.command()
@_HALF
@_WRITE
@click.option("--misses", is_flag=True, help="把没听对的逐条列出来，只给 tune 那一半看。")
@click.pass_obj
def draft(context: Context, half: str, *, write_docs: bool, misses: bool) -> None:
    """用村里人的话量一量：每一项记得准不准、全不全，没说的有没有瞎记。

    例子：

    \b
      bangfu eval-report draft --misses
      bangfu eval-report draft --half report --write-docs
    """
    _check(half, write_docs=write_docs, misses=misses)
    listener = _listener(context)
    reports = load_reports(Half(half), listener.gazetteer)
    with progress_bar("听话", quiet=context.quiet) as show:
        scores = measure(listener, reports, progress=show)
    for line in (*in_columns(slot_rows(scores)), "", *in_columns(family_rows(scores))):
        click.echo(line)
    for line in _misses(scores) if misses else ():
        click.echo(line)
    if write_docs:
        written = "bangfu eval-report draft --half report --write-docs"
        with _page_in_order():
            write_figures(scores, today=local_date(datetime.now(UTC)), command=written)


@command.command()
@_HALF
@_WRITE
def duplicates(half: str, *, write_docs: bool) -> None:
    """用编出来的人家量一量：同一户又报的认不认得出，邻居会不会错当成一户。

    例子：

    \b
      bangfu eval-report duplicates
      bangfu eval-report duplicates --half report --write-docs
    """
    _check(half, write_docs=write_docs, misses=False)
    found = compare_pairs(make_pairs(Half(half)))
    for line in (figures_line(figures(found)), "", *in_columns(noise_rows(found))):
        click.echo(line)
    if write_docs:
        with _page_in_order():
            write_duplicates(found, today=local_date(datetime.now(UTC)))


@command.command()
@click.option("--write-docs", is_flag=True, help="把数字写进 docs/quality.md。")
@click.pass_obj
def taps(context: Context, *, write_docs: bool) -> None:
    """照着写好的几种情形走一遍：从第一句话到拿到回执，打几条字、点几下。

    例子：

    \b
      bangfu eval-report taps
      bangfu eval-report taps --write-docs
    """
    with TemporaryDirectory() as folder:
        inside = Context(context.config, Path(folder), quiet=context.quiet)
        inside.settings = inside.settings.model_copy(update={"area": AREA})
        knowledge, store = open_knowledge(inside)
        conversation = Conversation(inside.settings, knowledge, load_gazetteer())
        walked = measure_taps(store, conversation)
    for line in in_columns(tap_rows(walked)):
        click.echo(line)
    if write_docs:
        with _page_in_order():
            write_taps(walked, today=local_date(datetime.now(UTC)))


@command.command()
@_HALF
@_WRITE
@click.option("--misses", is_flag=True, help="把走错的逐句列出来，只给 tune 那一半看。")
@click.option("--fit", "fits", is_flag=True, help="先照 told.toml 和 tune 那一半重新学一遍，存进程序里（一两分钟）。")
@click.pass_obj
def lanes(context: Context, half: str, *, write_docs: bool, misses: bool, fits: bool) -> None:
    """一句话该往哪走：问政策、报困难、危急、反映干部、诈骗……走对了多少，错的走去了哪。

    例子：

    \b
      bangfu eval-report lanes --misses
      bangfu eval-report lanes --half report --write-docs
    """
    _check(half, write_docs=write_docs, misses=misses)
    if fits:
        _fit(context)
    taken = measure_lanes(_listener(context), load_sayings(Half(half)))
    for line in (*in_columns(lane_rows(taken)), "", urgent_line(taken), "", *in_columns(manner_rows(taken))):
        click.echo(line)
    for line in lane_misses(taken) if misses else ():
        click.echo(line)
    if write_docs:
        with _page_in_order():
            write_lanes(taken, today=local_date(datetime.now(UTC)))


def _fit(context: Context) -> None:
    embedder = load_embedder(context.settings)
    with progress_bar("学着听", quiet=context.quiet) as show:
        fit, right = fit_and_check(
            embedder, gather(load_gazetteer()), today=local_date(datetime.now(UTC)), progress=show
        )
    write_fit(fit)
    click.echo(f"学了 {fit.sayings} 句，分份验证时没见过的听对 {right:.1%}。tune 那一半也学过，下面的数字偏高。")


def _listener(context: Context) -> Listener:
    return Listener(context.settings, load_gazetteer(), Ear(partial(load_embedder, context.settings)))


def _check(half: str, *, write_docs: bool, misses: bool) -> None:
    if write_docs and half != Half.REPORT:
        raise click.UsageError("写进文档的只能是 report 那一半，请加上 --half report。")
    if misses and half != Half.TUNE:
        raise click.UsageError("report 那一半不看单条，否则就不是盲测了。")


@contextmanager
def _page_in_order() -> Iterator[None]:
    try:
        yield
    except NoMarkersError:
        raise click.ClickException("docs/quality.md 里没有放数字的两个标记，请恢复后再试。") from None


def _misses(scores: Sequence[Score]) -> Iterator[str]:
    """Yield each report of which something was heard wrong, with what was heard and what is true."""
    for score in scores:
        ours, true = asdict(score.understood), asdict(score.told.truth)
        wrong = [slot for slot, count in score.counts.items() if not count.right == count.found == count.given]
        wrong += ["kind"] if score.kind_right is False else []
        if wrong:
            yield f"\n{score.told.id}  {score.told.text}"
            yield from (f"    {slot}: {ours[slot]}，应当是 {true[slot]}" for slot in wrong)
