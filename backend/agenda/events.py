"""Events of work tasks."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}


def _event(name: str, doc: str) -> EventType:
    properties: dict[str, Any] = {
        "task_no": _UUID,
        "title": _TEXT,
        "due_on": _TEXT,
        "progress": {"type": "integer"},
        "owner_id": _UUID,
        "giver_id": _UUID,
        "user_id": _UUID,
        "by_id": {"type": ["string", "null"], "format": "uuid"},
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return define(f"agenda.{name}", version=1, schema=schema, doc=doc)


TASK_FINISHED = _event("task_finished", "The owner finished a task; who gave it is told.")
TASK_CHANGED = _event("task_changed", "Somebody else changed, dropped or moved the day of one's task.")
