"""Events of leave. `kind` says leave, trip or outing and no more; the reason stays with the request."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_NULLABLE = {"type": ["string", "null"], "format": "uuid"}
_TEXT = {"type": "string"}
_BASE: dict[str, Any] = {
    "request_id": _UUID,
    "person_id": _UUID,
    "kind": {"type": "string", "enum": ["leave", "trip", "outing"]},
    "starts_on": _TEXT,
    "starts_half": {"type": "string", "enum": ["am", "pm"]},
    "ends_on": _TEXT,
    "ends_half": {"type": "string", "enum": ["am", "pm"]},
    "days": {"type": "number"},
    "stand_in_id": _NULLABLE,
    "name": _TEXT,
    "what": _TEXT,
    "what_en": _TEXT,
    "people": {"type": "array", "items": _UUID},
    "by_id": _NULLABLE,
    "version": {"type": "integer"},
}


def _event(name: str, doc: str, **more: Any) -> EventType:
    properties = {**_BASE, **more}
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return define(f"leave.{name}", version=1, schema=schema, doc=doc)


REQUESTED = _event("requested", "Somebody asks to be away, or the next level is to decide; who decides is told.")
GRANTED = _event("granted", "It is granted; the person is told. Schedules and attendance know of it.")
REFUSED = _event("refused", "It is refused, with a reason that is read at the request; the person is told.")
WITHDRAWN = _event("withdrawn", "The person needs it no more, before anybody decided; who would have decided is told.")
CANCELLED = _event("cancelled", "It was granted, and is not needed any more; who decided and who stands in are told.")
RETURNED = _event(
    "returned",
    "The person is back; `ends_on` is the last day really taken. Who decided and who stands in hear of an early one.",
    early={"type": "boolean"},
)
STAND_IN = _event("stand_in", "Somebody stands in for a person who is away, and is told from when to when.")
