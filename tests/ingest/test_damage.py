"""What a wrong conversion destroyed is marked; sound text is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.damage import MARK, mark_damage


@pytest.mark.parametrize(
    ("damaged", "marked"),
    [
        ("完成了检查?,F(xiàn)将情况通报如下", f"完成了检查{MARK}将情况通报如下"),
        ("完成了检查?,F将情况通报如下", f"完成了检查{MARK}将情况通报如下"),
        ("缺乏培训??h直部门要加强", f"缺乏培训{MARK}直部门要加强"),
        ("一百个村??奎c(diǎn)正在建设", f"一百个村{MARK}正在建设"),
        ("西沟村二锅?zhàn)悠骸㈠床h贾河乡", f"西沟村二锅{MARK}贾河乡"),
        ("有力推进了进程?;湛h建立健全", f"有力推进了进程{MARK}建立健全"),
        ("程序?qū)Ψ鲐殞?duì)象实施", f"程序{MARK}象实施"),
        ("⠂ ⠂ ⠁8年9月21日", f"{MARK}8年9月21日"),
        ("每户补助\ufffd\ufffd元", f"每户补助{MARK}元"),
    ],
)
def test_destroyed_characters_become_one_mark(damaged: str, marked: str) -> None:
    text, contexts = mark_damage(damaged)
    assert text == marked
    assert len(contexts) == 1


@pytest.mark.parametrize(
    "sound",
    [
        "没钱看病怎么办?可以申请临时救助。",
        "问:低保怎么申请?答:向乡镇人民政府申请。",
        "真的吗??真的。",
        "参加U型会议和A类项目,费用按B级执行",
        "补助α系数,由各县确定",
        "“囧”(jiǒng)是一个字",
        "第㈠项，乙类；是否同意：□是□否",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert mark_damage(sound) == (sound, ())


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=80))
def test_plain_characters_are_never_marked(text: str) -> None:
    assert mark_damage(text) == (text, ())
