"""HTML becomes lines and tables; what the mark-up itself calls navigation, script or hidden is left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree, html

from ingest.page import Block, Page, Removed, page_of
from ingest.readers.grids import blocks_of, expand, head_rows_of, is_data_table
from ingest.refusal import Reason, RefusedError

# The name of the element in the cleaning report.
_NO_CONTENT: Final = {
    "head": "", "title": "", "template": "", "svg": "",
    "iframe": "嵌入的页面", "nav": "导航", "footer": "页脚", "aside": "侧栏", "form": "表单", "button": "按钮",
    "select": "下拉框", "textarea": "表单", "object": "嵌入的页面",
}  # fmt: skip
_EDGES: Final = re.compile(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|div|fieldset|fig(caption|ure)|form|h[1-6r]|header"
    "|li|main|ol|p|pre|section|t(able|body|d|foot|h|head|r)|ul"
)
_FRAME_NAME: Final = re.compile(
    r"(^|[\s_-])(nav|menu|crumbs?|breadcrumbs?|position|location|share|bdshare|foot|footer|copyright|related|recommend"
    r"|sidebar|pagination|pager|toolbar|fontsize|qrcode|search|login|comments?|topbar|links?)([\s_-]|$)",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?!about:|javascript:|data:)\S")
_ATTACHMENT: Final = re.compile(r"\.(docx?|xlsx?|pptx?|wps|et|pdf|ofd|rar|zip)([?#]|$)", re.IGNORECASE)
_MOST_NAMED, _LONGEST_NAME = 8, 40
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# A frame named like navigation is dropped when it is links or short; a whole article may sit in a "main-nav".
_FRAME_LINKED: Final = 0.4
_FRAME_LENGTH: Final = 80
# A short line all in bold is a heading; it ranks with 一、.
_LONGEST_BOLD, _BOLD_LEVEL = 30, 5


def read_html(text: str) -> Page:
    """
    Return the page of a decoded HTML file.

    Raises:
        RefusedError: ``NO_TEXT`` when there is no element at all.
    """
    parser = html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text.replace("\0", "")), parser=parser)
    except etree.ParserError as error:
        raise RefusedError(Reason.NO_TEXT) from error
    labels, notes = _labels(root), list(_notes(root))
    etree.strip_elements(root, "script", "style", "noscript", with_tail=False)
    reader = _Reader()
    reader.read(root)
    return page_of(reader.blocks, labels, reader.removed, notes)


def _notes(root: Any) -> Iterator[str]:
    """Name what the page shows or offers but does not hold."""
    framed = [source for frame in root.iter("iframe", "embed") if _ADDRESS.match(source := (frame.get("src") or ""))]
    if framed:
        yield f"页面里嵌着别的页面或文件，没有读：{'、'.join(dict.fromkeys(framed[:_MOST_NAMED]))}"
    offered = [
        " ".join(link.text_content().split())[:_LONGEST_NAME] or posixpath.basename(link.get("href"))
        for link in root.iter("a")
        if _ATTACHMENT.search(link.get("href") or "")
    ]
    if offered:
        yield f"页面挂着附件，没有下载，要用请另行导入：{'、'.join(dict.fromkeys(offered[:_MOST_NAMED]))}"


def _labels(root: Any) -> dict[str, str]:
    """Return the particulars that stand in ``meta`` elements, the page's title and its address."""
    labels = {
        (meta.get("name") or meta.get("property") or "").lower(): (meta.get("content") or "").strip()
        for meta in root.iter("meta")
    }
    for title in root.iter("title"):
        labels["title"] = " ".join(title.text_content().split())
    for link in root.iter("link"):
        if link.get("rel") == "canonical":
            labels["url"] = (link.get("href") or "").strip()
    labels.pop("", None)
    return labels


@dataclass(frozen=True)
class _Words:
    """A run of text and whether it lies in a link and in bold type."""

    text: str
    linked: bool
    bold: bool

    @property
    def length(self) -> int:
        return len("".join(self.text.split()))


class _Reader:
    """Walks the tree once and collects blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.removed: list[Removed] = []
        self._words: list[_Words] = []
        self._gap = True
        self._heading = 0

    def read(self, element: Any, *, linked: bool = False, bold: bool = False) -> None:
        """Read an element with all below it; libxml2 bounds the depth (256), so recursion is safe."""
        tag = element.tag if isinstance(element.tag, str) else ""
        why = _left_out(element, tag)
        if why is not None:
            self._remove(element, why)
        elif tag == "br":
            self._flush()
            self._gap = False
        elif tag == "table" and is_data_table(element):
            self._flush()
            self._read_table(element)
        elif _EDGES.fullmatch(tag):
            self._flush()
            self._gap, self._heading = True, _heading(tag, self._heading)
            self._read_inside(element, linked=linked, bold=bold)
            self._flush()
            self._gap, self._heading = True, 0
        else:
            self._read_inside(element, linked=linked or tag == "a", bold=bold or tag in {"strong", "b"})

    def _read_inside(self, element: Any, *, linked: bool, bold: bool) -> None:
        self._words.append(_Words(element.text or "", linked, bold))
        for child in element:
            self.read(child, linked=linked, bold=bold)
            self._words.append(_Words(child.tail or "", linked, bold))

    def _flush(self) -> None:
        text = " ".join("".join(words.text for words in self._words).split())
        if text:
            in_links = sum(words.length for words in self._words if words.linked)
            is_bold = all(words.bold for words in self._words if words.length)
            heading = self._heading
            if not heading and is_bold and len(text) <= _LONGEST_BOLD and not re.search("[，。；：]", text):
                heading = _BOLD_LEVEL
            share = in_links / len("".join(text.split()))
            self.blocks.append(Block(text, gap=self._gap, heading=heading, linked=share))
        self._words = []

    def _read_table(self, table: Any) -> None:
        for caption in table.iter("caption"):
            self.blocks.append(Block(" ".join(caption.text_content().split())))
        self.blocks += blocks_of(expand(table), head_rows_of(table))
        self._gap = True

    def _remove(self, element: Any, why: str) -> None:
        text = " ".join(_texts(element))
        if why and text:
            self.removed.append(Removed(why, text))


def _left_out(element: Any, tag: str) -> str | None:
    """Return why an element is no content ("" for what was never text), or None when it is."""
    if tag in _NO_CONTENT:
        return _NO_CONTENT[tag]
    if not tag:
        return ""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return "隐藏的内容"
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag not in {"html", "body", "a"} and _FRAME_NAME.search(name) and element.find(".//h1") is None:
        text = "".join(_texts(element))
        in_links = sum(len("".join(_texts(link))) for link in element.iter("a"))
        if len(text) <= _FRAME_LENGTH or in_links >= _FRAME_LINKED * len(text):
            return "网页边框"
    return None


def _texts(element: Any) -> Iterator[str]:
    for text in element.itertext():
        words = "".join(text.split())
        if words:
            yield words


def _heading(tag: str, above: int) -> int:
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else above
