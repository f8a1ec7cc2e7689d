"""Places as requests name them: an unknown one is left out, and said so."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.state import Place
from bot.conversation.whereabouts import place_of
from places.gazetteer import Gazetteer


def known_place(path: str | None, gazetteer: Gazetteer, say: Callable[[str], None]) -> Place | None:
    """Return the area that *path* names; of an unknown one, *say* so and go on without."""
    if not path:
        return None
    area = gazetteer.by_path(path)
    if area is None or not area.code:
        say(f"不认得“{path}”这个地方，按没有写地方处理。")
        return None
    return place_of(gazetteer, area.code)
