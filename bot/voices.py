"""Voice notes: kept as they came, as evidence for an officer to hear. What is no sound is not taken."""

from __future__ import annotations

from typing import Final

# What phones record, by how such files begin: (place of the mark, the mark, its media type).
_MARKS: Final = (
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"\x1aE\xdf\xa3", "audio/webm"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypmp42", "audio/mp4"),
    (4, b"ftypisom", "audio/mp4"),
    (4, b"ftyp3gp", "audio/3gpp"),
)


def voice_type(data: bytes) -> str | None:
    """Return the media type of a recording by its first bytes, None for anything else."""
    return next((kind for place, mark, kind in _MARKS if data[place : place + len(mark)] == mark), None)
