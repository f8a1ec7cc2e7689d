"""The villages of any one county, taken out of the bundled division data: what a data folder adds to the gazetteer."""

from __future__ import annotations

import lzma
from importlib import resources

from places.extract import pack, write_areas
from places.gazetteer import Area, Gazetteer, Level, is_filler, read_areas
from places.naming import names_same

_COUNTY_DIGITS = 6


def counties_named(gazetteer: Gazetteer, name: str) -> list[Area]:
    """Return the counties that *name* names: a code, a path (甘肃/镇原), or the county's name alone."""
    if name.isascii() and name.isdecimal():
        return [gazetteer.area(name)] if name in gazetteer and gazetteer.area(name).level is Level.COUNTY else []
    found = gazetteer.by_path(name)
    if found is not None and found.level is Level.COUNTY:
        return [found]
    *above, last = [part.strip() for part in name.replace("／", "/").split("/") if part.strip()] or [""]
    scope = gazetteer.by_path("/".join(above)) if above else gazetteer.area("")
    below = gazetteer.within(scope.code) if scope is not None else ()
    counties = [area for area in below if area.level is Level.COUNTY and not is_filler(area.name)]
    return [area for area in counties if area.name == last] or [
        area for area in counties if names_same(last, area.name)
    ]


def county_extract(code: str) -> dict[str, str]:
    """Return code → name of a county, the areas above it, its townships and its villages.

    No villages: the statistical edition has none there.
    """
    packed = resources.files("places").joinpath(f"data/villages/{code[:2]}.txt.xz")
    names = read_areas(lzma.decompress(packed.read_bytes()).decode()) if packed.is_file() else {}
    return {area: name for area, name in names.items() if area.startswith(code) or code.startswith(area)}


def packed_extract(names: dict[str, str]) -> bytes:
    """Return the file that ``load_gazetteer`` lays over the bundled gazetteer."""
    return pack(write_areas(names))
