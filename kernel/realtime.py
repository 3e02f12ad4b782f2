"""A person's live log: durable, in order, resumable. What Valkey carries is only a wake-up.

The data of an event is a patch of the state that `GET /api/v1/me/snapshot` returns:
`{"upsert": {collection: [row, …]}, "remove": {collection: [id, …]}, "set": {key: value}}`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import redis
from django.conf import settings
from django.db import connection, transaction

from kernel import clock
from kernel.bulk import copy_rows
from kernel.models import PersonCursor, PersonEvent

logger = logging.getLogger(__name__)

WAKE_CHANNEL = "realtime.wake"
KEEP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Scope:
    """The right without which an event must not be delivered: a role that reaches a tree path."""

    role: str
    path: str


_CLAIM_SEQS = """
    INSERT INTO kernel_personcursor (person_id, last_seq, first_seq)
    SELECT person, 1, 1 FROM unnest(%s::uuid[]) AS person ORDER BY person
    ON CONFLICT (person_id) DO UPDATE SET last_seq = kernel_personcursor.last_seq + 1
    RETURNING person_id, last_seq
"""


_HOLD = """
    INSERT INTO kernel_personcursor (person_id, last_seq, first_seq)
    SELECT person, 0, 1 FROM unnest(%s::uuid[]) AS person ORDER BY person
    ON CONFLICT (person_id) DO UPDATE SET last_seq = kernel_personcursor.last_seq
"""


def publish(
    person_ids: Iterable[UUID],
    *,
    event_id: UUID,
    type: str,
    subject: tuple[str, UUID],
    data: Mapping[str, Any],
    scope: Scope | None = None,
) -> None:
    """Append one event to the log of each person, inside the transaction, and wake their sockets after commit."""
    people = sorted(set(person_ids))
    if not people:
        return
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_SEQS, [people])
        seqs = cursor.fetchall()
    PersonEvent.objects.bulk_create(
        PersonEvent(
            person_id=person,
            seq=seq,
            event_id=event_id,
            type=type,
            subject_kind=subject[0],
            subject_id=subject[1],
            data=dict(data),
            scope_role=scope.role if scope else "",
            scope_path=scope.path if scope else "",
            at=moment,
        )
        for person, seq in seqs
    )
    transaction.on_commit(lambda: wake(people))


def publish_each(
    patches: Mapping[UUID, Mapping[str, Any]], *, event_id: UUID, type: str, subject: tuple[str, UUID]
) -> None:
    """Append one event to the log of each person, each with a patch of its own, in a fixed number of statements."""
    people = sorted(patches)
    if not people:
        return
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_SEQS, [people])
        seqs = cursor.fetchall()
    rows = [
        PersonEvent(
            person_id=person,
            seq=seq,
            event_id=event_id,
            type=type,
            subject_kind=subject[0],
            subject_id=subject[1],
            data=dict(patches[person]),
            at=moment,
        )
        for person, seq in seqs
    ]
    copy_rows(rows)
    transaction.on_commit(lambda: wake(people))


def wake(person_ids: Iterable[UUID]) -> None:
    """Tell the realtime processes to look at these people's logs. Best effort: they also look by themselves."""
    try:
        _publisher().publish(WAKE_CHANNEL, ",".join(str(person) for person in person_ids))
    except redis.RedisError as exc:
        logger.info("realtime_wake_lost", extra={"error": type(exc).__name__})


_client: redis.Redis | None = None


def _publisher() -> redis.Redis:
    global _client  # noqa: PLW0603 - one connection pool a process
    if _client is None:
        _client = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=0.3, socket_timeout=0.3, retry=None, health_check_interval=30
        )
    return _client


def cursor_of(person_id: UUID) -> int:
    """The sequence number of the last event in a person's log; 0 when there is none."""
    return PersonCursor.objects.filter(pk=person_id).values_list("last_seq", flat=True).first() or 0


def cursors_of(person_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The last sequence numbers of many people's logs, in one query; people without a log are missing."""
    return dict(PersonCursor.objects.filter(pk__in=list(person_ids)).values_list("person_id", "last_seq"))


def lock_cursor(person_id: UUID) -> int:
    """Hold the person's log still until the transaction ends and return its cursor.

    A snapshot read under this lock contains exactly the events up to the cursor.
    """
    PersonCursor.objects.get_or_create(pk=person_id)
    return PersonCursor.objects.select_for_update().get(pk=person_id).last_seq


def lock_cursors(person_ids: Iterable[UUID]) -> None:
    """`lock_cursor` for many people, in one order for everybody, in two statements."""
    people = sorted(set(person_ids))
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [people])


def is_too_old(person_id: UUID, since: int) -> bool:
    """Whether events after `since` have already been dropped from the log, or `since` was never given out."""
    cursor = PersonCursor.objects.filter(pk=person_id).values_list("first_seq", "last_seq").first()
    first, last = cursor or (1, 0)
    return since < first - 1 or since > last


def events_since(person_id: UUID, since: int, *, limit: int = 200) -> list[PersonEvent]:
    """The person's events after `since`, oldest first."""
    return list(PersonEvent.objects.filter(person_id=person_id, seq__gt=since).order_by("seq")[:limit])


_AFTER = """
    SELECT found.* FROM unnest(%s::uuid[], %s::bigint[]) AS wanted (person_id, since)
    CROSS JOIN LATERAL (
        SELECT * FROM kernel_personevent log
        WHERE log.person_id = wanted.person_id AND log.seq > wanted.since ORDER BY log.seq LIMIT %s
    ) found ORDER BY found.person_id, found.seq
"""


def events_after(positions: Mapping[UUID, int], limit: int) -> list[PersonEvent]:
    """For each person the events after a position, at most `limit` each, in one indexed query; by person, oldest
    first."""
    people = list(positions)
    return list(PersonEvent.objects.raw(_AFTER, [people, [positions[person] for person in people], limit]))


def forget_old() -> int:
    """Drop events older than `KEEP`; readers with an older cursor are told to take a new snapshot."""
    edge = clock.now() - KEEP
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM kernel_personevent WHERE at < %s RETURNING person_id, seq), "
            "tops AS (SELECT person_id, max(seq) AS top FROM gone GROUP BY person_id) "
            "UPDATE kernel_personcursor c SET first_seq = tops.top + 1 FROM tops WHERE c.person_id = tops.person_id",
            [edge],
        )
        return cursor.rowcount
