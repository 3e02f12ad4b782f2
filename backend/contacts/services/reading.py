"""Against reading the whole book: how many different people somebody is shown a day (个人信息保护法 art. 6: what is
needed and no more)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from backend.contacts.models import ContactPolicy, Reading, Shown
from backend.contacts.types import ContactError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


class Way(StrEnum):
    """How cards are shown: looked up by hand, or filled into the phone's own book. Each has its ceiling."""

    CARDS = "cards"
    CHANGES = "changes"


def note_reading(*, actor: Actor, card_ids: Collection[UUID], way: Way) -> None:
    """Count the cards that are about to be shown. One's own, and those seen earlier the same day, count nothing.

    Raises ENOUGH_TODAY, with Retry-After, when they would be more than the day allows; then none of them counts.
    """
    wanted = set(card_ids) - {actor.person_id}
    today = clock.today()
    if wanted - _seen(actor.person_id, today, wanted):
        _count(actor.person_id, today, wanted, way)


@transaction.atomic
def _count(person_id: UUID, today: date, wanted: set[UUID], way: Way) -> None:
    Reading.objects.get_or_create(person_id=person_id, day=today)
    reading = Reading.objects.select_for_update().get(person_id=person_id, day=today)
    fresh = wanted - _seen(person_id, today, wanted)
    count = getattr(reading, way) + len(fresh)
    limit = getattr(_policy(), f"daily_{way}")
    if fresh and count > limit:
        raise _enough(limit)
    Shown.objects.bulk_create([Shown(reading=reading, card_id=card_id) for card_id in fresh])
    setattr(reading, way, count)
    reading.save(update_fields=[way.value])


def _seen(person_id: UUID, today: date, wanted: set[UUID]) -> set[UUID]:
    rows = Shown.objects.filter(reading__person_id=person_id, reading__day=today, card_id__in=wanted)
    return set(rows.values_list("card_id", flat=True))


def forget_readings() -> int:
    """Drop what was counted on days that are over; how many days of people. Safe to run at any time."""
    over = Reading.objects.filter(day__lt=clock.today())
    count = over.count()
    over.delete()
    return count


def _policy() -> ContactPolicy:
    rows = ContactPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from")
    return rows[0]


def _enough(limit: int) -> DomainError:
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    seconds = int((tomorrow - clock.now()).total_seconds()) + 1
    return DomainError(
        ContactError.ENOUGH_TODAY,
        headers={"Retry-After": str(seconds)},
        extra={"until": tomorrow.isoformat()},
        limit=limit,
        until=f"{tomorrow:%Y-%m-%d %H:%M}",
    )
