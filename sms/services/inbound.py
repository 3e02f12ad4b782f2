"""A text came in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction

from kernel import clock
from kernel.crypto import blind_index
from kernel.events import emit
from sms.events import SMS_RECEIVED
from sms.models import InboundMessage
from sms.rules.numbers import extension_of, normalise_sender
from sms.rules.replies import is_opt_in, is_opt_out
from sms.services.optouts import opt_in, opt_out


@transaction.atomic
def receive_text(
    *, sid: str, from_number: str, to_number: str, text: str, media_count: int = 0, raw_id: UUID | None = None
) -> UUID | None:
    """Keep an inbound text and tell others by `sms.received`. None when this sid was here before: no effect then.

    Words of refusal (退订, TD, …) take hold at once, whatever the text answers; the event says so.
    """
    sender = normalise_sender(from_number)
    index = blind_index(sender, purpose="sms.number")
    row = InboundMessage(
        sid=sid,
        from_number=sender,
        from_index=index,
        to_number=to_number[:32],
        extension=_extension(to_number),
        text=text,
        media_count=media_count,
        opt_out=is_opt_out(text),
        raw_id=raw_id,
        received_at=clock.now(),
    )
    InboundMessage.objects.bulk_create([row], ignore_conflicts=True)
    if not InboundMessage.objects.filter(pk=row.pk).exists():
        return None
    if row.opt_out:
        opt_out(number=sender, source="reply")
    elif is_opt_in(text):
        opt_in(number=sender)
    emit(
        SMS_RECEIVED,
        subject=("sms_number", UUID(bytes=index[:16])),
        organisation_id=None,
        data={
            "inbound_id": str(row.pk),
            "extension": row.extension,
            "opt_out": row.opt_out,
            "received_at": clock.local(row.received_at).isoformat(),
        },
    )
    return row.pk


def _extension(to_number: str) -> str:
    """What stands behind our base number, whichever carrier's it is."""
    bases = (settings.SMPP_SOURCE, settings.TWILIO_FROM_NUMBER)
    return next((found for base in bases if base and (found := extension_of(to_number, base))), "")
