"""Who stands behind a document, what sort it is, when it belongs and who may see it: judged by evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from knowledge.standing import Audience, Authority, DocumentKind, Stage


@dataclass(frozen=True)
class Signs:
    """
    What a judgement may rest on, all normalised.

    ``page`` is the whole page before cleaning, ``furniture`` what was dropped of it, ``body`` the document's
    own text. ``openness`` is the page's own statement (主动公开), ``issuers`` the organs named as publisher or
    signer, ``year`` the year the text belongs to.
    """

    title: str
    body: str
    page: str
    furniture: str
    url: str = ""
    number: str = ""
    index_number: str = ""
    openness: str = ""
    issuers: tuple[str, ...] = ()
    has_scores: bool = False
    questions: int = 0
    year: int | None = None


@dataclass(frozen=True)
class Judged:
    """A judgement with the words it rests on."""

    authority: Authority
    kind: DocumentKind
    stage: Stage
    audience: Audience
    because: tuple[tuple[str, str], ...]


AUTHORITY_NAMES: Final = {
    Authority.OFFICIAL: "官方",
    Authority.MEDIA: "媒体",
    Authority.UNKNOWN: "来源不明",
    Authority.TEMPLATE: "范文网站",
}
NOT_SEEN_PUBLISHED: Final = "看不出已经公开发布"
_ORGAN: Final = re.compile(
    r"人民政府|政府|委员会|党委|工委|办公室|领导小组|工作组|督查组|[局厅部委办院](、|$)|乡村振兴|扶贫办|民政|人社|医保|残联|国务院"
)
_OFFICIAL_SITE: Final = re.compile(
    r"政府网站标识码|网站标识码|(主办|承办)(单位)?\s*[:：]?\s*\S{0,20}(人民政府|办公室|委员会|局|厅|部)|\S{2,12}人民政府(门户)?网站?"
)
_SAMPLE_SITE: Final = re.compile(
    r"范文(大全|网|站|库|推荐)|小编|(公文|文秘|作文|文库|例文|模板)(网|站|大全)|仅?供(大家)?(学习|写作)?参考[!！。]?$",
    re.MULTILINE,
)
_SAMPLE_TITLE: Final = re.compile(r"范文|模板|样本|例文|精选|篇[一二三四五六七八九十\d]|通用版")
_MEDIA: Final = re.compile(r"日报|晚报|早报|时报|新闻网|新闻社|电视台|广播|融媒|记者|通讯员|新华社|人民网|央视|澎湃")
_REMARK: Final = r"([(（].{0,12}[)）])?"  # （试行）, （征求意见稿）
_KINDS: Final = (
    (DocumentKind.SPEECH, re.compile(r"讲话|发言|致辞|主持词")),
    (DocumentKind.QA, re.compile(r"问答|一问一答|百问|\d+\s*问|解答|答记者问|热点问题")),
    (
        DocumentKind.CHECKLIST,
        re.compile(r"(计分|评分|打分|考核|评估|督查|督导|检查)(表|细则|方案|办法|标准|指标|清单)"),
    ),
    (
        DocumentKind.REPORT,
        re.compile(rf"(报告|总结|汇报|通报|纪要|情况|自查|整改|述职){_REMARK}$|整改(情况|落实)"),
    ),
    (DocumentKind.POLICY, re.compile(r"印发.*(办法|细则|方案|意见|规定|规划|标准|制度)")),
    (DocumentKind.GUIDE, re.compile(r"指南|须知|流程|明白[纸卡]|手册|申请条件|解读|政策(汇编|宣传)")),
    (DocumentKind.NOTICE, re.compile(r"(通知|公告|公示|通告|启事|函|批复|倡议书|公开信)$")),
    (
        DocumentKind.POLICY,
        re.compile(rf"(办法|条例|规定|细则|意见|决定|规划|纲要|标准|制度|章程|方案|计划|要点|法){_REMARK}$"),
    ),
)  # fmt: skip
# Of a document for cadres: it inspects, it reports on places, it is not addressed to the people it concerns.
_FOR_CADRES: Final = re.compile(
    r"督查|督导|检查|考核|暗访|巡察|审计|整改|通报|问责|迎检|评估|约谈|工作(安排|推进会|要点|部署)"
)
_OPEN_KINDS: Final = frozenset({DocumentKind.POLICY, DocumentKind.GUIDE, DocumentKind.QA, DocumentKind.NOTICE})
_CADRE_KINDS: Final = frozenset({DocumentKind.REPORT, DocumentKind.SPEECH, DocumentKind.CHECKLIST, DocumentKind.SAMPLE})
_PUBLISHED: Final = re.compile(r"主动公开|向社会公开|面向社会|全社会")
_MARKED_OPEN: Final = re.compile(r"此件\s*(主动公开|公开发布|可?公开)")
# A site's menu too offers 依申请公开: it counts where the page says it of this document.
_CLOSED: Final = re.compile(r"依申请公开|不予公开|不公开")
_MARKED_CLOSED: Final = re.compile(r"此件\s*(依申请|不予|不)公开|内部(资料|文件|使用)|注意保存|不得外传")
_TERMS: Final = (
    (Stage.CAMPAIGN, re.compile("精准扶贫|精准脱贫|贫困户|脱贫攻坚战|扶贫办|预脱贫")),
    (Stage.TRANSITION, re.compile("过渡期|有效衔接|脱贫不稳定户|边缘易致贫户|防止?返贫动态监测")),
    (Stage.REGULAR, re.compile("常态化(精准)?帮扶|常态化防止返贫致贫")),
)
_CAMPAIGN_ENDS, _TRANSITION_ENDS = 2020, 2025


def judge(signs: Signs) -> Judged:
    """Judge a document. What nothing speaks for gets the weakest standing and the narrowest audience."""
    authority, by = _authority(signs)
    kind, named = _kind(signs, authority)
    stage, dated = _stage(signs)
    audience, why = _audience(signs, authority, kind)
    because = (("权威性", by), ("类别", named), ("阶段", dated), ("读者", why))
    return Judged(authority, kind, stage, audience, because)


def _authority(signs: Signs) -> tuple[Authority, str]:
    """A sample site stays one however official its samples sound; then the organ, then the press."""
    if _is_government(signs.url):
        return Authority.OFFICIAL, signs.url
    site = _SAMPLE_SITE.search(signs.furniture) or _SAMPLE_TITLE.search(signs.title)
    if site:
        return Authority.TEMPLATE, site.group()
    if official := _OFFICIAL_SITE.search(signs.furniture):
        return Authority.OFFICIAL, official.group()
    organ = next((issuer for issuer in signs.issuers if _ORGAN.search(issuer) and not _MEDIA.search(issuer)), "")
    if organ or signs.index_number or signs.number:
        return Authority.OFFICIAL, organ or signs.index_number or signs.number
    press = _MEDIA.search(" ".join(signs.issuers)) or _MEDIA.search(signs.page[:300])
    if press:
        return Authority.MEDIA, press.group()
    return Authority.UNKNOWN, "没有发文机关、文号、政府网站或媒体的痕迹"


def _kind(signs: Signs, authority: Authority) -> tuple[DocumentKind, str]:
    if authority is Authority.TEMPLATE:
        return DocumentKind.SAMPLE, "范文网站"
    if signs.has_scores:
        return DocumentKind.CHECKLIST, "计分表"
    for kind, pattern in _KINDS:
        if match := pattern.search(signs.title):
            return kind, match.group()
    if signs.questions >= 3:
        return DocumentKind.QA, f"{signs.questions} 个问答"
    if match := re.search(r"(本报|本网|记者|通讯员).{0,12}(讯|报道|摄)?", signs.body[:200]):
        return DocumentKind.NEWS, match.group()
    return DocumentKind.OTHER, ""


def _stage(signs: Signs) -> tuple[Stage, str]:
    if signs.year is not None:
        if signs.year <= _CAMPAIGN_ENDS:
            return Stage.CAMPAIGN, f"{signs.year}年"
        return (Stage.TRANSITION if signs.year <= _TRANSITION_ENDS else Stage.REGULAR), f"{signs.year}年"
    found = [(len(pattern.findall(signs.title + signs.body)), stage) for stage, pattern in _TERMS]
    most, stage = max(found, key=lambda pair: pair[0])
    return (stage, f"用语（{most} 处）") if most else (Stage.ANY, "")


def _audience(signs: Signs, authority: Authority, kind: DocumentKind) -> tuple[Audience, str]:
    if closed := _CLOSED.search(signs.openness) or _MARKED_CLOSED.search(signs.page):
        return Audience.INTERNAL, closed.group()
    if kind in _CADRE_KINDS:
        return Audience.CADRE, str(kind)
    if work := _FOR_CADRES.search(signs.title):
        return Audience.CADRE, work.group()
    if authority is Authority.OFFICIAL and kind in _OPEN_KINDS:
        if marked := _MARKED_OPEN.search(signs.page):
            return Audience.PUBLIC, marked.group()
        says = _PUBLISHED.search(signs.openness) or _OFFICIAL_SITE.search(signs.furniture) or signs.index_number
        if says or _is_government(signs.url):
            return Audience.PUBLIC, "政府网站公开发布的政策或通知"
    return Audience.INTERNAL, NOT_SEEN_PUBLISHED


def _is_government(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith(".gov.cn")


def count_questions(lines: Sequence[str]) -> int:
    """Return how many lines are questions with a number or 问 before them."""
    return sum(
        bool(re.match(r"\s*(\d{1,3}\s*[、.．]|问\s*\d{0,3}\s*[:：]|[一二三四五六七八九十]{1,3}、).{4,60}[?？]", line))
        for line in lines
    )
