"""What stands on the handsets' screens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kernel import clock
from kernel.crypto import blind_index
from sms.models import Attempt, HandsetText
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
    rows = list(HandsetText.objects.filter(number_index=index).order_by("-at", "-id")[:TEXTS])
    states = _states([row.attempt_id for row in rows if row.attempt_id])
    return {"number": owner, "texts": [_shown(row, states) for row in reversed(rows)]}


def _states(attempt_ids: list[UUID]) -> dict[UUID | None, str]:
    """Where the sender believes each text stands, by attempt."""
    return dict(Attempt.objects.filter(pk__in=attempt_ids).values_list("id", "message__state"))


def _shown(row: HandsetText, states: Mapping[UUID | None, str]) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "peer": row.sender,
        "text": row.text,
        "inbound": row.inbound,
        "state": states.get(row.attempt_id),
        "at": clock.local(row.at).isoformat(),
    }
