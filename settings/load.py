"""Reads ``config.toml`` and the environment once, and says in plain words what is wrong with them."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, SecretStr, ValidationError

from settings.errors import SettingsError
from settings.schema import Secrets, Settings

# Set from outside the file only: the folder of the file itself, and what must never stand in a file.
_NOT_IN_FILE: Final = frozenset({"root", "secrets"})

_EXPECTED: Final = {
    "int_type": "整数",
    "int_from_float": "整数",
    "float_type": "数字",
    "string_type": "文字（要加引号）",
    "bool_type": "true 或 false",
    "model_type": "一个小节",
    "dict_type": "一个小节",
    "model_attributes_type": "一个小节",
}


def load_settings(config: Path, data_dir: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Return the validated settings of *config*; *data_dir* overrides the file's data folder.

    Raises:
        SettingsError: the file is missing or malformed, or a value cannot be used.
    """
    environ = os.environ if environ is None else environ
    values = _read(config)
    for name in _NOT_IN_FILE & values.keys():
        raise SettingsError(f"{config.name}：[{name}] 不能写在文件里。密钥只从环境变量读取，请删掉这一节。")
    if data_dir is not None:
        values["data_dir"] = str(data_dir.absolute())
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_explain(config, error)) from None
    return settings.model_copy(update={"root": config.absolute().parent, "secrets": _secrets(environ)})


def _read(config: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"找不到配置文件 {config}。请在项目文件夹里运行，或用 --config 指明它在哪里。") from None
    except OSError as error:
        raise SettingsError(f"配置文件 {config} 读不出来：{error.strerror}。请检查文件权限。") from None
    except UnicodeDecodeError:
        raise SettingsError(f"配置文件 {config} 不是 UTF-8 编码。请用 UTF-8 另存一次。") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"配置文件 {config} 写法有误：{error}。请改正这一行，或对照随程序附带的样本。") from None


def _secrets(environ: Mapping[str, str]) -> Secrets:
    def secret(name: str) -> SecretStr | None:
        value = environ.get(name, "").strip()
        return SecretStr(value) if value else None

    return Secrets(
        master_key=secret("BANGFU_KEY"),
        signing_key=secret("BANGFU_SIGNING_KEY"),
        telegram_token=secret("BANGFU_TELEGRAM_TOKEN"),
        llm_key=secret("BANGFU_LLM_KEY"),
    )


def _explain(config: Path, error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False):
        *section, key = [str(part) for part in problem["loc"]]
        where = f"{config.name}：[{'.'.join(section)}] {key}" if section else f"{config.name}：{key}"
        lines.append(f"{where}：{_complaint(section, key, problem)}")
    return "\n".join(lines)


def _complaint(section: list[str], key: str, problem: Mapping[str, Any]) -> str:
    kind, given, context = problem["type"], problem["input"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(key, _keys(section), n=1)
        return f"没有这个设置项。您是不是想写 {close[0]}？" if close else "没有这个设置项。请删掉它。"
    if kind == "literal_error":
        return f"只能是 {context['expected'].replace(' or ', ' 或 ')}，现在写的是 {given!r}。"
    if kind in _EXPECTED:
        return f"应当是{_EXPECTED[kind]}，现在写的是 {given!r}。"
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt", "less_than": "lt"}
    signs = {"ge": "不小于", "le": "不大于", "gt": "大于", "lt": "小于"}
    if kind in bounds:
        bound = bounds[kind]
        return f"应当{signs[bound]} {context[bound]}，现在写的是 {given!r}。"
    return f"不能用：{problem['msg']}，现在写的是 {given!r}。"


def _keys(section: list[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in section:
        annotation = model.model_fields[part].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return sorted(model.model_fields.keys() - _NOT_IN_FILE)
