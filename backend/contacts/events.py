"""Events of the contacts."""

from __future__ import annotations

from kernel.events import define

_UUID = {"type": "string", "format": "uuid"}

HANDED_OVER = define(
    "contacts.handed_over",
    version=1,
    schema={
        "type": "object",
        "properties": {
            "person_id": _UUID,
            "name": {"type": "string"},
            "successor_id": _UUID,
            "tasks": {"type": "integer"},
            "people": {"type": "array", "items": _UUID},
            "by_id": {"type": ["string", "null"], "format": "uuid"},
        },
        "required": ["person_id", "name", "successor_id", "tasks", "people", "by_id"],
        "additionalProperties": False,
    },
    doc="Somebody left office; what was open is the successor's now, who is told.",
)
