"""Figures of an officer's areas: each with the formula it was made by, none of them a ranking.

What counting people's use of a tool would be is left out on purpose, and villages stand in the order of their codes
(国办函〔2026〕12号, against formalism at the fingertips): an unusual count only asks for a second look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from typing import Any, Final

from cases.actors import Officer
from cases.duties import in_areas
from cases.forms import load_form
from cases.history import last_entry
from cases.rules import DeadlineKind
from cases.states import Event, State
from cases.workflow import workflow_of
from language.dates import full_date
from places.gazetteer import Level
from storage.areas import gazetteer_of
from storage.store import Store

# A count below this, broken down by cause, could tell of one household's health.
SMALLEST_SHOWN: Final = 3
_YEAR: Final = timedelta(days=365)
_TAIL: Final = 0.025
_FUNNEL: Final = (
    (Event.SUBMITTED, "报上来"),
    (Event.ACKNOWLEDGED, "受理"),
    (Event.HOME_VISIT_RECORDED, "入户核查"),
    (Event.APPRAISAL_RECORDED, "民主评议"),
    (Event.NOTICE_ENDED, "公示期满"),
    (Event.TOWNSHIP_APPROVED, "乡镇审核"),
    (Event.COUNTY_APPROVED, "县级纳入"),
    (Event.DECLINE_CONFIRMED, "不纳入"),
    (Event.WITHDRAWN, "撤回"),
    (Event.HOUSEHOLD_DECLINED, "本户不想报"),
)


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Row:
    """A line of a figure: what is counted, the numbers in the order of the columns, and a remark."""

    label: str
    numbers: tuple[int | None, ...]
    remark: str = ""


@dataclass(frozen=True)
class Figure:
    """A table that may be drawn by its first column of numbers. A number that is None is not shown, to protect one."""

    key: str
    title: str
    formula: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Asked:
    """Whose areas, over which days, seen from which day."""

    store: Store
    officer: Officer
    period: Period
    today: date

    def rows(self, query: str, **given: object) -> Iterator[dict[str, Any]]:
        """Yield what a query returns whose ``{seen}`` is the condition that a case lies in the officer's areas."""
        seen, own = in_areas(self.officer)
        days = {"first": self.period.first.isoformat(), "last": self.period.last.isoformat()}
        return self.store.db.query(query.format(seen=seen), own | days | given)


def all_figures(asked: Asked) -> list[Figure]:
    """Return every figure."""
    makers: tuple[Callable[[Asked], Figure], ...] = (funnel, punctuality, owed, stock, causes, villages)
    return [make(asked) for make in makers]


def funnel(asked: Asked) -> Figure:
    """Return how far the reports of the period have come."""
    counts = {
        row["event"]: row["n"]
        for row in asked.rows(
            "SELECT event, count(DISTINCT case_id) AS n FROM case_events JOIN cases ON cases.id = case_id"
            " WHERE applied_on BETWEEN :first AND :last AND {seen} GROUP BY event"
        )
    }
    rows = [Row(label, (counts.get(event.value, 0),)) for event, label in _FUNNEL]
    return Figure(
        "funnel",
        "自报到办结",
        f"申报日期在这段时间里的件，到 {full_date(asked.today)}为止走到过这一步的有几件；一件可以走过好几步。",
        ("件数",),
        tuple(rows),
    )


def punctuality(asked: Asked) -> Figure:
    """Return how many limits that fell due in the period were kept."""
    kept: dict[str, Counter[str]] = {}
    query = (
        "SELECT workflow, workflow_version, key, closed_by, count(*) AS n,"
        " CASE WHEN closed_on IS NULL THEN 'open' WHEN closed_on <= case_deadlines.due_on THEN 'kept' ELSE 'late' END"
        " AS how FROM case_deadlines JOIN cases ON cases.id = case_id"
        " WHERE kind = :limit AND case_deadlines.due_on BETWEEN :first AND :last"
        " AND (closed_on IS NOT NULL OR case_deadlines.due_on < :today) AND {seen}"
        " GROUP BY workflow, workflow_version, key, closed_by, how"
    )
    for row in asked.rows(query, limit=DeadlineKind.LIMIT.value, today=asked.today.isoformat()):
        rule = workflow_of(asked.store, row["workflow"], row["workflow_version"]).deadlines[row["key"]]
        if row["closed_by"] is None or Event(row["closed_by"]) in rule.closed_by:
            kept.setdefault(rule.label, Counter())[row["how"]] += row["n"]
    rows = [
        Row(label, (counts["kept"], counts["late"], counts["open"]), _share(counts["kept"], counts.total()))
        for label, counts in sorted(kept.items())
    ]
    return Figure(
        "punctuality",
        "按期办理",
        "到期日在这段时间里的时限：按期率 = 按期办的 ÷（按期办的 + 办晚的 + 过期还没办的）。撤回、转走的不算。",
        ("按期", "办晚", "过期没办"),
        tuple(rows),
    )


