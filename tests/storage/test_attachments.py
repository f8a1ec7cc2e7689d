from datetime import datetime

import pytest

from storage import attachments
from storage.case_keys import case_vault, create_case_key, erase_case_key
from storage.database import transaction
from storage.errors import AttachmentMissingError, KeyErasedError
from storage.store import Store

PHOTO = b"\xff\xd8 a photo of a broken roof"


def test_a_file_comes_back_as_it_was_and_lies_encrypted(store: Store, now: datetime) -> None:
    attachment = attachments.save(store, PHOTO, media_type="image/jpeg", now=now)
    assert attachments.load(store, attachment) == PHOTO
    described = attachments.describe(store, attachment)
    assert (described.media_type, described.size, described.case_id) == ("image/jpeg", len(PHOTO), None)
    (file,) = (store.data_dir / "attachments").iterdir()
    assert b"broken roof" not in file.read_bytes()


def test_erasing_a_case_erases_the_files_it_adopted(store: Store, now: datetime) -> None:
    attachment = attachments.save(store, PHOTO, media_type="image/jpeg", now=now)
    with transaction(store):
        create_case_key(store, "c1", now=now)
        attachments.adopt(store, attachment, case_id="c1")
    assert attachments.load(store, attachment) == PHOTO
    with transaction(store):
        erase_case_key(store, "c1", now=now)
    with pytest.raises(KeyErasedError):
        attachments.load(store, attachment)
    with pytest.raises(KeyErasedError):
        case_vault(store, "c1")


def test_an_unknown_or_vanished_file_is_named(store: Store, now: datetime) -> None:
    attachment = attachments.save(store, PHOTO, media_type="image/jpeg", now=now)
    with pytest.raises(AttachmentMissingError, match="no attachment"):
        attachments.load(store, "nothing")
    (store.data_dir / "attachments" / f"{attachment}.bin").unlink()
    with pytest.raises(AttachmentMissingError, match="is gone"):
        attachments.load(store, attachment)
