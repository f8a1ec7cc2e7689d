"""A document of which nothing tells the issuer is said to be of unknown standing; it was filed under the press."""

from __future__ import annotations

from sqlite_utils import Database

# A check cannot be altered in place, and a table that others refer to not be rebuilt: the column changes places.
_STATEMENTS = (
    "ALTER TABLE documents ADD COLUMN stands TEXT NOT NULL DEFAULT 'unknown'"
    " CHECK (stands IN ('official', 'media', 'unknown', 'template'))",
    "UPDATE documents SET stands = authority",
    # Those whose last reading found no trace of an organ, a number or a site of the government.
    """
    UPDATE documents SET stands = 'unknown' WHERE authority = 'media' AND (
        SELECT cleaning_report LIKE '%没有发文机关、文号或政府网站的痕迹%' FROM editions
        WHERE document = documents.id ORDER BY seq DESC LIMIT 1
    )
    """,
    "ALTER TABLE documents DROP COLUMN authority",
    "ALTER TABLE documents RENAME COLUMN stands TO authority",
)


def apply(db: Database) -> None:
    """Let a document's standing be unknown."""
    for statement in _STATEMENTS:
        db.execute(statement)
