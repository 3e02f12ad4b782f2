"""Letting somebody leave office with nothing left lying."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.contacts import events
from backend.contacts.services.cards import SUBJECT, refresh_person
from backend.contacts.types import ContactError, Departure
from backend.journal.services import record_change
from backend.workflow import services as workflow
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def leave_office(*, actor: Actor, person_id: UUID, successor_id: UUID, reason: str) -> Departure:
    """Let somebody leave: open to-dos, what they would come to in documents or meetings, and delegations go to the
    successor; then, and only then, the account ends. All of it or nothing.

    Raises NOT_FOUND, BAD_SUCCESSOR, FORBIDDEN for who is not the person's system manager.
    """
    found = {info.id: info for info in accounts.officials(ids=[person_id, successor_id])}
    if person_id not in found:
        raise DomainError(ContactError.NOT_FOUND)
    if successor_id == person_id or successor_id not in found:
        raise DomainError(ContactError.BAD_SUCCESSOR)
    handed = workflow.hand_over(actor=actor, person_id=person_id, successor_id=successor_id, reason=reason)
    account_services.deactivate(actor=actor, user_id=person_id, reason=reason)
    record_change(
        actor=actor,
        event=events.HANDED_OVER,
        subject=(SUBJECT, person_id),
        organisation_id=found[person_id].organisation.id,
        data={
            "person_id": person_id,
            "name": found[person_id].name,
            "successor_id": successor_id,
            "tasks": handed.tasks,
            "people": [successor_id],
            "by_id": actor.user_id,
        },
    )
    refresh_person(person_id)
    return Departure(handed.tasks, handed.delegations, found[successor_id].name)
