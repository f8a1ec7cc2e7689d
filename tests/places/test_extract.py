import lzma
from pathlib import Path

import pytest

from places.extract import main
from places.gazetteer import read_areas

TABLES = {
    "provinces": "code,name\n62,甘肃省\n",
    "cities": "code,name,provinceCode\n6204,白银市,62\n",
    "areas": "code,name,cityCode,provinceCode\n620422,会宁县,6204,62\n620421,靖远县,6204,62\n",
    "streets": "code,name\n620422100,会师镇\n620422001,城关街道办事处\n620421100,北湾镇\n",
    "villages": (
        "code,name\n620422100203,南家咀头村民委员会\n620422100001,东山根社区居民委员会\n"
        "620422100300,蒋家村村委会\n620422100301,水口山居委会\n620421100200,高崖村民委员会\n"
    ),
}


@pytest.fixture
def division(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "dist").mkdir(parents=True)
    for table, rows in TABLES.items():
        (folder / "dist" / f"{table}.csv").write_text(rows, encoding="utf-8")
    return folder


def read(file: Path) -> dict[str, str]:
    return read_areas(lzma.decompress(file.read_bytes()).decode())


EVERYWHERE = {
    "62": "甘肃省",
    "6204": "白银市",
    "620421": "靖远县",
    "620421100": "北湾镇",
    "620422": "会宁县",
    "620422001": "城关街道",
    "620422100": "会师镇",
    "620422100001": "东山根社区",
    "620422100203": "南家咀头村",
    "620422100300": "蒋家村",
    "620422100301": "水口山居委会",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}


def test_one_extract_holds_all_townships_and_the_villages_of_the_counties_named(division: Path, tmp_path: Path) -> None:
    main(["--counties", "620422", "--target", str(tmp_path), str(division)])
    assert read(tmp_path / "areas.txt.xz") == EVERYWHERE
    gansu = {code: name for code, name in EVERYWHERE.items() if code.startswith("62")}
    assert read(tmp_path / "villages" / "62.txt.xz") == gansu | {"620421100200": "高崖村"}
    assert not (tmp_path / "villages" / "71.txt.xz").exists()
