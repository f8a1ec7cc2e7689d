"""Reading a posted form: in memory only, since photos of people must not lie unencrypted in a temporary file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from web.tickets import Ticket

TEXT_BYTES: Final = 1024 * 1024
_MOST_PARTS: Final = 20
# Each page says how many it takes; ``BodyLimit`` bounds what they weigh together.
_MOST_FILES: Final = 200


@dataclass(frozen=True)
class Form:
    """
    The fields and files of one post, the last value of a name in ``fields``. ``files`` leaves out empty choosers.

    ``file_names`` are what the browser calls the files: words to be shown, never a path.
    """

    fields: Mapping[str, str]
    files: tuple[bytes, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    file_names: tuple[str, ...] = ()

    @property
    def ticket(self) -> Ticket:
        """Return the ticket that the form brought, perhaps an empty one."""
        return Ticket(turn=self.text("turn"), seal=self.text("seal"))

    def text(self, name: str) -> str:
        """Return a field without blanks around it and with plain line ends; empty when missing."""
        return _plain(self.fields.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that was not left empty, such as of ticked boxes."""
        return tuple(filter(None, (_plain(value) for key, value in self.pairs if key == name)))


def whole_number(text: str, *, digits: int) -> int | None:
    """Return the number that *text* writes in plain figures, None for anything else or for more than *digits*."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").strip()


class _InMemory(MultiPartParser):
    """The parser of Starlette that never rolls a file over to disk; ``BodyLimit`` bounds what it holds."""

    spool_max_size = 0


async def read_form(request: Request, *, most: int = _MOST_PARTS) -> Form:
    """Return the posted form of at most *most* fields, and all its files.

    Raises:
        HTTPException: 400 for a malformed form, too many fields or files, or a text over 1 MB; 413 by ``BodyLimit``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            parser: MultiPartParser | FormParser = _InMemory(
                request.headers,
                request.stream(),
                max_files=_MOST_FILES,
                max_fields=most,
                max_part_size=TEXT_BYTES,
            )
        else:
            parser = FormParser(request.headers, request.stream(), max_fields=most, max_part_size=TEXT_BYTES)
        data = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400) from error
    pairs: list[tuple[str, str]] = []
    files: list[bytes] = []
    names: list[str] = []
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if content:
                files.append(content)
                names.append(value.filename or "")
        else:
            pairs.append((name, value))
    await data.close()
    return Form(dict(pairs), tuple(files), tuple(pairs), tuple(names))
