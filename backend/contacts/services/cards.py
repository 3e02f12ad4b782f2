"""Keeping the cards in line with who is in office, and their changes for phones."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo, Role
from backend.contacts.models import Card, Formerly
from backend.contacts.types import ContactError
from backend.journal.services import record
from kernel import clock, pinyin
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import take_number

EDITABLE = ("post", "office_phone", "short_number")
SUBJECT = "contact"


def refresh_all() -> int:
    """Bring the cards in line with who is in office; how many changed. Safe to run at any time."""
    in_office = {info.id: info for info in accounts.all_officials()}
    known = {card.person_id: card for card in Card.objects.filter(left_at=None)}
    changed = [person for person, info in in_office.items() if not _is_right(known.get(person), info)]
    gone = [person for person in known if person not in in_office]
    for person in (*changed, *gone):
        refresh_person(person)
    return len(changed) + len(gone)


@transaction.atomic
def refresh_person(person_id: UUID) -> None:
    """Bring one card in line: made, changed, or marked as left. Without a change nothing is written."""
    card = Card.objects.select_for_update().filter(pk=person_id).first()
    found = accounts.officials(ids=[person_id])
    if not found:
        if card is not None and card.left_at is None:
            card.left_at = clock.now()
            _keep(card)
        return
    if _is_right(card, found[0]):
        return
    info = found[0]
    kept = card or Card(person_id=person_id)
    before = kept.path
    kept.name, kept.organisation_id, kept.path = info.name, info.organisation.id, info.organisation.path
    kept.unit_name, kept.left_at = info.organisation.name, None
    _keep(kept)
    if before not in ("", kept.path):
        Formerly.objects.create(person_id=person_id, path=before, changed=kept.changed)


def _is_right(card: Card | None, info: OfficialInfo) -> bool:
    return card is not None and (card.name, card.organisation_id, card.path, card.unit_name, card.left_at) == (
        info.name,
        info.organisation.id,
        info.organisation.path,
        info.organisation.name,
        None,
    )


def _keep(card: Card) -> None:
    words = [card.name, pinyin.full(card.name), pinyin.initials(card.name), card.post, card.office_phone]
    card.spoken = " ".join(word for word in words if word).lower()[:400]
    card.changed = take_number("contacts", "changes")
    card.save()


@transaction.atomic
def edit_card(*, actor: Actor, person_id: UUID, **wishes: str) -> None:
    """Change post, office phone or short number: one's own, or as system manager. Raises NOT_FOUND, NOT_YOURS."""
    card = Card.objects.select_for_update().filter(pk=person_id, left_at=None).first()
    if card is None:
        raise DomainError(ContactError.NOT_FOUND)
    if actor.person_id != person_id and not actor.has_role(Role.SYSTEM_MANAGER, path=card.path):
        raise DomainError(ContactError.NOT_YOURS)
    changed = {name: wishes[name].strip() for name in EDITABLE if name in wishes}
    if all(getattr(card, name) == value for name, value in changed.items()):
        return
    for name, value in changed.items():
        setattr(card, name, value)
    _keep(card)
    record(
        actor=actor,
        action="contacts.changed",
        subject=(SUBJECT, person_id),
        organisation_id=card.organisation_id,
        data={"fields": sorted(changed)},
    )
