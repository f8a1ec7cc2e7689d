"""The words of each half: offices, matters, sentences."""

from __future__ import annotations

from dataclasses import dataclass

from bench.corpus.halves import Half


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
        charset="gbk",
    ),
}
