"""Knocking at the workers' doors, their answers, and retries by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.operations.models import Heartbeat
from backend.operations.selectors import must_run_the_city, readable_story, readable_texts
from kernel import clock, outbox
from kernel.actors import Actor
from sms import services as sms
from sms.selectors import Story
from sms.types import TextGroup

RETRIED_AT_ONCE = 500
FOUND_AT_ONCE = 50


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
def retry_parked(*, actor: Actor, subscriber: str = "") -> int:
    """Hand parked events to their subscribers (or to one) again; how many."""
    count = outbox.retry_parked(subscriber=subscriber or None)
    record(
        actor=actor,
        action="operations.parked_retried",
        subject=("outbox", None),
        organisation_id=None,
        data={"count": count, "subscriber": subscriber},
    )
    return count


@transaction.atomic
def find_texts(*, actor: Actor, number: str) -> list[Any]:
    """The newest fifty texts to a number that the actor may see, with a line in the journal. Raises FORBIDDEN and
    `sms_number_invalid`."""
    rows = readable_texts(actor, group=TextGroup.ALL, number=number).order_by("-queued_at", "-id")[:FOUND_AT_ONCE]
    record(
        actor=actor,
        action="operations.texts_searched",
        subject=("outbox", None),
        organisation_id=None,
        data={"found": len(rows)},
        private={"number": number},
    )
    return list(rows)


def retry_texts(*, actor: Actor, group: TextGroup) -> int:
    """Have up to 500 texts of a group go now, the oldest first: those that may; how many. Raises FORBIDDEN."""
    rows = readable_texts(actor, group=group).order_by("queued_at", "id").values_list("pk", flat=True)
    done = sum(sms.retry_now(message_id=message_id) for message_id in rows[:RETRIED_AT_ONCE])
    record(
        actor=actor,
        action="operations.texts_retried",
        subject=("outbox", None),
        organisation_id=None,
        data={"count": done, "group": group.value},
    )
    return done


def try_wording(*, actor: Actor, version_id: UUID, to: str, values: Mapping[str, str]) -> UUID:
    """Send a wording, approved or not, to one phone. Returns the text's id. Raises FORBIDDEN, `sms_number_invalid`,
    `sms_template_params`, `sms_template_not_found`."""
    must_run_the_city(actor)
    with transaction.atomic():
        message_id = sms.send_test(version_id=version_id, to=to, values=values)
        record(
            actor=actor,
            action="operations.wording_tried",
            subject=("sms_message", message_id),
            organisation_id=None,
            data={"version_id": str(version_id)},
        )
    return message_id
