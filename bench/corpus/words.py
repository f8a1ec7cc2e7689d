"""The words of each half: offices, matters, sentences, and the frames of web sites."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Half(StrEnum):
    """Which half of the corpus."""

    TUNE = "tune"
    REPORT = "report"


@dataclass(frozen=True)
class Frame:
    """
    How one web site frames a document: lines above and below it, and a column of other headlines beside it.

    ``labels`` is how it prints the particulars: "table" in cells, "line" several on a line, "list" one a line.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    beside: tuple[str, ...]
    labels: str
    stamp: str


@dataclass(frozen=True)
class Words:
    """
    ``offices`` are county offices with the sign they number by, ``matters`` what rules are about, ``sentences``
    hold {matter}, {amount} and {days}, ``headings`` head sections, ``asked`` and ``answered`` make booklets.
    """

    offices: tuple[tuple[str, str], ...]
    matters: tuple[str, ...]
    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    frames: tuple[Frame, ...]
    charset: str


WORDS = {
    Half.TUNE: Words(
        offices=(("民政局", "民"), ("农业农村局", "农"), ("医疗保障局", "医保"), ("应急管理局", "应急")),
        matters=("临时救助", "农村公益岗位", "冬春生活救助", "医疗救助", "到户产业奖补"),
        sentences=(
            "各乡镇要把{matter}作为当前的重点任务，逐村逐户摸清底数，做到不漏一户、不落一人。",
            "{matter}的发放标准为每户每年{amount}元，分两次打入农户的惠农账户。",
            "申请人应当在受理之日起{days}个工作日内补齐材料，逾期视为放弃。",
            "对弄虚作假、优亲厚友的，一经查实，严肃追究有关人员的责任。",
            "经办人员要入户核实，填写核查表，由户主签字确认，作为{matter}审批的依据。",
            "乡镇人民政府应当自受理之日起{days}日内提出初审意见，报县级主管部门审定。",
            "资金实行专账管理，任何单位和个人不得截留、挤占和挪用。",
        ),
        headings=("总体要求", "实施范围", "办理程序", "资金管理", "工作要求"),
        asked=("{matter}怎样申请？", "{matter}每年给多少钱？", "哪些家庭不能享受{matter}？", "{matter}几天能批下来？"),
        answered=(
            "由户主向所在村委会提出书面申请，并提供户口簿和身份证复印件。",
            "标准为每户每年{amount}元，通过一卡通发放，不收任何费用。",
            "材料齐全的，自受理之日起{days}个工作日内办结并告知结果。",
            "对结果有疑问的，可以到乡镇便民服务中心查询。",
        ),
        frames=(
            Frame(
                (
                    "网站首页 | 政务公开 | 办事服务 | 互动交流",
                    "当前位置：首页 > 政务公开 > 公示公告",
                    "字体：【大 中 小】",
                ),
                (
                    "上一篇：关于做好春季森林防火工作的通知",
                    "下一篇：2024年公开招聘公告",
                    "分享到：微信 微博 QQ空间",
                    "主办：{county}人民政府办公室 承办：{county}大数据中心",
                    "网站标识码：6204220001 陇ICP备05000001号",
                ),
                ("热点文章", "我县召开安全生产会议", "县医院专家下乡义诊"),
                "table",
                "发布时间：{day} 浏览次数：128次",
            ),
            Frame(
                ("您所在的位置： 首页 / 信息公开 / 部门文件", "打印本页 关闭窗口"),
                (
                    "扫一扫在手机打开当前页",
                    "版权所有：{county}人民政府 技术支持：某某科技有限公司",
                    "甘公网安备 62042202000001号",
                ),
                ("相关链接", "国务院部门网站", "省政府网站"),
                "line",
                "来源：{office} 发布日期：{day} 点击：56",
            ),
        ),
        charset="gb2312",
    ),
    Half.REPORT: Words(
        offices=(
            ("教育局", "教"),
            ("住房和城乡建设局", "建"),
            ("水务局", "水"),
            ("人力资源和社会保障局", "人社"),
            ("残疾人联合会", "残联"),
        ),
        matters=("农村危房改造", "学前教育资助", "饮水安全巩固", "外出务工交通补助", "残疾人护理补贴"),
        sentences=(
            "{matter}坚持群众自愿、公开透明、据实申报的原则，由村级组织受理，乡镇复核，县级统筹。",
            "符合条件的家庭，每人每月补助{amount}元，从批准的次月起计发。",
            "资料不全的，经办窗口应当一次性书面告知，申请人在{days}日内补正。",
            "县级主管部门每季度抽查一次，抽查比例不低于当季办理数的百分之十。",
            "{matter}所需经费由县财政列入年度预算，专款专用，结余结转下年。",
            "各村应当将名额、标准和监督电话在村务公开栏长期张贴，接受群众监督。",
            "自行放弃或者情况变化不再符合条件的，自{days}日后停止发放，已发放的不再追回。",
            "对行动不便的老人，村干部应当上门代办，所需材料由窗口代为复印。",
        ),
        headings=("指导思想", "补助对象和标准", "申报流程", "部门职责", "保障措施", "监督检查"),
        asked=(
            "什么人可以享受{matter}？",
            "{matter}去哪里办、找谁办？",
            "办{matter}要带哪些证件？",
            "{matter}的钱多久到账？",
            "外地户口能办{matter}吗？",
        ),
        answered=(
            "具有本县农业户籍、长期在村居住的家庭都可以提出。",
            "带上户口本、本人银行存折到镇政务大厅，窗口当场核对后退还原件。",
            "补助为每人每月{amount}元，按季度发放，遇节假日顺延。",
            "从递交材料算起，最迟{days}个工作日会收到短信或者电话通知。",
            "不识字的，可以请村干部代填，本人按手印后有效。",
        ),
        frames=(
            Frame(
                (
                    "无障碍浏览 适老化模式 登录 注册",
                    "首页-->法定主动公开内容-->规范性文件",
                    "打印 收藏 【字号：大 中 小】",
                ),
                (
                    "附件下载：无",
                    "责任编辑：值班员 审核：办公室 阅读量：302",
                    "上一条：关于调整供水时间的通告",
                    "政府网站年度报表 网站地图 联系我们 隐私声明",
                    "Copyright © {county}人民政府 All Rights Reserved",
                    "政府网站标识码：3416230002 皖ICP备11002345号-1",
                    "地址：{county}城关镇人民路1号 邮编：236600",
                ),
                ("最新公开", "我县开展食品安全检查", "政务新媒体矩阵"),
                "list",
                "时间：{day} 来源：{office} 作者：办公室 浏览：77 次",
            ),
            Frame(
                (
                    "今天是2024年6月3日 星期一 欢迎访问{county}人民政府网",
                    "首页 >> 公开目录 >> 业务工作 >> 详情",
                    "我要纠错 我要评论",
                ),
                (
                    "关闭本页 返回顶部",
                    "分享： 新浪微博 微信好友 复制链接",
                    "【打印此页】【关闭窗口】",
                    "承办单位：{county}政务服务数据局 技术支持：省信息中心",
                    "鄂公网安备 42280202000123号 鄂ICP备20001234号",
                ),
                ("为您推荐", "县领导调研重点项目建设", "一图读懂政府工作报告"),
                "table",
                "发布日期：{day} 访问次数：1024",
            ),
        ),
        charset="gbk",
    ),
}
