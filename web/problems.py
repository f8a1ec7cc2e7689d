"""Why a post was not taken, in words that say what to do next. What was typed stays in the form."""

from __future__ import annotations

from enum import Enum


class Problem(Enum):
    """A refusal that leaves the person on the page: HTTP status and sentence."""

    EMPTY = (422, "还没有写字，也没有选照片。请先写一句话，再按“发送”。")
    STALE = (409, "这一页放得久了。您写的话还在下面，请再按一次“发送”。")
    HURRIED = (429, "发得太快了。您写的话还在下面，请过半分钟再按“发送”。")
    NOT_A_PHOTO = (422, "选的不是照片，或者照片坏了，没有收下。请换一张再发。")
    PHOTO_TOO_LARGE = (413, "照片太大了，没有收下。请换小一点的照片再发。")
    TOO_MANY_PHOTOS = (422, "一次最多发 3 张照片。请分几次发。")
    BAD_NUMBER = (422, "没有查到。请对一对受理号和手机号，要和报的时候写的一样。")

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return int(self.value[0])

    @property
    def sentence(self) -> str:
        """Return what the person reads."""
        return str(self.value[1])
