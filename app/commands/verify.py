"""``bangfu verify``: whether anybody altered the audit trail behind the product."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from app.context import Context
from bot.wording import phrases
from cases.proof import Difference, Mismatch, differences
from storage.database import FILE_NAME
from storage.errors import HeadTextError, NotADatabaseError, PublicKeyError
from storage.heads import PrintedHead, read_head
from storage.signing import PublicKey, read_public_keys
from storage.verification import Fault, Finding, Verdict, verify_file

_SHOWN: Final = 20
_EXPORT: Final = "-"

_FAULTS: Final = {
    Fault.ALTERED: "第 {seq} 条记录被改动过。",
    Fault.MISSING: "第 {seq} 条记录前面缺了记录。",
    Fault.UNLINKED: "第 {seq} 条记录接不上前一条：前面的被换过或调过次序。",
    Fault.HEAD_ALTERED: "第 {seq} 个存证码的签名不对：存证码被改动过。",
    Fault.HEAD_MISSING: "缺第 {seq} 个存证码。",
    Fault.HEAD_REWRITTEN: "记录和第 {seq} 个存证码对不上：盖过码的记录被重写或删掉了。",
    Fault.KEY_UNKNOWN: "第 {seq} 个存证码不是用您给的公钥能验的。换过密钥的，请把旧公钥也放进公钥文件。",
    Fault.KNOWN_REWRITTEN: "记录和您手里的存证码（第 {seq} 条）对不上：那以前的记录被重写或删掉了。",
}


_MISMATCHES: Final = {
    Mismatch.STATE: "现在的环节和记录对不上。",
    Mismatch.VERSION: "版本和记录对不上：有步骤没有记录，或者记录里的步骤不见了。",
    Mismatch.EVENT: "这一步的日期或环节和记录对不上。",
    Mismatch.DETAILS: "这一步写下的内容和当时的不一样。",
}


@click.command()
@click.option(
    "--public-key",
    "key_file",
    is_flag=False,
    flag_value=_EXPORT,
    metavar="[文件]",
    help="用这个文件里的公钥验；不写文件名，就打印本机的公钥，交给要验的人保存。",
)
@click.option(
    "--head", "heads", multiple=True, metavar="存证码", help="手里的存证码（回执、公示、月报上印的）。可写多次。"
)
@click.option("--database", type=click.Path(path_type=Path, dir_okay=False), help="验这个数据库文件，不验本机的。")
@click.pass_obj
def command(context: Context, key_file: str | None, heads: tuple[str, ...], database: Path | None) -> None:
    """验办理记录有没有被改过、删过、换过。

    本机上还对一遍每个件和它的记录。在别处验一份拷贝，只要公钥和一个印出来的存证码，不要主密钥。
    没有问题退出码是 0，有问题是 1。

    例子：

    \b
      bangfu verify
      bangfu verify --public-key > 公钥.pem
      bangfu verify --database 拷贝.db --public-key 公钥.pem --head 20260310-1234-0123456789abcdef01234567
    """
    if key_file == _EXPORT:
        click.echo(context.signer.public.pem, nl=False)
        return
    known = [_head(text) for text in heads]
    if key_file is None and database is not None:
        raise click.ClickException(
            "验别处的拷贝要用公钥：请加 --public-key 文件（在原机上用 bangfu verify --public-key 取得）。"
        )
    keys = _keys(Path(key_file)) if key_file else (context.signer.public,)
    try:
        verdict = verify_file(database or _own_database(context), keys, known)
    except NotADatabaseError:
        raise click.ClickException(
            f"{database or context.settings.data_path} 里没有能读的办理记录：文件不在、坏了，或不是本程序的数据库。"
        ) from None
    _report(verdict, known)
    differing = _compare(context) if database is None and key_file is None else []
    if verdict.findings or differing:
        raise SystemExit(1)


def _compare(context: Context) -> list[Difference]:
    """Say where the cases of this data folder differ from their trail."""
    found = differences(context.open_store())
    if not found:
        click.echo("每个件的环节、版本和写下的内容都和记录一致。")
    for one in found[:_SHOWN]:
        click.echo(f"· 编号 {phrases.receipt(one.receipt)} 第 {one.version} 版：{_MISMATCHES[one.kind]}")
    if len(found) > _SHOWN:
        click.echo(f"· 还有 {len(found) - _SHOWN} 处没有列出。")
    return found


def _own_database(context: Context) -> Path:
    """Return the database of the data folder, brought up to date first, so that its tables are there."""
    context.open_store()
    return context.settings.data_path / FILE_NAME


def _keys(path: Path) -> tuple[PublicKey, ...]:
    try:
        return read_public_keys(path.read_bytes())
    except OSError as error:
        raise click.ClickException(f"公钥文件 {path} 读不出来：{error.strerror}。") from None
    except PublicKeyError:
        raise click.ClickException(
            f"{path} 里没有能用的公钥。它应当是 bangfu verify --public-key 打印出来的样子。"
        ) from None


def _head(text: str) -> PrintedHead:
    try:
        return read_head(text)
    except HeadTextError:
        raise click.ClickException(
            f"“{text}”不是存证码。它像 20260310-1234-0123456789abcdef01234567 这样，请照纸上的再抄一遍。"
        ) from None


def _report(verdict: Verdict, known: list[PrintedHead]) -> None:
    if verdict.findings:
        click.echo(f"有问题：查了 {verdict.rows} 条记录、{verdict.heads} 个存证码，发现 {len(verdict.findings)} 处。")
        for finding in verdict.findings[:_SHOWN]:
            click.echo(f"· {_sentence(finding)}")
        if len(verdict.findings) > _SHOWN:
            click.echo(f"· 还有 {len(verdict.findings) - _SHOWN} 处没有列出。")
        click.echo("请保留这份数据不要动，拿备份对照，并报告管理员的上级。")
        return
    click.echo(f"没有发现改动：{verdict.rows} 条记录条条相连，{verdict.heads} 个存证码都对。")
    if known:
        click.echo(f"和您手里的 {len(known)} 个存证码对得上。")
    else:
        click.echo("没有拿印出来的存证码来对：整本重写过的，要用 --head 才查得出。")
    if verdict.set_backs:
        click.echo(f"有 {verdict.set_backs} 处时间比前一条早：电脑的时间被往回调过，请核对那几天的日期。")
    behind = verdict.rows - verdict.signed_to
    if behind:
        click.echo(f"最后 {behind} 条还没有盖存证码，没有签名保护。")


def _sentence(finding: Finding) -> str:
    return _FAULTS[finding.fault].format(seq=finding.seq)
