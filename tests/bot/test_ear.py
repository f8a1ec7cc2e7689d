"""The second ear hears what the rules have no words for, and takes no alarm back."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

import bot.conversation.ear
from app.evaluation.lanes.sayings import load_sayings
from app.evaluation.likeness import bigrams
from app.evaluation.split import Half
from bot.conversation.danger import find_alarm
from bot.conversation.ear.ear import NO_OPINION, Ear, Opinion
from bot.conversation.ear.fit import Fit
from bot.conversation.hearing import listen
from bot.conversation.lanes import Lane, take_lane
from bot.conversation.listening import Listener
from bot.conversation.routing import Route, find_route, find_signals
from bot.conversation.state import Asking, Draft, State
from cases.report import Danger
from knowledge.embedder import Embedder, ModelMissingError, Vectors, load_embedder
from places.gazetteer import load_gazetteer
from settings.load import load_settings
from settings.schema import Settings

TOLD = Path(bot.conversation.ear.__file__).parent / "told.toml"
TOO_ALIKE = 0.5


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """Return the bundled model."""
    return load_embedder(load_settings(Path(__file__).parents[2] / "config.toml", Path(), environ={}))


@pytest.fixture
def listener(settings: Settings, embedder: Embedder) -> Listener:
    """Return a listener with its second ear."""
    return Listener(settings, load_gazetteer(), Ear(lambda: embedder))


@pytest.mark.parametrize(
    ("said", "lane"),
    [
        ("绳套我都系在树上了，来生再见", Lane.DANGER),
        ("屋檐整个砸下来，奶奶在底下喊", Lane.DANGER),
        ("他拿擀面杖往我身上招呼，牙都掉了", Lane.VIOLENCE),
        ("副书记把救灾的面粉拉到他老丈人家去了", Lane.COMPLAINT),
        ("有个人让我先打八百块才给我办补助", Lane.FRAUD),
        ("上月那几次入户根本没去，你替我写几条出来", Lane.FORGERY),
        ("派个会说话的人跟我讲", Lane.HUMAN),
        ("娃他爸截了肢，外头欠着七万，两个学生等着交费", Lane.HARDSHIP),
        ("我弟弟智力三级残疾，一个月能领多少", Lane.QUESTION),
        ("村会计的丈母娘能申请低保吗", Lane.QUESTION),
    ],
)
def test_messages_beyond_the_rules_go_where_they_belong(
    listener: Listener, said: str, lane: Lane, now: datetime
) -> None:
    assert take_lane(listener, said, now=now) is lane


def test_most_sayings_of_the_tuning_half_and_nearly_all_that_cannot_wait_are_heard(
    listener: Listener, now: datetime
) -> None:
    sayings = load_sayings(Half.TUNE)[::3]
    taken = [(saying, take_lane(listener, saying.text, now=now)) for saying in sayings]
    assert sum(lane in saying.lanes for saying, lane in taken) >= 0.9 * len(taken)
    urgent = [lane for saying, lane in taken if saying.lanes[0] in (Lane.DANGER, Lane.VIOLENCE)]
    assert sum(lane in (Lane.DANGER, Lane.VIOLENCE) for lane in urgent) >= 0.95 * len(urgent)


@pytest.mark.parametrize("said", ["我不想活了", "我家房子塌了人压在下面，能补多少", "我男人打我，能离婚吗"])
def test_an_alarm_of_the_rules_about_somebody_here_stays(embedder: Embedder, said: str) -> None:
    heard = listen(said)
    ruled = find_alarm(heard)
    widened = Ear(lambda: embedder).hear(heard).widen(ruled, find_signals(heard), heard)
    assert widened.at_once
    assert set(ruled.dangers) <= set(widened.dangers)


def test_a_rule_asked_for_keeps_its_dangers_and_is_answered(embedder: Embedder) -> None:
    heard = listen("自杀未遂住院医保给不给报")
    alarm = Ear(lambda: embedder).hear(heard).widen(find_alarm(heard), find_signals(heard), heard)
    assert alarm.dangers == (Danger.SUICIDE,)
    assert not alarm.at_once


def test_an_answer_to_our_own_question_is_weighed_for_danger_only(listener: Listener, now: datetime) -> None:
    asked = State(asking=Asking.HOUSEHOLDER, drafts=(Draft("d"),))
    assert listener.hear("王傻子", asked, now=now).route is find_route("王傻子")
    assert listener.hear("绳套我都系在树上了，来生再见", asked, now=now).alarm.at_once


def test_danger_in_the_middle_of_a_long_voice_message_is_heard(listener: Listener, now: datetime) -> None:
    around = "喂，同志你好，我是后山的，今年雨水多，路也不好走，上回那个补贴我领到了，谢谢你们，家里都还行。" * 3
    assert listener.hear(f"{around}绳套我都系在树上了，来生再见。{around}", State(), now=now).alarm.at_once


def test_without_the_model_that_it_was_fitted_with_it_has_no_opinion() -> None:
    class Other:
        model_id, dimension = "another", 1

        def embed_queries(self, texts: list[str]) -> Vectors:
            return np.zeros((len(texts), 1), np.float32)

        embed_passages = embed_queries

    def missing() -> Embedder:
        raise ModelMissingError

    assert Ear(Other).hear("我想找根绳子") is NO_OPINION  # type: ignore[arg-type] # a list is a sequence
    assert Ear(missing).hear("我想找根绳子") is NO_OPINION


def test_shares_are_probabilities() -> None:
    weights = {"one": [0.0, 1.0, 0.0], "other": [0.0, 0.0, 1.0]}
    fit = Fit("m", "2026-01-01", 2, 0.5, 0.5, [0.0], 1.0, ["clue"], weights)
    shares = fit.shares(np.array([[3.0]], np.float32), np.array([[0.0]], np.float32))
    assert shares["one"][0] > shares["other"][0]
    assert shares["one"][0] + shares["other"][0] == pytest.approx(1)


def test_nothing_told_nearly_repeats_what_is_reported() -> None:
    told = [bigrams(text) for texts in tomllib.loads(TOLD.read_text(encoding="utf-8")).values() for text in texts]
    for saying in load_sayings(Half.REPORT):
        ours = bigrams(saying.text)
        assert max(len(ours & other) / (len(ours | other) or 1) for other in told) < TOO_ALIKE


@pytest.mark.parametrize("said", ["不是我爸是我叔", "又不是了，是我爸", "不是我，是我妈", "家里就我跟老伴"])
def test_words_that_only_say_who_raise_no_alarm(said: str, listener: Listener, now: datetime) -> None:
    for state in (State(), State(asking=Asking.REVIEW, drafts=(Draft("d"),))):
        assert not listener.hear(said, state, now=now).alarm.at_once


@pytest.mark.parametrize(
    "said",
    ["我要撤回", "我去接娃放学", "住了十五天", "我男人瘫在床上三年了", "慢慢来", "医生让再去化疗", "男人早就没了"],
)
def test_ordinary_short_talk_raises_no_alarm(said: str, listener: Listener, now: datetime) -> None:
    assert not listener.hear(said, State(), now=now).alarm.at_once


@pytest.mark.parametrize("said", ["yu lu ji hua zen me shen qing", "yijianbaopin zenme nong", "di bao duo shao qian"])
def test_a_rule_asked_for_in_pinyin_raises_no_alarm(said: str, listener: Listener, now: datetime) -> None:
    assert not listener.hear(said, State(), now=now).alarm.dangers


@pytest.mark.parametrize("said", ["nan ren da wo zen me ban", "wo bu xiang huo le"])
def test_help_cried_for_in_pinyin_is_heard(said: str, listener: Listener, now: datetime) -> None:
    assert listener.hear(said, State(), now=now).alarm.at_once


def test_a_little_of_every_danger_is_none() -> None:
    heard = "随便一句"
    little = {f"danger.{danger.value}": 0.1 for danger in Danger}
    calm, signals = find_alarm(heard), find_signals(heard)
    assert Opinion(dangers=little, alarm_from=0.25).widen(calm, signals, heard) == calm
    clear = {**little, f"danger.{Danger.SUICIDE.value}": 0.3}
    assert Opinion(dangers=clear, alarm_from=0.25).widen(calm, signals, heard).at_once


@pytest.mark.parametrize(
    "said", ["村支书叫我来报困难，我男人瘫了花了五万", "驻村干部给我娃送过书包，娃上大学学费还差六千"]
)
def test_an_official_who_did_good_is_not_complained_of(said: str, listener: Listener, now: datetime) -> None:
    assert take_lane(listener, said, now=now) is Lane.HARDSHIP


def test_danger_half_heard_in_a_question_puts_the_numbers_before_its_answer() -> None:
    asked, told = "娃在屋里出不来，找哪个部门", "娃在屋里出不来，门锁了"
    half = Opinion(dangers={f"danger.{Danger.UNATTENDED.value}": 0.4}, alarm_from=0.25)
    widened = half.widen(find_alarm(asked), find_signals(asked), asked)
    assert (widened.dangers, widened.at_once) == ((Danger.UNATTENDED,), False)
    assert half.widen(find_alarm(told), find_signals(told), told).at_once


@pytest.mark.parametrize(
    ("said", "route"),
    [("扫完码钱几天到卡上", Route.QUESTION), ("有人打电话说扫码交钱，钱几天到卡上", Route.FRAUD)],
)
def test_nobody_is_swindled_whom_nobody_wants_anything_of(said: str, route: Route) -> None:
    sure = Opinion(lanes={Route.FRAUD.value: 0.9}, leave_from=0.45)
    assert sure.settle(Route.QUESTION, find_signals(said), blameless=False) is route


@pytest.mark.parametrize("said", ["那花椒呢", "我妈不会弄，我替她行不", "她养老金今年涨了没"])
def test_a_short_question_after_another_goes_on_from_it(said: str, listener: Listener, now: datetime) -> None:
    heard = listener.hear(said, State(questions=("一键报贫怎么弄",)), now=now)
    assert (heard.route, heard.alarm.at_once) == (Route.QUESTION, False)


def test_danger_in_a_short_question_after_another_is_heard(listener: Listener, now: datetime) -> None:
    after = State(questions=("一键报贫怎么弄",))
    assert listener.hear("我不想活了行不", after, now=now).alarm.at_once
