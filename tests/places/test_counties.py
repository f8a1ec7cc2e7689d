import lzma

import pytest

from places.counties import counties_named, county_extract, packed_extract
from places.gazetteer import load_gazetteer, read_areas


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("镇原县", "621027"),
        ("镇原", "621027"),
        ("621027", "621027"),
        ("甘肃/庆阳/镇原县", "621027"),
        ("甘肃省／镇原县", "621027"),
        ("江苏/南京/鼓楼区", "320106"),
        ("东莞市", "441900"),
    ],
)
def test_a_county_is_named_by_code_path_or_name(name: str, code: str) -> None:
    assert [area.code for area in counties_named(load_gazetteer(), name)] == [code]


@pytest.mark.parametrize("name", ["", "/", "瞎编县", "甘肃省", "会师镇", "999999", "河南/镇原县"])
def test_what_names_no_county_finds_none(name: str) -> None:
    assert counties_named(load_gazetteer(), name) == []


def test_counties_of_one_name_are_all_found() -> None:
    found = {load_gazetteer().path(area.code) for area in counties_named(load_gazetteer(), "鼓楼区")}
    assert {"江苏省/南京市/鼓楼区", "河南省/开封市/鼓楼区"} < found


def test_the_extract_of_a_county_has_its_villages_and_what_lies_above() -> None:
    names = county_extract("621027")
    assert {"62": "甘肃省", "6210": "庆阳市", "621027": "镇原县"}.items() <= names.items()
    assert sum(len(code) == 12 for code in names) == 222
    assert all(code.startswith("621027") or "621027".startswith(code) for code in names)
    assert read_areas(lzma.decompress(packed_extract(names)).decode()) == names


def test_the_bundled_division_agrees_with_what_every_start_reads() -> None:
    bundled = load_gazetteer()
    assert all(bundled.area(code).name == name for code, name in county_extract("431102").items())
