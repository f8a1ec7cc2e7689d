"""ZIP archives: their members are files of their own, unpacked in memory and within limits."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from ingest.litter import is_litter
from ingest.readers.formats import Format, tell_format
from ingest.refusal import Reason, RefusedError

_MOST_MEMBERS: Final = 2000
_DEEPEST: Final = 3
_MOST_PACKED: Final = 300
_SMALL: Final = 1_000_000
_MOST_PACKED_WHOLE: Final = 100
_SMALL_WHOLE: Final = 10_000_000
_MEGABYTE: Final = 1_000_000
_UTF8: Final = 0x800
_LOCKED: Final = 0x1
_DRIVE: Final = re.compile("[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """
    A file in an archive, or in an archive within it; ``path`` parts folders and archives by slashes.

    Where it could not be unpacked, ``data`` is empty and ``refused`` says why.
    """

    path: str
    data: bytes
    refused: RefusedError | None = None


@dataclass(frozen=True)
class Unpacked:
    """What one archive holds, in its own order."""

    members: tuple[Member, ...]


def is_archive(data: bytes, name: str) -> bool:
    """Whether a file is a ZIP archive that is no document of some office program."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        return tell_format(data, name) is Format.ARCHIVE
    except RefusedError:
        return False


def unpack(data: bytes, largest: int) -> Unpacked:
    """
    Return the members of an archive, ``largest`` megabytes of them at the most.

    A member that must not be unpacked is there with the reason. Nothing is written to disk.

    Raises:
        RefusedError: ``CRASHED`` when the archive is broken, ``PACKED`` when it holds too much, ``BOMB`` when all of it
            together is far more than the archive.
    """
    unpacker = _Unpacker(largest * _MEGABYTE)
    unpacker.add(data, "", depth=1)
    return Unpacked(tuple(unpacker.members))


class _Unpacker:
    """Unpacks an archive with those inside it; all of them share one limit."""

    def __init__(self, largest: int) -> None:
        self.members: list[Member] = []
        self._largest = self._left = largest

    def add(self, data: bytes, prefix: str, *, depth: int) -> None:
        """Add the members of one archive."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                if len(self.members) + len(infos) > _MOST_MEMBERS:
                    raise RefusedError(Reason.PACKED, f"超过 {_MOST_MEMBERS} 个文件")
                whole = sum(info.file_size for info in infos if not _is_bomb(info))
                if whole > max(_SMALL_WHOLE, _MOST_PACKED_WHOLE * len(data)):  # many small bombs are one
                    raise RefusedError(Reason.BOMB)
                for info in infos:
                    self._add(archive, info, prefix, depth)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise RefusedError(Reason.CRASHED, "压缩包损坏") from error

    def _add(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, prefix: str, depth: int) -> None:
        name = _name(info)
        steps = [step for step in re.split(r"[/\\]", name) if step not in {"", ".", ".."}]
        if not steps or any(map(is_litter, steps)):
            return
        path = prefix + "/".join(steps)
        try:
            _check(info, name)
            content = self._read(archive, info)
        except RefusedError as refused:
            if refused.reason is Reason.PACKED:
                raise
            self.members.append(Member(path, b"", refused))
            return
        if not is_archive(content, name):
            self.members.append(Member(path, content))
        elif depth >= _DEEPEST:
            self.members.append(Member(path, b"", RefusedError(Reason.PACKED, f"套了 {depth} 层以上")))
        else:
            self._add_inner(content, path, depth)

    def _add_inner(self, content: bytes, path: str, depth: int) -> None:
        try:
            self.add(content, f"{path}/", depth=depth + 1)
        except RefusedError as refused:
            if refused.reason is Reason.PACKED:
                raise
            self.members.append(Member(path, b"", refused))

    def _read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > self._left:
            raise RefusedError(Reason.PACKED, f"解开后超过 {self._largest // _MEGABYTE} MB")
        try:
            content = archive.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise RefusedError(Reason.CRASHED, "压缩包里的这一份损坏") from error
        self._left -= len(content)
        return content


def _check(info: zipfile.ZipInfo, name: str) -> None:
    if ".." in re.split(r"[/\\]", name) or name.startswith(("/", "\\")) or _DRIVE.match(name):
        raise RefusedError(Reason.OUTSIDE)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RefusedError(Reason.UNREADABLE, "是链接，不是文件")
    if info.flag_bits & _LOCKED:
        raise RefusedError(Reason.LOCKED)
    if _is_bomb(info):
        raise RefusedError(Reason.BOMB)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_SMALL, _MOST_PACKED * info.compress_size)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the mark of UTF-8 Chinese programs write it in GBK, others in UTF-8."""
    if info.flag_bits & _UTF8:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
