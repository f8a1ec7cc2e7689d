"""Pinyin behind characters goes; other brackets stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from ingest.glosses import strip_glosses

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30)


def glossed(text: str, every: int) -> str:
    """Print the reading behind each ``every``-th character, as some sites do to stop copying."""
    pieces = []
    for at, char in enumerate(text):
        reading = pinyin(char, style=Style.TONE, errors="ignore")
        known = at % every == 0 and reading and reading[0][0] != char
        pieces.append(f"{char}({reading[0][0]})" if known else char)
    return "".join(pieces)


@given(HAN, st.integers(1, 4))
def test_what_was_glossed_is_as_it_was_before(text: str, every: int) -> None:
    bare, taken = strip_glosses(glossed(text, every))
    toneless = [gloss for gloss in pinyin(text, style=Style.TONE, errors="ignore") if gloss[0].isascii()]
    if not toneless:
        assert bare == text
    assert len("".join(taken)) == len(glossed(text, every)) - len(bare)


def test_neutral_tones_go_where_the_page_glosses_every_character() -> None:
    text = "精準(zhǔn)扶貧(pín)工作通報(bào)的(de)對(duì)象是誰(shuí)"
    assert strip_glosses(text)[0] == "精準扶貧工作通報的對象是誰"


def test_other_brackets_stay() -> None:
    text = "各村(社区)、患病户(含大病)，每人(次)补助(单位:元)，程序(app)和低保(de)"
    assert strip_glosses(text) == (text, ())
