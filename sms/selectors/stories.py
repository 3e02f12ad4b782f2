"""A text's whole story: why it was sent, wording, parts, cost, each call, each report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sms.models import Message, Receipt, Tariff
from sms.selectors.messages import message_info
from sms.types import MessageInfo, Purpose

_DIGITS = re.compile(r"\d{4,8}")


@dataclass(frozen=True, slots=True)
class ReceiptInfo:
    """A report as it came; `raw_id` names the stored original."""

    status: str
    code: str
    received_at: datetime
    raw_id: UUID | None
    attempt_id: UUID | None


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known. `cost_milli_yuan` counts each call that a carrier accepted; a sign-in code is hidden."""

    message: MessageInfo
    text: str
    template_version: int
    approval_number: str
    organisation_id: UUID | None
    person_id: UUID | None
    give_up_at: datetime
    failures: int
    crashes: int
    receipts: tuple[ReceiptInfo, ...]
    cost_milli_yuan: int


def story(message_id: UUID) -> Story | None:
    """The story of a text; None when it is unknown. Who may read it decides the caller."""
    row = Message.objects.select_related("template_version__template").filter(pk=message_id).first()
    if row is None:
        return None
    text = row.text or ""
    receipts = Receipt.objects.filter(attempt__message=row).order_by("received_at", "id")
    return Story(
        message=message_info(row),
        text=_DIGITS.sub("******", text) if row.purpose == Purpose.OTP else text,
        template_version=row.template_version.number,
        approval_number=row.template_version.approval_number,
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        give_up_at=row.give_up_at,
        failures=row.failures,
        crashes=row.crashes,
        receipts=tuple(
            ReceiptInfo(one.status, one.code, one.received_at, one.raw_id, one.attempt_id) for one in receipts
        ),
        cost_milli_yuan=sum(
            _price(attempt.gateway, attempt.started_at) * row.parts
            for attempt in row.attempts.all()
            if attempt.state == "accepted"
        ),
    )


def _price(gateway: str, at: datetime) -> int:
    found = Tariff.objects.filter(gateway=gateway, effective_from__lte=at.date()).order_by("-effective_from").first()
    return found.milli_yuan if found else 0


def price_in_force(gateway: str, at: datetime) -> int:
    """What a part costs at a gateway, in thousandths of a yuan; 0 without a tariff."""
    return _price(gateway, at)
