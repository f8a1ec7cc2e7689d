"""The command line as a whole: every command explains itself, and mistakes of set-up end in one sentence."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app.context import Context
from app.main import main
from storage.database import FILE_NAME, open_store
from storage.vault import new_key


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from walk(found, (*path, name))


def all_commands() -> list[tuple[tuple[str, ...], click.Command]]:
    return list(walk(main))


@pytest.mark.parametrize(
    ("path", "command"),
    [pytest.param(path, command, id=" ".join(path) or "bangfu") for path, command in all_commands()],
)
def test_every_command_has_help_in_chinese_with_the_global_options(
    path: tuple[str, ...], command: click.Command
) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert re.search("[\u4e00-\u9fff]", command.help or "")
    for option in ("--config", "--data", "--quiet"):
        assert option in result.output


@pytest.mark.parametrize("name", [path[0] for path, _ in all_commands() if len(path) == 1])
def test_every_command_shows_an_example(name: str) -> None:
    texts = [command.help or "" for path, command in all_commands() if path[:1] == (name,)]
    assert any("bangfu " in text for text in texts)


def test_the_global_options_may_stand_before_or_behind_the_command(tmp_path: Path) -> None:
    seen: list[Context] = []

    @click.command()
    @click.pass_obj
    def probe(context: Context) -> None:
        seen.append(context)

    group = click.Group(commands={"probe": probe})
    group.params.extend(main.params)
    probe.params.extend(parameter for parameter in main.params if parameter.name in {"config", "data", "quiet"})
    for arguments in (["--data", str(tmp_path), "--quiet", "probe"], ["probe", "--quiet", "--data", str(tmp_path)]):
        result = CliRunner().invoke(group, arguments, catch_exceptions=False)
        assert result.exit_code == 0
    assert [(context.data, context.quiet) for context in seen] == [(tmp_path, True)] * 2


@pytest.fixture
def run(tmp_path: Path, root: Path) -> Callable[..., tuple[int, str]]:
    runner = CliRunner(env={"BANGFU_KEY": base64.b64encode(new_key()).decode()})

    def invoke(config: str | None = None, **environment: str) -> tuple[int, str]:
        file = root / "config.toml"
        if config is not None:
            file = tmp_path / "config.toml"
            file.write_text(config)
        arguments = ["officer", "list", "--config", str(file), "--data", str(tmp_path / "data")]
        result = runner.invoke(main, arguments, env=environment or None)
        return result.exit_code, result.stderr

    return invoke


def test_a_sound_set_up_runs_and_each_mistake_of_it_is_one_sentence_with_the_remedy(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert run()[0] == 0
    code, message = run("[web]\nport = 'x'")
    assert (code, "[web] port：应当是整数" in message) == (1, True)
    code, message = run("[web")
    assert (code, "写法有误" in message) == (1, True)
    code, message = run(BANGFU_KEY="乱写的")
    assert (code, "密钥不能用" in message) == (1, True)
    code, message = run(BANGFU_KEY=base64.b64encode(new_key()).decode())
    assert (code, "另一把密钥" in message) == (1, True)


def test_a_newer_or_broken_database_is_one_sentence_with_the_remedy(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    key = new_key()
    store = open_store(data, key)
    store.db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('bangfu', 'm999', '')")
    store.db.close()
    text = base64.b64encode(key).decode()
    code, message = run(BANGFU_KEY=text)
    assert (code, "请升级程序" in message, "Traceback" in message) == (1, True, False)
    for file in data.glob(f"{FILE_NAME}*"):
        file.unlink()
    (data / FILE_NAME).write_bytes(b"garbage " * 1000)
    code, message = run(BANGFU_KEY=text)
    assert (code, "不是完好的数据库" in message, "Traceback" in message) == (1, True, False)
