"""``bangfu restore``: bring a backup back into an empty data folder."""

from __future__ import annotations

from pathlib import Path

import click

from app.context import Context
from storage.backup import restore
from storage.errors import BackupError

_SENTENCES = {
    "backup.not_empty": "数据文件夹 {folder} 里已经有数据库。请用 --data 指定一个空文件夹。",
    "backup.foreign": "{file} 不是本程序的备份。",
    "backup.unreadable": "{file} 读不出来，可能损坏了。请换一份备份。",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(context: Context, file: Path) -> None:
    """把备份恢复到一个空的数据文件夹。

    还要把原来的密钥放回 keys/master.key（或设好 BANGFU_KEY）。索引不在备份里，下次启动会自动重建。

    例子：

    \b
      bangfu restore /mnt/备份/bangfu-20261121.tar --data data-new
    """
    folder = context.settings.data_path
    try:
        restore(file, folder)
    except BackupError as error:
        raise click.ClickException(_SENTENCES[error.code].format(file=file, folder=folder)) from None
    click.echo(f"已恢复到 {folder}。请放回原来的密钥再启动。")
