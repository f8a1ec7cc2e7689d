"""``bangfu up``: everything that serves people, in one process."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import click

from app.context import Context
from app.conversing import open_conversation
from app.evaluation.rehearsing import GoldenExamination
from app.indexed import open_knowledge
from app.runtime import Rules, Runtime
from app.serving import announced
from bot.conversation.listening import page_address
from bot.memory.idle_drafts import mind_drafts
from bot.wording import word
from bot.worker import utc_now
from cases.actions.tell_reporter import ask_to_tell
from cases.clock import tick
from cases.duty.alarms import ring_again
from cases.notices import NoticeKind
from cases.officers import all_officers
from cases.reminders import remind
from cases.staffing import unstaffed
from cases.workflow import load_workflow
from knowledge.answer import Question
from settings.schema import Settings, Web
from storage.heads import sign_head
from storage.outbox import OutboxItem
from storage.signing import Signer
from storage.store import Store
from storage.times import local_date
from web.villagers.unread import hand_over_unread


@click.command()
@click.option("--host", help="网页开在哪个地址，代替配置里的；0.0.0.0 表示别的机器也能打开。")
@click.option("--port", type=click.IntRange(0, 65535), help="网页开在哪个端口，代替配置里的。")
@click.pass_obj
def command(context: Context, *, host: str | None, port: int | None) -> None:
    """启动全部服务：村民网页、消息收发、到期提醒；设了 BANGFU_TELEGRAM_TOKEN 就同时接通 Telegram。

    第一次启动先建索引。按 Ctrl-C 停下，没办完的下次接着办。

    例子：

    \b
      bangfu up
      BANGFU_TELEGRAM_TOKEN=机器人令牌 bangfu up
      bangfu up --host 0.0.0.0 --port 8080
    """
    settings = context.settings = _listening_at(context.settings, host, port)
    page = _open_page(settings.web)
    settings = context.settings = _listening_at(settings, None, page.getsockname()[1])
    knowledge, store = open_knowledge(context)
    conversation = open_conversation(context, knowledge)
    # The first question must not wait for what is loaded at first use.
    knowledge.answer(store, Question("低保", as_of=local_date(utc_now())))
    rules = Rules(
        conversation=conversation,
        word=partial(word, page=page_address(settings), contacts=conversation.listener.contacts()),
        tick=partial(do_what_is_due, signer=context.signer, pace=Pace.of(settings)),
        undeliverable=ask_a_person,
        knowledge=knowledge,
        examination=GoldenExamination(settings),
    )
    for line in _welcome(settings, store):
        click.echo(line)
    with announced(settings.data_path, _address(settings.web)):
        asyncio.run(_serve(context, rules, page))
    context.say("已停下。没办完的都留着，下次启动接着办。")


def _listening_at(settings: Settings, host: str | None, port: int | None) -> Settings:
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return settings.model_copy(update={"web": settings.web.model_copy(update=given)})


async def _serve(context: Context, rules: Rules, page: socket.socket) -> None:
    await Runtime(context.settings, context.stores, rules, clock=utc_now).run(page)


@dataclass(frozen=True)
class Pace:
    """How long the tick waits: before a notice counts as unread, before an alarm calls again."""

    unread_after: timedelta
    ring_every: timedelta

    @classmethod
    def of(cls, settings: Settings) -> Pace:
        """Return the configured pace."""
        return cls(timedelta(days=settings.web.unread_days), timedelta(minutes=settings.duty.ring_minutes))


def on_tick(store: Store, now: datetime, *, signer: Signer) -> int:
    """Do some of what time alone makes due and return how much, and once a day sign the head of the audit trail."""
    done = tick(store, now) + remind(store, now) + mind_drafts(store, now)
    sign_head(store, signer, now=now)
    return done


def do_what_is_due(store: Store, now: datetime, *, signer: Signer, pace: Pace) -> int:
    """Call again about alarms, do what ``on_tick`` does, and hand over the notices that nobody came to read."""
    rung = ring_again(store, now, every=pace.ring_every)
    unread = hand_over_unread(store, now=now, after=pace.unread_after, undeliverable=ask_a_person)
    return rung + on_tick(store, now, signer=signer) + unread


def ask_a_person(store: Store, item: OutboxItem, now: datetime) -> None:
    """Open a task to tell the reporter what his dead channel could not. Officers find their work in the queue."""
    if item.case_id is not None and item.kind.startswith("notice."):
        ask_to_tell(store, item.case_id, NoticeKind(item.kind), now=now)


def _open_page(web: Web) -> socket.socket:
    """Return a socket that listens on the configured address, or end with a sentence that says what to do."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        return socket.create_server((web.host, web.port), family=family)
    except OSError as error:
        raise click.ClickException(
            f"网页打不开：{web.host} 的 {web.port} 端口用不了（{error.strerror}）。"
            "请看看是不是已经启动了一个，或者在 config.toml 的 [web] port 换一个端口。"
        ) from None


def _address(web: Web) -> str:
    host = f"[{web.host}]" if ":" in web.host else web.host
    return f"http://{host}:{web.port}"


def _welcome(settings: Settings, store: Store) -> list[str]:
    address = _address(settings.web)
    lines = [f"村民网页：{address}/", f"办件台（工作人员）：{address}/desk"]
    if settings.web.public_address:
        lines.append(f"对外网址：{settings.web.public_address}")
    lines.append(
        "Telegram：正在接通。"
        if settings.secrets.telegram_token
        else "Telegram：没有接通。要接通，请设环境变量 BANGFU_TELEGRAM_TOKEN 再启动。"
    )
    empty = dict.fromkeys(one.state_label for one in unstaffed(store, load_workflow(settings.cases.workflow)))
    if empty:
        lines.append(f"没有人办的环节：{'、'.join(empty)}。件到了那里就停住，请登记工作人员（bangfu doctor 看详情）。")
    if not all_officers(store):
        lines.append(
            "还没有工作人员，报上来的困难没有人办。请另开一个终端登记第一位，例如：\n"
            f"  {_own_name()} officer add --name 姓名 --role village --area 省/市/县/乡镇/村"
        )
    lines.append("按 Ctrl-C 停下。")
    return lines


def _own_name() -> str:
    """Return how this command is called from where one stands: in a checkout it is not on the path."""
    if shutil.which("bangfu"):
        return "bangfu"
    own = Path(sys.executable).with_name("bangfu")
    return str(own.relative_to(Path.cwd())) if own.is_relative_to(Path.cwd()) else str(own)
