"""``bangfu backup``: one file from the running data folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from app.context import Context
from cases.actors import Operator
from storage import audit
from storage.backup import back_up
from storage.database import transaction
from storage.errors import BackupError

_SENTENCES = {
    "backup.exists": "{file} 已经存在。请换一个文件名，旧备份不会被覆盖。",
    "backup.unwritable": "{file} 写不进去。请检查磁盘空间和文件夹权限。",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(context: Context, file: Path) -> None:
    """把数据文件夹备份成一个文件；服务不用停。

    备份里没有密钥：请把 keys/ 里的 master.key 和 signing.key 另外存放，丢了 master.key 备份就打不开。

    例子：

    \b
      bangfu backup /mnt/备份/bangfu-20261121.tar
    """
    try:
        made = back_up(context.open_store(), file)
    except BackupError as error:
        raise click.ClickException(_SENTENCES[error.code].format(file=file)) from None
    store = context.open_store()
    with transaction(store):
        audit.append(store, actor=Operator().name, event="backup.made", subject="backup", now=datetime.now(UTC))
    click.echo(f"已备份到 {file}（{made.size / 1e6:.1f} MB，附件 {made.attachments} 个）。密钥不在里面，请另外存放。")
