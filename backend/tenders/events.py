"""Events of tenders. None names a bidder, a number of bids, or anything out of a bid."""

from __future__ import annotations

from typing import Any

from backend.tenders.types import NoticeKind
from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}
_BASE: dict[str, Any] = {"project_id": _UUID, "project_no": _TEXT, "project_name": _TEXT}


def _event(name: str, doc: str, **more: Any) -> EventType:
    schema = {
        "type": "object",
        "properties": {**_BASE, **more},
        "required": [*_BASE, *more],
        "additionalProperties": False,
    }
    return define(f"tender.{name}", version=1, schema=schema, doc=doc)


NOTICE_PUBLISHED = _event(
    "notice_published",
    "A notice came out. Subject: the notice.",
    notice_id=_UUID,
    kind={"enum": [kind.value for kind in NoticeKind]},
    title=_TEXT,
    section_ids={"type": "array", "items": _UUID},
    affects_bids={"type": "boolean"},
    at=_TEXT,
)
_SECTION: dict[str, Any] = {"section_id": _UUID, "section_no": _TEXT}
QUESTION_ANSWERED = _event(
    "question_answered", "A question was answered to everybody. Subject: the section.", **_SECTION, question_id=_UUID
)
_OBJECTION: dict[str, Any] = {**_SECTION, "objection_id": _UUID, "stage": _TEXT, "due_on": _TEXT}
OBJECTION_FILED = _event("objection_filed", "Somebody objected; the procedure stands still.", **_OBJECTION)
OBJECTION_ANSWERED = _event("objection_answered", "An objection was answered.", **_OBJECTION)
BIDS_CLOSED = _event(
    "bids_closed",
    "The deadline is over: the bids wait for the opening, or there are too few of them. Subject: the section.",
    **_SECTION,
    outcome={"enum": ["sealed", "failed"]},
)
OPENED = _event(
    "opened", "The bids were opened and the record is public. Subject: the section.", **_SECTION, notice_id=_UUID
)
