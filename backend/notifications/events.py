"""Facts that notices to many give rise to."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_FIELDS: dict[str, Any] = {
    "topics": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 5},
    "title": {"type": "string"},
    "state": {"enum": ["proposed", "sent", "refused", "withdrawn"]},
    "by_id": {"type": "string", "format": "uuid"},
    "phones": {"type": "integer", "minimum": 0},
    "reached": {"type": "integer", "minimum": 0},
}


def _alert(name: str, doc: str) -> EventType:
    author = {"applicant_id": {"type": "string", "format": "uuid", "description": "Who wrote it."}}
    schema = {
        "type": "object",
        "properties": {**_FIELDS, **author},
        "required": sorted({**_FIELDS, **author}),
        "additionalProperties": False,
    }
    return define(f"notifications.alert_{name}", version=1, schema=schema, doc=f"{doc} Subject: the alert.")


ALERT_PROPOSED = _alert("proposed", "Somebody wrote a notice to many; it waits for a second person.")
ALERT_SENT = _alert("sent", "A second person had a notice sent to many.")
ALERT_REFUSED = _alert("refused", "A second person did not let a notice go.")
ALERT_WITHDRAWN = _alert("withdrawn", "A notice to many was taken back.")
