"""What an entry must keep to before it may be shown: sources, dates, wording, no two answers to one question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from knowledge.entries.entry import Entry, Grade
from knowledge.standing import Audience
from places.gazetteer import Gazetteer, load_gazetteer

LONGEST_ANSWER = 350
LONGEST_SENTENCE = 90
FEWEST_VARIANTS, MOST_VARIANTS = 3, 25
NUMBERS_KNOWN_TO_ALL = ("110", "119", "120", "12345", "12356")
LABEL_OF_KNOWN_NUMBERS = "通用号码"

# Words of the years before 2021. People may type them (variants) and an answer may name them in “…” or 《…》
# to explain them; it may not speak them as its own.
OUTDATED = (
    "精准扶贫", "精准脱贫", "扶贫攻坚", "贫困户", "返贫户", "脱贫监测户", "扶贫干部", "五保户", "扶贫款",
    "扶贫线", "贫困线", "扶贫贷", "扶贫小额信贷", "扶贫办", "脱贫摘帽",
)  # fmt: skip
# Promises that nobody but the county may make.
PROMISES = ("一定能领", "肯定能领", "保证能", "保证给", "一定会纳入", "肯定会纳入", "包你", "马上发钱")

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」")
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ADDRESS = re.compile(r"https?://(?!\d+\.\d+\.\d+\.\d+)[^\s/]+\.[^\s/]+(/\S*)?")
_UNITS = ("工作日", "自然日")
_REVIEW_AFTER_DAYS = 365
_PARTICLES = re.compile(r"[吗呢吧啊嘛哩呀哦\W]")


@dataclass(frozen=True)
class Finding:
    """Something wrong with an entry: where it stands, what is wrong, and what to do."""

    entry: str
    field: str
    problem: str

    def __str__(self) -> str:
        return f"条目 {self.entry} 的 {self.field}：{self.problem}"


def check_entries(entries: Sequence[Entry], gazetteer: Gazetteer | None = None) -> list[Finding]:
    """
    Return everything that is wrong with *entries*, each alone and together; empty when all is well.

    Places must be among those of ``gazetteer``, the bundled one by default.
    """
    known = gazetteer or load_gazetteer()
    findings = [finding for entry in entries for finding in _check_alone(entry, known)]
    findings.extend(_duplicate_ids(entries))
    findings.extend(_shared_variants(entries))
    findings.extend(_contradictions(entries))
    findings.extend(_conflicting_days(entries))
    return findings


def due_for_review(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Return the entries in force whose facts were last looked up more than a year ago."""
    return [entry for entry in entries if entry.holds_on(today) and (today - entry.checked).days > _REVIEW_AFTER_DAYS]


def _check_alone(entry: Entry, gazetteer: Gazetteer) -> Iterator[Finding]:
    for field, problem in _check_place(entry, gazetteer):
        yield Finding(entry.id, field, problem)
    for check in (_check_form, _check_period, _check_sources, _check_wording, _check_variants, _check_days):
        for field, problem in check(entry):
            yield Finding(entry.id, field, problem)


def _check_form(entry: Entry) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(entry.id):
        yield "id", "只能用小写字母、数字和短横线，请改名"
    for field in ("group", "question", "answer", "department"):
        if not getattr(entry, field).strip():
            yield field, "是空的，请填写"
    if entry.audience is Audience.INTERNAL:
        yield "audience", "自带的问答只能是 公开 或 干部，请改正"


