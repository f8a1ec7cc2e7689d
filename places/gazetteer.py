"""The administrative areas of the country as a tree that is read from the bundled extract."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from pathlib import Path

from places.naming import names_same

NATION = ""
_CODE_LENGTHS = {0: 0, 2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
_LEVELS_LEFT_OUT = 2


class Level(IntEnum):
    """How deep an area lies; deeper is greater."""

    NATION = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5


def written(path: str) -> str:
    """Return a path of names as people write it: 甘肃省白银市会宁县."""
    return path.replace("/", "")


class UnknownAreaError(LookupError):
    """An area code that the gazetteer does not know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no area has the code {code!r}")
        self.code = code


@dataclass(frozen=True)
class Area:
    """An administrative area. ``code`` is its statistical code cut to its level, empty for the nation."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        return Level(_CODE_LENGTHS[len(self.code)])


class Gazetteer:
    """
    The tree of areas down to townships, and to villages where the extract has them.

    ``names`` maps codes to names; a code comes after its parent's.
    """

    def __init__(self, names: dict[str, str]) -> None:
        self._names = {NATION: "全国", **names}
        self._children: dict[str, list[str]] = {}
        for code in names:
            self._children.setdefault(parent_code(code), []).append(code)

    def __contains__(self, code: str) -> bool:
        return code in self._names

    def area(self, code: str) -> Area:
        """Return the area with this code. Raises UnknownAreaError."""
        try:
            return Area(code, self._names[code])
        except KeyError:
            raise UnknownAreaError(code) from None

    def parent(self, code: str) -> Area | None:
        """Return the area that holds this one, None for the nation. Raises UnknownAreaError."""
        self.area(code)
        return None if code == NATION else self.area(parent_code(code))

    def children(self, code: str) -> tuple[Area, ...]:
        """Return the areas directly below, in order of code. Raises UnknownAreaError."""
        self.area(code)
        return tuple(Area(child, self._names[child]) for child in self._children.get(code, ()))

    def within(self, code: str) -> Iterator[Area]:
        """Yield all areas below this one, each before those it holds. Raises UnknownAreaError."""
        for child in self.children(code):
            yield child
            yield from self.within(child.code)

    def path(self, code: str) -> str:
        """
        Return the names from the province down, as 甘肃省/白银市/会宁县; 全国 for the nation.

        Levels that are only a filler of the code (市辖区, 省直辖县级行政区划) and a county that repeats
        its city's name (东莞市) are left out. Raises UnknownAreaError.
        """
        last = self.area(code).name
        names: list[str] = []
        for length in _CODE_LENGTHS:
            if 0 < length <= len(code):
                name = self._names[code[:length]]
                if not is_filler(name) and name not in names[-1:]:
                    names.append(name)
        return "/".join(names) or last

    def by_path(self, path: str) -> Area | None:
        """
        Return the area that a path as deep as given names, None when it names none or several.

        Levels may be left out and names shortened (甘肃/会宁/会师镇) as long as one area fits.
        """
        found = self.area(NATION)
        for name in filter(None, (part.strip() for part in path.replace("／", "/").split("/"))):
            if name == found.name:
                continue
            below = self._named_below(found.code, name)
            if below is None:
                return None
            found = below
        return found if path.strip() else None

    def is_within(self, code: str, scope: str) -> bool:
        """Tell whether the area ``code`` is ``scope`` itself or lies in it."""
        return code.startswith(scope)

    def _named_below(self, code: str, name: str) -> Area | None:
        """Return the only area of that name on the first level below ``code`` that has one."""
        level = self.children(code)
        for _ in range(_LEVELS_LEFT_OUT + 1):
            named = [area for area in level if area.name == name]
            named = named or [area for area in level if names_same(name, area.name)]
            if named:
                return named[0] if len(named) == 1 else None
            level = tuple(child for area in level for child in self.children(area.code))
        return None


def parent_code(code: str) -> str:
    """Return the code of the area above: 620422 for 620422100."""
    return code[: max(length for length in _CODE_LENGTHS if length < len(code))]


def is_filler(name: str) -> bool:
    """Tell whether a city-level name stands only for the gap in the code of directly ruled counties."""
    return name in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@cache
def load_gazetteer(extracts: Path | None = None) -> Gazetteer:
    """
    Return the bundled gazetteer with every extract (*.txt.xz) of a folder laid over it, read once for the process.

    An extract adds areas, such as the villages of one more county, and renames those that it names again.
    """
    packed = [resources.files("places").joinpath("data/areas.txt.xz").read_bytes()]
    packed += [path.read_bytes() for path in sorted(extracts.glob("*.txt.xz"))] if extracts else []
    names: dict[str, str] = {}
    for content in packed:
        names |= read_areas(lzma.decompress(content).decode())
    return Gazetteer(dict(sorted(names.items())))


def read_areas(text: str) -> dict[str, str]:
    """
    Return code → name from the extract's text: a line an area, a tab a level, then code suffix and name.

    The suffix has two digits down to counties and three below.
    """
    names: dict[str, str] = {}
    above = [NATION] * (Level.VILLAGE + 1)
    for line in text.splitlines():
        entry = line.lstrip("\t")
        depth = len(line) - len(entry)
        width = 2 if depth < Level.COUNTY else 3
        code = above[depth] + entry[:width]
        above[depth + 1 :] = [code] * (Level.VILLAGE - depth)
        names[code] = entry[width:]
    return names
