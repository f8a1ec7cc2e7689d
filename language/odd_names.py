"""Place names in Simplified script with a character that elsewhere is the Traditional one of another."""

from __future__ import annotations

from typing import Final

# Every name of the bundled gazetteer that conversion would change, and the short forms that nothing else reads as.
ODD_NAMES: Final = (
    "乾县", "乾安县", "乾安镇", "乾安鹿场", "乾安", "乾丰镇", "乾佑街道", "乾务镇", "乾塘镇", "乾潭镇", "乾西乡",
    "乾龙镇", "奇乾乡", "奇乾", "南磑镇", "垌塚镇", "尖塚镇", "於潜镇", "河輋农场", "洩湖镇", "清濛经济开发区",
    "濛江乡", "濛江街道", "濛江镇", "濛洲街道", "濛阳街道", "瀂港街道", "礐石街道", "窵岔村", "织篢镇", "藉口镇",
    "迴龙村", "鮀江街道", "鮀莲街道", "鮜门镇", "鴜鷺树镇",
)  # fmt: skip
