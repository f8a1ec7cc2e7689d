"""Words that steer the conversation in every state, when they are the whole message."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Word(StrEnum):
    """A steering word."""

    CANCEL = "cancel"
    BACK = "back"
    RESTART = "restart"
    HUMAN = "human"
    HELP = "help"
    CONTINUE = "continue"
    REPORT = "report"
    PROGRESS = "progress"
    QUEUE = "queue"
    YES = "yes"
    NO = "no"
    NONE = "none"


_SPOKEN: Final = {
    Word.CANCEL: (
        "取消 算了 不报了 我不报了 不想报了 我不想报了 退出 不填了 不弄了 停止 结束 先不报了 不用了 取消报贫 /cancel"
    ),
    Word.BACK: "返回 上一步 后退 退回 返回上一步 回去 /back",
    Word.RESTART: "重来 重新填 重新开始 重填 重新报 从头来 重新来 再来一遍 /restart",
    Word.HUMAN: "人工 转人工 找人工 人工服务 人工客服 客服 真人 找真人 找个人 工作人员 /human",
    Word.HELP: "帮助 怎么用 菜单 主菜单 开始 首页 说明 使用说明 help menu /help /start /menu",
    Word.CONTINUE: "继续 接着报 接着填 继续报 继续填 接着来",
    Word.REPORT: "一键报贫 报贫 我要报贫 报困难 我要报困难 我想报贫 我想报困难 上报困难 困难申报 /report",
    Word.PROGRESS: "我的进度 进度 查进度 查询进度 查看进度 办理进度 /progress",
    Word.QUEUE: "待办 我的待办 待办事项 看待办 /queue",
    Word.YES: (
        "是 是的 对 对的 对头 都对 都对着 都对着哩 都对下一步 对着 对着呢 对着哩 对着咧 没麻达"
        " 没错 没有错 好 好的 嗯 嗯嗯 行 可以 同意 我同意"
        " 同意并提交 同意提交 提交 确认 确认提交 确定 中 要得 得行 ok yes 正确 都是对的 没问题 选好了 下一步"
    ),
    Word.NO: "不 不是 不对 不要 否 不同意 我不同意 不用 不行 错了 错的 no 没有对 不是的",
    Word.NONE: "没有 没得 无 没 都没有 没有了",
}
_OF: Final = {spoken: word for word, line in _SPOKEN.items() for spoken in line.split()}
_EDGES: Final = " \n。，,、！!？?~…；;：:.\"'“”‘’"
_TAILS: Final = "了吧啊呀呢哈哦嘛啦"


def find_word(text: str) -> Word | None:
    """Return the steering word that the whole of *text* (folded) is: "我家低保被取消了" cancels nothing."""
    bare = text.strip(_EDGES)
    return _OF.get(bare) or _OF.get(bare.rstrip(_TAILS))
