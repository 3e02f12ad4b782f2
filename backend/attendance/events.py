"""Events of attendance. `people` are those whom the event concerns, and nobody else is told."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_FLAG = {"type": "boolean"}
_PEOPLE = {"type": "array", "items": _UUID}
_NULLABLE = {"type": ["string", "null"], "format": "uuid"}


def _event(name: str, doc: str, **fields: Any) -> EventType:
    schema = {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}
    return define(f"attendance.{name}", version=1, schema=schema, doc=doc)


_CORRECTION: dict[str, Any] = {
    "correction_id": _UUID,
    "people": _PEOPLE,
    "by_id": _NULLABLE,
    "day": _TEXT,
    "kind": _TEXT,
    "what": _TEXT,
    "what_en": _TEXT,
    "time": _TEXT,
}
_SHEET: dict[str, Any] = {"sheet_id": _UUID, "people": _PEOPLE, "by_id": _NULLABLE, "month": _TEXT}

PUNCHED = _event(
    "punched",
    "Somebody came or went; of the position only whether it was inside.",
    punch_id=_UUID,
    person_id=_UUID,
    kind=_TEXT,
    at=_TEXT,
    queued=_FLAG,
    where=_TEXT,
)
CORRECTION_ASKED = _event("correction_asked", "Somebody asks to correct a day; a to-do tells the head.", **_CORRECTION)
CORRECTION_DECIDED = _event(
    "correction_decided",
    "The head of the unit has decided; its person is told.",
    **_CORRECTION,
    agreed=_FLAG,
    result=_TEXT,
    result_en=_TEXT,
)
MONTH_SHOWN = _event("month_shown", "A month is over; its person sees the sheet before anybody else.", **_SHEET)
MONTH_CONFIRMED = _event("month_confirmed", "The person agrees with the sheet.", **_SHEET)
MONTH_DISPUTED = _event("month_disputed", "The person disputes the sheet; a to-do tells the head.", **_SHEET)
DISPUTE_ANSWERED = _event("dispute_answered", "The head has answered a dispute; its person is told.", **_SHEET)
ROSTER_CHANGED = _event(
    "roster_changed",
    "Duties at a window were given or taken; those concerned are told.",
    window_id=_UUID,
    number=_TEXT,
    people=_PEOPLE,
    by_id=_NULLABLE,
    from_on=_TEXT,
    to_on=_TEXT,
    duties=_NUMBER,
)
SHIFT_KEPT = _event(
    "shift_kept",
    "Working times of a unit or window from a day on.",
    shift_id=_UUID,
    window_id=_NULLABLE,
    valid_from=_TEXT,
)
PLACE_KEPT = _event("place_kept", "Where a unit punches.", place_id=_UUID, radius_m=_NUMBER)
