"""Facts that texts give rise to."""

from __future__ import annotations

from kernel.events import define

MESSAGE_FINISHED = define(
    "sms.message_finished",
    version=1,
    schema={
        "type": "object",
        "properties": {
            "message_id": {"type": "string"},
            "reference": {"type": "string"},
            "template": {"type": "string"},
            "purpose": {"enum": ["otp", "statutory", "bulk"]},
            "state": {"enum": ["delivered", "undelivered", "failed"]},
            "reason": {"type": "string"},
            "provider_code": {"type": "string"},
            "maybe_duplicate": {"type": "boolean"},
            "person_id": {"type": ["string", "null"]},
        },
        "required": ["message_id", "reference", "template", "purpose", "state", "reason"],
        "additionalProperties": False,
    },
    doc="A text reached a final state. A late `delivered` after `failed` or `undelivered` is told again.",
)
SMS_RECEIVED = define(
    "sms.received",
    version=1,
    schema={
        "type": "object",
        "properties": {
            "inbound_id": {"type": "string"},
            "extension": {"type": "string"},
            "opt_out": {"type": "boolean"},
            "received_at": {"type": "string"},
        },
        "required": ["inbound_id", "extension", "opt_out", "received_at"],
        "additionalProperties": False,
    },
    doc="Somebody texted us. In order per number. Who and what: sms.selectors.inbound(inbound_id).",
)
