"""``bangfu rekey``: a new master key for the data folder."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from app.context import Context
from storage.errors import StorageError, WrongKeyError
from storage.keys import key_text, load_or_create_key
from storage.rekeying import Rekeyed, admit_new_key, change_key_file, finish_change, has_key_file
from storage.vault import new_key

_BACKUPS = (
    "旧备份还是用旧密钥打开：现在就用 bangfu backup 做一份新备份，新密钥另外存好；旧备份连同旧密钥一起封存，到期销毁。"
)


@click.command()
@click.option("--finish", is_flag=True, help="密钥在环境变量里的：BANGFU_KEY 换成新的以后，用它停掉旧密钥。")
@click.pass_obj
def command(context: Context, *, finish: bool) -> None:
    """换主密钥。保管密钥的人调离、密钥文件可能被人看过，就换一把。

    个人信息不用重新加密，几秒钟就好；服务不用停，换完请重新启动一次。换到一半断电也不要紧，再运行一次就接着换。

    例子：

    \b
      bangfu backup 换密钥前.tar
      bangfu rekey                    密钥在 keys/master.key 里：一次换好
      bangfu rekey                    密钥在 BANGFU_KEY 里：先得到一把新的，写进环境变量，再
      bangfu rekey --finish
    """
    folder, now = context.settings.data_path, datetime.now(UTC)
    secret = context.settings.secrets.master_key
    try:
        master = load_or_create_key(folder, secret.get_secret_value() if secret else None)
        if secret is not None:
            _change_environment(context, master, now=now, finish=finish)
            return
        if finish or not has_key_file(folder):
            raise click.UsageError(
                "--finish 只用于密钥在环境变量 BANGFU_KEY 里的；密钥在文件里的，直接运行 bangfu rekey。"
            )
        _say_done(change_key_file(folder, master, now=now))
    except WrongKeyError:
        raise click.ClickException(
            f"打不开数据文件夹 {folder}：现在的密钥不对。请先找回能打开它的密钥，再换。"
        ) from None
    except StorageError as error:
        raise click.ClickException(f"没有换成：{error}。数据没有动，旧密钥照样能用。") from None


def _change_environment(context: Context, master: bytes, *, now: datetime, finish: bool) -> None:
    folder = context.settings.data_path
    if finish:
        if finish_change(folder, master, now=now):
            click.echo(f"旧密钥停用了，只有现在的 BANGFU_KEY 打得开。\n{_BACKUPS}")
        else:
            click.echo("只有现在的 BANGFU_KEY 打得开，没有要停用的。")
        return
    fresh = new_key()
    done = admit_new_key(folder, master, fresh, now=now)
    click.echo(key_text(fresh))
    context.say("上面是新密钥，只显示这一次。请写进 BANGFU_KEY，重新启动，再运行 bangfu rekey --finish 停掉旧密钥。")
    context.say(_warning(done))


def _say_done(done: Rekeyed) -> None:
    click.echo("换好了：新密钥在 keys/master.key 里，旧密钥打不开了。请重新启动服务，并把新密钥另外存一份。")
    click.echo(_BACKUPS)
    if done.same_seal:
        click.echo(_warning(done))


def _warning(done: Rekeyed) -> str:
    if not done.same_seal:
        return ""
    return "注意：这个数据文件夹是早先的版本建的，内容就是用第一把密钥加密的。第一把密钥以后也请一直保密。"
