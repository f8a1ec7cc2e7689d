"""``bangfu demo``: an invented county at work, in a data folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from app.columns import in_columns
from app.commands import up
from app.context import Context
from app.demo.cast import cast, password_of
from app.demo.demo import CONFIG_NAME, fill
from app.demo.life import Story
from cases.actors import Officer
from cases.officers import all_officers
from places.gazetteer import Gazetteer
from storage.areas import gazetteer_of

_FOLDER = Path("demo")


@click.command()
@click.option("--cases", type=click.IntRange(1, 5000), default=120, show_default=True, help="编多少件。")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个数编出同样的县。")
@click.option("--fill-only", is_flag=True, help="只编好，不启动服务。")
@click.option("--host", help="网页开在哪个地址，同 bangfu up。")
@click.option("--port", type=click.IntRange(0, 65535), help="网页开在哪个端口，同 bangfu up。")
@click.pass_context
def command(ctx: click.Context, *, cases: int, seed: int, fill_only: bool, host: str | None, port: int | None) -> None:
    """编一个示范县（人、村、事都是假的），打开来看看全套怎么用。

    数据放在 demo 文件夹里（可以用 --data 换），和真的数据互不相干；已经编过就直接打开。

    例子：

    \b
      bangfu demo
      bangfu demo --port 8700
      bangfu queue list --as 1 --config demo/config.toml
    """
    given: Context = ctx.ensure_object(Context)
    folder = (given.data or _FOLDER).resolve()
    if not (folder / CONFIG_NAME).exists():
        _make(given, folder, Story(datetime.now(UTC), cases, seed))
    context = ctx.obj = Context(folder / CONFIG_NAME, folder, given.quiet)
    store = context.open_store()
    for line in _who(all_officers(store), gazetteer_of(store), folder):
        click.echo(line)
    if not fill_only:
        ctx.invoke(up.command, host=host, port=port)


def _make(given: Context, folder: Path, story: Story) -> None:
    """Fill a new folder beside the wanted one and put it in place when it is whole."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} 里已经有别的东西，不往里面编。请用 --data 换一个空文件夹。")
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    fill(making, given.settings.models_path, story, quiet=given.quiet)
    if folder.exists():
        folder.rmdir()
    making.rename(folder)


def _who(officers: Sequence[Officer], gazetteer: Gazetteer, folder: Path) -> Iterator[str]:
    """Yield who can be played: one officer of each role, and how."""
    yield "演示县：甘肃省/示范市/青禾县（不存在）。可以用这些人的身份看看："
    rows = [
        (f"{officer.number} 号", officer.name, role.label, gazetteer.path(officer.grants[0].scope))
        for role, officer in cast(officers).items()
    ]
    yield from in_columns(rows)
    yield f"办件台登录：编号或姓名，密码都是 {password_of(folder)}"
    yield f"命令行：bangfu queue list --as 1 --config {folder / CONFIG_NAME}"
