"""How areas are called: official endings, and the short names people use."""

from __future__ import annotations

import re

_PEOPLES = (
    "蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|"
    "畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|"
    "普米族|塔吉克族?|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族?|赫哲族|门巴族|"
    "珞巴族|基诺族"
)
# Endings by what they make of a name: two names of one class may be the same place under another ending.
_ENDING = re.compile(
    "(?P<province>特别行政区|(?:壮族|回族|维吾尔)?自治区|省)$"
    f"|(?P<county>(?:{_PEOPLES})*(?:自治州|自治县|自治旗|地区|林区|特区|市|盟|州|县|区|旗))$"
    f"|(?P<township>(?:{_PEOPLES})*(?:街道办事处|街道|民族乡|苏木|镇|乡))$"
    "|(?P<village>(?:社区)?居民委员会|(?:社区)?居委会|社区|村民委员会|村委会|村)$"
)


def bare_name(name: str) -> str:
    """Return a name without its ending (会宁 for 会宁县, 新添堡 for 新添堡回族乡), two characters at least."""
    found = _ENDING.search(name)
    while found and found.start() < 2:
        found = _ENDING.search(name, found.start() + 1)
    return name[: found.start()] if found else name


def ending_class(name: str) -> str | None:
    """Return which class of ending a name has, None when it has none."""
    found = _ENDING.search(name)
    return found.lastgroup if found else None


def names_same(given: str, official: str) -> bool:
    """Tell whether people may mean ``official`` by ``given``: shortened, or with an ending of the same class."""
    if given in {official, bare_name(official)}:
        return True
    return bare_name(given) == bare_name(official) and ending_class(given) == ending_class(official)
