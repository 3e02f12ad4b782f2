"""What an SMSC delivers: status reports, texts and parts of texts. Stored with its effect in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from kernel import clock
from kernel.crypto import blind_index
from sms.models import InboundPart, SmppDelivery
from sms.rules import smpp as rules
from sms.rules.numbers import normalise_sender
from sms.services.inbound import receive_text
from sms.services.receipts import record_receipt

PARTS_PATIENCE = timedelta(minutes=10)
_REPEAT = timedelta(minutes=5)
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Delivered:
    """A deliver_sm as it came. `octets` is the user data, header included when `has_header`."""

    raw: bytes
    source: str
    destination: str
    octets: bytes
    coding: int
    is_report: bool
    has_header: bool
    receipted_id: str = ""
    message_state: int | None = None
    user_reference: int | None = None
    segment: tuple[int, int, int] | None = None


@transaction.atomic
def take_delivery(*, delivered: Delivered) -> bool:
    """Keep a deliver_sm and act on it; False for a repeat, which has no effect.

    An SMSC delivers again what it got no answer for, and a text carries no id of its own: the same octets from the same
    number within five minutes are the same text.
    """
    now = clock.now()
    number = normalise_sender(_international(delivered.source))
    report = _report(delivered)
    span = "" if report else str(int(now.timestamp() // _REPEAT.total_seconds()))
    row = SmppDelivery(
        digest=hashlib.sha256(_content(delivered) + span.encode()).digest(),
        raw=delivered.raw.hex(),
        sid=rules.sid_of(report.message_id) if report else "",
        user_reference=delivered.user_reference if report else None,
        number_index=blind_index(number, purpose="sms.number"),
        received_at=now,
    )
    SmppDelivery.objects.bulk_create([row], ignore_conflicts=True)
    if not SmppDelivery.objects.filter(pk=row.pk).exists():
        return False
    if report is not None:
        record_receipt(sid=row.sid, status=report.status, code=report.code, attempt_id=None, raw_id=row.pk)
    elif not delivered.is_report:
        _take_text(delivered, number, row)
    return True


def join_parts() -> int:
    """Hand on long texts whose missing parts have not come for ten minutes, with the gaps marked."""
    late = InboundPart.objects.filter(joined_at=None, received_at__lte=clock.now() - PARTS_PATIENCE)
    joined = 0
    for part in list(late[:_BATCH]):
        joined += _join(part, whole_only=False)
    return joined


def _content(delivered: Delivered) -> bytes:
    place = (delivered.source, delivered.destination, delivered.receipted_id, delivered.message_state)
    return repr((*place, delivered.segment)).encode() + b"\x00" + delivered.octets


def _report(delivered: Delivered) -> rules.Report | None:
    if not delivered.is_report:
        return None
    text = rules.decode(delivered.octets, 1)
    return rules.read_report(text, delivered.receipted_id, delivered.message_state)


def _international(source: str) -> str:
    return f"+{source}" if source.startswith("86") and len(source) == 13 else source


def _take_text(delivered: Delivered, number: str, row: SmppDelivery) -> None:
    segment, octets = delivered.segment, delivered.octets
    if delivered.has_header:
        found, octets = rules.split_header(octets)
        segment = segment or found
    text = rules.decode(octets, delivered.coding)
    if segment is None or segment[1] < 2 or not 1 <= segment[2] <= segment[1]:
        receive_text(
            sid=f"{rules.GATEWAY}:{row.pk}",
            from_number=number,
            to_number=delivered.destination,
            text=text,
            raw_id=row.pk,
        )
        return
    with connection.cursor() as cursor:  # two parts at the same moment must see each other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(bytes(row.number_index)[:7])])
    part = InboundPart(
        from_number=number,
        from_index=row.number_index,
        to_number=delivered.destination[:32],
        reference=segment[0],
        total=segment[1],
        ordinal=segment[2],
        text=text,
        received_at=row.received_at,
    )
    InboundPart.objects.bulk_create([part], ignore_conflicts=True)
    _join(part, whole_only=True)


@transaction.atomic
def _join(part: InboundPart, *, whole_only: bool) -> bool:
    """Make one text of the parts."""
    of_text = InboundPart.objects.select_for_update().filter(
        from_index=part.from_index, to_number=part.to_number, reference=part.reference, total=part.total, joined_at=None
    )
    rows = list(of_text.order_by("ordinal"))
    if not rows or (whole_only and len(rows) < part.total):
        return False
    receive_text(
        sid=f"{rules.GATEWAY}:{rows[0].pk}",
        from_number=part.from_number or "",
        to_number=part.to_number,
        text=rules.join({row.ordinal: row.text or "" for row in rows}, part.total),
    )
    InboundPart.objects.filter(pk__in=[row.pk for row in rows]).update(joined_at=clock.now())
    return True
