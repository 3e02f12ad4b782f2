"""The embedded carrier: a text appears on the handset page instead of on a phone. Refused in production."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from kernel import clock
from kernel.crypto import blind_index
from sms.models import HandsetText
from sms.types import Found, FoundKind, Outcome, OutcomeKind, Outgoing, Question


class HandsetGateway:
    """Writes to a table of its own; the attempt id is unique there, so a second send of one attempt changes nothing."""

    name = "handset"
    deadline_seconds = 5.0

    def send(self, outgoing: Outgoing) -> Outcome:
        """Put the text on the handset's screen."""
        sid = sid_of(outgoing.attempt_id)
        now = clock.now()
        row = HandsetText(
            attempt_id=outgoing.attempt_id,
            sid=sid,
            number=outgoing.to,
            number_index=blind_index(outgoing.to, purpose="sms.number"),
            sender=settings.TWILIO_FROM_NUMBER + outgoing.extension,
            text=outgoing.text,
            at=now,
            report_at=now,
        )
        try:
            HandsetText.objects.bulk_create([row], ignore_conflicts=True)
        except DatabaseError as exc:
            return Outcome(OutcomeKind.UNKNOWN, code="database", detail=type(exc).__name__)
        return Outcome(OutcomeKind.ACCEPTED, sid=sid, status="queued")

    def find(self, question: Question) -> Found:
        """Look the attempt up in the handset's table."""
        sid = HandsetText.objects.filter(attempt_id=question.attempt_id).values_list("sid", flat=True).first()
        return Found(FoundKind.FOUND, sid=sid) if sid else Found(FoundKind.ABSENT)


def sid_of(attempt_id: UUID) -> str:
    """The message sid the embedded carrier gives to an attempt, in the shape of Twilio's."""
    return f"SM{attempt_id.hex}"
