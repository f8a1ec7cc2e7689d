"""The shapes in which villagers write dates; ``language.dates`` resolves them."""

from __future__ import annotations

import re

YEARS_BACK = {"大前年": 3, "前年": 2, "去年": 1, "年时": 1, "上年": 1, "头年": 1, "今年": 0, "明年": -1}
DAYS_BACK = {"大前": 3, "前": 2, "昨": 1, "今": 0, "明": -1, "后": -2}
WEEKDAYS = "一二三四五六日"
SEASON_STARTS = {"春": 2, "夏": 5, "秋": 8, "冬": 11}
LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
# Festivals by the lunar calendar (month, day) and by the solar one (month).
LUNAR_FESTIVALS = {
    "元宵": (1, 15),
    "端午": (5, 5),
    "中元": (7, 15),
    "七月半": (7, 15),
    "中秋": (8, 15),
    "八月节": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
}
SOLAR_FESTIVALS = {"清明": 4, "五一": 5, "国庆": 10, "冬至": 12, "元旦": 1}

_NUMERALS = r"\d一二三四五六七八九十"
_YEAR = (
    r"(?P<year>(?<!\d)(?:19|20)\d\d年|(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}年"
    r"|(?<!\d)\d\d年(?=[\d一二三四五六七八九十正腊冬]{1,2}月|那年|年?[初底末]|[春夏秋冬])"
    r"|大前年|(?<!年)前年|去年|年时(?=个|[，。\s]|[\u4e00-\u9fff])|上年|头年|今年|明年)的?\s?"
)
_MONTH = (
    rf"(?<![{_NUMERALS}几])(?P<month>元|十[一二]?|[一二三四五六七八九正腊冬]|1[0-2]|0?[1-9])月"
    r"(?![龄薪租供息饼嫂])份?"
)
_DAY = (
    r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|三十一?|二十[一二三四五六七八九]?"
    r"|十[一二三四五六七八九]?|[一二三四五六七八九]|3[01]|[12]\d|0?[1-9])"
)
# A day without 号 or 日 must not be the beginning of another number: 8月30万.
_DAY_ENDS = rf"(?:(?P<named>[号日])|(?![{_NUMERALS}百千万亿多来几块元个斤亩人户次天年月岁%.]))"
_WHICH = "(?P<which>上上|上|这|本|下)"

MONTH_AND_DAY = re.compile(
    rf"(?:{_YEAR})?(?P<lunar>农历|阴历|古历|旧历)?(?:阳历|公历)?的?(?P<leap>闰)?{_MONTH}(?:{_DAY}{_DAY_ENDS})?"
)
ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?!\d)")
YEAR_ALONE = re.compile(
    rf"{_YEAR}(?P<part>年?[初底末](?![一二三四五六七八九十])|[上下]半年|[春夏秋冬][天季里上]?)?"
    rf"(?!度?\s?(?:虚岁|都)?[{_NUMERALS}]+岁)"
)
SEASON = re.compile("(?:[开入立](?=[春夏秋冬])|(?=[春夏秋冬][天季里上收]))(?P<season>[春夏秋冬])[天季里上收]?")
MONTH_NEAR = re.compile(rf"{_WHICH}个?月份?(?:{_DAY}[号日])?")
AGO = re.compile(
    r"(?P<count>半|[\d一二两三四五六七八九十百千几]+[多来]?)个?(?P<unit>年|月|星期|礼拜|周|天|日)(?P<over>[多半])?[之以]?前(?!后)"
)
LATELY = re.compile(r"前[几些两]天|前(?:一)?(?:段时间|阵子?)|[这头]几天")
DAY_NEAR = re.compile(r"(?P<which>大前|(?<!大)前|昨|今|明|后)[天日晚夜早儿]")
WEEKDAY = re.compile(
    rf"(?<![每一两几\d])(?:{_WHICH}个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])?"
    r"|(?:周|星期|礼拜)(?P<bare>[一二三四五六日天]))"
)
DAY_ALONE = re.compile(
    rf"(?<![{_NUMERALS}月年第〕\])）个]){_DAY}[号日](?![楼院文门线人令码房铺店机公煤矿井桥内后前之起])"
)
FESTIVAL = re.compile(rf"(?:{_YEAR})?(?P<festival>{'|'.join([*LUNAR_FESTIVALS, *SOLAR_FESTIVALS])})节?")
NEW_YEAR = re.compile(
    rf"(?:{_YEAR})?(?:(?P<eve>除夕|大年三十|年夜|(?<![今去前明上头每当同{_NUMERALS}])年三十(?![{_NUMERALS}岁]))"
    rf"|(?:大年|(?<![今去前明上头每当同{_NUMERALS}])年)(?P<day>初[一二三四五六七八九十])"
    rf"|(?P<around>(?<![半多两几来往今去前明每当同成数百千万{_NUMERALS}])年[前后])|春节|过年)"
)
