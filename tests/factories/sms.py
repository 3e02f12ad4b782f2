"""Texts for tests."""

from __future__ import annotations

import secrets
from uuid import UUID

from sms.models import HandsetText, Message
from sms.services import dispatch, queue_message
from sms.types import Purpose


def random_mobile() -> str:
    """A mobile number in a range that exists."""
    return f"+86138{secrets.randbelow(10**8):08d}"


def random_case_no() -> str:
    """A case number in the shape of domain.md 9.3."""
    return f"32130020131125{secrets.randbelow(10**6):06d}"


def queue_notice(to: str, *, purpose: Purpose = Purpose.STATUTORY, reference: str | None = None) -> UUID:
    """A queued notice with a random case number."""
    return queue_message(
        to=to,
        template="not_accepted",
        params={"case_no": random_case_no()},
        purpose=purpose,
        reference=reference or f"test:{secrets.token_hex(8)}",
    )


def send_due(limit: int = 50) -> int:
    """Give every due message its turn in this process, as relay and worker would; returns how many calls were made."""
    calls = 0
    for message_id in Message.objects.order_by("due_at").values_list("pk", flat=True)[:limit]:
        calls += dispatch(message_id=message_id)
    return calls


def texts_on_handset(number: str) -> list[str]:
    """What a number's owner reads on the embedded handset, oldest first."""
    rows = HandsetText.objects.order_by("at", "id")
    return [row.text or "" for row in rows if row.number == number and not row.inbound]
