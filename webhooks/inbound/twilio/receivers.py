"""The work behind the answer: stored requests are read and handed to sms, and to the hotline."""

from __future__ import annotations

from urllib.parse import parse_qs
from uuid import UUID

from backend.inquiries.services import note_call, note_recording
from kernel.events import Event, subscriber
from sms.services import receive_text, record_receipt
from webhooks.inbound.twilio import events  # noqa: F401 - defines what is subscribed to
from webhooks.store import read_raw


@subscriber("webhooks.twilio", to=("webhooks.twilio_stored",))
def hand_on(event: Event) -> None:
    """Give a stored request to sms or the hotline, which know by its sid whether it has been here before."""
    raw_id = UUID(event.data["raw_id"])
    kind, query, fields = read_raw(raw_id)
    if kind in {"voice", "recording"}:
        _hand_call(kind, fields)
        return
    if kind == "messages":
        receive_text(
            sid=fields["MessageSid"],
            from_number=fields["From"],
            to_number=fields["To"],
            text=fields.get("Body", ""),
            media_count=int(fields.get("NumMedia") or 0),
            raw_id=raw_id,
        )
        return
    record_receipt(
        sid=fields["MessageSid"],
        status=fields["MessageStatus"],
        code=fields.get("ErrorCode", ""),
        attempt_id=_attempt_id(query),
        raw_id=raw_id,
    )


def _hand_call(kind: str, fields: dict[str, str]) -> None:
    if kind == "recording":
        note_recording(
            sid=fields["CallSid"],
            recording_sid=fields["RecordingSid"],
            url=fields["RecordingUrl"],
            seconds=_seconds(fields.get("RecordingDuration", "")),
            status=fields.get("RecordingStatus", ""),
        )
        return
    note_call(
        sid=fields["CallSid"],
        status=fields["CallStatus"],
        number=fields["From"],
        dialled=fields["To"],
        seconds=_seconds(fields.get("CallDuration", "")),
    )


def _seconds(text: str) -> int | None:
    return int(text) if text else None


def _attempt_id(query: str) -> UUID | None:
    values = parse_qs(query).get("attempt", [])
    try:
        return UUID(values[0]) if values else None
    except ValueError:
        return None
