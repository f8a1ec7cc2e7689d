"""Entries at the knowledge desk: checked, rehearsed, published with author and date; who had asked is told once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from app.evaluation.rehearsing import GoldenExamination
from bot.conversation.conversation import Conversation
from bot.memory.answers import keep_feedback, load_unanswered
from bot.memory.chats import chat_key
from bot.memory.hiding import hide
from bot.turn import Turn
from knowledge.answer import AnswerKind, Question
from knowledge.entries import bundled_entry
from knowledge.entry_store import find_entries, load_kept
from knowledge.knowledge import Knowledge
from knowledge.rehearsal import Stage, rehearsal
from settings.schema import Settings
from storage import outbox
from storage.areas import gazetteer_of
from storage.database import transaction
from storage.times import local_date
from tests.cases.conftest import Desk
from tests.web.conftest import Clock
from tests.web.knowledge_desk.conftest import work_done
from tests.web.officers.clerk import Clerk

ASKED = "村里的旧拖拉机能不能以旧换新"
GROUNDS = "农户报废旧拖拉机的，每台补贴1234元，由县农业农村局受理，每年十月底前申请。"
WRITTEN = {
    "question": "旧拖拉机能以旧换新吗？",
    "variants": f"{ASKED}\n拖拉机旧了补多少\n报废拖拉机给钱不",
    "answer": "能。报废旧拖拉机，每台补贴1234元。找县农业农村局，每年十月底前申请。",
    "grounds": GROUNDS,
    "area": "甘肃省/白银市/会宁县",
    "group": "本地问答",
    "department": "县农业农村局",
    "period_note": "没有写到哪天为止。",
    "stage": "常态化",
    "audience": "公开",
    "hotline": "county_rural_affairs",
    "valid_from": "2026-03-01",
    "source-0-title": "会宁县农机报废补贴办法",
    "source-0-publisher": "会宁县农业农村局",
    "source-0-grade": "B",
}


@pytest.fixture
def ask(settings: Settings, knowledge: Knowledge, desk: Desk, clock: Clock) -> Callable[[str, str], None]:
    """Return what lets a villager's chat ask."""
    conversation = Conversation(settings, knowledge, gazetteer_of(desk.store))

    def ask(chat: str, text: str) -> None:
        now = clock()
        turn = Turn("web", chat, f"{chat}-{now}", now, text=text)
        conversation.handle(desk.store, turn, now=now, done=lambda _: None)

    return ask


def write(clerk: Clerk, **changes: str) -> str:
    """Write the entry with *changes* and return the page of its draft."""
    clerk.open("/desk/knowledge/write")
    return clerk.post("/desk/knowledge/write", {**WRITTEN, **changes})


def told(desk: Desk, chat: str) -> int:
    """Return how often a chat was told that its question has an answer now."""
    return sum(item.kind == "answer.later" for item in outbox.for_chat(desk.store, channel="web", chat=chat))


def test_what_is_not_fit_is_said_and_cannot_be_published(county: Clerk, desk: Desk) -> None:
    shown = write(county, answer="报废旧拖拉机，每台补贴4321元。贫困户一定能领。", variants="一种")
    for words in ("数字“4321元”在依据里找不到", "过时的说法“贫困户”", "是许诺", "有 1 种问法"):
        assert words in shown, words
    assert "还不能发布" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    shown = write(county, grounds="")
    assert "出处的原文不在手边" in shown
    shown = write(county, area="甘肃省/月亮县")
    assert "没有“甘肃省/月亮县”这个地方" in shown
    county.open("/desk/knowledge/write")
    again = county.post("/desk/knowledge/write", {**WRITTEN, "valid_from": "三月"})
    assert (county.status, "写成 2026-03-12 的样子" in again, "每台补贴1234元" in again) == (422, True, True)
    assert [id_ for id_ in load_kept(desk.store) if id_.startswith("own-")] == []


def test_an_answer_is_published_once_it_was_seen_and_who_asked_is_told_once(
    app: Starlette, county: Clerk, clerk: Callable[[str], Clerk], ask: Callable[[str, str], None],
    knowledge: Knowledge, desk: Desk, clock: Clock,
) -> None:  # fmt: skip
    for chat, text in (("a", ASKED), ("b", f"{ASKED}，我电话13812345678"), ("c", f"{ASKED}啊"), ("a", ASKED)):
        ask(chat, text)
    with transaction(desk.store):
        hide(desk.store, chat_key(desk.store, "web", "c"), now=clock())
    shown = county.open("/desk/knowledge/unanswered")
    assert "13812345678" not in shown
    (group,) = {line.split('"')[0] for line in county.page.text.split("/desk/knowledge/unanswered/")[1:]}
    assert "4 次" in county.open(f"/desk/knowledge/unanswered/{group}")
    county.open(f"/desk/knowledge/write?cluster={group}")
    asked = [one.id for one in load_unanswered(desk.store, limit=9)]
    county.post("/desk/knowledge/write", {**WRITTEN, "asked": asked})
    work_done(app, "draft:1")
    shown = county.open("/desk/knowledge/drafts/1")
    assert "2 道评测题都问了两遍：没有变化" in shown
    assert "用这一条答" in shown
    assert "勾上“看过了”" in county.post("/desk/knowledge/drafts/1/publish")
    second = clerk("second_county")
    second.open("/desk/knowledge/drafts/1")
    assert "告诉了 2 位问过的人" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    assert "已经发布" in second.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    work_done(app, "index")
    assert [told(desk, chat) for chat in "abc"] == [1, 1, 0]
    assert load_unanswered(desk.store, limit=9) == []
    answer = knowledge.answer(desk.store, Question(ASKED, local_date(clock.now)))
    assert (answer.kind, "1234元" in answer.text) == (AnswerKind.ANSWER, True)
    (own,) = [id_ for id_ in load_kept(desk.store) if id_.startswith("own-")]
    assert "发布的，升级不会盖掉" in county.open(f"/desk/knowledge/entries/{own}")
    assert desk.county.name in county.text
    knowledge.refresh(desk.store, now=clock())
    assert own in find_entries(desk.store, [own])


