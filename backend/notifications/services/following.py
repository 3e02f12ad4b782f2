"""Of which topics a person's phones hear: the city's own and what the person wished for, as far as settings let it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.notifications import selectors
from backend.notifications.models import TopicWish
from backend.notifications.types import EVERYBODY, Channel, NotificationError, Purpose
from backend.push import services as push
from kernel.actors import Actor
from kernel.errors import DomainError


@transaction.atomic
def wish_topics(*, person_id: UUID, purpose: Purpose, topics: Collection[str]) -> None:
    """Set what a person wishes to hear of under a purpose, beside the city's notices."""
    wishes = TopicWish.objects.filter(person_id=person_id, purpose=purpose)
    wishes.exclude(topic__in=topics).delete()
    rows = [TopicWish(person_id=person_id, purpose=purpose, topic=name) for name in sorted(set(topics))]
    TopicWish.objects.bulk_create(rows, ignore_conflicts=True)
    follow(person_id)


@transaction.atomic
def choose_alert_topics(*, actor: Actor, topics: Collection[str]) -> list[str]:
    """Set which of the city's topics a person hears of, beside what goes to everybody. Returns them in their order.

    Raises ALERT_TOPIC_UNKNOWN.
    """
    known, wanted = selectors.alert_topics(), set(topics) - {EVERYBODY}
    if not wanted <= known.keys():
        raise DomainError(NotificationError.ALERT_TOPIC)
    wish_topics(person_id=actor.person_id, purpose=Purpose.NOTICE, topics=wanted)
    chosen = [code for code in known if code in wanted]
    record(
        actor=actor,
        action="notifications.topics_chosen",
        subject=("user", actor.person_id),
        organisation_id=None,
        data={"topics": chosen},
    )
    return chosen


def follow(person_id: UUID) -> None:
    """Say anew of which topics this person's phones are to hear: settings, wishes or devices have changed."""
    wished = [(Purpose.NOTICE, EVERYBODY), *_wishes(person_id)]
    closed = {purpose: selectors.switched_off(person_id, purpose) for purpose in {found for found, _ in wished}}
    push.follow_topics(
        person_id=person_id, topics={topic for purpose, topic in wished if Channel.PUSH not in closed[purpose]}
    )


def _wishes(person_id: UUID) -> list[tuple[Purpose, str]]:
    rows = TopicWish.objects.filter(person_id=person_id).values_list("purpose", "topic")
    return [(Purpose(purpose), topic) for purpose, topic in rows]
