"""A small corpus of our own making: entries for several places and years, documents of several weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from knowledge.documents import Document, Edition, Passage, Saved, Span, document_id, passage_id, save_document
from knowledge.standing import Audience, Authority, DocumentKind, Stage
from storage.database import transaction
from storage.store import Store

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
HUINING = "620422"

STARTER = """
group = "测试"

[[entries]]
id = "notice"
question = "公示要贴几天？"
variants = ["名单贴几天", "公示多长时间", "贴出来几天算数"]
answer = '''
村内公示不少于5天。
对名单有意见，公示期里向村委会提出。'''
area = "全国"
valid_from = 2021-01-01
period_note = "没有截止日期。"
stage = "过渡期"
grade = "A"
checked = 2026-03-01
department = "农业农村部门"
hotline = "township"
audience = "公开"
sources = [{ title = "识别程序说明", publisher = "某县政府", grade = "A", url = "https://example.gov.cn/a" }]

[[entries]]
id = "grant-new"
topic = "grant"
question = "寄宿生生活补助一年多少钱？"
variants = ["住校娃的补助", "住校补多少生活费", "寄宿补助标准"]
answer = "寄宿生小学每年1250元，初中每年1500元。"
area = "全国"
valid_from = 2024-03-01
period_note = "没有截止日期。"
stage = "不限"
grade = "B"
checked = 2026-03-01
department = "教育部门"
hotline = "education"
audience = "公开"
sources = [{ title = "提高补助标准的通知", publisher = "财政部（转载）", grade = "B", date = "2024" }]

[[entries]]
id = "grant-old"
topic = "grant"
question = "2024年以前寄宿生生活补助一年多少钱？"
variants = ["以前的住校补助", "旧的寄宿补助标准", "早先住校补多少"]
answer = "2024年春季以前，寄宿生小学每年1000元，初中每年1250元。"
area = "全国"
valid_to = 2024-02-29
period_note = "没有看到开始日期。"
stage = "不限"
grade = "B"
checked = 2026-03-01
department = "教育部门"
hotline = "education"
audience = "公开"
sources = [{ title = "旧的补助标准", publisher = "某县政府", grade = "B", date = "2023" }]

[[entries]]
id = "line-huining"
topic = "line"
question = "会宁县的监测收入线是多少？"
variants = ["会宁监测线", "会宁县收入线多少", "会宁多少钱以下算监测"]
answer = "会宁县2026年的监测收入线，请以县里公布的为准。"
area = "甘肃省/白银市/会宁县"
valid_from = 2026-01-01
period_note = "没有截止日期。"
stage = "常态化"
grade = "A"
checked = 2026-03-01
department = "农业农村部门"
hotline = "county_rural_affairs"
audience = "公开"
sources = [{ title = "监测范围公告", publisher = "某县政府", grade = "A", date = "2026" }]

[[entries]]
id = "line-dehua"
topic = "line"
question = "德化县2024年的监测收入线是多少？"
variants = ["德化监测线", "德化县收入线多少", "德化多少钱以下算监测"]
answer = "德化县2024年是每人每年19560元。"
area = "福建省/泉州市/德化县"
valid_from = 2024-01-01
valid_to = 2024-12-31
stage = "过渡期"
grade = "A"
checked = 2026-03-01
department = "农业农村部门"
hotline = "county_rural_affairs"
audience = "公开"
sources = [{ title = "监测范围公告", publisher = "德化县", grade = "A", date = "2024" }]

[[entries]]
id = "housing-jingde"
question = "旌德县危房改造补多少钱？"
variants = ["旌德修房补多少", "旌德县危改补助", "旌德重建给多少"]
answer = "旌德县2022年重建每户2万元。"
area = "安徽省/宣城市/旌德县"
valid_from = 2022-01-01
valid_to = 2022-12-31
stage = "过渡期"
grade = "A"
checked = 2026-03-01
department = "住建部门"
hotline = "housing"
audience = "公开"
sources = [{ title = "危房改造补助标准", publisher = "旌德县", grade = "A", date = "2022" }]

[[entries]]
id = "quota"
question = "风险消除有没有比例指标？"
variants = ["消除要不要完成指标", "一年必须消除多少户", "上面压消除率吗"]
answer = "不设风险消除的比例指标。"
area = "全国"
valid_from = 2021-01-01
period_note = "没有截止日期。"
stage = "不限"
grade = "A"
checked = 2026-03-01
department = "农业农村部门"
hotline = "county_rural_affairs"
audience = "干部"
sources = [{ title = "消除标准", publisher = "某区", grade = "A", date = "2024" }]
"""


def write_starter(folder: Path, text: str = STARTER) -> Path:
    """Write a folder of bundled entries and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "01-test.toml").write_text(text, encoding="utf-8")
    return folder


def make_document(name: str, **changes: object) -> Document:
    """Return a public national policy document of 2025."""
    source = f"资料/{name}.txt"
    document = Document(
        id=document_id(source),
        source=source,
        source_hash="0" * 64,
        title=name,
        publisher="某省农业农村厅",
        number="某农发〔2025〕1号",
        written_on=date(2025, 2, 1),
        area="",
        audience=Audience.PUBLIC,
        authority=Authority.OFFICIAL,
        kind=DocumentKind.POLICY,
        stage=Stage.ANY,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def make_passages(document: Document, texts: Sequence[str], section: tuple[str, ...] = ("正文",)) -> list[Passage]:
    """Return passages with these texts, one after the other, their spans counted over the joined text."""
    passages, start = [], 0
    for order, text in enumerate(texts):
        span = Span(start, start + len(text))
        passages.append(
            Passage(passage_id(document.id, section, text), document.id, section, text, text, span, span, order)
        )
        start = span.end + 1
    return passages


def add_document(store: Store, document: Document, texts: Sequence[str], now: datetime = NOW) -> Saved:
    """Save a document with these passages in a transaction of its own."""
    whole = "\n".join(texts)
    with transaction(store):
        return save_document(store, document, Edition(whole, whole), make_passages(document, texts), now=now)
