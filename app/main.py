"""The command line ``bangfu``: finds each command by its file in ``app/commands`` and imports only that one."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import click

from app.context import Context

_COMMANDS: Final = Path(__file__).parent / "commands"


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep a global option wherever on the line it was given; the last one counts."""
    context = ctx.ensure_object(Context)
    if value not in (None, False):
        setattr(context, str(param.name), value)


def _global_options() -> list[click.Parameter]:
    path = click.Path(path_type=Path)
    return [
        click.Option(
            ["--config"],
            type=path,
            expose_value=False,
            callback=_set,
            help="配置文件。默认先找当前文件夹的 config.toml，再用随程序附带的那份。",
        ),
        click.Option(["--data"], type=path, expose_value=False, callback=_set, help="数据文件夹，代替配置里的。"),
        click.Option(["--quiet"], is_flag=True, expose_value=False, callback=_set, help="不显示进度和提示。"),
    ]


def _with_global_options(command: click.Command) -> click.Command:
    """Let *command* and its subcommands take the global options too: ``bangfu --data D ask`` or ``ask --data D``."""
    if not any(param.name == "quiet" for param in command.params):
        command.params.extend(_global_options())
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            _with_global_options(subcommand)
    return command


class CommandFolder(click.Group):
    """A group whose commands are the files of a folder, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, sorted."""
        return sorted(path.stem.replace("_", "-") for path in _COMMANDS.glob("*.py") if path.stem != "__init__")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None when there is no such file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"app.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return _with_global_options(command)


@click.command(cls=CommandFolder, params=_global_options(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bangfu", prog_name="bangfu")
def main() -> None:
    """帮扶助手：查帮扶政策，报困难，办审核。

    例子：

    \b
      bangfu up                         打开网页，启动全部服务
      bangfu ask "娃上大学交不起学费咋办"   问一句
      bangfu queue list --as 张三        看待办
    """
