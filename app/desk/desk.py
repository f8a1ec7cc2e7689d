"""An officer at the command line: who acts, on which version, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

import click

from app.context import Context
from bot.wording import phrases
from bot.wording.refusals import refusal
from cases.access import CaseFile, access_case, open_file, reveal_file
from cases.actors import Officer
from cases.case import Case
from cases.details import Details
from cases.errors import CasesError
from cases.officers import find_officer
from cases.queue import QueueFilter, QueueItem, list_queue, queue_item
from cases.set_back import check_clock
from cases.terms import terms_in
from storage.database import transaction
from storage.heads import sign_head
from storage.store import Store
from storage.times import local_date


@dataclass(frozen=True)
class Desk:
    """The desk of one officer for the length of one command."""

    store: Store
    officer: Officer
    now: datetime

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return local_date(self.now)

    def item(self, case: Case) -> QueueItem:
        """Return a case as the queue shows it."""
        return queue_item(self.store, case, officer=self.officer)

    def list(self, wanted: QueueFilter) -> list[QueueItem]:
        """Return the officer's queue."""
        return list_queue(self.store, officer=self.officer, today=self.today, wanted=wanted)

    def file(self, receipt: str, *, reveal: bool) -> CaseFile:
        """Return a case masked, or in full with a trace of it."""
        if not reveal:
            return open_file(self.store, receipt, officer=self.officer)
        with transaction(self.store):
            return reveal_file(self.store, receipt, officer=self.officer, now=self.now)


@dataclass(frozen=True)
class CaseDesk:
    """One case on the desk. ``seen`` is the version that the officer looked at; None: as it is now."""

    desk: Desk
    receipt: str
    seen: int | None

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return self.desk.today

    def run(self, action: Callable[..., Case], *details: Details) -> None:
        """Do one action on the case and say how it then stands."""
        desk = self.desk
        for one in details:
            warn_of_terms(one)
        with transaction(desk.store):
            version = self.seen or access_case(desk.store, self.receipt, actor=desk.officer).version
            case = action(desk.store, self.receipt, *details, actor=desk.officer, version=version, now=desk.now)
        due = f"，期限{phrases.day(case.due_on.isoformat())}" if case.due_on else ""
        provisional = "（暂定）" if case.due_provisional else ""
        click.echo(f"办好了。编号 {phrases.receipt(case.receipt)}：{desk.item(case).state_label}{due}{provisional}。")


def warn_of_terms(details: Details) -> None:
    """Say on stderr which names in what was written are out of date; nothing is held up."""
    for term in {one.term: one for one in terms_in(details)}.values():
        click.echo(f"提示：“{term.term}”是过时的叫法，现在叫{term.instead}。", err=True)


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """End the command with a sentence when something is refused."""
    try:
        yield
    except CasesError as error:
        raise click.ClickException(refusal({"code": error.code, "fields": error.params}).text) from None


def at_desk(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--as`` and the desk of that officer as its first argument."""

    @wraps(function)
    def wrapped(who: str, **options: Any) -> None:
        context = click.get_current_context().ensure_object(Context)
        store = context.open_store()
        with refusals_in_words():
            try:
                now = datetime.now(UTC)
                check_clock(store, now)
                function(Desk(store, find_officer(store, who), now), **options)
            finally:
                sign_today(context, store)

    return click.option("--as", "who", required=True, metavar="编号或姓名", help="以哪位工作人员的身份办。")(wrapped)


def sign_today(context: Context, store: Store) -> None:
    """Sign the day's head of the audit trail where nobody runs the service that does."""
    with transaction(store):
        sign_head(store, context.signer, now=datetime.now(UTC))


def on_case(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the number of a case, ``--seen`` and ``--as``, together its first argument."""

    @wraps(function)
    def wrapped(desk: Desk, receipt: str, seen: int | None, **options: Any) -> None:
        function(CaseDesk(desk, receipt, seen), **options)

    seen = click.option("--seen", type=click.IntRange(min=1), metavar="版本", help="您看的是第几版；变了就不办。")
    return click.argument("receipt", metavar="编号")(seen(at_desk(wrapped)))


def check_one(options: Mapping[str, object]) -> None:
    """Refuse unless exactly one of *options* was given.

    Raises:
        UsageError: names them all.
    """
    given = [name for name, value in options.items() if value is not None]
    if len(given) != 1:
        raise click.UsageError(f"{'、'.join(options)} 要写一个，也只能写一个。")


def day_option(name: str, text: str, *, required: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return an option that takes a date such as 2026-03-12."""
    return click.option(name, type=Day(), metavar="日期", required=required, help=text)


class Day(click.ParamType[date]):
    """A calendar date in ISO form."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or refuse with the way to write it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期。请写成 2026-03-12 这样。", param, ctx)
