"""Who signs and when; blanks left to fill in; dates of which part is gone."""

from __future__ import annotations

from datetime import date

from ingest.dates import read_date, spoken_year
from ingest.page import Block
from ingest.signoff import drop_blank_signoff, find_signoff


def blocks(*lines: str) -> list[Block]:
    return [Block(line, at) for at, line in enumerate(lines)]


def test_organs_and_date_at_the_end_are_the_sign_off() -> None:
    found = find_signoff(blocks("请遵照执行。", "某县民政局", "某县财政局", "2024年3月8日", "附件：申请表"))
    assert (found.organ, found.signed_on) == ("某县民政局、某县财政局", date(2024, 3, 8))
    assert [block.text for block in found.blocks] == ["某县民政局", "某县财政局", "2024年3月8日"]


def test_a_date_that_cannot_be_read_whole_is_never_guessed() -> None:
    found = find_signoff(blocks("请遵照执行。", "督查组", "〔缺字〕8年9月21日"))
    assert (found.organ, found.signed_on, found.broken_date) == ("督查组", None, "〔缺字〕8年9月21日")


def test_a_date_in_a_sentence_signs_nothing() -> None:
    found = find_signoff(blocks("本办法自2024年4月1日起施行。"))
    assert (found.organ, found.signed_on, found.blocks) == ("", None, ())


def test_blanks_to_be_filled_in_go() -> None:
    kept, removed = drop_blank_signoff(blocks("正文。", "xxxxx", "年月日", "XX年XX月XX日"))
    assert [block.text for block in kept] == ["正文。"]
    assert [piece.text for piece in removed] == ["xxxxx", "年月日", "XX年XX月XX日"]


def test_dates_are_read_in_the_ways_offices_write_them() -> None:
    day = date(2018, 9, 21)
    for text in (
        "2018-09-21 10:41",
        "2018年9月21日",
        "2018.9.21",
        "2018/09/21",
        "二〇一八年九月二十一日",
        "二○一八年九月二十一日",
    ):
        assert read_date(text) == day
    assert read_date("2018年13月40日") is None
    assert read_date("9月21日") is None


def test_the_year_spoken_of_most_is_the_text_s_unless_it_is_an_aim_or_a_comparison() -> None:
    text = "2015年预脱贫对象已公示，2015年底前完成；到2020年全面小康，比2013年增长，2011至2012年度审计整改。"
    assert spoken_year(text, latest=2026) == (2015, 0)
    assert spoken_year("2030年目标", latest=2026) is None
    assert spoken_year("去年以来", latest=2026) is None
