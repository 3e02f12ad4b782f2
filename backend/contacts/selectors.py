"""Reading the contacts: for officials, never all at once, mobile numbers by level."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.contacts.models import Card, Formerly
from backend.contacts.types import Branch, CardInfo, ContactError, Leaving, Unit
from backend.workflow import selectors as workflow
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError
from kernel.masking import MaskKind, mask

MAX_WORDS = 4
MAX_BRANCHES = 500
CHANGES_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new for a phone: rows, which of them are people to keep, the number and the branch to go on with."""

    rows: list[Card]
    here: frozenset[UUID]
    since: int
    scope: str


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


def changes(actor: Actor, since: int) -> Changes:
    """What has changed in the actor's own branch since a number that an earlier answer gave, the oldest first.

    Those who left it are among them, so that a phone forgets them. `scope` changes with the branch: what a phone kept
    under another one is not the actor's to see any more.
    """
    check_official(actor)
    paths = _paths(actor)
    left = Formerly.objects.filter(_within(paths), changed__gt=since).values("person_id")
    wanted = Card.objects.filter(_within(paths) | Q(person_id__in=left), changed__gt=since)
    rows = list(wanted.order_by("changed")[:CHANGES_A_PAGE])
    here = frozenset(row.person_id for row in rows if row.left_at is None and row.path.startswith(paths))
    scope = hashlib.sha256("\n".join(paths).encode()).hexdigest()[:16]
    return Changes(rows, here, rows[-1].changed if rows else since, scope)


def _paths(actor: Actor) -> tuple[str, ...]:
    return tuple(sorted({grant.path for grant in actor.grants}))


def _within(paths: Iterable[str]) -> Q:
    own = Q(pk=None)
    for path in paths:
        own |= Q(path__startswith=path)
    return own


def card(actor: Actor, person_id: UUID) -> CardInfo:
    """One official with numbers as the actor may see them. Raises NOT_FOUND."""
    check_official(actor)
    row = Card.objects.filter(pk=person_id, left_at=None).first()
    if row is None:
        raise DomainError(ContactError.NOT_FOUND)
    number = (accounts.contact_phone(person_id) or "").removeprefix("+86")
    is_open = sees_mobile(actor, row)
    manages = actor.has_role(Role.SYSTEM_MANAGER, path=row.path)
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
        may_change=actor.user_id == person_id or manages,
        may_let_leave=manages and actor.user_id != person_id,
    )


def branch(actor: Actor, unit_id: UUID | None = None) -> Branch:
    """A unit with the units right below it and how many people each has, all below included; without one, the top of
    the actor's own tree. Raises FORBIDDEN for who is no official, ORGANISATION_NOT_FOUND."""
    check_official(actor)
    top = next(iter(_paths(actor)), "").split("/")[0]
    place = accounts.organisation(unit_id) if unit_id else accounts.organisation_by_code(top)
    rows = Card.objects.filter(left_at=None, path__startswith=place.path)
    counts = dict(rows.order_by().values_list("path").annotate(Count("person_id")))

    def unit(info: OrganisationInfo) -> Unit:
        return Unit(info, sum(count for path, count in counts.items() if path.startswith(info.path)))

    above: list[OrganisationInfo] = []
    parent_id = place.parent_id
    while parent_id:
        above.insert(0, accounts.organisation(parent_id))
        parent_id = above[0].parent_id
    below = accounts.list_organisations(parent_id=place.id, limit=MAX_BRANCHES)
    return Branch(unit(place), tuple(above), tuple(unit(info) for info in below))


def leaving(actor: Actor, person_id: UUID) -> Leaving:
    """What somebody who is to leave would hand over. Raises NOT_FOUND, FORBIDDEN for who may not let them leave."""
    check_official(actor)
    row = Card.objects.filter(pk=person_id, left_at=None).first()
    if row is None:
        raise DomainError(ContactError.NOT_FOUND)
    if not actor.has_role(Role.SYSTEM_MANAGER, path=row.path):
        raise DomainError(CommonError.FORBIDDEN)
    tasks, delegations = workflow.to_hand_over(person_id)
    return Leaving(row.name, row.unit_name, tuple(tasks), tuple(delegations))


def sees_mobile(actor: Actor, row: Card) -> bool:
    """Whether mobile numbers are shown in full: one's own, colleagues of the same unit, and those of units below."""
    return actor.user_id == row.person_id or any(row.path.startswith(grant.path) for grant in actor.grants)


def check_official(actor: Actor) -> None:
    """Refuse who is no official. Raises FORBIDDEN."""
    if actor.kind is not ActorKind.OFFICIAL:
        raise DomainError(CommonError.FORBIDDEN)
