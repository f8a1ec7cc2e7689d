"""A Chinese font of the machine that a PDF can carry inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final


class FontMissingError(LookupError):
    """No Chinese font was found; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "没有找到中文字体，PDF 印不出汉字。"
            "Debian 上请装一个：sudo apt-get install fonts-noto-cjk（或小一些的 fonts-wqy-microhei）。"
        )


@dataclass(frozen=True)
class Font:
    """A plain and a bold file. ``face`` is the simplified Chinese one in a file that holds several."""

    plain: Path
    bold: Path
    face: int = 0


_NOTO: Final = Path("/usr/share/fonts/opentype/noto")
_WQY: Final = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
_WINDOWS: Final = Path("C:/Windows/Fonts")
KNOWN: Final = (
    Font(_NOTO / "NotoSansCJK-Regular.ttc", _NOTO / "NotoSansCJK-Bold.ttc", face=2),
    Font(_WQY, _WQY),
    Font(_WINDOWS / "msyh.ttc", _WINDOWS / "msyhbd.ttc"),
)


def find_font(known: tuple[Font, ...] = KNOWN) -> Font:
    """Return the first of the *known* fonts that this machine has.

    Raises:
        FontMissingError: it has none.
    """
    for font in known:
        if font.plain.exists() and font.bold.exists():
            return font
    raise FontMissingError
