"""What sort of thing a question wants, and what sorts of things a text can give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class AnswerType(StrEnum):
    """A sort of answer."""

    AMOUNT = "amount"
    TIME = "time"
    COUNT = "count"
    PAPERS = "papers"
    PLACE = "place"
    PERSON = "person"
    ALLOWED = "allowed"
    REASON = "reason"
    MEANING = "meaning"
    WAY = "way"


_ASKED: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.AMOUNT: re.compile(
        r"多少(?!天|年|人|日|次|个?月|岁|个?工作日|类|种)|多钱|几(?:百|千|万|块|个?钱)|啥标准|标准|额度|"
        r"(?:补|给|发|交|缴|贷|报销?|免)几|好多钱|几多钱|金额|比例|收入线|监测线"
    ),
    AnswerType.TIME: re.compile(
        r"几[天日月年]|多久|多长时间|多少(?:天|日|个?工作日|年|个?月)|啥时候|什么时候|何时|哪[天年月]|期限|时限|"
        r"最[迟晚]|好久|几个?工作日|最长"
    ),
    AnswerType.COUNT: re.compile(r"几[类种个步条样项口人级次道]|哪[几三两四]|多少[人次类种户]|分(?:成|为)?哪"),
    AnswerType.PAPERS: re.compile(r"材料|证明|手续|带(?:啥|什么|哪些)|要带|户口[本簿]|资料|填(?:啥|什么|哪些)|写些?啥"),
    AnswerType.PLACE: re.compile(r"哪里|哪儿|在哪|去哪|到哪|哪达|阿达|哪个(?:部门|地方|窗口|单位)|渠道"),
    AnswerType.PERSON: re.compile(r"谁|哪些人|什么人|啥人|找哪|对象|范围"),
    AnswerType.ALLOWED: re.compile(
        r"([\u4e00-\u9fff])不\1|[能可]以?.{0,14}[吗么不？]|行不|是否|要不要|算不算|有没有|[吗么]$|中不中|得不得|条件|资格|够不够|还.{0,8}吗"
    ),
    AnswerType.REASON: re.compile(r"为啥|为什么|凭啥|凭什么|咋(?:就)?没|原因|怎么没"),
    AnswerType.MEANING: re.compile(r"是啥|是什么|什么意思|啥意思|什么叫|啥叫|指什么|含义|定义|区别|不同|关系"),
    AnswerType.WAY: re.compile(r"怎么|怎样|如何|咋|流程|程序|步骤|办法|哪些环节|怎[样么]?办"),
}
_GIVEN: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.AMOUNT: re.compile(r"\d(?:[\d,.]*)\s*万?(?:元|块)|\d\s*[%％]|\d万|百分之"),
    AnswerType.TIME: re.compile(r"\d+\s*个?(?:工作日|自然日|天|日|个?月|年|小时)|每[年月季]|期满|月底"),
    AnswerType.COUNT: re.compile(r"[一二三四五六七八九十两]\s*(?:类|种|项|步|条|个方面|是)|[1-9][.、)）]|（[一二三]）"),
    AnswerType.PAPERS: re.compile(r"材料|证明|户口簿|户口本|身份证|授权书|申请书|申请表|表格|票据|病历|复印件"),
    AnswerType.PLACE: re.compile(r"窗口|村委会|村[“\"]?两委|乡镇|街道|大厅|平台|扫码|二维码|小程序|银行|学校|部门"),
    AnswerType.PERSON: re.compile(r"对象|人员|家庭|户|部门|村委会|联系人|工作队"),
    AnswerType.ALLOWED: re.compile(r"可以|不可以|能|不能|不得|应当|必须|条件|符合|不限|允许|不算"),
    AnswerType.REASON: re.compile(r"因为|由于|为了|所以|原因|防止|避免"),
    AnswerType.MEANING: re.compile(r"是指|指的是|指的|就是|是说|称为|叫做|包括|区别|不同"),
    AnswerType.WAY: re.compile(r"申请|办理|流程|程序|步骤|先|然后|再|提交|受理|审核|审批|拨打|报"),
}


def asked_types(question: str) -> frozenset[AnswerType]:
    """Return the sorts of things that a question (folded) wants; none where it does not show."""
    return frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(question))


def given_types(text: str) -> frozenset[AnswerType]:
    """Return the sorts of things that a text can give."""
    return frozenset(kind for kind, pattern in _GIVEN.items() if pattern.search(text))


def bits(types: frozenset[AnswerType]) -> int:
    """Return a set of types as the bits of a number, in which they are stored."""
    return sum(1 << place for place, kind in enumerate(AnswerType) if kind in types)
