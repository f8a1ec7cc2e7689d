import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.normalise import fold, mend_radicals, normalise, normalise_with_offsets, simplify

any_text = st.text(st.characters(exclude_categories=()), max_size=60)
chinese_text = st.text(
    st.sampled_from("準備後裏面乾燥隆⺠⽣民生困 \u3000\n\r\t，。:；２a①²\ufeff\u200b\x00e\u0301ｶﾞ﹙"), max_size=60
)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("⺠⽣⻅⻋", "民生见车"),
        ("準備好瞭材料，後天辦", "准备好了材料，后天办"),
        ("２０２４年ＡＢ％", "2024年AB%"),
        ("你好，（低保）：多少？！", "你好，（低保）：多少？！"),
        ("﹙甲﹚﹐乙", "（甲），乙"),
        ("①2024年10²", "①2024年10²"),
        ("低\u200b保\x00\ufeff", "低保"),
        ("困\ud800难", "困难"),
        ("zhu\u030cn", "zhǔn"),
        (" 取消 \r\n", "取消"),
        ("甲\u3000 \t乙\n\n 丙", "甲 乙\n\n丙"),
        ("三…五", "三…五"),
        ("乾縣乾旱嚴重，前往乾安瞭解", "乾县干旱严重，前往乾安了解"),
        ("乾民發〔2024〕1号", "乾民发〔2024〕1号"),
        ("藉口镇的人以此为藉口，於潛鎮在於幹部", "藉口镇的人以此为借口，於潜镇在于干部"),
        ("乾隆年間的著作，瞭望塔瞭如指掌", "乾隆年间的著作，瞭望塔了如指掌"),
        ("圍繞著目標著力改善，看著作成效顯著", "围绕着目标着力改善，看著作成效显著"),
    ],
)
def test_text_gets_one_spelling(written: str, spelled: str) -> None:
    assert normalise(written) == spelled


@given(any_text | chinese_text)
@example("薴")
@example("ｶ\uff9e")
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(any_text | chinese_text)
def test_nothing_unprintable_is_left(text: str) -> None:
    assert all(char == "\n" or char.isprintable() or char > "\ue000" for char in normalise(text))
    normalise(text).encode()


@given(any_text | chinese_text)
def test_offsets_follow_the_text_and_lie_in_the_original(text: str) -> None:
    spelled = normalise_with_offsets(text)
    assert spelled.text == normalise(text)
    offsets = list(zip(spelled.starts, spelled.ends, strict=True))
    assert len(offsets) == len(spelled.text)
    assert all(0 <= start < end <= len(text) for start, end in offsets)
    assert offsets == sorted(offsets)


@given(chinese_text)
def test_a_span_maps_to_the_words_it_came_from(text: str) -> None:
    spelled = normalise_with_offsets(text)
    for place in range(len(spelled.text)):
        start, end = spelled.original_span(place, place + 1)
        assert spelled.text[place] in normalise(text[start:end]) + text[start:end] + simplify(text[start:end]) + "\n "


def test_a_span_found_in_the_spelling_is_cut_from_the_original() -> None:
    original = "我們　　要申請\u200b臨時\x00救助，謝謝"
    spelled = normalise_with_offsets(original)
    at = spelled.text.index("临时救助")
    start, end = spelled.original_span(at, at + 4)
    assert original[start:end] == "臨時\x00救助"


def test_an_empty_span_keeps_its_place() -> None:
    assert normalise_with_offsets("\x00低保").original_span(0, 0) == (1, 1)
    assert normalise_with_offsets("低保\x00").original_span(2, 2) == (2, 2)
    assert normalise_with_offsets("").original_span(0, 0) == (0, 0)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="0:3 lies outside a text of 2"):
        normalise_with_offsets("低保").original_span(0, 3)


def test_only_folding_lowers_the_case() -> None:
    assert normalise("ＤiＢao") == "DiBao"
    assert fold("ＤiＢao") == "dibao"


def test_radicals_are_mended_and_the_script_stays() -> None:
    assert mend_radicals("⼀⽣⺠⽣，豈有車⾞") == "一生民生，豈有車車"


def test_a_long_text_takes_a_line_at_a_time() -> None:
    text = "各鄉鎮要逐村逐戶摸清底數，  不漏一戶。\n" * 10_000
    normalise_with_offsets(text[:100])
    tracemalloc.start()
    assert len(normalise_with_offsets(text).text) < len(text)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 50 * len(text)
