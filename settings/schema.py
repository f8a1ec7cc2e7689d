"""Every setting, its type and its default. ``config.toml`` carries the same keys with a comment each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

Port = Annotated[int, Field(ge=0, le=65535)]
Share = Annotated[float, Field(ge=0, le=1)]
PersonalData = Literal["full", "off"]


class _Section(BaseModel):
    """A section refuses unknown keys and never changes after the start."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Web(_Section):
    """The page for villagers."""

    host: str = "127.0.0.1"
    port: Port = 8600
    public_address: str = ""
    session_days: Annotated[int, Field(ge=1, le=365)] = 180
    wait_seconds: Annotated[float, Field(ge=0, le=30)] = 6.0
    unread_days: Annotated[int, Field(ge=1, le=30)] = 3
    photo_megabytes: Annotated[int, Field(ge=1, le=50)] = 8
    burst: Annotated[int, Field(ge=1)] = 12
    seconds_per_message: Annotated[float, Field(ge=0)] = 2.0
    trusted_proxies: str = "127.0.0.1"
    most_connections: Annotated[int, Field(ge=10)] = 300


class Desk(_Section):
    """The officers' console."""

    idle_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    longest_hours: Annotated[int, Field(ge=1, le=168)] = 12
    reveal_minutes: Annotated[int, Field(ge=1, le=120)] = 15


class Telegram(_Section):
    """The Telegram channel; its token comes from the environment only."""

    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    poll_seconds: Annotated[int, Field(ge=0, le=50)] = 30
    burst: Annotated[int, Field(ge=1)] = 30
    seconds_per_message: Annotated[float, Field(ge=0)] = 2.0
    personal_data: PersonalData = "off"


class Channels(_Section):
    """The messengers."""

    telegram: Telegram = Telegram()


class Knowledge(_Section):
    """Retrieval and answering."""

    models_dir: str = "build/models"
    embedder: Literal["e5-small-q4", "e5-small-int8", "sentence-transformers"] = "e5-small-q4"
    sentence_transformers_path: str = ""
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    reranker_path: str = ""
    reranker_top: Annotated[int, Field(ge=2, le=100)] = 24
    dense_weight: Share = 0.5
    exact_limit: Annotated[int, Field(ge=1)] = 50_000


class Llm(_Section):
    """An optional OpenAI-compatible endpoint that rephrases answers; empty address: off."""

    base_url: str = ""
    model: str = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=120)] = 15.0


class Cases(_Section):
    """The workflow of reports."""

    workflow: str = "gansu-2023"
    keep_years: Annotated[int, Field(ge=1, le=100)] = 5


class Ingest(_Section):
    """Limits for reading one file."""

    max_megabytes: Annotated[int, Field(ge=1)] = 64
    max_seconds: Annotated[int, Field(ge=1)] = 120
    max_memory_megabytes: Annotated[int, Field(ge=128)] = 1024
    max_scan_seconds: Annotated[int, Field(ge=1)] = 1800
    max_scan_memory_megabytes: Annotated[int, Field(ge=128)] = 2048
    max_unpacked_megabytes: Annotated[int, Field(ge=1)] = 256


class Contacts(_Section):
    """Whom to ask, filled in by the county; an empty number is shown as 'ask the village committee'."""

    township: str = ""
    county_rural_affairs: str = ""
    civil_affairs: str = ""
    medical_insurance: str = ""
    education: str = ""
    disabled_federation: str = ""
    housing: str = ""
    water: str = ""
    human_resources: str = ""
    emergency_management: str = ""
    protection: str = ""
    child_worker: str = ""
    discipline: str = ""
    duty: str = ""


class Duty(_Section):
    """How alarms call: again after so many minutes until somebody confirms."""

    ring_minutes: Annotated[int, Field(ge=1, le=60)] = 5


class Log(_Section):
    """What the log shows."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Secrets(_Section):
    """From the environment only; shown as stars wherever they are printed."""

    master_key: SecretStr | None = None
    signing_key: SecretStr | None = None
    telegram_token: SecretStr | None = None
    llm_key: SecretStr | None = None


class Settings(_Section):
    """The whole configuration, read once at the start and handed in."""

    data_dir: str = "data"
    area: str = ""
    web: Web = Web()
    desk: Desk = Desk()
    channels: Channels = Channels()
    knowledge: Knowledge = Knowledge()
    llm: Llm = Llm()
    cases: Cases = Cases()
    ingest: Ingest = Ingest()
    contacts: Contacts = Contacts()
    duty: Duty = Duty()
    log: Log = Log()
    secrets: Secrets = Secrets()
    root: Path = Path()

    @property
    def data_path(self) -> Path:
        """The data folder; a relative one lies beside the configuration file."""
        return self.root / self.data_dir

    @property
    def models_path(self) -> Path:
        """The folder of model files; a relative one lies beside the configuration file."""
        return self.root / self.knowledge.models_dir
