"""A document's place is told by its publisher and title, else inferred from places that agree."""

from __future__ import annotations

import pytest

from ingest.parsing import Draft, parse
from ingest.placing import Placer


def draft(text: str) -> Draft:
    (only,) = parse(text.encode(), "a.txt", 2026).drafts
    return only


def placed(placer: Placer, text: str) -> tuple[str | None, tuple[str, ...]]:
    found = placer.place(draft(text))
    return found.area, found.draft.report.notes


BODY = "各乡镇要认真落实，逐户核查，按时报送，确保应保尽保、应兜尽兜。\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("信息来源:会宁县人民政府\n关于低保的通知\n" + BODY, "620422"),
        ("关于零陵区春季检查的通知\n" + BODY, "431102"),
        ("甘肃省农村最低生活保障办法\n" + BODY, "62"),
        ("发布机构:民政部\n关于低保的通知\n" + BODY, ""),
        ("关于低保的通知\n" + BODY + "白银市民政局\n2024年3月1日", "6204"),
        ("信息来源:会宁县老君坡镇人民政府\n关于低保的通知\n" + BODY, "620422120"),
        ("会宁县会师镇南家咀头村低保公示办法\n" + BODY, "620422100217"),
        ("关于低保评议的通知\n" + BODY + "会宁县会师镇南家咀头村村民委员会\n2024年3月1日", "620422100217"),
    ],
)
def test_who_publishes_and_the_title_tell_the_place(placer: Placer, text: str, code: str) -> None:
    area, notes = placed(placer, text)
    assert area is not None
    assert area[:6] == code[:6]
    assert len(area) == len(code)
    assert not [note for note in notes if "推断" in note and "地名" in note]


def test_another_place_in_the_text_does_not_move_a_document(placer: Placer) -> None:
    text = "信息来源:会宁县人民政府\n学习交流的通知\n" + BODY + "赴浏阳市、长沙市、陇南市考察，学习西和县经验。"
    assert placed(placer, text)[0] == "620422"


def test_townships_that_agree_place_a_document_and_it_is_called_an_inference(placer: Placer) -> None:
    text = "工作总结的报告\n全县各乡镇行动迅速。走马镇、邬阳乡、五里乡成立专班，太平镇进展较慢，我县将继续推进。\n"
    area, notes = placed(placer, text)
    assert area == "422828"
    assert notes == ("没有写明是哪里的，按文中地名推断为 湖北省/恩施土家族苗族自治州/鹤峰县",)


def test_counties_of_one_city_place_a_report_on_the_city(placer: Placer) -> None:
    text = "工作情况的报告\n全市各县区推进有力，我市武都区、宕昌县、西和县、礼县、两当县进展较快。\n"
    assert placed(placer, text)[0] == "6212"


def test_a_township_that_does_not_name_itself_is_placed_in_its_county_and_told(placer: Placer) -> None:
    text = "工作情况的报告\n全镇组建工作队，其中长沙市直单位1个，浏阳市直单位2个，我镇将继续推进各项工作。\n"
    area, notes = placed(placer, text)
    assert area == "430181"
    assert "文中自称本乡镇，没有写明名字" in notes


@pytest.mark.parametrize("place", ["XX镇XX村", "学习武都区的经验", "部分乡镇、农场和街道"])
def test_without_places_that_agree_a_document_has_no_place(placer: Placer, place: str) -> None:
    assert placed(placer, f"工作情况的报告\n全县整改到位，{place}，各单位要继续推进各项工作落实。\n")[0] is None
