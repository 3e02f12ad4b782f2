"""Reading the contacts: for officials, never all at once, mobile numbers by level."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.contacts.models import Card
from backend.contacts.types import CardInfo, ContactError
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError
from kernel.masking import MaskKind, mask

MAX_WORDS = 4
CHANGES_A_PAGE = 100


def people(actor: Actor, *, unit_id: UUID | None = None, q: str = "") -> QuerySet[Card]:
    """The officials of a unit, or those whose name, pinyin, initials, post or number has all words of `q`.

    Neither named: the actor's own unit. Raises FORBIDDEN for who is no official.
    """
    check_official(actor)
    rows = Card.objects.filter(left_at=None)
    words = q.lower().split()[:MAX_WORDS]
    if words:
        for word in words:
            rows = rows.filter(Q(spoken__contains=word) | Q(unit_name__contains=word))
        return rows
    unit = unit_id or actor.organisation_id
    return rows.filter(organisation_id=unit) if unit else rows.none()


def changes(actor: Actor, since: int) -> tuple[list[Card], int]:
    """What has changed in the actor's own branch since a number that an earlier answer gave, the oldest first, and the
    number to go on with. Those who left are among them, so that a phone forgets them."""
    check_official(actor)
    own = Q(pk=None)
    for path in sorted({grant.path for grant in actor.grants}):
        own |= Q(path__startswith=path)
    rows = list(Card.objects.filter(own, changed__gt=since).order_by("changed")[:CHANGES_A_PAGE])
    return rows, rows[-1].changed if rows else since


def card(actor: Actor, person_id: UUID) -> CardInfo:
    """One official with numbers as the actor may see them. Raises NOT_FOUND."""
    check_official(actor)
    row = Card.objects.filter(pk=person_id, left_at=None).first()
    if row is None:
        raise DomainError(ContactError.NOT_FOUND)
    number = (accounts.contact_phone(person_id) or "").removeprefix("+86")
    is_open = sees_mobile(actor, row)
    return CardInfo(
        id=row.person_id,
        name=row.name,
        unit_id=row.organisation_id,
        unit_name=row.unit_name,
        post=row.post,
        office_phone=row.office_phone,
        short_number=row.short_number,
        mobile=number if is_open else mask(number, MaskKind.MOBILE),
        is_mobile_open=is_open and bool(number),
        may_change=actor.user_id == person_id or actor.has_role(Role.SYSTEM_MANAGER, path=row.path),
    )


def sees_mobile(actor: Actor, row: Card) -> bool:
    """Whether mobile numbers are shown in full: one's own, colleagues of the same unit, and those of units below."""
    return actor.user_id == row.person_id or any(row.path.startswith(grant.path) for grant in actor.grants)


def check_official(actor: Actor) -> None:
    """Refuse who is no official. Raises FORBIDDEN."""
    if actor.kind is not ActorKind.OFFICIAL:
        raise DomainError(CommonError.FORBIDDEN)
