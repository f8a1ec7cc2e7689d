import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from settings.errors import SettingsError
from settings.load import load_settings
from settings.schema import Settings


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def keys(model: type[BaseModel], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found |= keys(field.annotation, f"{prefix}{name}.")
        else:
            found[prefix + name] = field.get_default(call_default_factory=True)
    return found


def flat(table: dict[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in table.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name: value}
    return found


def test_the_shipped_file_names_every_setting_with_its_default(root: Path) -> None:
    expected = {key: value for key, value in keys(Settings).items() if not key.startswith(("root", "secrets."))}
    assert flat(tomllib.loads((root / "config.toml").read_text("utf-8"))) == expected


def test_every_key_of_the_shipped_file_has_a_chinese_comment_before_it(root: Path) -> None:
    commented = False
    for line in (root / "config.toml").read_text("utf-8").splitlines():
        if line.startswith("#"):
            commented = any("\u4e00" <= character <= "\u9fff" for character in line)
        elif not line.strip() or line.startswith("["):
            commented = False
        else:
            assert commented, f"no comment above: {line}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[web]\nport = "八千"', "config.toml：[web] port：应当是整数，现在写的是 '八千'。"),
        ("[web]\nport = 99999", "config.toml：[web] port：应当不大于 65535，现在写的是 99999。"),
        ("[web]\nprot = 1", "config.toml：[web] prot：没有这个设置项。您是不是想写 port？"),
        ("[xyz]\nx = 1", "config.toml：xyz：没有这个设置项。请删掉它。"),
        ('[log]\nlevel = "loud"', "config.toml：[log] level：只能是"),
        ("[channels.telegram]\npoll_seconds = 1.5", "config.toml：[channels.telegram] poll_seconds：应当是整数"),
        ("web = 3", "config.toml：web：应当是一个小节，现在写的是 3。"),
        ('[secrets]\ntelegram_token = "1"', "[secrets] 不能写在文件里"),
        ("[web", "写法有误"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_the_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, text), environ={})
    assert message in str(caught.value)


def test_a_missing_or_wrongly_encoded_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="找不到配置文件"):
        load_settings(tmp_path / "nothing.toml", environ={})
    file = tmp_path / "config.toml"
    file.write_bytes('area = "会宁"'.encode("gb18030"))
    with pytest.raises(SettingsError, match="不是 UTF-8"):
        load_settings(file, environ={})
    with pytest.raises(SettingsError, match="读不出来"):
        load_settings(tmp_path, environ={})


def test_relative_paths_lie_beside_the_file_and_the_command_line_wins(tmp_path: Path) -> None:
    file = write(tmp_path, 'data_dir = "mine"')
    assert load_settings(file, environ={}).data_path == tmp_path / "mine"
    assert load_settings(file, tmp_path / "other", environ={}).data_path == tmp_path / "other"


def test_secrets_come_from_the_environment_and_never_show(tmp_path: Path) -> None:
    environ = {"BANGFU_TELEGRAM_TOKEN": "12345:very-secret", "BANGFU_KEY": " ", "BANGFU_LLM_KEY": "sk-secret"}
    settings = load_settings(write(tmp_path, ""), environ=environ)
    assert settings.secrets.telegram_token is not None
    assert settings.secrets.telegram_token.get_secret_value() == "12345:very-secret"
    assert settings.secrets.master_key is None
    assert "secret" not in f"{settings!r}{settings}".replace("secrets", "").replace("SecretStr", "")


def test_settings_never_change_after_the_start(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, ""), environ={})
    with pytest.raises(ValueError, match="frozen"):
        settings.area = "甘肃省"  # type: ignore[misc]
