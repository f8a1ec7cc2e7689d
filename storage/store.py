"""The handle that rooms pass around: one database connection with the vault that opens its personal fields."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from storage.vault import Vault


@dataclass(frozen=True)
class Store:
    """One thread's door to the data folder. Never share a store between threads; open one each."""

    db: Database
    vault: Vault
    data_dir: Path
