"""Page furniture goes, the document's own lines stay, and all that goes is reported."""

from __future__ import annotations

import pytest

from ingest.furniture import remove_furniture
from ingest.page import Block


def kept(*lines: str) -> list[str]:
    return [block.text for block in remove_furniture([Block(line) for line in lines])[0]]


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置：首页 > 政务公开 > 通知公告",
        "当前位置:公文写作 > 总结汇报 > 2023年驻村工作总结(精选)",
        "首页 » 新闻中心 » 图片新闻",
        "分享到：",
        "微信扫一扫分享",
        "扫一扫在手机打开当前页",
        "【字体：大 中 小】",
        "字号: 大 中 小 打印本页",
        "【打印本页】【关闭窗口】",
        "浏览次数： 318 次",
        "点击量[25]",
        "上一篇：关于防汛的通知",
        "下一篇：没有了",
        "陇ICP备12345678号-1",
        "甘公网安备 62040202000001号",
        "网站标识码：6204220001",
        "版权所有：某某网 未经授权禁止复制",
        "Copyright © 2010-2024 某某网 All Rights Reserved",
        "适老化版",
        "智能问答 | 网上信访 | 县长信箱",
        "登录 注册 无障碍浏览",
        "请输入关键词 搜索",
        "热门搜索：低保 医保",
        "今天是2025年3月2日 星期日",
        "会宁县人民政府门户网站 信息公开专栏",
        "登录后查看全文",
        "展开全文",
        "目　录",
        "第一章 总则………………………… 1",
        "二、监测对象和范围..............................12",
        "关於我們 | 網站地圖 | 備案號：京ICP備1234567號",
    ],
)
def test_furniture_goes(line: str) -> None:
    blocks, removed = remove_furniture([Block("村民可以申请临时救助。"), Block(line)])
    assert [block.text for block in blocks] == ["村民可以申请临时救助。"]
    assert [piece.text for piece in removed] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "联系电话：请向当地村委会查询",
        "关于规范县政府门户网站",
        "救助名单登在县政府门户网站，村里也张贴",
        "群众可用微信扫一扫一键报贫二维码申报，也可以打电话申报。",
        "位置偏远的村由工作队上门办理。",
        "首页上公布的补助标准以文件为准。",
        "上一年度人均纯收入低于标准的家庭，可以申请。",
        "下一步，各乡镇要逐户核查。",
        "阅读困难的老年人，由村干部代为填写。",
        "附件：申请表.docx",
        "录入系统的目录由县里保管",
        "乡镇 | 村 | 组",
        "拨打热线 12345",
        "申请人姓名............（签字）",
        "中央、省、市、县",
        "□是 □否",
    ],
)
def test_content_that_resembles_furniture_stays(line: str) -> None:
    assert kept(line, "村民可以申请临时救助。") == [line, "村民可以申请临时救助。"]


def test_the_name_of_a_column_goes_above_the_text_only() -> None:
    text = ["通知公告", "低保对象由乡镇人民政府审核，由县级民政部门确认，并在村里公示。", "通知公告"]
    assert kept(*text) == text[1:]


def test_lines_around_a_sure_footer_go_with_it() -> None:
    text = ["一、通知正文在这里。", "二、咨询方式如下。", "联系电话：0943-0000000"]
    footer = [
        "主办单位：某县人民政府 承办单位：某县信息中心",
        "陇ICP备00000000号",
        "地址：某县某街1号",
        "• 省政府网",
    ]
    assert kept(*text, *footer) == text


def test_a_telephone_at_the_end_of_a_notice_without_footer_stays() -> None:
    lines = ["一、请于月底前申报。", "联系电话：0943-0000000"]
    assert kept(*lines) == lines


def test_other_articles_go_until_the_text_goes_on() -> None:
    lines = ["相关文章：", "春季造林通知", "防汛通知", "附则：本办法自印发之日起施行；原办法同时废止。"]
    assert kept(*lines) == lines[-1:]


def test_lines_of_links_go_but_attachments_stay() -> None:
    links = [Block(f"通知{number}", linked=1.0) for number in range(3)]
    files = [Block("申请表.docx", linked=1.0)] * 3
    blocks, removed = remove_furniture([*links, Block("正文。"), *files])
    assert [block.text for block in blocks] == ["正文。", *["申请表.docx"] * 3]
    assert {piece.reason for piece in removed} == {"链接列表"}


@pytest.mark.parametrize(
    ("line", "left", "gone"),
    [
        ("当前隐藏内容免费查看 一是加强排查。", "一是加强排查。", "当前隐藏内容免费查看 "),
        ("以下付费内容需登录查看二是落实责任。", "二是落实责任。", "以下付费内容需登录查看"),
        (
            "低保是什么。下面是小编为大家整理的范文，供大家参考!",
            "低保是什么。",
            "下面是小编为大家整理的范文，供大家参考!",
        ),
        (
            "下面學習網小編給大家帶來工作總結，希望對大家有幫助！",
            "",
            "下面學習網小編給大家帶來工作總結，希望對大家有幫助！",
        ),
    ],
)
def test_what_a_site_inserts_into_a_line_goes(line: str, left: str, gone: str) -> None:
    blocks, removed = remove_furniture([Block(line)])
    assert "".join(block.text for block in blocks) == left
    assert [piece.text for piece in removed] == [gone]


def test_tables_are_never_furniture() -> None:
    table = Block("联系电话：1\t版权所有", grid=(("联系电话", "版权所有"),))
    assert remove_furniture([table])[0] == [table]


def test_a_list_of_other_articles_above_a_document_ends_at_the_documents_head() -> None:
    links = [Block("相关链接"), Block("国务院部门网站", linked=1.0), Block("省政府网站", linked=1.0)]
    head = [Block("某民发〔2025〕12号"), Block("各乡镇人民政府："), Block("村民可以申请临时救助。")]
    assert remove_furniture([*links, *head])[0] == head
    for first in (Block("索引号：41/2025-1 发布机构：某县民政局"), Block("关于救助的通知", heading=1), *head[:2]):
        plain_list = [Block("相关文章"), Block("我县召开会议")]
        assert remove_furniture([*plain_list, first, head[2]])[0] == [first, head[2]]
