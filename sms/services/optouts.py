"""Refusals of texts and their taking back."""

from __future__ import annotations

from kernel import clock
from kernel.crypto import blind_index
from sms.models import OptOut
from sms.rules.numbers import normalise_sender
from sms.types import Purpose


def opt_out(*, number: str, source: str, purpose: Purpose = Purpose.BULK) -> None:
    """Stop texts of a purpose to a number. Doing it twice is doing it once. Only BULK is ever held back by it."""
    index = blind_index(normalise_sender(number), purpose="sms.number")
    row = OptOut(number_index=index, purpose=purpose, source=source, since=clock.now())
    OptOut.objects.bulk_create([row], ignore_conflicts=True)


def opt_in(*, number: str, purpose: Purpose = Purpose.BULK) -> None:
    """Take a refusal back."""
    index = blind_index(normalise_sender(number), purpose="sms.number")
    OptOut.objects.filter(number_index=index, purpose=purpose, ended_at=None).update(ended_at=clock.now())
