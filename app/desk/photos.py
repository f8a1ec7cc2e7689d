"""Photos that officers hand in at the command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from storage import attachments
from storage.store import Store

_SIGNATURES: Final = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def keep_photo(store: Store, path: Path, *, now: datetime) -> str:
    """Encrypt a photo into the data folder and return its id, or end the command with a sentence."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"照片 {path} 读不出来：{error.strerror}。") from None
    for signature, media_type in _SIGNATURES.items():
        if data.startswith(signature):
            return attachments.save(store, data, media_type=media_type, now=now)
    raise click.ClickException(f"{path} 不是照片。请用 JPEG 或 PNG 格式的照片。")


photo_option = click.option(
    "--photo",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="文件",
    help="照片（JPEG 或 PNG）。",
)
