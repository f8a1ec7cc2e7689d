"""The try-out box: a question looked up step by step, as it is for whoever asks it. Nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.responses import Response

from knowledge.answer import Asker, Question
from knowledge.applicability import Nearness, Timing
from knowledge.knowledge import NoIndexError
from knowledge.walkthrough import walk_through
from places.finding import SURE, find_places
from web.knowledge_desk.rights import show_page
from web.officers.door import Desk

ASKERS: Final = {Asker.VILLAGER: "村民", Asker.CADRE: "干部", Asker.OFFICER: "办件人员"}
_NEARNESS: Final = {
    Nearness.ELSEWHERE: "别处的，或不知哪里的",
    Nearness.WITHIN: "本地一部分的",
    Nearness.NATION: "全国的",
    Nearness.PROVINCE: "本省的",
    Nearness.CITY: "本市的",
    Nearness.COUNTY: "本县的",
    Nearness.TOWNSHIP: "本乡镇的",
    Nearness.VILLAGE: "本村的",
}
_TIMING: Final = {
    Timing.IN_FORCE: "有效",
    Timing.STAGE_OVER: "那个时期已过",
    Timing.ENDED: "已失效",
    Timing.NOT_YET: "还没施行",
}
_LONGEST: Final = 500


def show(desk: Desk) -> Response:
    """GET /desk/knowledge/try."""
    return _page(desk)


def look_up(desk: Desk) -> Response:
    """POST /desk/knowledge/try: the question stands in no address, no log and no table."""
    text = desk.form.text("question")[:_LONGEST]
    if not text:
        return _page(desk, problem="请写一句要试的话。")
    place = desk.form.text("area")
    area = _area(desk, place) if place else None
    if place and area is None:
        return _page(desk, problem=f"没有“{place}”这个地方。请从省写起，如 甘肃省/白银市/会宁县，或只写县名。")
    try:
        day = date.fromisoformat(desk.form.text("day")) if desk.form.text("day") else desk.today
    except ValueError:
        return _page(desk, problem="日期请写成 2026-03-12 的样子。")
    asker = Asker(desk.form.text("asker")) if desk.form.text("asker") in set(Asker) else Asker.VILLAGER
    try:
        walked = walk_through(desk.site.knowledge, desk.store, Question(text, day, area, asker))
    except NoIndexError:
        return _page(desk, problem="索引还没有建好，请过一会儿再试。")
    return _page(desk, walked=walked)


def _page(desk: Desk, *, problem: str = "", walked: object = None) -> Response:
    places = desk.site.places
    context = {
        "walked": walked,
        "form": desk.form,
        "askers": ASKERS,
        "nearness": _NEARNESS,
        "timing": _TIMING,
        "home": places.whole(desk.site.knowledge.service_area or ""),
        "problem": problem,
    }
    return show_page(desk, "knowledge_try.html", context, status=422 if problem else 200)


def _area(desk: Desk, text: str) -> str | None:
    gazetteer = desk.site.places.gazetteer
    exact = gazetteer.by_path(text)
    if exact is not None:
        return exact.code
    found = [match for match in find_places(text, gazetteer) if match.score >= SURE]
    return found[0].code if found else None
