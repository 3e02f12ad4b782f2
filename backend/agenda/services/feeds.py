"""The private address of a person's calendar: shown once, kept as a digest, closed at any time."""

from __future__ import annotations

import secrets

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.agenda.models import Feed
from backend.agenda.selectors import feed_digest
from backend.agenda.services import common
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor

BYTES = 32


@transaction.atomic
def open_feed(*, actor: Actor) -> str:
    """A new secret for the address; the one before stops working. Raises FORBIDDEN for who is no official."""
    mine = common.home(actor)
    close_feed(actor=actor)
    secret = secrets.token_urlsafe(BYTES)
    row = Feed.objects.create(
        person_id=mine.id, digest=feed_digest(secret), language=accounts.preferred_language(mine.id)
    )
    record(
        actor=actor,
        action="agenda.feed_opened",
        subject=("agenda_feed", row.id),
        organisation_id=mine.organisation.id,
        data={},
    )
    return secret


@transaction.atomic
def close_feed(*, actor: Actor) -> None:
    """The address stops working. Closing none changes nothing."""
    row = Feed.objects.select_for_update().filter(person_id=actor.person_id, revoked_at=None).first()
    if row is None:
        return
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    record(
        actor=actor,
        action="agenda.feed_closed",
        subject=("agenda_feed", row.id),
        organisation_id=actor.organisation_id,
        data={},
    )
