"""Events of workflow."""

from kernel.events import define

_DATE = {"type": "string", "format": "date"}
_UUID = {"type": "string", "format": "uuid"}
_TASK = {
    "type": "object",
    "required": ["task_id", "kind", "role", "title", "due_on", "assignee_id"],
    "properties": {
        "task_id": _UUID,
        "kind": {"type": "string"},
        "role": {"type": "string"},
        "title": {"type": "string"},
        "due_on": {"anyOf": [_DATE, {"type": "null"}]},
        "assignee_id": {"anyOf": [_UUID, {"type": "null"}]},
        "silent": {"type": "boolean"},
    },
    "additionalProperties": False,
}

DEADLINE_EXPIRED = define(
    "workflow.deadline_expired",
    version=1,
    schema={
        "type": "object",
        "required": ["deadline_id", "kind", "start_on", "due_on", "due_at", "provisional"],
        "properties": {
            "deadline_id": _UUID,
            "kind": {"type": "string"},
            "start_on": _DATE,
            "due_on": _DATE,
            "due_at": {"type": "string", "format": "date-time"},
            "provisional": {"type": "boolean"},
        },
        "additionalProperties": False,
    },
    doc="A running deadline ended without being met. The subject is the deadline's; once for each due date.",
)
TASK_OPENED = define(
    "workflow.task_opened",
    version=1,
    schema=_TASK,
    doc="Somebody with a role has something to do about the subject.",
)
TASK_CLOSED = define(
    "workflow.task_closed",
    version=1,
    schema={**_TASK, "required": ["task_id", "kind", "role"]},
    doc="A to-do about the subject is no longer waiting.",
)
DELEGATED = define(
    "workflow.delegated",
    version=1,
    schema={
        "type": "object",
        "required": ["user_id", "principal_id", "from_on", "to_on"],
        "properties": {"user_id": _UUID, "principal_id": _UUID, "from_on": _DATE, "to_on": _DATE},
        "additionalProperties": False,
    },
    doc="`user_id` may do `principal_id`'s own to-dos from a day to a day.",
)
