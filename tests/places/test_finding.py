import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.finding import SURE, find_places, settled_place
from places.gazetteer import Gazetteer

HUINING, LINGLING = "620422", "431102"


def settled(text: str, gazetteer: Gazetteer, within: str | None) -> str | None:
    place = settled_place(find_places(text, gazetteer, within))
    return gazetteer.path(place.code) if place else None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("甘肃省白银市会宁县老君坡镇老君坡村", "甘肃省/白银市/会宁县/老君坡镇/老君坡村"),
        ("会宁县郭城驿镇红堡子村有一户房子塌了", "甘肃省/白银市/会宁县/郭城驿镇/红堡子村"),
        ("家在会宁河畔", "甘肃省/白银市/会宁县/河畔镇"),
        ("我是会宁的，想问低保咋申请", "甘肃省/白银市/会宁县"),
        ("会宁县城枝阳社区住的", "甘肃省/白银市/会宁县/会师镇/枝阳社区"),
        ("零陵黄田铺双桥村", "湖南省/永州市/零陵区/黄田铺镇/双桥村"),
        ("北京朝阳区", "北京市/朝阳区"),
        ("甘肃省定西市安定区", "甘肃省/定西市/安定区"),
        ("南京市鼓楼区民政局电话", "江苏省/南京市/鼓楼区"),
        ("新疆喀什疏勒县", "新疆维吾尔自治区/喀什地区/疏勒县"),
        ("甘肃的临时救助标准", "甘肃省"),
        ("海南大病救助", "海南省"),
        ("我在兰州打工，老家会宁县丁家沟镇慢湾村", "甘肃省/白银市/会宁县/丁家沟镇/慢湾村"),
        ("会宁县李家湾村", "甘肃省/白银市/会宁县"),
        ("会宁县和静宁县的亲戚", None),
    ],
)
def test_a_clear_mention_needs_no_known_area(gazetteer: Gazetteer, text: str, path: str | None) -> None:
    assert settled(text, gazetteer, None) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("我是会师镇南家咀头村三社的王军", "会师镇/南家咀头村"),
        ("我家在南嘴头村，孩子上学没钱", "会师镇/南家咀头村"),
        ("南家咀村", "会师镇/南家咀头村"),
        ("南嘴村", "会师镇/南家咀头村"),
        ("家住南家嘴头", "会师镇/南家咀头村"),
        ("住白草原镇九百户", "白草塬镇/九百户村"),
        ("甘沟镇大窑村刘某", "甘沟驿镇/大窑村"),
        ("翟所镇焦河村", "翟家所镇/焦家河村"),
        ("俺是刘家寨子的", "刘家寨子镇"),
        ("八里湾李家湾的老李病了", "八里湾乡/李家湾村"),
        ("家是翟家所镇的，村是观音庙", "翟家所镇/观音庙村"),
        ("大沟的王家集村", "大沟镇/王家集村"),
        ("四房吴镇二房吴村", "四房吴镇"),
        ("河畔镇两迎水村车家川村都受灾了", "河畔镇"),
        ("我是张家嘴村村民，儿子在兰州上大学", "平头川镇/张家咀村"),
    ],
)
def test_short_and_misspelt_names_are_understood_in_a_known_county(gazetteer: Gazetteer, text: str, path: str) -> None:
    assert settled(text, gazetteer, HUINING) == f"甘肃省/白银市/会宁县/{path}"


@pytest.mark.parametrize("within", [None, "62", HUINING, LINGLING])
@pytest.mark.parametrize(
    "text",
    [
        "低保怎么申请",
        "孩子上学有啥补助",
        "日子不太平，安定不下来",
        "民主评议是啥意思",
        "和平解决邻里纠纷找谁",
        "给公安打电话",
        "喝不上清水",
        "社会宁静祥和",
        "推进新型城镇化",
        "幸福安康，团结友爱",
        "村里没人管，镇上低保多少",
        "我家养了二百户的牛",
        "走了三百户人家都没借到钱",
        "我姓张,今年45岁,欠了三千块",
        "我叫李太平，家里五口人",
        "贫困村脱贫，农村危房，家乡老乡",
        "",
    ],
)
def test_ordinary_words_are_no_places(gazetteer: Gazetteer, text: str, within: str | None) -> None:
    assert [match for match in find_places(text, gazetteer, within) if match.score >= SURE] == []


