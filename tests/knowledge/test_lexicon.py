"""Spoken words bring official terms along; the files may be edited while the program runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.lexicon import BUNDLED, Lexicon, LexiconError, read_words

OWN = '[terms]\n"最低生活保障" = ["低保", "救济本"]\n'


def test_spoken_words_bring_the_official_term() -> None:
    assert "一键报贫" in Lexicon(BUNDLED).expand("一件报贫咋弄")
    assert Lexicon(BUNDLED).expand("今天天气好") == ()


@pytest.mark.parametrize(
    ("spoken", "official"),
    [
        ("合疗涨价没", "居民医保"),
        ("我爹是个残废", "因残 残疾"),
        ("羊死光了咋弄", "因产业项目失败"),
        ("家里就剩老人娃娃", "缺劳动力"),
        ("工钱要不来", "因务工就业不稳"),
        ("五保一月几个钱", "特困供养"),
        ("卡户还有没有", "脱贫户"),
        ("第一书记走了没", "驻村工作队"),
    ],
)
def test_the_bundled_file_knows_a_programme_by_its_nickname_and_a_risk_by_what_happened(
    spoken: str, official: str
) -> None:
    assert official in Lexicon(BUNDLED).expand(spoken)


@pytest.mark.parametrize(
    ("dialect", "plain"),
    [
        ("光阴难肠得很，阿达报哩", "日子困难得很，哪里报哩"),
        ("我屋里头莫得钱", "我家里没有钱"),
        ("不晓得啷个弄", "不知道怎么弄"),
        ("细伢子诊病冇得钱", "孩子看病没有钱"),
    ],
)
def test_the_bundled_file_puts_plain_words_for_the_speech_of_three_regions(dialect: str, plain: str) -> None:
    assert Lexicon(BUNDLED).plain(dialect) == plain


def test_a_term_already_used_is_not_added(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    assert Lexicon(path).expand("救济本怎么办") == ("最低生活保障",)
    assert Lexicon(path).expand("最低生活保障和低保") == ()


def test_an_edit_is_used_at_once_and_a_missing_file_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    lexicon = Lexicon(path)
    assert lexicon.expand("救济本") == ()
    path.write_text(OWN, encoding="utf-8")
    assert lexicon.expand("救济本") == ("最低生活保障",)
    path.write_text(OWN.replace("救济本", "小红本"), encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 5))
    assert lexicon.expand("救济本") == ()


def test_a_slip_in_the_file_leaves_the_terms_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    lexicon = Lexicon(path)
    assert lexicon.expand("救济本")
    path.write_text(OWN + '"坏" = 1', encoding="utf-8")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 5))
    assert lexicon.expand("救济本") == ("最低生活保障",)


def test_a_slip_in_the_own_file_leaves_the_bundled_words_in_use(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[terms]\n"坏" = 1', encoding="utf-8")
    assert "一键报贫" in Lexicon(BUNDLED, path).expand("一件报贫咋弄")


def test_dialect_words_become_plain_ones_the_longest_first(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[words]\n"怎么" = ["啷个"]\n"怎么办" = ["啷个办"]\n', encoding="utf-8")
    assert Lexicon(path).plain("这事啷个办，啷个报") == "这事怎么办，怎么报"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[terms", "TOML"),
        ("x = 1", "terms"),
        ('[terms]\n"低保" = "吃低保"', "低保"),
        ('[terms]\n"低保" = [""]', "低保"),
    ],
)
def test_a_malformed_file_is_refused_with_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_words(path)


def test_the_bundled_file_has_no_term_among_its_own_spoken_words() -> None:
    words = read_words(BUNDLED)
    for term in (*words.terms, *words.plain):
        assert term.word not in term.spoken
        assert len(set(term.spoken)) == len(term.spoken)
