"""What weight a document or entry carries: who stands behind it, who may see it, when and where it holds."""

from __future__ import annotations

from enum import StrEnum


class Authority(StrEnum):
    """Who stands behind a document, strongest first."""

    OFFICIAL = "official"
    MEDIA = "media"
    TEMPLATE = "template"


class Audience(StrEnum):
    """Who may be shown a document. Enforced at retrieval."""

    PUBLIC = "公开"
    CADRE = "干部"
    INTERNAL = "内部"


class Stage(StrEnum):
    """The period of rural policy that a text belongs to (dates: see ``stage_on``)."""

    ANY = "不限"
    CAMPAIGN = "脱贫攻坚"
    TRANSITION = "过渡期"
    REGULAR = "常态化"


class DocumentKind(StrEnum):
    """What sort of text a document is. Reports and samples never ground a policy answer alone."""

    POLICY = "政策文件"
    GUIDE = "办事指南"
    NOTICE = "通知公告"
    QA = "政策问答"
    REPORT = "工作汇报"
    SPEECH = "讲话"
    CHECKLIST = "考核评分"
    NEWS = "新闻"
    SAMPLE = "范文"
    OTHER = "其他"


class AreaLevel(StrEnum):
    """How far an area code reaches; NBS codes are cut to 2, 4, 6, 9 or 12 digits."""

    NATION = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"
    TOWNSHIP = "乡镇"
    VILLAGE = "村"
    UNKNOWN = "不详"


_LEVEL_OF_LENGTH = {
    0: AreaLevel.NATION,
    2: AreaLevel.PROVINCE,
    4: AreaLevel.CITY,
    6: AreaLevel.COUNTY,
    9: AreaLevel.TOWNSHIP,
    12: AreaLevel.VILLAGE,
}


def area_level(code: str | None) -> AreaLevel:
    """
    Name the level of an area code: "" is the nation, None is unknown.

    Raises:
        ValueError: If the code has a length that no level has.
    """
    if code is None:
        return AreaLevel.UNKNOWN
    level = _LEVEL_OF_LENGTH.get(len(code))
    if level is None:
        raise ValueError(f"area code {code!r}: expected 0, 2, 4, 6, 9 or 12 digits")
    return level
