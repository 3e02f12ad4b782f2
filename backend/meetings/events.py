"""Events of the meetings. `people` are those whom the event concerns, and nobody else is told."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_PEOPLE = {"type": "array", "items": _UUID}
_BASE: dict[str, Any] = {
    "meeting_id": _UUID,
    "title": _TEXT,
    "starts_at": _TEXT,
    "ends_at": _TEXT,
    "start_time": _TEXT,
    "place": _TEXT,
    "unit_name": _TEXT,
    "receipt_by": _TEXT,
    "receipt_time": _TEXT,
    "people": _PEOPLE,
    "by_id": {"type": ["string", "null"], "format": "uuid"},
    "version": _NUMBER,
}


def _event(name: str, doc: str, optional: dict[str, Any] | None = None, **more: Any) -> EventType:
    schema = {
        "type": "object",
        "properties": {**_BASE, **more, **(optional or {})},
        "required": [*_BASE, *more],
        "additionalProperties": False,
    }
    return define(f"meetings.{name}", version=1, schema=schema, doc=doc)


CALLED = _event("called", "People were invited, at once or later.")
CHANGED = _event("changed", "Time, place or what is needed to come has changed.", what=_TEXT, what_en=_TEXT)
UNINVITED = _event("uninvited", "People need not come any more.")
CANCELLED = _event("cancelled", "The meeting does not take place.", reason=_TEXT)
REMINDED = _event("reminded", "It begins soon; those who are not on leave are reminded.", minutes_before=_NUMBER)
URGED = _event("urged", "The answers of some are still missing.")
ANSWERED = _event(
    "answered",
    "Somebody answered; the organiser hears of leave and substitutes.",
    person_id=_UUID,
    answer=_TEXT,
    optional={"silent": {"type": "boolean"}},
)
MINUTED = _event("minuted", "The minutes can be read.")
DECIDED = _event(
    "decided",
    "Something was decided, and who does it by when.",
    decision_id=_UUID,
    text=_TEXT,
    owner_id=_UUID,
    giver_id=_UUID,
    due_on=_TEXT,
)
