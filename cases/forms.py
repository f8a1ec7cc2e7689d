"""The report as it was made, sealed under the key of its case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.report import OUTSIDERS, Approach, Cause, Consent, Danger, Relation, Report
from storage.case_keys import case_vault
from storage.ids import new_id
from storage.store import Store
from storage.times import from_text, to_text


@dataclass(frozen=True)
class Form:
    """The content of a report without the people, who are kept apart.

    ``village_code`` is the village of a report that goes to the township first, which its case does not tell.
    """

    relation: Relation
    story: str
    causes: tuple[Cause, ...]
    danger: tuple[Danger, ...]
    place_text: str
    group: str
    attachments: tuple[str, ...]
    consent: Consent
    township_first: bool = False
    village_code: str = ""
    approach: Approach | None = None
    living_code: str = ""

    @property
    def hides_reporter(self) -> bool:
        """Tell whether the household and its village are not to know who reported."""
        return self.approach is Approach.HIDDEN


def keep_form(store: Store, case_id: str, report: Report, *, now: datetime) -> None:
    """Seal the content of *report* into a new case."""
    row_id = new_id()
    body = {
        "relation": report.relation,
        "story": report.story,
        "causes": report.causes,
        "danger": report.danger,
        "place_text": report.place_text,
        "group": report.group,
        "attachments": report.attachments,
        "township_first": report.township_first,
        "village_code": report.area_code if report.township_first else "",
        "approach": report.approach,
        "living_code": report.living_code,
        "consent": {"version": report.consent.version, "at": to_text(report.consent.at)},
    }
    sealed = case_vault(store, case_id).seal(
        json.dumps(body, ensure_ascii=False), table="case_forms", row=row_id, column="body"
    )
    store.db.execute(
        "INSERT INTO case_forms (id, case_id, body, created_at) VALUES (?, ?, ?, ?)",
        [row_id, case_id, sealed, to_text(now)],
    )


def load_form(store: Store, case_id: str) -> Form:
    """Return the content of the report that made a case, decrypted."""
    row = next(store.db.query("SELECT id, body FROM case_forms WHERE case_id = ?", [case_id]))
    text = case_vault(store, case_id).open_text(row["body"], table="case_forms", row=row["id"], column="body")
    return _form(json.loads(text))


def is_township_first(store: Store, case_id: str) -> bool:
    """Tell whether the reporter asked that the village does not know first."""
    return load_form(store, case_id).township_first


def is_proxy(store: Store, case_id: str) -> bool:
    """Tell whether somebody outside the household made the report: he reads its stages only."""
    return load_form(store, case_id).relation in OUTSIDERS


def _form(body: Mapping[str, Any]) -> Form:
    return Form(
        relation=Relation(body["relation"]),
        story=body["story"],
        causes=tuple(Cause(cause) for cause in body["causes"]),
        danger=tuple(Danger(danger) for danger in body["danger"]),
        place_text=body["place_text"],
        group=body["group"],
        attachments=tuple(body["attachments"]),
        consent=Consent(body["consent"]["version"], from_text(body["consent"]["at"])),
        township_first=body.get("township_first", False),
        approach=Approach(body["approach"]) if body.get("approach") else None,
        living_code=body.get("living_code", ""),
        village_code=body.get("village_code", ""),
    )