def owed(asked: Asked) -> Figure:
    """Return what is still owed to households today, whatever the period."""
    counts: Counter[str] = Counter()
    query = (
        "SELECT workflow, workflow_version, kind, count(DISTINCT case_id) AS n FROM case_tasks"
        " JOIN cases ON cases.id = case_id WHERE done_at IS NULL AND {seen} GROUP BY workflow, workflow_version, kind"
    )
    for row in asked.rows(query):
        tasks = workflow_of(asked.store, row["workflow"], row["workflow_version"]).tasks
        label = next((rule.label for kind, rule in tasks.items() if kind.value == row["kind"]), "")
        if label:
            counts[label] += row["n"]
    rows = [Row(label, (number,)) for label, number in sorted(counts.items())]
    formula = f"{full_date(asked.today)}还没有做完的事，有几户；和上面选的时间无关。"
    return Figure("owed", "还欠着的事", formula, ("户数",), tuple(rows))


def stock(asked: Asked) -> Figure:
    """Return households and people under monitoring and past it, with the share resolved, by households and people."""
    states = {State.MONITORED: "监测帮扶中", State.RISK_RESOLVED: "风险已消除"}
    rows, totals = [], {}
    for state, label in states.items():
        ids = [
            row["id"] for row in asked.rows("SELECT id FROM cases WHERE state = :state AND {seen}", state=state.value)
        ]
        people = [number for number in (_people(asked.store, case) for case in ids) if number is not None]
        totals[state] = (len(ids), sum(people))
        rows.append(Row(label, totals[state], f"{len(people)} 户填了人口" if len(people) < len(ids) else ""))
    resolved, monitored = totals[State.RISK_RESOLVED], totals[State.MONITORED]
    shares = [_share(resolved[at], resolved[at] + monitored[at]) for at in (0, 1)]
    formula = (
        f"{full_date(asked.today)}的存量。风险消除率按户 = 已消除户数 ÷（监测中 + 已消除）= {shares[0] or '—'}；"
        f"按人同样算 = {shares[1] or '—'}。人数取入户采集表，没有填的不算。"
    )
    return Figure("stock", "监测对象存量", formula, ("户数", "人数"), tuple(rows))


def causes(asked: Asked) -> Figure:
    """Return the main causes of the period's reports; small numbers are kept back."""
    handed_in = asked.rows("SELECT id FROM cases WHERE applied_on BETWEEN :first AND :last AND {seen}")
    forms = (load_form(asked.store, row["id"]) for row in list(handed_in))
    counts = Counter(form.causes[0].value if form.causes else "没有说" for form in forms)
    rows = [Row(cause, (number,)) for cause, number in sorted(counts.items()) if number >= SMALLEST_SHOWN]
    rest = sum(number for number in counts.values() if number < SMALLEST_SHOWN)
    if rest:
        rows.append(Row("其余", (rest if rest >= SMALLEST_SHOWN else None,)))
    formula = (
        "申报日期在这段时间里的件，按最主要的一个原因数。"
        f"少于 {SMALLEST_SHOWN} 件的合在一起、不分开写，免得认出是哪一家。"
    )
    return Figure("causes", "困难原因", formula, ("件数",), tuple(rows))


def villages(asked: Asked) -> Figure:
    """Return the reports of each village over a year beside what chance alone would let one expect."""
    first = asked.period.last - _YEAR
    counts = {
        row["area_code"]: row["n"]
        for row in asked.rows(
            "SELECT area_code, count(*) AS n FROM cases WHERE length(area_code) = 12"
            " AND applied_on BETWEEN :earliest AND :last AND {seen} GROUP BY area_code",
            earliest=first.isoformat(),
        )
    }
    gazetteer = gazetteer_of(asked.store)
    known = [
        area.code
        for scope in sorted({grant.scope for grant in asked.officer.grants if len(grant.scope) >= len("620422")})
        for area in ((gazetteer.area(scope), *gazetteer.within(scope)) if scope in gazetteer else ())
        if area.level is Level.VILLAGE
    ]
    codes = sorted({*known, *counts})
    mean = sum(counts.values()) / len(codes) if codes else 0.0
    lowest = fewest_by_chance(mean)
    rows = [
        Row(
            gazetteer.path(code).rsplit("/", 1)[-1] if code in gazetteer else code,
            (counts.get(code, 0),),
            "建议复查" if counts.get(code, 0) < lowest else "",
        )
        for code in codes
    ]
    formula = f"{full_date(first)}到{full_date(asked.period.last)}的申报件数，按区划代码排，不排名次。"
    if lowest:
        formula += (
            f"没有各村户数，按各村机会一样多估算：平均 {mean:.1f} 件，"
            f"少于 {lowest} 件的不大像是碰巧（泊松分布，两侧共 5%），只建议再去看看；走访过、确实没有，就不用管。"
        )
    else:
        formula += "件数太少：哪个村一件没有，也可能是碰巧，看不出该复查谁。"
    return Figure("villages", "各村申报和预期", formula, ("件数",), tuple(rows))


def fewest_by_chance(mean: float) -> int:
    """Return the smallest count that chance makes likelier than 2.5 % or less, by the Poisson distribution."""
    if mean <= 0:
        return 0
    count, probability = 0, exp(-mean)
    below = probability
    while below <= _TAIL:
        count += 1
        probability *= mean / count
        below += probability
    return count


def _people(store: Store, case: str) -> int | None:
    """Return how many people live in the household, from the last sheet of a home visit."""
    record = last_entry(store, case, Event.HOUSEHOLD_RECORDED)
    return len(record.details["sheet"]["members"]) if record else None


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""
