"""Office files that are archives: opened within limits, their parts read as XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from lxml import etree

from ingest.refusal import Reason, RefusedError

_LARGEST_PART: Final = 64_000_000
_LARGEST_WHOLE: Final = 400_000_000
_MOST_PARTS: Final = 20_000
# Text packs to a tenth, a long table to a hundredth; what packs to less was made to burst a reader.
_MOST_PACKED: Final = 300
_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    zlib.error,
)
_SMALL: Final = 1_000_000


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """
    Open an archive; what goes wrong while it is read becomes a refusal.

    Raises:
        RefusedError: ``CRASHED`` when it is broken, ``LOCKED`` under a password, ``BOMB`` when it holds far
            more than it is, ``PACKED`` when it holds too many parts, ``PAGES`` when one of them is too long.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS:
                raise RefusedError(Reason.PACKED, f"{len(members)} 个文件")
            if sum(member.file_size for member in members) > _LARGEST_WHOLE or any(map(_is_bomb, members)):
                raise RefusedError(Reason.BOMB)
            largest = max((member.file_size for member in members), default=0)
            if largest > _LARGEST_PART:
                raise RefusedError(Reason.PAGES, f"其中一部分展开有 {largest // 1_000_000} MB")
            yield archive
    except _BROKEN as error:
        raise RefusedError(Reason.CRASHED, "压缩包损坏") from error
    except RuntimeError as error:  # what zipfile raises for a member under a password
        raise RefusedError(Reason.LOCKED) from error


def part_bytes(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return the bytes of one part, None when the archive has none of that name."""
    if name not in archive.NameToInfo:
        return None
    with archive.open(name) as member:
        return member.read(_LARGEST_PART)


def part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the parsed XML of one part, None when the archive has none of that name."""
    xml = part_bytes(archive, name)
    if xml is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError(Reason.CRASHED, "内部结构损坏") from error


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(_SMALL, _MOST_PACKED * member.compress_size)
