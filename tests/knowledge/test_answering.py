"""What may ground an answer, whose rule is chosen, and when nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Answer, AnswerKind, Asker, Basis, Question
from knowledge.answering import Answering
from knowledge.asking import settle
from knowledge.calibration_file import Calibration
from knowledge.confidence import Logistic
from knowledge.documents import Edition, save_document
from knowledge.ranking import plain_ranker
from knowledge.search import Search
from knowledge.standing import Audience, Authority, DocumentKind, Stage
from places.gazetteer import load_gazetteer
from settings.schema import Contacts
from storage.database import transaction
from storage.store import Store
from tests.knowledge.conftest import Small
from tests.knowledge.corpus import HUINING, NOW, STARTER, add_document, make_document, make_passages, write_starter
from tests.knowledge.hashing_embedder import HashingEmbedder

TODAY = date(2026, 3, 10)
_SURE = Logistic(9.0, {}, {}, {})
_UNSURE = replace(_SURE, intercept=-9.0)
RANKER = plain_ranker(0.5)
CALIBRATION = Calibration("hashing-1", TODAY, 0, 0.5, 0.3, RANKER, _SURE)

Ask = Callable[..., Answer]


@pytest.fixture
def ask(small: Small) -> Ask:
    """Return a function that asks the small corpus, by default as a villager of 会宁 on 2026-03-10."""

    def asked(
        text: str,
        *,
        area: str | None = HUINING,
        asker: Asker = Asker.VILLAGER,
        as_of: date = TODAY,
        calibration: Calibration = CALIBRATION,
        contacts: Contacts | None = None,
    ) -> Answer:
        search = settle(Question(text, as_of, area, asker), load_gazetteer())
        found = small.retriever().find(small.snapshot(), search, RANKER)
        answering = Answering(small.store, calibration, load_gazetteer(), contacts or Contacts(), as_of)
        return answering.answer(found)

    return asked


def test_an_entry_answers_with_its_digest_whose_rule_and_when(ask: Ask) -> None:
    answer = ask("名单贴几天")
    assert answer.kind is AnswerKind.ANSWER
    assert answer.text.startswith("村内公示不少于5天。")
    assert "全国" in answer.text
    assert "2021年1月起" in answer.text
    assert "看的是发布单位的原文" in answer.text
    (citation,) = answer.citations
    assert (citation.document, citation.basis, citation.title) == ("notice", Basis.DIGEST, "识别程序说明")
    assert citation.quote in answer.text
    assert any("过渡期" in notice for notice in answer.notices)


def test_the_rule_in_force_answers_and_the_old_one_only_when_its_year_is_named(ask: Ask) -> None:
    assert "1250元，初中每年1500元" in ask("住校娃的补助").text
    old = ask("2023年的住校补助标准是多少")
    assert "1000元" in old.text
    assert old.notices == ("这是到2024年2月为止的规定，现在不一定还这样。",)
    assert "1000元" in ask("住校娃的补助", as_of=date(2024, 1, 10)).text


def test_the_askers_own_place_is_chosen_among_several(ask: Ask) -> None:
    assert ask("监测收入线是多少").citations[0].document == "line-huining"


def test_a_foreign_rule_is_withheld_from_an_asker_of_another_place(ask: Ask) -> None:
    answer = ask("危房改造补多少钱")
    assert answer.kind is AnswerKind.ABSTAIN
    assert "2万" not in answer.text
    assert "甘肃省白银市会宁县" in answer.text
    assert "旌德县" in answer.text
    assert answer.citations == ()


def test_a_foreign_rule_answers_one_who_names_its_place(ask: Ask) -> None:
    answer = ask("旌德县危房改造补多少钱")
    assert "2万元" in answer.text
    assert answer.citations[0].area == "安徽省/宣城市/旌德县"
    assert "这是到2022年12月为止的规定，现在不一定还这样。" in answer.notices


def test_without_a_place_the_only_rule_is_named_as_that_places(ask: Ask) -> None:
    answer = ask("危房改造补多少钱", area=None)
    assert "这是安徽省宣城市旌德县的规定，您那里以当地公布的为准。" in answer.notices


def test_without_a_place_rules_of_several_places_make_it_ask_back(ask: Ask) -> None:
    answer = ask("监测收入线是多少", area=None)
    assert answer.kind is AnswerKind.CLARIFY
    assert "哪个县" in answer.text


def test_the_place_is_asked_before_the_topic_when_every_topic_depends_on_it(store: Store, tmp_path: Path) -> None:
    lines = STARTER.split("[[entries]]")
    there = [one for one in lines if "line-" in one or "housing-" in one]
    here = (
        there[-1].replace("housing-jingde", "housing-huining").replace("安徽省/宣城市/旌德县", "甘肃省/白银市/会宁县")
    )
    topics = [
        one.replace("question =", 'topic = "housing"\nquestion =') if "housing-" in one else one
        for one in (*there, here)
    ]
    both = Small(store, write_starter(tmp_path / "starter", "[[entries]]".join((lines[0], *topics))), HashingEmbedder())
    middling = replace(CALIBRATION, confidence_model=Logistic(-0.4, {}, {}, {}))

    def asked(area: str | None) -> Answer:
        search = settle(Question("监测线和危改补助多少", TODAY, area, Asker.VILLAGER), load_gazetteer())
        found = both.retriever().find(both.snapshot(), search, RANKER)
        return Answering(store, middling, load_gazetteer(), Contacts(), TODAY).answer(found)

    assert (asked(None).kind, asked(None).options) == (AnswerKind.CLARIFY, ())
    assert "哪个县" in asked(None).text
    assert len(asked(HUINING).options) == 2


def test_what_is_meant_for_cadres_is_not_shown_to_villagers(ask: Ask) -> None:
    assert ask("风险消除有没有比例指标", asker=Asker.CADRE).citations[0].document == "quota"
    assert all(citation.document != "quota" for citation in ask("风险消除有没有比例指标").citations)


def test_a_document_answers_with_its_own_words(small: Small, ask: Ask) -> None:
    document = make_document("民主评议办法", area="620422", url="https://example.gov.cn/1")
    add_document(small.store, document, ["评议会应当有三分之二以上的村民代表参加。"])
    answer = ask("评议会要有多少村民代表参加")
    assert "“评议会应当有三分之二以上的村民代表参加。”" in answer.text
    (citation,) = answer.citations
    assert citation.basis is Basis.ORIGINAL
    assert citation.quote in "评议会应当有三分之二以上的村民代表参加。"
    assert (citation.document, citation.number, citation.date) == (document.id, "某农发〔2025〕1号", "2025-02-01")
    assert (citation.area, citation.section, citation.url) == ("甘肃省/白银市/会宁县", "正文", document.url)


RULE = ["评议会应当有三分之二以上的村民代表参加。"]
ASKED = "评议会要有多少村民代表参加"


def cited(answer: Answer) -> set[str]:
    return {citation.document for citation in answer.citations}


@pytest.mark.parametrize(
    "changes",
    [
        {"authority": Authority.TEMPLATE},
        {"kind": DocumentKind.SAMPLE},
        {"kind": DocumentKind.REPORT, "area": "431102"},
        {"kind": DocumentKind.REPORT, "area": None},
        {"area": "431102"},
        {"audience": Audience.CADRE},
        {"audience": Audience.INTERNAL},
        {"valid_from": date(2026, 6, 1)},
    ],
)
def test_what_may_not_ground_an_answer_does_not(small: Small, ask: Ask, changes: dict[str, object]) -> None:
    fitting, unfit = make_document("办法"), make_document("别的", **changes)
    add_document(small.store, unfit, RULE)
    assert unfit.id not in cited(ask(ASKED))
    add_document(small.store, fitting, RULE)
    assert cited(ask(ASKED)) == {fitting.id}


def test_the_askers_own_countys_document_comes_before_a_wider_rule_that_says_as_much(small: Small, ask: Ask) -> None:
    local = make_document("公示办法", area=HUINING)
    add_document(small.store, local, ["公示要贴几天：名单公示不少于7天。"])
    assert cited(ask("公示要贴几天")) == {local.id}
    assert cited(ask("公示要贴几天", area="350526")) == {"notice"}


def test_the_piece_of_a_document_that_gives_what_is_asked_is_quoted(small: Small, ask: Ask) -> None:
    document = make_document("花椒奖补办法")
    add_document(small.store, document, ["花椒奖补办法总则", "种花椒的，每亩奖补300元。"])
    assert "300元" in ask("花椒奖补一亩多少钱").text


def test_a_middling_confidence_asks_back_with_the_likeliest_questions(ask: Ask) -> None:
    middling = replace(CALIBRATION, confidence_model=Logistic(-0.4, {}, {}, {}))
    answer = ask("寄宿生生活补助公示", calibration=middling)
    assert answer.kind is AnswerKind.CLARIFY
    assert len(answer.options) > 1
    assert all(f"{number}. {option}" in answer.text for number, option in enumerate(answer.options, start=1))
    assert not answer.citations


def test_a_report_of_the_askers_own_place_is_shown_as_a_report(small: Small, ask: Ask) -> None:
    report = make_document("整改报告", kind=DocumentKind.REPORT, area=HUINING, written_on=date(2023, 10, 7))
    add_document(small.store, report, RULE)
    answer = ask(ASKED)
    assert cited(answer) == {report.id}
    assert answer.notices == ("这是甘肃省白银市会宁县2023年的工作汇报，说的是当地当时的情况，不是政策规定。",)


def test_a_document_past_its_days_or_stage_is_marked(small: Small, ask: Ask) -> None:
    add_document(small.store, make_document("旧", valid_to=date(2025, 6, 30)), RULE)
    assert ask(ASKED).notices == ("这是2025年的规定，已经过期或被新文件代替。",)
    add_document(small.store, make_document("旧", stage=Stage.TRANSITION), RULE)
    assert "2026年起是常态化帮扶" in ask(ASKED).notices[0]


def test_a_document_kept_from_villagers_since_indexing_is_not_quoted(small: Small) -> None:
    document = make_document("办法")
    add_document(small.store, document, RULE)
    snapshot = small.snapshot()
    add_document(small.store, replace(document, audience=Audience.INTERNAL), RULE)
    found = small.retriever().find(snapshot, Search(ASKED, TODAY, Asker.VILLAGER, HUINING), RANKER)
    answer = Answering(small.store, CALIBRATION, load_gazetteer(), Contacts(), TODAY).answer(found)
    assert answer.kind is AnswerKind.ABSTAIN


def test_below_the_threshold_it_says_so_and_whom_to_ask(ask: Ask) -> None:
    unsure = replace(CALIBRATION, confidence_model=_UNSURE)
    answer = ask("名单贴几天", calibration=unsure)
    assert answer.kind is AnswerKind.ABSTAIN
    assert answer.confidence < 0.01
    assert "村委会或乡镇" in answer.text
    assert "12345" in answer.text
    assert "0943-1234567" in ask("名单贴几天", calibration=unsure, contacts=Contacts(township="0943-1234567")).text


def test_a_withheld_rule_names_the_responsible_office_when_its_number_is_known(ask: Ask) -> None:
    assert "县住建部门（电话 0943-7654321）" in ask("危房改造补多少钱", contacts=Contacts(housing="0943-7654321")).text


@pytest.mark.parametrize("text", ["", "   ", "？？？", "\x00", "😀"])
def test_a_question_without_words_gets_an_honest_refusal(ask: Ask, text: str) -> None:
    answer = ask(text, calibration=replace(CALIBRATION, confidence_model=_UNSURE))
    assert answer.kind is AnswerKind.ABSTAIN
    assert answer.text


def test_a_towns_paper_that_hands_on_a_countys_words_says_so_and_whether_that_paper_is_here(
    ask: Ask, small: Small
) -> None:
    town = make_document("关于发放取暖补助的通知", area=HUINING, kind=DocumentKind.NOTICE)
    handed_on = "《取暖补助实施方案》（会政办发〔2026〕11号）要求：“监测对象每户发放取暖补助480元。”"
    add_document(small.store, town, [handed_on])
    answer = ask("监测对象取暖补助每户发放多少元")
    assert cited(answer) == {town.id}
    assert answer.citations[0].number != "会政办发〔2026〕11号"
    assert answer.notices[0] == (
        "这一段是转引《取暖补助实施方案》（会政办发〔2026〕11号）的话，那一份没有收进来，办事以它的原文为准。"
    )
    add_document(small.store, make_document("取暖补助方案", area=HUINING, number="会政办发[2026]第11号"), ["总则。"])
    assert "那一份也收进来了" in ask("监测对象取暖补助每户发放多少元").notices[0]


def test_a_finding_that_a_report_only_passes_on_is_not_told_as_its_own(ask: Ask, small: Small) -> None:
    report = make_document("饮水排查整改报告", area=HUINING, kind=DocumentKind.REPORT)
    (passage,) = make_passages(report, ["问题1：有的市县水管老化漏水，无人修理。"])
    with transaction(small.store):
        passed_on = replace(passage, speaker="《督查通报》")
        save_document(small.store, report, Edition(passage.text, passage.text), [passed_on], now=NOW)
    answer = ask("有的市县水管老化漏水无人修理")
    assert answer.citations[0].document == report.id
    assert answer.notices[0] == "这一段是转述《督查通报》里的问题，不是甘肃省白银市会宁县自己的情况。"
