"""Which phones are to be in which topics: written in the caller's transaction, told to the service by `topics`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.push.models import PushDevice, TopicFollower
from backend.push.rules import checked_topic
from backend.push.types import Platform
from kernel import clock

_WANT = """
    INSERT INTO push_topicmember (id, device_id, topic, wanted, told, due_at, failures, code)
    SELECT gen_random_uuid(), device.id, follower.topic, true, false, %(now)s, 0, ''
    FROM push_topicfollower follower JOIN push_pushdevice device ON device.person_id = follower.person_id
    WHERE device.id = ANY(%(devices)s) AND device.dropped_at IS NULL AND device.platform = 'fcm'
    ORDER BY device.id, follower.topic
    ON CONFLICT (device_id, topic) DO UPDATE SET wanted = true, due_at = %(now)s, failures = 0, code = ''
    WHERE NOT push_topicmember.wanted
"""
_DO_NOT_WANT = """
    UPDATE push_topicmember SET wanted = false, due_at = %(now)s, failures = 0, code = ''
    FROM push_pushdevice device
    WHERE device.id = push_topicmember.device_id AND device.id = ANY(%(devices)s) AND push_topicmember.wanted
      AND (device.dropped_at IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM push_topicfollower follower
        WHERE follower.person_id = device.person_id AND follower.topic = push_topicmember.topic))
"""


@transaction.atomic
def follow_topics(*, person_id: UUID, topics: Collection[str]) -> None:
    """Have the person's phones hear of exactly these topics. Raises ValueError for a name that no service takes."""
    wanted = {checked_topic(name) for name in topics}
    followed = TopicFollower.objects.filter(person_id=person_id)
    followed.exclude(topic__in=wanted).delete()
    rows = [TopicFollower(person_id=person_id, topic=name) for name in sorted(wanted)]
    TopicFollower.objects.bulk_create(rows, ignore_conflicts=True)
    devices = PushDevice.objects.filter(person_id=person_id, dropped_at=None, platform=Platform.FCM)
    revise(devices.values_list("pk", flat=True))


def revise(device_ids: Iterable[UUID]) -> None:
    """These devices came, went, changed hands, or their owner's topics did: say anew in which topics they are to be."""
    devices = list(device_ids)
    if not devices:
        return
    known: dict[str, Any] = {"devices": devices, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_DO_NOT_WANT, known)
        cursor.execute(_WANT, known)
