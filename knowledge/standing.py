"""What weight a document or entry carries: who stands behind it, who may see it, when and where it holds."""

from __future__ import annotations

from enum import StrEnum


class Authority(StrEnum):
    """Who stands behind a document, strongest first."""

    OFFICIAL = "official"
    MEDIA = "media"
    UNKNOWN = "unknown"
    TEMPLATE = "template"


class Audience(StrEnum):
    """Who may be shown a document. Enforced at retrieval."""

    PUBLIC = "公开"
    CADRE = "干部"
    INTERNAL = "内部"


class Stage(StrEnum):
    """The period of rural policy that a text belongs to."""

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
