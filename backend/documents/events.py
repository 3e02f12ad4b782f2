"""Events of official documents. `people` are those who are told, and nobody else."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}
_BASE: dict[str, Any] = {
    "document_id": _UUID,
    "title": _TEXT,
    "number": _TEXT,
    "unit_name": _TEXT,
    "act": _TEXT,
    "step": _TEXT,
    "step_en": _TEXT,
    "state": _TEXT,
    "urgency": _TEXT,
    "opinion": _TEXT,
    "by_name": _TEXT,
    "people": {"type": "array", "items": _UUID},
    "by_id": {"type": ["string", "null"], "format": "uuid"},
    "version": {"type": "integer"},
}


def _event(name: str, doc: str) -> EventType:
    schema = {"type": "object", "properties": _BASE, "required": list(_BASE), "additionalProperties": False}
    return define(f"documents.{name}", version=1, schema=schema, doc=doc)


RECORDED = _event("recorded", "A step of which nobody has to be told: signed for, registered, archived.")
HANDED = _event("handed", "It is somebody's turn.")
HANDED_URGENT = _event("handed_urgent", "It is somebody's turn, and it is urgent.")
INSTRUCTED = _event("instructed", "A leader has instructed (批示); those named are told at once.")
HANDLED = _event("handled", "All who had to handle it have done so; who instructed is told.")
SENT = _event("sent", "People were given it to read.")
SENT_URGENT = _event("sent_urgent", "People were given something urgent to read.")
SENT_BACK = _event("sent_back", "It came back to be mended.")
ISSUED = _event("issued", "It was issued; who drafted it is told.")
NUMBERED = _event("numbered", "It has its number and its printed page; who drafted it is told.")
CHASED = _event("chased", "Somebody asks for what is still missing.")
UNREAD = _event("unread", "It was not read for hours; an SMS goes.")
VOIDED = _event("voided", "It is void; who had it is told.")
