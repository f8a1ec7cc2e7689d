"""What one sentence gives for the report, and that nothing is made up."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.amounts import Purpose, Sum, find_sums
from bot.conversation.causes import find_causes
from bot.conversation.corrections import Correction, find_correction
from bot.conversation.danger import find_alarm
from bot.conversation.hearing import listen
from bot.conversation.moments import find_moment
from bot.conversation.names import find_names, read_name
from bot.conversation.people import find_relation
from bot.conversation.slots import Slots, read_slots
from bot.conversation.state import Asking
from cases.report import Cause, Danger, Relation
from places.gazetteer import Gazetteer

TODAY = date(2026, 3, 5)
COUNTY = "620422"


def slots_of(said: str, gazetteer: Gazetteer) -> Slots:
    heard = listen(said)
    return read_slots(heard, find_alarm(heard), today=TODAY, gazetteer=gazetteer, within=COUNTY)


def test_one_sentence_fills_the_draft(gazetteer: Gazetteer) -> None:
    said = "我爸上个月脑梗住院花了八万多,我们在会师镇南家咀头村三社,户主王建国,电话139 1234 5678"
    slots = slots_of(said, gazetteer)
    assert slots.relation is Relation.SELF
    assert slots.householder == "王建国"
    assert slots.phones == ("13912345678",)
    assert slots.place is not None
    assert slots.place.path == "甘肃省/白银市/会宁县/会师镇/南家咀头村"
    assert slots.where.group == "三社"
    assert slots.causes == (Cause.ILLNESS,)
    assert slots.sums == (Sum(80000, Purpose.MEDICAL),)
    assert slots.when == "2026-02"
    assert slots.danger == ()


def test_empty_talk_fills_nothing(gazetteer: Gazetteer) -> None:
    assert slots_of("麻烦问一下这个怎么弄", gazetteer) == Slots()


def test_telephone_that_cannot_be_one_is_noticed_and_not_taken(gazetteer: Gazetteer) -> None:
    slots = slots_of("电话1391234567", gazetteer)
    assert slots.phones == ()
    assert slots.broken_phone


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("我是隔壁的，我们村会师镇南家咀头村的王二狗家，男人摔断了腰", Relation.NEIGHBOUR),
        ("我在深圳打工，老家会宁县会师镇南家咀头村，爸妈七十多了，我爸前几天中风了", Relation.CHILD),
        ("我家三个娃念书，学费凑不齐", Relation.SELF),
        ("我爸瘫了，跟我们一起住", Relation.SELF),
        ("我在广东打工，爸妈在老家，我爸瘫在床上", Relation.CHILD),
        ("我是他儿子", Relation.CHILD),
        ("邻居老李家房子裂了", Relation.NEIGHBOUR),
        ("我们村有一户，男人没了", Relation.NEIGHBOUR),
        ("我是村文书，我们社的张大山家有难处", Relation.VILLAGE_CADRE),
        ("我哥张强瘫了", Relation.KIN),
        ("我替我姑报", Relation.KIN),
        ("我儿子一家在村里，儿子工伤", Relation.PARENT),
        ("我是老师，我学生家里困难", Relation.OTHER),
        ("钱都是跟邻居借的，我家老大得了白血病", Relation.SELF),
    ],
)
def test_relation_is_heard(said: str, relation: Relation) -> None:
    assert find_relation(listen(said)) is relation


@pytest.mark.parametrize(
    ("said", "householder"),
    [
        ("我叫王建国，得了癌", "王建国"),
        ("户主王秀英，电话13900001111", "王秀英"),
        ("我爸王建国脑梗了", "王建国"),
        ("她叫马秀兰，一个人过", "马秀兰"),
        ("隔壁赵老四家失火了", "赵老四"),
        ("户主叫欧阳建国", "欧阳建国"),
        ("俺是李二妮，男人得了癌", "李二妮"),
        ("替张福贵家报，房塌了", "张福贵"),
        ("东头陈德顺一家五口，没粮了", "陈德顺"),
        ("五保户张福贵，房塌了", "张福贵"),
        ("陈德顺屋里头遭了火", "陈德顺"),
        ("我家羊全死了", None),
        ("石家庄住院花了三万", None),
        ("我是张家沟的", None),
        ("邻居老李病了", None),
        ("邻居李大爷病了", None),
        ("我叫人来看过了", None),
    ],
)
def test_householder_is_heard_and_never_guessed(said: str, householder: str | None) -> None:
    heard = listen(said)
    assert find_names(heard, find_relation(heard)).householder == householder


def test_who_reports_for_others_is_not_the_householder() -> None:
    heard = listen("我叫李强，邻居张大山家遭灾了")
    names = find_names(heard, find_relation(heard))
    assert (names.householder, names.writer) == ("张大山", "李强")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("王建国", "王建国"),
        ("户主是王建国", "王建国"),
        ("阿不都·热合曼", "阿不都·热合曼"),
        ("我不知道", None),
        ("没有", None),
    ],
)
def test_asked_name_is_read(said: str, name: str | None) -> None:
    assert read_name(listen(said)) == name


@pytest.mark.parametrize(
    ("said", "causes"),
    [
        ("得了尿毒症，一个月透析三千", (Cause.ILLNESS,)),
        ("学费凑不齐", (Cause.SCHOOLING,)),
        ("腿断了干不了活", (Cause.DISABILITY,)),
        ("冰雹把庄稼全打了", (Cause.DISASTER,)),
        ("出了车祸，住院花了五万", (Cause.ACCIDENT,)),
        ("羊死光了", (Cause.BUSINESS_FAILURE,)),
        ("厂子关了，打工没活", (Cause.UNSTABLE_WORK,)),
        ("家里就剩老人和娃娃", (Cause.LACK_OF_LABOUR,)),
        ("没有生病", ()),
        ("吃了饭了", ()),
    ],
)
def test_causes_are_heard(said: str, causes: tuple[Cause, ...]) -> None:
    assert find_causes(listen(said)) == causes


def test_the_event_is_the_main_cause_and_the_background_comes_after() -> None:
    heard = listen("家里还有两个娃念书，我男人上个月出了车祸，花了十几万")
    assert find_causes(heard) == (Cause.ACCIDENT, Cause.SCHOOLING)


@pytest.mark.parametrize(
    ("said", "sums"),
    [
        ("住院花了八万多，还欠亲戚三万", [(80000, Purpose.MEDICAL), (30000, Purpose.DEBT)]),
        ("学费一年一万二", [(12000, Purpose.SCHOOLING)]),
        ("打工一个月挣一千五", [(1500, Purpose.INCOME)]),
        ("苹果没卖掉，损失两万", [(20000, Purpose.LOSS)]),
        ("一分钱没有", []),
        ("八十岁了，家里三口人", []),
    ],
)
def test_sums_have_a_purpose(said: str, sums: list[tuple[float, Purpose]]) -> None:
    assert [(told.value, told.what) for told in find_sums(listen(said))] == sums


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("我爸上个月脑梗了", "2026-02"),
        ("去年八月摔断了腿，今天想报", "2025-08"),
        ("日子难过", None),
        ("上个月的事，我爸脑梗了", "2026-02"),
        ("2019年我家搬下山，一家五口人，种着十亩地，腿摔断了干不了活", None),
    ],
)
def test_the_date_of_the_event_is_resolved(said: str, when: str | None) -> None:
    assert find_moment(listen(said), TODAY) == when


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("电话不对,是13812345678", Asking.PHONE, "13812345678"),
        ("户主写错了，叫王建军", Asking.HOUSEHOLDER, "王建军"),
        ("改一下地址", Asking.PLACE, ""),
        ("关系不是本人，是邻居", Asking.RELATION, "邻居"),
        ("不是会师镇，是河畔镇", None, "河畔镇"),
        ("不是我爸是我叔", None, "我叔"),
        ("户主不是我爸是我叔，叫牛得林", Asking.HOUSEHOLDER, "牛得林"),
    ],
)
def test_correction_names_its_slot_and_value(said: str, slot: Asking | None, value: str) -> None:
    assert find_correction(listen(said)) == Correction(slot, value)


@pytest.mark.parametrize("said", ["我家在河畔镇", "王建国", "13812345678", "日子不好过", "不是没钱是没人"])
def test_an_answer_is_no_correction(said: str) -> None:
    assert find_correction(listen(said)) is None


def test_danger_is_a_slot(gazetteer: Gazetteer) -> None:
    assert slots_of("房子塌了没地方住，家里断粮了", gazetteer).danger == (Danger.HOMELESS, Danger.HUNGER)


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("包户干部张主任的电话是13893451234，我的是15109431122", "15109431122"),
        ("我舅徐海龙摔了，他电话13661622347，我的是18362999385", "13661622347"),
        ("镇政府电话0943-3222111没人接", None),
        ("打13912345678找我", "13912345678"),
    ],
)
def test_telephone_of_the_household_is_told_from_an_officers(
    said: str, phone: str | None, gazetteer: Gazetteer
) -> None:
    assert slots_of(said, gazetteer).phone == phone


@pytest.mark.parametrize(
    ("said", "householder"),
    [
        ("吕堡村 韩秀莲 18486365731 心脏搭桥", "韩秀莲"),
        ("我是老君坡镇阳赵村的王建国", "王建国"),
        ("修路叫石头砸伤了，电话13912345678", None),
        ("我老伴盖房时摔断了肋骨", None),
    ],
)
def test_name_in_a_list_or_behind_a_village_is_read_and_nothing_else(
    said: str, householder: str | None, gazetteer: Gazetteer
) -> None:
    assert slots_of(said, gazetteer).householder == householder


def test_name_of_a_feast_is_no_date_and_what_others_got_no_sum(gazetteer: Gazetteer) -> None:
    assert slots_of("户主蒋国庆，肺癌住院", gazetteer).when is None
    assert slots_of("听人说隔壁家报了给了三千，我家也困难", gazetteer).sums == ()


def test_register_and_home_in_two_villages_are_kept_apart(gazetteer: Gazetteer) -> None:
    where = slots_of("我们户口在会师镇南家咀头村，现在住在河畔镇河畔村", gazetteer).where
    assert where.place is not None
    assert where.living is not None
    assert (where.place.path[-5:], where.living.path[-3:]) == ("南家咀头村", "河畔村")


def test_what_is_long_over_is_no_danger(gazetteer: Gazetteer) -> None:
    assert slots_of("去年房子塌了已经修好了，今年我爸得了癌", gazetteer).danger == ()
    assert slots_of("我妈眼睛看不见了", gazetteer).danger == ()
