"""What the Twilio webhooks tell the rest of the house."""

from __future__ import annotations

from kernel.events import define

REQUEST_STORED = define(
    "webhooks.twilio_stored",
    version=1,
    schema={
        "type": "object",
        "properties": {"raw_id": {"type": "string"}},
        "required": ["raw_id"],
        "additionalProperties": False,
    },
    doc="A verified request from Twilio was stored. In order per message sid; the work on it is done by its reader.",
)
