import pytest

from places.naming import bare_name, names_same


@pytest.mark.parametrize(
    ("official", "bare"),
    [
        ("会宁县", "会宁"),
        ("新添堡回族乡", "新添堡"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("沙县区", "沙县"),
        ("和县", "和县"),
        ("城区", "城区"),
        ("南家咀头村", "南家咀头"),
        ("东山根社区居委会", "东山根"),
        ("甘肃", "甘肃"),
    ],
)
def test_a_bare_name_has_no_ending(official: str, bare: str) -> None:
    assert bare_name(official) == bare


def test_a_changed_ending_of_the_same_class_is_the_same_name() -> None:
    assert names_same("零陵县", "零陵区")
    assert names_same("会师街道", "会师镇")
    assert names_same("会宁", "会宁县")
    assert not names_same("会宁镇", "会宁县")
    assert not names_same("会宁", "静宁县")
