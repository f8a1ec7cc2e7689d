"""Areas as people type them at the command line: a path of names, or the statistical code itself."""

from __future__ import annotations

import click

from places.gazetteer import Gazetteer

_LENGTHS = {2, 4, 6, 9, 12}


def area_code(text: str, gazetteer: Gazetteer) -> str:
    """Return the code of the area that *text* names, or end the command with a sentence that says what to do."""
    if text.isascii() and text.isdecimal() and len(text) in _LENGTHS:
        return text
    area = gazetteer.by_path(text)
    if area is None or not area.code:
        raise click.ClickException(
            f"“{text}”不是一个认得的地方，或者不止一个。请从省写起，用 / 隔开，如 甘肃省/白银市/会宁县/会师镇；"
            "地名库里没有的村，写 12 位统计用区划代码。"
        )
    return area.code
