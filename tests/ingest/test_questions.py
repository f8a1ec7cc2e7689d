"""Questions of booklets, one-line pairs and tables find their answers, lists inside answers do not part them."""

from __future__ import annotations

import pytest

from ingest.parsing import parse


def sections(text: str, name: str = "问答.txt") -> dict[str, str]:
    (draft,) = parse(text.encode(), name, 2026).drafts
    text = draft.composed.text
    return {" > ".join(piece.section): text[piece.text.start : piece.text.end] for piece in draft.composed.pieces}


def test_lists_and_paragraphs_of_an_answer_stay_with_its_question_and_groups_head_theirs() -> None:
    found = sections(
        "农村低保100问\n第一部分 基本概念\n1.问：什么是农村低保？\n答：是一项救助制度。\n由民政部门负责。\n"
        "2.问：要什么材料？\n答：需要以下材料：\n（一）身份证；\n（二）收入证明；\n1.工资单；\n2.存折流水。\n不齐的一次告知。\n"
        "第二部分 申请办理\n3.问：向谁申请？\n答：向乡镇申请。\n附件1\n填写说明\n请如实填写，不要漏项，签字后交村委会。"
    )
    assert list(found) == [
        "第一部分 基本概念 > 1.问：什么是农村低保？",
        "第一部分 基本概念 > 2.问：要什么材料？",
        "第二部分 申请办理 > 3.问：向谁申请？",
        "附件1 填写说明",
    ]
    answer = next(text for section, text in found.items() if "要什么材料" in section)
    assert answer.endswith("2.存折流水。\n不齐的一次告知。")


@pytest.mark.parametrize(
    "text",
    [
        "1、怎么申请低保\n答：向乡镇申请。\n2、多久批下来\n答：各地不同。\n3、不服怎么办\n答：申请复核。",
        "问：怎么申请低保？答：向乡镇申请。问：多久批下来？答：各地不同。问：不服怎么办？答：申请复核。",
        "【问】怎么申请低保？\n【答】向乡镇申请。\n【问】多久批下来？\n【答】各地不同。\n【问】不服怎么办？\n【答】申请复核。",
        "一、怎么申请低保？\n向乡镇申请。\n二、多久批下来？\n各地不同。\n三、不服怎么办？\n申请复核。",
    ],
)
def test_each_way_to_print_questions_gives_one_passage_a_question(text: str) -> None:
    found = sections(f"低保一问一答\n{text}")
    assert len(found) == 3
    for (section, passage), word, answer in zip(
        found.items(), ("怎么申请", "多久", "不服"), ("向乡镇申请。", "各地不同。", "申请复核。"), strict=True
    ):
        assert word in section
        assert passage.endswith(answer)


def test_a_table_of_questions_and_answers_gives_each_pair_a_section() -> None:
    rows = "".join(
        f"<tr><td>{number}</td><td>{question}</td><td>{answer}</td><td>{office}</td></tr>"
        for number, question, answer, office in (
            (1, "低保怎么申请？", "向乡镇申请。乡镇审核后报县民政局。", "民政局"),
            (2, "残疾补贴怎么领", "向村委会提出。", "残联"),
        )
    )
    head = "<tr><th>序号</th><th>问题</th><th>答复</th><th>责任部门</th></tr>"
    found = sections(f"<html><body><h1>政策问答</h1><table>{head}{rows}</table></body></html>", "问答.html")
    assert [section.rstrip("？?") for section in found] == ["低保怎么申请", "残疾补贴怎么领"]
    assert found["残疾补贴怎么领"] == "残疾补贴怎么领\n向村委会提出。\n责任部门：残联"


def test_a_carried_document_and_its_articles_stand_under_its_own_title() -> None:
    found = sections(
        "某县人民政府办公室关于印发《某县低保办法》的通知\n各乡镇：\n现印发给你们，请认真贯彻执行，有情况及时报告。\n"
        "某县人民政府办公室\n2025年2月10日\n某县低保办法\n第一章 总则\n第一条 为了规范低保工作，制定本办法。\n"
        "第二条 本办法自印发之日起施行，有效期五年。",
        "办法.txt",
    )
    assert any(section.startswith("某县低保办法") and "第二条 本办法自印发" in text for section, text in found.items())


def test_a_term_of_years_is_counted_from_the_day_of_issue() -> None:
    text = (
        "某县低保办法\n第一条 为了规范低保工作，制定本办法。\n第二条 本办法自印发之日起施行，有效期五年。\n"
        "某县人民政府\n2024年2月29日"
    )
    (draft,) = parse(text.encode(), "办法.txt", 2026).drafts
    stated = draft.particulars
    assert (str(stated.valid_from), str(stated.valid_to)) == ("2024-02-29", "2029-02-27")
