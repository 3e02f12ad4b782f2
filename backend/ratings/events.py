"""Events of the ratings. None holds what somebody wrote."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}
_LEVEL = {"type": "integer", "minimum": 1, "maximum": 5}
_BASE: dict[str, Any] = {
    "case_id": _UUID,
    "case_no": _TEXT,
    "power_name": _TEXT,
    "applicant_id": _UUID,
    "organisation_id": _UUID,
}


def _event(name: str, doc: str, **more: Any) -> EventType:
    schema = {
        "type": "object",
        "properties": {**_BASE, **more},
        "required": [*_BASE, *more],
        "additionalProperties": False,
    }
    return define(f"rating.{name}", version=1, schema=schema, doc=doc)


INVITED = _event("invited", "A closed case may be rated now. Subject: the case.", window_ends_on=_TEXT)
RECEIVED = _event(
    "received",
    "A rating that counts was given or changed. Subject: the case.",
    level=_LEVEL,
    channel={"enum": ["sms", "app"]},
    change={"type": "boolean"},
    bad={"type": "boolean"},
)
_RECTIFICATION = {"rectification_id": _UUID, "level": _LEVEL}
RECTIFICATION_OPENED = _event(
    "rectification_opened",
    "A bad rating is to be made good. Subject: the rectification.",
    **_RECTIFICATION,
    contact_due_on=_TEXT,
)
FEEDBACK_GIVEN = _event(
    "feedback_given", "The person who rated was told what became of it. Subject: the rectification.", **_RECTIFICATION
)
RECTIFICATION_CLOSED = _event(
    "rectification_closed",
    "A rectification ended. Subject: the rectification.",
    **_RECTIFICATION,
    outcome={"enum": ["closed", "invalid", "corrected"]},
)
RECTIFICATION_REOPENED = _event(
    "rectification_reopened", "The second visit found nothing mended. Subject: the rectification.", **_RECTIFICATION
)
