"""What every command gets: settings, and doors to the data folder opened only when asked for."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from app.logs import configure_logs
from places.gazetteer import Gazetteer, load_gazetteer
from settings.errors import SettingsError
from settings.load import load_settings
from settings.schema import Settings
from storage.areas import areas_folder
from storage.errors import DatabaseTooNewError, NotADatabaseError, WrongKeyError
from storage.keys import load_or_create_key, load_or_create_signer
from storage.signing import Signer
from storage.store import Store
from storage.stores import Stores


@dataclass
class Context:
    """The command line's global options; everything else is built from them on first use."""

    config: Path | None = None
    data: Path | None = None
    quiet: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The validated settings; a mistake in them ends the command with one sentence."""
        try:
            settings = load_settings(self.config or _default_config(), self.data)
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
        configure_logs(settings.log)
        return settings

    @cached_property
    def stores(self) -> Stores:
        """One store per thread for the configured data folder."""
        folder = self.settings.data_path
        secret = self.settings.secrets.master_key
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            key = load_or_create_key(folder, secret.get_secret_value() if secret else None)
        except WrongKeyError as error:
            raise click.ClickException(
                f"密钥不能用（{error}）。它应当是 32 字节的 base64 文字；"
                "请检查 BANGFU_KEY 或数据文件夹里的 keys/master.key。"
            ) from None
        except OSError as error:
            raise click.ClickException(f"数据文件夹 {folder} 不能用：{error.strerror}。请检查路径和权限。") from None
        return Stores(folder, key)

    @cached_property
    def signer(self) -> Signer:
        """What signs the daily heads of the audit trail."""
        secret = self.settings.secrets.signing_key
        try:
            return load_or_create_signer(self.settings.data_path, secret.get_secret_value() if secret else None)
        except WrongKeyError as error:
            raise click.ClickException(
                f"签名密钥不能用（{error}）。它应当是 32 字节的 base64 文字；"
                "请检查 BANGFU_SIGNING_KEY 或数据文件夹里的 keys/signing.key。"
            ) from None

    @property
    def gazetteer(self) -> Gazetteer:
        """The areas of the country, with those that the data folder adds."""
        return load_gazetteer(areas_folder(self.settings.data_path))

    def open_store(self) -> Store:
        """Return this thread's store, or end the command with a sentence that says what to do."""
        stores = self.stores
        folder = self.settings.data_path
        try:
            return stores.here()
        except WrongKeyError:
            raise click.ClickException(
                f"打不开数据文件夹 {folder}：它是用另一把密钥加密的。"
                "请找回原来的密钥（BANGFU_KEY 或 keys/master.key）。"
            ) from None
        except DatabaseTooNewError:
            raise click.ClickException(
                f"数据文件夹 {folder} 是更新版本的程序写的。请升级程序，不要用旧版本打开。"
            ) from None
        except NotADatabaseError:
            raise click.ClickException(
                f"{folder} 里的 bangfu.db 不是完好的数据库。请从备份恢复，或用 --data 换一个文件夹。"
            ) from None
        except sqlite3.OperationalError as error:
            raise click.ClickException(f"数据库打不开：{error}。请检查磁盘空间和文件权限。") from None

    def say(self, text: str) -> None:
        """Print a notice to stderr unless --quiet was given."""
        if not self.quiet:
            print(text, file=sys.stderr, flush=True)  # noqa: T201 - the command line's own voice


def _default_config() -> Path:
    here = Path("config.toml")
    return here if here.exists() else Path(__file__).parent.parent / "config.toml"
