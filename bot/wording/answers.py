"""Answers with their proof, and the honest "I do not know"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.danger import NUMBERS

BASIS: Final = {"original": "原文", "digest": "整理"}
_ID_DIGITS: Final = 12
_SOURCES_SHOWN: Final = 3


def source_line(citation: Mapping[str, Any]) -> str:
    """Return a citation in one line: what, whose, which number, when, where, and whether it is quoted or digested."""
    facts = [citation["publisher"], citation["number"], citation["date"], citation["area"]]
    return f"《{citation['title']}》（{'，'.join(fact for fact in facts if fact)}）〔{BASIS[citation['basis']]}〕"


def notice_lines(notices: Iterable[str]) -> list[str]:
    """Return the warnings that go with an answer, a line each."""
    return [f"注意：{notice}" for notice in notices]


def without_sources(params: Mapping[str, Any]) -> str:
    """Return an answer with its warnings, for whoever shows the sources apart."""
    return phrases.lines(*lead(params), _body(params))


def lead(params: Mapping[str, Any]) -> list[str]:
    """Return what must be said before the answer: the numbers to call, the swindle."""
    danger = [f"先顾人：有危险马上打 {NUMBERS}。"] if params["danger"] else []
    swindle = [
        "小心，这很像骗子！先别转钱、别扫码、别给卡号和验证码。",
        "领帮扶补贴、报困难，都不用先交钱。钱已经转出去了，马上打 110。",
    ]
    return [*danger, *(swindle if params["fraud"] else [])]


def _body(params: Mapping[str, Any]) -> str:
    return phrases.lines(params["text"], *notice_lines(params["notices"]))


def _sources(params: Mapping[str, Any]) -> str:
    sources = [f"{number}. {source_line(citation)}" for number, citation in _numbered(params["citations"])]
    return phrases.lines("出处：", *sources) if sources else ""


def _answer(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        *lead(params),
        _body(params),
        _sources(params),
        "您家正遇上这样的难处，可以点“一键报贫”报上去。" if params["offer"] else "",
    )
    return Message(text, _answer_buttons(params))


def _abstain(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        *lead(params),
        params["text"] or "这个问题，收进来的文件里没有找到，我不能乱说。",
        *notice_lines(params["notices"]),
        "" if params["text"] else f"可以问：{phrases.whom_to_ask(params['contacts'])}。",
        "您家正遇上难处的话，点“一键报贫”报上去，会有人上门看。" if params["offer"] else "",
    )
    return Message(text, phrases.rows(*([phrases.REPORT] if params["offer"] else []), phrases.HUMAN))


def _clarify(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(params["text"] or "您是哪个县、问的是哪一项？说得细一点，我再找。", *params["notices"])
    return Message(text)


def _fraud(params: Mapping[str, Any]) -> Message:
    return Message(
        phrases.lines(*lead(params), _body(params), _sources(params)), _answer_buttons({**params, "offer": False})
    )


def _answer_buttons(params: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    short = params["id"][:_ID_DIGITS]
    sources = [
        Button(f"看{BASIS[citation['basis']]} {number}", data(Verb.SOURCE, short, str(number - 1)))
        for number, citation in _numbered(params["citations"])
    ]
    rating = [
        Button("有用", data(Verb.USEFUL, "1", params["id"])),
        Button("没用", data(Verb.USEFUL, "0", params["id"])),
    ]
    offer = [phrases.REPORT] if params["offer"] else []
    return (*phrases.rows(*sources, width=3), *phrases.rows(*rating), *phrases.rows(*offer))


def _source(params: Mapping[str, Any]) -> Message:
    citation = params["citation"]
    quoted = citation["basis"] == "original"
    text = phrases.lines(
        source_line(citation),
        citation["section"],
        f"“{citation['quote']}”" if quoted else citation["quote"],
        "" if quoted else "（这是我们根据上面的出处整理的，不是文件原话。）",
    )
    link = [Button("打开原网页", url=citation["url"])] if citation["url"] else []
    return Message(text, phrases.rows(*link))


def _feedback(params: Mapping[str, Any]) -> Message:
    if params["useful"]:
        return Message("谢谢，记下了。")
    return Message("谢谢您告诉我，会有人看这个回答哪里不好。着急的事，点“人工”。", phrases.rows(phrases.HUMAN))


def _numbered(citations: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    return list(enumerate(citations[:_SOURCES_SHOWN], start=1))


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.ANSWER: _answer,
    Say.ABSTAIN: _abstain,
    Say.CLARIFY: _clarify,
    Say.FRAUD: _fraud,
    Say.SOURCE: _source,
    Say.FEEDBACK: _feedback,
}
