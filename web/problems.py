"""Why a post was not taken, in words that say what to do next. What was typed stays in the form."""

from __future__ import annotations

from enum import Enum


class Problem(Enum):
    """A refusal that leaves the person on the page: HTTP status and sentence."""

    EMPTY = (422, "还没有写字，也没有选照片。请先写一句话。")
    STALE = (409, "这一页放得久了，没有发出去。您写的话还在，请再按一次。")
    NO_COOKIES = (409, "没有发出去。您写的话还在，请再按一次。要是还不行，请在浏览器里允许 Cookie，或者换个浏览器。")
    HURRIED = (429, "发得太快了。您写的话还在，请过半分钟再按一次。")
    NOT_A_PHOTO = (422, "选的不是照片或录音，或者文件坏了，没有收下。请换一个再发。")
    PHOTO_TOO_LARGE = (413, "照片或录音太大了，没有收下。请换小一点的再发。")
    TOO_MANY_VOICES = (422, "一次只能发一段录音。请分几次发。")
    TOO_MANY_PHOTOS = (422, "一次最多发 3 张照片。请分几次发。")
    NO_SUCH_REPORT = (404, "没有查到。请对一对编号和电话，要和报的时候一样。")
    TOO_MANY_LOOKUPS = (429, "查错的次数太多了。请过一个小时再查，或者问村委会。")

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return int(self.value[0])

    @property
    def sentence(self) -> str:
        """Return what the person reads."""
        return str(self.value[1])
