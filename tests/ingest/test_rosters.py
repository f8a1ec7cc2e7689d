"""Lists of people are set aside; blank forms, office telephones and named officials are not."""

from __future__ import annotations

import pytest

from ingest.page import Block
from ingest.refusal import Reason, RefusedError
from ingest.rosters import check_no_roster
from ingest.secrecy import check_not_secret

PEOPLE = [("1", "张三丰", "男", "一类"), ("2", "李四光", "女", "二类"), ("3", "王五妹", "女", "一类")]


def blocks(*lines: str) -> list[Block]:
    return [Block(line) for line in lines]


@pytest.mark.parametrize(
    ("document", "detail"),
    [
        (blocks("申请人身份证号：62042219800101001X，已核查。"), "身份证号 1 个"),
        (blocks(*(f"第{number}组组长电话 1390000000{number}" for number in range(1, 7))), "手机号 6 个"),
        (blocks(*(f"账号 62284800000000000{number}0" for number in range(1, 4))), "银行账号 3 个"),
        ([Block("", grid=(("序号", "姓名", "性别", "救助类别"), *PEOPLE))], "列有 3 人的名册"),
        (blocks("序号 姓名 性别 类别", *(" ".join(row) for row in PEOPLE)), "列有 3 人的名册"),
        (blocks("序号", "姓 名", "性别", "类别", *(cell for row in PEOPLE for cell in row)), "列有 3 人的名册"),
    ],
)
def test_a_list_of_people_is_set_aside_with_what_was_found_but_not_whose(document: list[Block], detail: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_no_roster(document)
    assert refused.value.reason is Reason.PERSONAL
    assert refused.value.set_aside
    assert refused.value.detail == detail


@pytest.mark.parametrize(
    "document",
    [
        [Block("", grid=(("姓名", "", "性别", ""), ("身份证号", "", "家庭住址", ""), ("致贫原因", "", "", "")))],
        blocks("督查组组长张三丰，组员李四光、王五妹，联系电话0943-1234567。"),
        blocks("咨询电话：13900000001"),
        blocks("申请时提供姓名、身份证号、银行卡号和联系电话。"),
        [Block("", grid=(("项目", "金额", "程序"), ("住房", "高龄", "方案"), ("饮水", "高中", "方法")))],
    ],
)
def test_forms_office_numbers_and_named_officials_are_no_list(document: list[Block]) -> None:
    check_no_roster(document)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("机密★1年\n关于某事的通知", "a.txt"),
        ("某县文件\n\n秘密\n关于某事的通知", "a.txt"),
        ("密级：绝密\n正文", "a.txt"),
        ("正文", "【机密】某县通知.txt"),
        ("【秘 密】\n正文", "a.txt"),
    ],
)
def test_a_mark_of_secrecy_refuses_the_file(text: str, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_not_secret(text, name)
    assert refused.value.reason is Reason.SECRET


@pytest.mark.parametrize(
    "text",
    ["不得泄露国家秘密和个人隐私。", "干部应当保守工作秘密，机密文件另行保管。", "密切联系群众，严守秘密"],
)
def test_speaking_of_secrecy_is_no_mark(text: str) -> None:
    check_not_secret(text, "保守国家秘密法问答.txt")
