"""Who asks, where, and of which day: the options and the fields of a line that ``ask`` and ``search`` share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click
from pydantic import BaseModel, ConfigDict

from knowledge.answer import Asker
from storage.times import local_date

Command = TypeVar("Command", bound=Callable[..., Any])


class AskerLine(BaseModel):
    """A line of ``--jsonl`` input that somebody asks."""

    model_config = ConfigDict(extra="ignore")

    id: str
    area: str | None = None
    asker: Asker = Asker.VILLAGER
    as_of: date | None = None

    @property
    def day(self) -> date:
        """The day whose rules are asked for: today unless the line names one."""
        return self.as_of or local_date(datetime.now(UTC))


def asker_options(command: Command) -> Command:
    """Give *command* ``--area``, ``--asker``, ``--as-of`` and ``--jsonl``."""
    for option in (
        click.option("--jsonl", is_flag=True, help="从标准输入逐行读 JSON，逐行输出。"),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天的规定，默认今天。"),
        click.option(
            "--asker",
            type=click.Choice([asker.value for asker in Asker]),
            default=Asker.VILLAGER.value,
            show_default=True,
            help="谁在问：决定能看到哪些资料。",
        ),
        click.option("--area", help="提问的人在哪里，例如 甘肃省/白银市/会宁县。默认按配置文件。"),
    ):
        command = option(command)
    return command
