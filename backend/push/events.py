"""Facts that pushing gives rise to."""

from __future__ import annotations

from kernel.events import define

MESSAGE_FINISHED = define(
    "push.message_finished",
    version=1,
    schema={
        "type": "object",
        "properties": {
            "reference": {"type": "string"},
            "person_id": {"type": "string", "format": "uuid"},
            "state": {"enum": ["accepted", "failed"]},
            "reason": {"type": "string"},
            "devices": {"type": "integer", "minimum": 1},
            "accepted": {"type": "integer", "minimum": 0},
            "maybe_duplicate": {"type": "boolean"},
        },
        "required": ["reference", "person_id", "state", "reason", "devices", "accepted", "maybe_duplicate"],
        "additionalProperties": False,
    },
    doc="A push service took the message for one of the person's devices, or none will. Subject: the person.",
)
