"""Why a file is not taken in, in words that tell the uploader what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """What was wrong with a file."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    FORMAT = "format"
    ENCODING = "encoding"
    GARBLED = "garbled"
    NO_TEXT = "no_text"
    SECRET = "secret"  # noqa: S105 - the name of a reason, no password
    PERSONAL = "personal"
    TIME = "time"
    MEMORY = "memory"
    BOMB = "bomb"
    CRASHED = "crashed"
    LOCKED = "locked"
    PAGES = "pages"
    NO_OCR = "no_ocr"
    ILLEGIBLE = "illegible"
    PACKED = "packed"
    OUTSIDE = "outside"


_SENTENCES: Final = {
    Reason.EMPTY: "文件是空的",
    Reason.UNREADABLE: "文件打不开（{detail}），请检查权限或重新拷贝",
    Reason.TOO_LARGE: "文件太大（{detail}），请拆小，或在 config.toml 的 [ingest] max_megabytes 里放宽",
    Reason.BINARY: "不是文字文件，内容认不出来",
    Reason.FORMAT: "暂时读不了{detail}",
    Reason.ENCODING: "文字编码认不出来，可能已损坏；请另存为 UTF-8 再导入",
    Reason.GARBLED: "内容是乱码，多半是编码转换时弄坏了；请找原始文件",
    Reason.NO_TEXT: "没有正文（除去网页边框、页眉页脚以后是空的）",
    Reason.SECRET: "带有密级标志（{detail}），拒绝读取，内容没有保存；涉密文件不得放进本系统",
    Reason.PERSONAL: "含有个人信息（{detail}），已搁置，没有入库；请去掉个人信息后再导入",
    Reason.TIME: "读取超时（超过 {detail} 秒），已停止；请拆成几份，或在 config.toml 的 [ingest] 里放宽时间",
    Reason.MEMORY: "读取占用内存太多（超过 {detail} MB），已停止；请拆成几份，或在 config.toml 的 [ingest] 里放宽内存",
    Reason.BOMB: "解压后比文件大得不合理，像是压缩炸弹，没有打开",
    Reason.CRASHED: "读取时出错（{detail}），文件可能已损坏",
    Reason.LOCKED: "文件加了密码，打不开；请去掉密码另存一份再导入",
    Reason.PAGES: "内容太多（{detail}），请拆开再导入",
    Reason.NO_OCR: "{detail}，要先装文字识别才能读：在程序文件夹里运行 make ocr（约 340 MB），再导入一次",
    Reason.ILLEGIBLE: "照片上的字认不清（{detail}），没有入库；请重新拍或扫描得清楚些，或找电子版",
    Reason.PACKED: "压缩包里的东西太多（{detail}），没有打开；请解开后导入文件夹",
    Reason.OUTSIDE: "压缩包里这个文件的路径指到了包外面，没有读；这样的压缩包可能是恶意的",
}


class RefusedError(Exception):
    """
    A file cannot or must not be taken in.

    ``detail`` completes the sentence and never holds anything personal out of the file.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return _SENTENCES[self.reason].format(detail=self.detail)

    @property
    def set_aside(self) -> bool:
        """Whether the file was read well but must stay out: secret, or holding personal data."""
        return self.reason in {Reason.SECRET, Reason.PERSONAL}
