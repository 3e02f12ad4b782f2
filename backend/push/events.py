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

TOPIC_MESSAGE_FINISHED = define(
    "push.topic_message_finished",
    version=1,
    schema={
        "type": "object",
        "properties": {
            "reference": {"type": "string"},
            "state": {"enum": ["accepted", "failed"]},
            "reason": {"type": "string"},
            "maybe_duplicate": {"type": "boolean"},
        },
        "required": ["reference", "state", "reason", "maybe_duplicate"],
        "additionalProperties": False,
    },
    doc="The push service took a message for all phones of some topics, or did not. Subject: the message.",
)
DEVICE_REGISTERED = define(
    "push.device_registered",
    version=1,
    schema={
        "type": "object",
        "properties": {
            "person_id": {"type": "string", "format": "uuid"},
            "platform": {"enum": ["fcm", "webpush"]},
        },
        "required": ["person_id", "platform"],
        "additionalProperties": False,
    },
    doc="A person's device asked to be pushed to. Subject: the device.",
)
