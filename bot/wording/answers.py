"""Answers with their proof, and the honest "I do not know"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.conversation.buttons import Verb, data
from bot.conversation.kinds import Say
from bot.turn import Button, Message
from bot.wording import phrases
from bot.wording.answer_parts import first_source, folded, is_long, lead, next_step, notice_lines, offer, source_line

_ID_DIGITS: Final = 12
_IN_NEED: Final = "您家正遇上难处的话，点“一键报贫”报上去，会有人上门看。"


def without_sources(params: Mapping[str, Any]) -> str:
    """Return an answer with its warnings, for whoever shows the sources apart."""
    return phrases.lines(*lead(params), params["text"], *notice_lines(params["notices"]))


def in_full(params: Mapping[str, Any]) -> str:
    """Return an answer unfolded with what to do next, for whoever shows the sources apart."""
    return phrases.lines(without_sources(params), next_step(params), offer(params))


def _answer(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        *lead(params),
        folded(params["text"]),
        *notice_lines(params["notices"]),
        next_step(params),
        offer(params),
        first_source(params["citations"]),
    )
    return Message(text, _answer_buttons(params))


def _abstain(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        *lead(params),
        params["text"] or "这个问题，收进来的文件里没有找到，我不能乱说。",
        *notice_lines(params["notices"]),
        "" if params["text"] else f"可以问：{phrases.whom_to_ask(params['contacts'])}。",
        _IN_NEED if params["offer"] else "",
    )
    return Message(text, phrases.rows(*([phrases.REPORT] if params["offer"] else []), phrases.HUMAN))


def _clarify(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        *lead(params),
        params["text"] or "您是哪个县、问的是哪一项？说得细一点，我再找。",
        *params["notices"],
        _IN_NEED if params["offer"] else "",
    )
    short = params["id"][:_ID_DIGITS]
    meant = [Button(question, data(Verb.MEANT, short, str(place))) for place, question in enumerate(params["options"])]
    last = [*([phrases.REPORT] if params["offer"] else []), *([phrases.HUMAN] if meant else [])]
    return Message(text, (*phrases.rows(*meant, width=1), *phrases.rows(*last)))


def _fraud(params: Mapping[str, Any]) -> Message:
    return Message(
        phrases.lines(without_sources(params), first_source(params["citations"])),
        _answer_buttons({**params, "offer": False}),
    )


def _answer_buttons(params: Mapping[str, Any]) -> tuple[tuple[Button, ...], ...]:
    short = params["id"][:_ID_DIGITS]
    plainer = [Button("说简单点", data(Verb.PLAIN, short))] if params.get("plain") else []
    whole = [Button("看全部", data(Verb.WHOLE, short))] if is_long(params["text"]) else []
    rating = [
        Button("有用", data(Verb.USEFUL, "1", params["id"])),
        Button("没用", data(Verb.USEFUL, "0", params["id"])),
    ]
    offer = [phrases.REPORT] if params["offer"] else []
    views = phrases.rows(*whole, *plainer, *_originals(short, params["citations"]), width=3)
    return (*views, *phrases.rows(*rating), *phrases.rows(*offer))


def _originals(short: str, citations: Sequence[Mapping[str, Any]]) -> list[Button]:
    """Return a button for each text that is quoted; several sources of one digest share theirs."""
    quotes = {citation["quote"]: place for place, citation in reversed(list(enumerate(citations)))}
    places = sorted(quotes.values())
    numbered = [f" {number}" if len(places) > 1 else "" for number in range(1, len(places) + 1)]
    return [
        Button(f"原文{number}", data(Verb.SOURCE, short, str(place)))
        for number, place in zip(numbered, places, strict=True)
    ]


def _plain(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(
        params["text"],
        *notice_lines(params["notices"]),
        "数都没有改，照下面这份写的。",
        first_source(params["citations"]),
    )
    return Message(text, phrases.rows(*_originals(params["id"][:_ID_DIGITS], params["citations"]), width=3))


def _whole(params: Mapping[str, Any]) -> Message:
    text = phrases.lines(params["text"], *notice_lines(params["notices"]), first_source(params["citations"]))
    return Message(text, phrases.rows(*_originals(params["id"][:_ID_DIGITS], params["citations"]), width=3))


def _source(params: Mapping[str, Any]) -> Message:
    """Show a quoted text word for word, and where it stands."""
    citations = params["citations"]
    first = citations[0]
    quoted = first["basis"] == "original"
    sources = [source_line(citation) for citation in citations]
    text = phrases.lines(
        *(sources if len(sources) == 1 else [f"{number}. {line}" for number, line in enumerate(sources, start=1)]),
        first["section"],
        f"“{first['quote']}”" if quoted else first["quote"],
        "" if quoted else "（这是我们根据上面的出处整理的，不是文件原话。）",
    )
    links = [citation["url"] for citation in citations if citation["url"]]
    labels = ["打开原网页"] if len(links) == 1 else [f"打开原网页 {number}" for number in range(1, len(links) + 1)]
    return Message(text, phrases.rows(*(Button(label, url=url) for label, url in zip(labels, links, strict=True))))


def _feedback(params: Mapping[str, Any]) -> Message:
    if params["useful"]:
        return Message("谢谢，记下了。")
    return Message("谢谢您告诉我，会有人看这个回答哪里不好。着急的事，点“人工”。", phrases.rows(phrases.HUMAN))


def _answered_later(params: Mapping[str, Any]) -> Message:
    """Tell what was found since; the entry's own question stands for the asker's, whose words stay where they are."""
    text = phrases.lines(
        "您前些天问过一件事，那时候没有答上来。现在有了：",
        f"问：{params['question']}",
        params["text"],
        *notice_lines(params["notices"]),
        "不是您要问的，就换个说法再问一遍，或者点“人工”。",
        first_source(params["citations"]),
    )
    return Message(text, phrases.rows(phrases.HUMAN))


WORDINGS: Final[Mapping[Say, Callable[[Mapping[str, Any]], Message]]] = {
    Say.ANSWER: _answer,
    Say.ABSTAIN: _abstain,
    Say.CLARIFY: _clarify,
    Say.FRAUD: _fraud,
    Say.SOURCE: _source,
    Say.PLAIN_ANSWER: _plain,
    Say.WHOLE_ANSWER: _whole,
    Say.FEEDBACK: _feedback,
    Say.ANSWERED_LATER: _answered_later,
}