def test_a_bundled_entry_is_ended_by_an_officer_and_no_upgrade_brings_it_back(
    app: Starlette, county: Clerk, knowledge: Knowledge, desk: Desk, clock: Clock
) -> None:
    county.open("/desk/knowledge/entries?q=监测对象有哪几类")
    county.open("/desk/knowledge/entries/three-kinds")
    last = local_date(clock.now) - timedelta(days=1)
    shown = county.post("/desk/knowledge/entries/three-kinds/end", {"last": last.isoformat()})
    assert "答案和在用的一样" in shown
    work_done(app, "draft:1")
    shown = county.open("/desk/knowledge/drafts/1")
    county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    assert "发布了" in county.text
    work_done(app, "index")
    knowledge.refresh(desk.store, now=clock())
    assert find_entries(desk.store, ["three-kinds"])["three-kinds"].valid_to == last
    assert "改过" in county.open("/desk/knowledge/entries?state=改过")


def test_what_was_looked_up_counts_no_more_once_anything_changed(app: Starlette, county: Clerk, desk: Desk) -> None:
    write(county)
    work_done(app, "draft:1")
    county.open("/desk/knowledge/write?draft=1")
    shown = county.post("/desk/knowledge/write", {**WRITTEN, "draft": "1", "question": "旧拖拉机咋以旧换新？"})
    work_done(app, "draft:1")
    assert "旧拖拉机咋以旧换新？" in shown
    desk.store.db.execute("UPDATE entry_drafts SET rehearsed = json_set(rehearsed, '$.generation', 99)")
    assert "查的不算数了" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})
    assert "什么都没有变" in county.post("/desk/knowledge/drafts/1/drop")
    assert "已经发布、放弃" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})


def test_the_first_results_are_shown_while_the_rest_is_asked_and_nothing_is_published_on_them(
    app: Starlette, county: Clerk, desk: Desk
) -> None:
    write(county)
    work_done(app, "draft:1")
    assert "查完了，等您看" in county.open("/desk/knowledge/entries")
    desk.store.db.execute("UPDATE entry_drafts SET rehearsed = json_set(rehearsed, '$.total', 99)")
    assert "没有查完" in county.open("/desk/knowledge/entries")
    shown = county.open("/desk/knowledge/drafts/1")
    assert "最可能变的 2 道评测题都问了两遍：没有变化。还有 97 道没有查，全部查完才能发布" in shown
    assert "5. 发布" not in shown
    assert "还没有查完" in county.post("/desk/knowledge/drafts/1/publish", {"seen": "1"})


def test_what_an_entry_can_touch_is_asked_first(
    examination: GoldenExamination, settings: Settings, knowledge: Knowledge, desk: Desk, clock: Clock
) -> None:
    bundled = bundled_entry("three-kinds")
    assert bundled is not None
    entry = replace(bundled, answer=f"{bundled.answer.strip()}\n县里另有规定的从其规定。")
    asked: list[tuple[int, ...]] = []
    now = clock()
    with rehearsal(Stage(desk.store, knowledge), settings, entry, now=now, day=local_date(now)) as tried:
        parts = list(examination(tried, lambda *told: asked.append(told[:2])))
    assert asked == [(1, 2), (2, 2)]
    assert [(part.asked, part.total) for part in parts] == [(1, 2), (2, 2)]
    assert [change.question for change in parts[0].changes] == ["监测对象有哪几类"]
    assert parts[1].changes == parts[0].changes


def test_what_needs_no_answer_is_put_aside(county: Clerk, ask: Callable[[str, str], None], desk: Desk) -> None:
    ask("a", ASKED)
    county.open("/desk/knowledge/unanswered")
    group = county.page.text.split("/desk/knowledge/unanswered/")[1].split('"')[0]
    county.open(f"/desk/knowledge/unanswered/{group}")
    assert "放到一边了" in county.post(f"/desk/knowledge/unanswered/{group}/aside")
    assert "现在没有没答上的问题" in county.text
    county.open(f"/desk/knowledge/unanswered/{group}")
    assert county.status == 404


def test_an_answer_of_no_use_is_shown_with_what_led_to_it_until_it_is_dealt_with(
    county: Clerk, clerk: Callable[[str], Clerk], ask: Callable[[str, str], None], desk: Desk, clock: Clock
) -> None:
    ask("a", "监测对象有哪几类，我电话13812345678")
    (given,) = desk.store.db.execute("SELECT id FROM answers_given").fetchone()
    with transaction(desk.store):
        keep_feedback(desk.store, given, useful=False, chat_key=chat_key(desk.store, "web", "a"), now=clock())
    shown = clerk("village").open("/desk/knowledge/feedback")
    assert "监测对象有哪几类" in shown
    assert "13812345678" not in shown
    assert "看过，处理了" not in shown
    county.open("/desk/knowledge/feedback")
    assert "/desk/knowledge/entries/three-kinds" in county.page.text
    assert "记下了" in county.post(f"/desk/knowledge/feedback/{given}/done")
    assert "没有人说没用" in county.text
    assert "监测对象有哪几类" in county.open("/desk/knowledge/feedback?done=1")
    county.post("/desk/knowledge/feedback/nothing/done")
    assert county.status == 404
