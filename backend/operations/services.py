"""Knocking at the workers' doors, their answers, and retries by hand."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.operations.models import Heartbeat
from backend.operations.selectors import readable_story
from kernel import clock, outbox
from kernel.actors import Actor
from sms import services as sms
from sms.selectors import Story


def note_knock(*, queue: str) -> None:
    """A knock went out."""
    Heartbeat.objects.update_or_create(queue=queue, defaults={"asked_at": clock.now()})


def note_answer(*, queue: str) -> None:
    """A worker took a knock from this queue."""
    Heartbeat.objects.filter(queue=queue).update(answered_at=clock.now())


@transaction.atomic
def look_at_text(*, actor: Actor, message_id: UUID) -> Story:
    """A text's story, with a line in the journal of who looked. Raises DomainError NOT_FOUND."""
    found = readable_story(actor, message_id)
    record(
        actor=actor,
        action="operations.text_read",
        subject=("sms_message", message_id),
        organisation_id=found.organisation_id,
        data={},
    )
    return found


@transaction.atomic
def retry_message(*, actor: Actor, message_id: UUID) -> bool:
    """Have a waiting text go now, or one that was given up go once more; False when it is with a carrier or unknown.

    Raises DomainError NOT_FOUND for a text the actor may not see.
    """
    found = readable_story(actor, message_id)
    done = sms.retry_now(message_id=message_id)
    record(
        actor=actor,
        action="operations.message_retried",
        subject=("sms_message", message_id),
        organisation_id=found.organisation_id,
        data={"done": done},
    )
    return done


@transaction.atomic
def retry_parked(*, actor: Actor) -> int:
    """Hand parked events to their subscribers again; how many."""
    count = outbox.retry_parked()
    record(
        actor=actor,
        action="operations.parked_retried",
        subject=("outbox", None),
        organisation_id=None,
        data={"count": count},
    )
    return count
