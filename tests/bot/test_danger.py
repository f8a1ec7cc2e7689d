"""Danger is heard in village words, and not invented."""

from __future__ import annotations

import pytest

from bot.conversation.danger import find_alarm
from bot.conversation.hearing import listen
from cases.report import Danger


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("我不想活了", Danger.SUICIDE),
        ("活着没意思，想喝农药", Danger.SUICIDE),
        ("我真的活不下去了", Danger.SUICIDE),
        ("他说要跳楼", Danger.SUICIDE),
        ("家里断粮三天了", Danger.HUNGER),
        ("两天没吃饭了", Danger.HUNGER),
        ("揭不开锅了", Danger.HUNGER),
        ("我们村断水了，没水吃", Danger.NO_WATER),
        ("停水五天了", Danger.NO_WATER),
        ("房子昨晚塌了", Danger.HOMELESS),
        ("房子被洪水冲走了，一家人没地方住", Danger.HOMELESS),
        ("家里着火了，房子全烧光了", Danger.HOMELESS),
        ("着火了快来救人", Danger.BODILY_HARM),
        ("我爷爷被压在房子下面", Danger.BODILY_HARM),
        ("一个5岁娃娃在家没人管", Danger.UNATTENDED),
        ("老人瘫在床上没人照顾", Danger.UNATTENDED),
        ("真不想在世上待了", Danger.SUICIDE),
        ("抱着娃跳下去算了", Danger.SUICIDE),
        ("bu xiang huo le", Danger.SUICIDE),
        ("屋里着了大火，门口出不去", Danger.BODILY_HARM),
        ("娃高烧抽搐了", Danger.BODILY_HARM),
        ("水淹到炕沿了", Danger.BODILY_HARM),
        ("八十岁老婆子瘫炕上好几天没人送饭", Danger.UNATTENDED),
    ],
)
def test_danger_is_heard_and_cannot_wait(said: str, danger: Danger) -> None:
    alarm = find_alarm(listen(said))
    assert danger in alarm.dangers
    assert alarm.at_once


@pytest.mark.parametrize(
    "said", ["我不想话了", "想喝农要", "揭不开过", "房子踏了没地方住", "断良了三天", "家里没水合", "房子榻了"]
)
def test_danger_is_heard_through_a_typing_slip(said: str) -> None:
    assert find_alarm(listen(said)).at_once


@pytest.mark.parametrize(
    "said",
    [
        "我家的羊快饿死了",
        "庄稼断水了",
        "饮水安全标准是停水不超过36天吗",
        "担心房子塌了",
        "猪圈塌了",
        "厨房塌了一角",
        "房子裂了",
        "他在广东打工",
        "打娃的学费",
        "想死你了",
        "没有断水",
        "日子活不下去了",
        "我不想和他说话",
        "我不想干了",
        "想找活了",
        "防止房子倒塌的政策",
        "合作社倒了",
        "我家7口人，只有儿子一个人打工",
        "媳妇难产大出血，花了五万六",
        "买了农药打苹果",
        "没吃过这个药",
        "危房改造补多少钱",
    ],
)
def test_danger_is_not_invented(said: str) -> None:
    assert find_alarm(listen(said)).dangers == ()


@pytest.mark.parametrize(
    "said",
    [
        "我男人天天打我",
        "我爸喝酒就打我",
        "老公昨晚把我打了",
        "后爸虐待孩子",
        "儿子不给老人饭吃",
        "家暴了找谁",
        "叔叔老摸我",
        "娃身上全是印子",
        "他又打我了",
        "又挨打了",
        "他天天跟我动手",
        "我公公老占我便宜",
    ],
)
def test_violence_at_home_is_told_apart(said: str) -> None:
    alarm = find_alarm(listen(said))
    assert alarm.violence
    assert alarm.at_once
    assert Danger.BODILY_HARM in alarm.dangers


@pytest.mark.parametrize(
    "said",
    [
        "村干部打人",
        "冰雹打了庄稼",
        "我去打针",
        "给我打个电话",
        "他又打我电话了",
        "他打我手机没接",
        "下周动手术",
        "他打工去了",
    ],
)
def test_other_blows_are_no_violence_at_home(said: str) -> None:
    assert not find_alarm(listen(said)).violence


@pytest.mark.parametrize("said", ["房子塌了能申请危房改造吗", "房屋倒塌了补多少钱", "去年房子让水冲了"])
def test_a_question_about_lost_shelter_or_an_old_loss_can_wait(said: str) -> None:
    alarm = find_alarm(listen(said))
    assert alarm.dangers == (Danger.HOMELESS,)
    assert not alarm.at_once


@pytest.mark.parametrize("said", ["老房子快塌了想翻盖，国家给多少", "他家房子也快塌了，能申请改造不"])
def test_who_asks_how_a_falling_house_is_rebuilt_is_answered_after_the_numbers(said: str) -> None:
    alarm = find_alarm(listen(said))
    assert alarm.dangers == (Danger.BODILY_HARM,)
    assert not alarm.at_once


@pytest.mark.parametrize("said", ["房子快塌了", "房子快塌了，人还在里面，能申请改造不", "房子快塌了想翻盖，我不想活了"])
def test_a_falling_house_with_people_in_it_or_another_danger_cannot_wait(said: str) -> None:
    assert find_alarm(listen(said)).at_once