def test_an_open_name_gives_its_candidates_and_settles_on_none(gazetteer: Gazetteer) -> None:
    found = find_places("李家湾村的能不能报", gazetteer, HUINING)
    assert {gazetteer.path(match.code).removeprefix("甘肃省/白银市/会宁县/") for match in found} == {
        "平头川镇/李家湾村",
        "八里湾乡/李家湾村",
    }
    assert settled_place(found) is None


def test_a_known_township_settles_an_open_name(gazetteer: Gazetteer) -> None:
    township = gazetteer.by_path("会宁县/平头川镇")
    assert township is not None
    assert settled("李家湾村的能不能报", gazetteer, township.code) == "甘肃省/白银市/会宁县/平头川镇/李家湾村"


def test_a_name_with_a_syllable_left_out_is_only_a_candidate(gazetteer: Gazetteer) -> None:
    found = find_places("头寨子镇香林村", gazetteer, HUINING)
    assert settled("头寨子镇香林村", gazetteer, HUINING) == "甘肃省/白银市/会宁县/头寨子镇"
    assert "香林山村" in {gazetteer.area(match.code).name for match in found if match.score < SURE}


def test_the_end_of_a_longer_name_is_no_village(gazetteer: Gazetteer) -> None:
    assert settled("水口山黄羊角井村", gazetteer, LINGLING) == "湖南省/永州市/零陵区/水口山镇"


def test_the_group_is_returned_with_its_village(gazetteer: Gazetteer) -> None:
    text = "我是会师镇南家咀头村三社的"
    place = settled_place(find_places(text, gazetteer, HUINING))
    assert place is not None
    assert place.group == "三"
    assert text[place.start : place.end] == "会师镇南家咀头村三社"


@pytest.mark.parametrize("place", ["白银市第一人民医院", "兰州打工", "东莞市上班", "新疆摘棉花"])
def test_where_someone_works_or_lies_in_hospital_is_not_home(gazetteer: Gazetteer, place: str) -> None:
    assert settled(f"我爸在{place}", gazetteer, HUINING) is None
    assert settled(f"我爸在{place}，我们是河畔镇的", gazetteer, HUINING) == "甘肃省/白银市/会宁县/河畔镇"


def test_where_somebody_is_bound_for_is_not_home_and_where_he_lives_is(gazetteer: Gazetteer) -> None:
    assert settled("去新疆的给多少", gazetteer, HUINING) is None
    assert settled("新疆的给多少", gazetteer, HUINING) == "新疆维吾尔自治区"


def test_every_village_is_found_by_its_path(gazetteer: Gazetteer) -> None:
    for county in (HUINING, LINGLING):
        for area in gazetteer.within(county):
            text = "我家在" + gazetteer.path(area.code).replace("/", "") + "，想问低保"
            twins = [other for other in gazetteer.within(area.code[:9]) if other.name == area.name]
            if len(twins) < 2:
                assert settled(text, gazetteer, None) == gazetteer.path(area.code)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.sampled_from("我家在是会宁县老君坡镇南家咀头村安定太平社区的，三社零陵和平大沟张李王兰州甘肃"), max_size=40
    ),
    st.sampled_from([None, "62", HUINING, "620422115", LINGLING]),
)
def test_matches_lie_in_the_text_and_name_known_areas(gazetteer: Gazetteer, text: str, within: str | None) -> None:
    found = find_places(text, gazetteer, within)
    for match in found:
        assert 0 <= match.start < match.end <= len(text)
        assert 0 < match.score <= 1
        assert match.code in gazetteer
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
