"""What can go wrong with the data folder, each named for what the reader can do about it."""

from __future__ import annotations


class StorageError(Exception):
    """Root of all storage errors. ``code`` maps to a sentence for people."""

    code = "storage.error"


class WrongKeyError(StorageError):
    """The data folder was sealed with another key."""

    code = "storage.wrong_key"


class DatabaseTooNewError(StorageError):
    """The database carries migrations that this version does not know."""

    code = "storage.too_new"


class NotADatabaseError(StorageError):
    """The file in the data folder is not an SQLite database or is damaged."""

    code = "storage.not_a_database"


class SealBrokenError(StorageError):
    """A sealed field does not open: altered, moved to another row, or its key erased."""

    code = "storage.seal_broken"


class KeyErasedError(StorageError):
    """The case's key was erased; its personal fields are gone for good."""

    code = "storage.key_erased"


class TransactionError(StorageError):
    """A transaction was opened twice, or an action ran outside one: a programming error."""

    code = "storage.transaction"


class AttachmentMissingError(StorageError):
    """No such attachment, or its file is gone from the data folder."""

    code = "storage.attachment_missing"


class BackupError(StorageError):
    """A backup cannot be written or brought back. ``code`` says why."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class PublicKeyError(StorageError):
    """A file holds no Ed25519 public key."""

    code = "storage.public_key"


class HeadTextError(StorageError):
    """What was typed is no head of the audit chain."""

    code = "storage.head_text"
