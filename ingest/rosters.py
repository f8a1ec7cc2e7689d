"""Files that list people are set aside: identity numbers, bank accounts, telephones, names with private columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.page import Block
from ingest.refusal import Reason, RefusedError
from ingest.spelling import plain
from language.masking import PersonalNumberKind, find_personal_numbers

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤康易乔倪樊殷章"
)
_PERSON: Final = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff*×某]{{1,2}}")
# Words of forms and tables that begin like a surname.
_NO_PERSON: Final = re.compile(
    r"金额|程序|方[案法式向]|高[中龄职]|高血压|康复|余[额款]|石油|章程|严重|万元|江[苏西]|贺州|毛利|段落|武装|陶瓷|马铃薯|白内障|黄疸"
)
_NAME_COLUMN: Final = re.compile(r"姓名|户主|申请人|患者|学生姓名|持卡人")
_PRIVATE_COLUMN: Final = re.compile(
    r"身份证|证件号|公民身份|银行卡|银行账|卡号|账号|帐号|手机|电话|联系方式|病种|疾病|患病|残疾|住址|地址|致贫原因|返贫原因|风险类型"
    r"|人口|与户主关系|补助金额|保障金额|发放金额|救助金额|性别|年龄|出生"
)
_FEWEST_PEOPLE: Final = 3
_MOST_MOBILES: Final = 4
_MOST_ACCOUNTS: Final = 2
_ACCOUNT_WORD: Final = re.compile("账号|帐号|账户|卡号|银行卡|开户|一卡通")


def check_no_roster(blocks: Sequence[Block]) -> None:
    """
    Refuse a document that lists people. A blank form is no list, nor are officials named in a sentence.

    Raises:
        RefusedError: ``PERSONAL``, its detail telling what was found, never whose.
    """
    ids = mobiles = accounts = 0
    for block in blocks:
        for number in find_personal_numbers(block.text):
            ids += number.kind is PersonalNumberKind.ID_NUMBER
            mobiles += number.kind is PersonalNumberKind.MOBILE
            accounts += number.kind is PersonalNumberKind.BANK_CARD and bool(_ACCOUNT_WORD.search(block.text))
    found = [
        text
        for text, is_too_many in (
            (f"身份证号 {ids} 个", ids > 0),
            (f"手机号 {mobiles} 个", mobiles > _MOST_MOBILES),
            (f"银行账号 {accounts} 个", accounts > _MOST_ACCOUNTS),
        )
        if is_too_many
    ]
    people = max((_people(columns, rows) for columns, rows in _lists(blocks)), default=0)
    if people >= _FEWEST_PEOPLE:
        found.append(f"列有 {people} 人的名册")
    if found:
        raise RefusedError(Reason.PERSONAL, "、".join(found))


def _lists(blocks: Sequence[Block]) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Yield what may be a list of people: its column names, and its rows as cells."""
    for at, block in enumerate(blocks):
        if block.grid is not None:
            rows = [[plain(cell) for cell in row] for row in block.grid]
            head = max(1, block.head_rows)
            yield [cell for row in rows[:head] for cell in row], rows[head:]
            continue
        cells = re.split(r"[\s,，;；]+", plain(block.text))
        if len(cells) >= 3 and _NAME_COLUMN.search(block.text):
            yield cells, [re.split(r"[\s,，;；]+", plain(below.text)) for below in blocks[at + 1 :]]
        elif len(block.text) <= 8 and _NAME_COLUMN.search(plain(block.text).replace(" ", "")):
            # One cell a line: the columns stand around the name's, the people below.
            around = blocks[max(0, at - 3) : at + 8]
            yield (
                [plain(cell.text) for cell in around if len(cell.text) <= 12],
                [[plain(cell.text)] for cell in blocks[at + 1 :]],
            )


def _people(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows name a person, when the columns are those of a list of people."""
    names = [re.sub(r"\s", "", column) for column in columns]
    if not any(map(_NAME_COLUMN.search, names)) or not any(map(_PRIVATE_COLUMN.search, names)):
        return 0
    return sum(any(_PERSON.fullmatch(cell) and not _NO_PERSON.fullmatch(cell) for cell in row) for row in rows)
