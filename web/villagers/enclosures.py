"""What comes with a post: photos, bared of what the phone wrote into them once their place was read; a voice note."""

from __future__ import annotations

from dataclasses import dataclass

from bot.photos import MEDIA_TYPE, NotAPhotoError, clean_photo, photo_place
from bot.turn import Location
from bot.voices import voice_type
from web.problems import Problem


class EnclosureError(Exception):
    """What came with a post cannot be taken; ``problem`` is what the page says."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.name)
        self.problem = problem


@dataclass(frozen=True)
class Enclosure:
    """A file as it is kept."""

    data: bytes
    media_type: str = MEDIA_TYPE


@dataclass(frozen=True)
class Enclosures:
    """The files of one post. ``place`` is where a photo says that it was taken."""

    photos: tuple[Enclosure, ...] = ()
    voice: Enclosure | None = None
    place: Location | None = None

    @property
    def files(self) -> tuple[Enclosure, ...]:
        """All files, the voice note last."""
        return (*self.photos, self.voice) if self.voice else self.photos


NOTHING = Enclosures()


def open_enclosures(files: tuple[bytes, ...], place: Location | None = None) -> Enclosures:
    """Return the files of a post, ready to be kept.

    *place* is what the page read out of a photo before it made that smaller.

    Raises:
        EnclosureError: one of them is neither a photo nor a recording, or there are several recordings.
    """
    voices = [Enclosure(file, kind) for file in files if (kind := voice_type(file)) is not None]
    pictures = [file for file in files if voice_type(file) is None]
    if len(voices) > 1:
        raise EnclosureError(Problem.TOO_MANY_VOICES)
    try:
        photos = tuple(Enclosure(clean_photo(picture)) for picture in pictures)
    except NotAPhotoError as error:
        raise EnclosureError(Problem.NOT_A_PHOTO) from error
    read = (photo_place(picture) for picture in pictures)
    taken = next((found for found in read if found), place) if pictures else None
    return Enclosures(photos, voices[0] if voices else None, taken)
