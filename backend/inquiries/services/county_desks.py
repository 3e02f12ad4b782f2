"""Counties that answer their own calls: from which day on their orders go to a desk of their own, and when it ends."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import Level
from backend.inquiries import policies
from backend.inquiries.models import HotlineCentre
from backend.inquiries.types import InquiryError
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def open_county_desk(*, actor: Actor, code: str, since: date | None = None) -> HotlineCentre:
    """From a day on (default: today) the orders of a county go to the desk of this organisation of it; where it has
    one already from then on, that stays as it is.

    Raises the accounts' NOT_FOUND for a code that is not known, NOT_A_COUNTY for one that is no county of the city.
    """
    city, place = policies.centre(), accounts.organisation_by_code(code)
    region = place.region_code[:6]
    if place.level != Level.COUNTY or not place.path.startswith(city.path):
        raise DomainError(InquiryError.NOT_A_COUNTY, name=place.name)
    first = since or clock.today()
    running = _running(region, first).select_for_update().first()
    if running is not None:
        return running
    made = HotlineCentre.objects.create(code=code, region_code=region, effective_from=first)
    _note(actor, "inquiry.county_desk_opened", place.id, {"region": region, "from": first.isoformat()})
    return made


@transaction.atomic
def close_county_desk(*, actor: Actor, code: str, until: date | None = None) -> None:
    """From a day on (default: today) new orders of the county go to the city again; what its desk has stays with it.

    Raises NOT_FOUND where the organisation has no desk then.
    """
    last, place = until or clock.today(), accounts.organisation_by_code(code)
    if not _running(place.region_code[:6], last).filter(code=code).update(effective_to=last):
        raise DomainError(InquiryError.NOT_FOUND)
    _note(actor, "inquiry.county_desk_closed", place.id, {"region": place.region_code[:6], "to": last.isoformat()})


def _running(region: str, day: date) -> QuerySet[HotlineCentre]:
    return HotlineCentre.objects.filter(
        Q(effective_to=None) | Q(effective_to__gt=day), region_code=region, effective_from__lte=day
    )


def _note(actor: Actor, action: str, desk_id: UUID, data: dict[str, str]) -> None:
    record(actor=actor, action=action, subject=("inquiry_desk", desk_id), organisation_id=desk_id, data=data)
