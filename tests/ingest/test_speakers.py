"""A report that answers a higher notice repeats the notice's findings; they are not its own."""

from __future__ import annotations

import pytest

from ingest.parsing import parse
from ingest.speakers import HIGHER, speaker_of, whom_answered
from ingest.spelling import plain

NOTICE = "《关于调研督查发现问题的通报》（市农领办发〔2023〕38号）"
REPORT = f"""关于调研督查发现问题整改情况的报告
县委农村工作领导小组办公室:
按照市委农办转发{NOTICE}文件要求,我镇针对反馈问题,逐条整改。
一、问题整改情况
问题1:责任落实上松劲懈怠。有的市县新任领导干部对工作政策不清楚,个别村没有建立台账,说不清政策,工作没有精准性。
整改措施及成效:我镇组织培训三次,新识别5户20人,全部落实帮扶措施,逐户更新了台账和一户一策。
二、下一步工作打算
我镇将继续开展排查,做到应纳尽纳。
"""


def test_the_problems_are_the_notices_and_the_remedies_are_the_towns() -> None:
    (draft,) = parse(REPORT.encode(), "报告.txt", 2026).drafts
    spoken = {draft.composed.text[piece.text.start : piece.text.end]: piece.speaker for piece in draft.composed.pieces}
    of_notice = [text for text, speaker in spoken.items() if speaker == plain(NOTICE)]
    assert len(of_notice) == 1
    assert "有的市县" in of_notice[0]
    assert "我镇" not in of_notice[0]
    assert {speaker for text, speaker in spoken.items() if text not in of_notice} == {""}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("市里的通报指出,有的县区宣传不到位。", HIGHER),
        ("我县个别村公厕管护不到位,已督促整改。", ""),
        ("经督查发现,个别村台账不全。", ""),
    ],
)
def test_elsewhere_only_what_a_notice_is_said_to_state_is_passed_on(text: str, speaker: str) -> None:
    assert speaker_of("", ("存在问题",), text) == speaker


def test_a_policy_answers_no_notice() -> None:
    assert whom_answered("低保办法", REPORT) == ""
    assert whom_answered("整改报告", "根据督查反馈的问题清单,逐项整改。") == HIGHER