def _check_place(entry: Entry, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    for field, path in (("area", entry.area), *(("sources", source.area) for source in entry.sources if source.area)):
        area = gazetteer.by_path(path)
        if area is None or gazetteer.path(area.code) != path:
            yield field, f"没有“{path}”这个地方，请写成 全国 或 甘肃省/白银市/会宁县 的样子"


def _check_period(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        yield "valid_to", f"{entry.valid_to} 早于开始的 {entry.valid_from}，请核对两个日期"
    if (entry.valid_from is None or entry.valid_to is None) and not entry.period_note:
        yield "period_note", "起止日期没有写全，请说明为什么"


def _check_sources(entry: Entry) -> Iterator[tuple[str, str]]:
    if not entry.sources:
        yield "sources", "没有出处，请至少写一个"
        return
    looked_up = [source.grade for source in entry.sources if source.grade is not Grade.KNOWN]
    weakest = max(looked_up, default=Grade.KNOWN)
    if entry.grade is not weakest:
        yield "grade", f"应当是出处里最低的一级 {weakest}，请改正"
    for source in entry.sources:
        if not source.title.strip() or not source.publisher.strip():
            yield "sources", "出处缺标题或发布单位，请补上"
        if source.date and not _PARTIAL_DATE.fullmatch(source.date):
            yield "sources", f"出处日期“{source.date}”写法不对，请写成 2023、2023-03 或 2023-03-22"
        elif source.date and source.date > entry.checked.isoformat()[: len(source.date)]:
            yield "checked", f"核对到 {entry.checked}，出处“{source.title}”的日期却是 {source.date}，请核对"
        if source.url and source.grade is not Grade.A:
            yield "sources", f"“{source.title}”不是 A 级，不能给网址，请删掉"
        if source.url and not _ADDRESS.fullmatch(source.url):
            yield "sources", f"“{source.url}”不是可以给人看的网址，请换成发布单位的网址或删掉"
    yield from _check_known_numbers(entry)


def _check_known_numbers(entry: Entry) -> Iterator[tuple[str, str]]:
    known = [source for source in entry.sources if source.grade is Grade.KNOWN]
    if any(source.title != LABEL_OF_KNOWN_NUMBERS for source in known):
        yield "sources", f"K 级只能用在“{LABEL_OF_KNOWN_NUMBERS}”上，请换成有出处的事实"
    spoken = set(re.findall(r"(?<!\d)\d{3,5}(?!\d)", entry.answer))
    if known and (LABEL_OF_KNOWN_NUMBERS not in entry.answer or spoken.isdisjoint(NUMBERS_KNOWN_TO_ALL)):
        yield "answer", f"用了 K 级出处，请在答案里写出号码并注明“{LABEL_OF_KNOWN_NUMBERS}”"


def _check_wording(entry: Entry) -> Iterator[tuple[str, str]]:
    if len(entry.answer) > LONGEST_ANSWER:
        yield "answer", f"有 {len(entry.answer)} 个字，手机上看不过来，请压到 {LONGEST_ANSWER} 字以内"
    for sentence in _SENTENCE_END.split(entry.answer):
        if len(sentence) > LONGEST_SENTENCE:
            yield "answer", f"“{sentence[:12]}…”这一句有 {len(sentence)} 个字，请拆成短句"
    for field in ("question", "answer"):
        spoken = _QUOTED.sub("", getattr(entry, field))
        for word in OUTDATED:
            if word in spoken:
                yield field, f"用了过时的说法“{word}”，请换成现在的叫法"
        for word in PROMISES:
            if word in spoken:
                yield field, f"“{word}”是许诺，机器人不能许诺，请改写"


def _check_variants(entry: Entry) -> Iterator[tuple[str, str]]:
    if not FEWEST_VARIANTS <= len(entry.variants) <= MOST_VARIANTS:
        yield "variants", f"有 {len(entry.variants)} 种问法，请写 {FEWEST_VARIANTS} 到 {MOST_VARIANTS} 种"
    said: dict[str, str] = {}
    for variant in (entry.question, *entry.variants):
        first = said.get(_words(variant))
        if first is not None:
            same = "写了两遍" if variant == first else f"和“{first}”只差语气词、标点"
            yield "variants", f"“{variant}”{same}，请删掉一个"
        said[_words(variant)] = variant
    if any(not variant.strip() for variant in entry.variants):
        yield "variants", "有一个问法是空的，请删掉"


def _words(spoken: str) -> str:
    """Return what is asked without the particles and the punctuation around it."""
    return _PARTICLES.sub("", spoken)


def _check_days(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, days in entry.deadlines.items():
        if days.unit not in _UNITS:
            yield f"deadlines.{name}", f"单位“{days.unit}”不对，请写 工作日 或 自然日"
        if str(days.value) not in re.findall(r"\d+", entry.answer):
            yield f"deadlines.{name}", f"写的是 {days.value} 天，答案里却没有这个数，请核对"


def _duplicate_ids(entries: Iterable[Entry]) -> Iterator[Finding]:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield Finding(entry.id, "id", "和别的条目重名，请改名")
        seen.add(entry.id)


def _shared_variants(entries: Iterable[Entry]) -> Iterator[Finding]:
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for spoken in {_words(spoken) for spoken in (entry.question, *entry.variants)}:
            owners[spoken].append(entry)
    for spoken, sharing in owners.items():
        first, *others = sharing
        for other in others:
            if other.topic != first.topic:
                yield Finding(other.id, "variants", f"“{spoken}”在条目 {first.id} 里也有，请留一处")


def _contradictions(entries: Iterable[Entry]) -> Iterator[Finding]:
    answering: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        answering[entry.topic, entry.area].append(entry)
    for (topic, area), rivals in answering.items():
        for one, other in combinations(rivals, 2):
            if one.overlaps(other):
                problem = f"和条目 {one.id} 在{area}同一时期回答同一个问题（{topic}），请合并或改日期"
                yield Finding(other.id, "topic", problem)


def _conflicting_days(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield limits of one name that two entries state differently for one place and one day."""
    stating: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in entry.deadlines:
            stating[name, entry.area].append(entry)
    for (name, area), rivals in stating.items():
        for one, other in combinations(rivals, 2):
            days, others = one.deadlines[name], other.deadlines[name]
            if one.overlaps(other) and (days.value, days.unit) != (others.value, others.unit):
                problem = f"和条目 {one.id} 在{area}同一时期说的天数不一样（{days.value}{days.unit}），请核对"
                yield Finding(other.id, f"deadlines.{name}", problem)
