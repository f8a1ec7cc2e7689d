"""``bangfu knowledge check`` at the command line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from app.main import main
from knowledge.entries import STARTER


def check(tmp_path: Path, root: Path, *arguments: str) -> Result:
    options = ["--config", str(root / "config.toml"), "--data", str(tmp_path / "data"), "--quiet"]
    return CliRunner().invoke(main, [*options, "knowledge", "check", *arguments])


def test_the_bundled_entries_pass_and_a_broken_one_is_named(tmp_path: Path, root: Path) -> None:
    result = check(tmp_path, root)
    assert (result.exit_code, result.stdout.splitlines()[-1].endswith("毛病 0 处。")) == (0, True)
    folder = tmp_path / "条目"
    folder.mkdir()
    good = (STARTER / "10-exit.toml").read_text(encoding="utf-8")
    (folder / "10-exit.toml").write_text(good.replace('id = "no-exit-quota"', 'id = "No Quota"'), encoding="utf-8")
    broken = check(tmp_path, root, str(folder))
    assert broken.exit_code == 1
    assert "条目 No Quota 的 id：只能用小写字母、数字和短横线，请改名" in broken.stdout
    (folder / "10-exit.toml").write_text(good.replace("checked = 2026-05-31", 'checked = "五月"', 1), encoding="utf-8")
    unread = check(tmp_path, root, str(folder))
    assert (unread.exit_code, "不是日期" in unread.stderr) == (1, True)
