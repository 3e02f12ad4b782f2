"""What stands on the handsets' screens."""

from __future__ import annotations

from typing import Any

from kernel import clock
from kernel.crypto import blind_index
from sms.models import HandsetText
from sms.rules.numbers import normalise_mobile

NUMBERS = 30
TEXTS = 100
_SCANNED = 500


def recent_numbers() -> list[dict[str, Any]]:
    """The numbers that have got texts lately, newest first, each with its last text."""
    seen: dict[str, dict[str, Any]] = {}
    for row in HandsetText.objects.order_by("-at", "-id")[:_SCANNED]:
        number = row.number or ""
        if number not in seen and len(seen) < NUMBERS:
            seen[number] = {"number": number, "last": row.text, "at": clock.local(row.at).isoformat()}
    return list(seen.values())


def texts_of(number: str) -> dict[str, Any]:
    """The conversation of one number, oldest first. Raises DomainError `sms_number_not_allowed`."""
    owner = normalise_mobile(number, pointer="/number")
    index = blind_index(owner, purpose="sms.number")
    rows = HandsetText.objects.filter(number_index=index).order_by("-at", "-id")[:TEXTS]
    return {"number": owner, "texts": [_shown(row) for row in reversed(rows)]}


def _shown(row: HandsetText) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "peer": row.sender,
        "text": row.text,
        "inbound": row.inbound,
        "at": clock.local(row.at).isoformat(),
    }
