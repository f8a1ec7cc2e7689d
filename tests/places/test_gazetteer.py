import lzma
from pathlib import Path

import pytest

from language.normalise import normalise
from places.extract import write_areas
from places.gazetteer import Area, Gazetteer, Level, UnknownAreaError, load_gazetteer

HUINING = "620422"


def test_every_level_is_there(gazetteer: Gazetteer) -> None:
    areas = list(gazetteer.within(""))
    count = {level: sum(area.level is level for area in areas) for level in Level}
    assert count[Level.PROVINCE] == 34
    assert count[Level.CITY] > 330
    assert count[Level.COUNTY] > 2900
    assert count[Level.TOWNSHIP] > 41000
    assert count[Level.VILLAGE] == sum(
        area.level is Level.VILLAGE for county in (HUINING, "431102") for area in gazetteer.within(county)
    )


def test_the_one_spelling_changes_no_name(gazetteer: Gazetteer) -> None:
    assert [area.name for area in gazetteer.within("") if normalise(area.name) != area.name] == []


def test_every_area_lies_in_its_parent(gazetteer: Gazetteer) -> None:
    for area in gazetteer.within(""):
        parent = gazetteer.parent(area.code)
        assert parent is not None
        assert parent.level == area.level - 1
        assert gazetteer.is_within(area.code, parent.code)
        assert area.name == area.name.strip() != ""


@pytest.mark.parametrize("scope", ["62", "11", "4419", "46", HUINING, "431102"])
def test_a_path_leads_back_to_its_area(gazetteer: Gazetteer, scope: str) -> None:
    for area in (gazetteer.area(scope), *gazetteer.within(scope)):
        path = gazetteer.path(area.code)
        found = gazetteer.by_path(path)
        parent = gazetteer.parent(area.code)
        assert parent is not None
        if [sibling.name for sibling in gazetteer.children(parent.code)].count(area.name) > 1:
            assert found is None
        else:
            assert found is not None
            assert gazetteer.path(found.code) == path


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("甘肃省/白银市/会宁县", HUINING),
        ("甘肃省/白银市/会宁县/会师镇/南家咀头村", "620422100203"),
        ("甘肃/会宁/会师/南家咀头", "620422100203"),
        (" 甘肃省 / 白银市 ／ 会宁县/", HUINING),
        ("会宁县", HUINING),
        ("会宁县/新添堡乡", "620422202"),
        ("重庆市/云阳县", "500235"),
        ("北京市/市辖区/东城区", "110101"),
        ("北京/东城", "110101"),
        ("广东省/东莞市/长安镇", "441900119"),
        ("广东省/东莞市/东莞市/长安镇", "441900119"),
        ("内蒙古", "15"),
        ("河南省/济源市", "419001"),
        ("全国", ""),
    ],
)
def test_a_path_as_deep_as_given_names_an_area(gazetteer: Gazetteer, path: str, code: str) -> None:
    found = gazetteer.by_path(path)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("path", ["", " ", "甘肃省/长沙市", "不存在", "鼓楼区", "东城街道", "会宁县/某某村"])
def test_a_path_that_names_nothing_or_several_is_refused(gazetteer: Gazetteer, path: str) -> None:
    assert gazetteer.by_path(path) is None


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("", "全国"),
        ("620422100203", "甘肃省/白银市/会宁县/会师镇/南家咀头村"),
        ("110101", "北京市/东城区"),
        ("419001", "河南省/济源市"),
        ("441900119", "广东省/东莞市/长安镇"),
    ],
)
def test_a_path_leaves_out_fillers_of_the_code(gazetteer: Gazetteer, code: str, path: str) -> None:
    assert gazetteer.path(code) == path


def test_a_scope_holds_itself_and_what_lies_below(gazetteer: Gazetteer) -> None:
    assert gazetteer.is_within("620422100", HUINING)
    assert gazetteer.is_within(HUINING, HUINING)
    assert gazetteer.is_within(HUINING, "")
    assert not gazetteer.is_within("6204", HUINING)
    assert not gazetteer.is_within("431102", HUINING)


def test_an_unknown_code_is_refused_by_name(gazetteer: Gazetteer) -> None:
    assert "999999" not in gazetteer
    for ask in (gazetteer.area, gazetteer.parent, gazetteer.children, gazetteer.path):
        with pytest.raises(UnknownAreaError, match="'999999'"):
            ask("999999")


def test_the_nation_has_no_parent_and_the_provinces_below(gazetteer: Gazetteer) -> None:
    assert gazetteer.parent("") is None
    assert Area("62", "甘肃省") in gazetteer.children("")
    assert gazetteer.children("620422100203") == ()


def test_the_bundled_gazetteer_is_read_once() -> None:
    assert load_gazetteer() is load_gazetteer()


def test_extracts_of_a_folder_are_laid_over_the_bundled_one(tmp_path: Path) -> None:
    added = {"62": "甘肃省", "6299": "示范市", "629901": "青禾县", "629901101": "柳湾镇", "629901101201": "上柳村"}
    (tmp_path / "629901.txt.xz").write_bytes(lzma.compress(write_areas(added).encode()))
    gazetteer = load_gazetteer(tmp_path)
    assert gazetteer.path("629901101201") == "甘肃省/示范市/青禾县/柳湾镇/上柳村"
    assert gazetteer.by_path("甘肃/青禾/上柳村") == Area("629901101201", "上柳村")
    assert len(list(gazetteer.within(""))) == len(list(load_gazetteer().within(""))) + 4
