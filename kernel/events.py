"""Events: facts with a schema, written beside the change they tell of, handed to every subscriber.

An app defines its event types in `events.py` and subscribes to anybody's in `receivers.py`, by name, so that a lower
app can listen to a higher one without importing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from jsonschema import Draft202012Validator

from kernel import clock
from kernel.ids import uuid7
from kernel.models import Delivery, OutboxEvent


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of fact: stable dotted name, version of its data, JSON Schema of the data, one line of meaning."""

    name: str
    version: int
    schema: Mapping[str, Any]
    doc: str
    validator: Draft202012Validator = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact as a subscriber sees it. `sequence` grows in the order of hand-over to that subscriber."""

    id: UUID
    type: str
    version: int
    subject_kind: str
    subject_id: UUID
    organisation_id: UUID | None
    occurred_at: datetime
    data: dict[str, Any]
    sequence: int = 0


Handler = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscriber's stable name, the event types it wants, and its handler."""

    name: str
    types: frozenset[str]
    handler: Handler


_types: dict[str, EventType] = {}
_subscriptions: dict[str, Subscription] = {}
_readers: dict[str, tuple[str, ...]] = {}


def define(name: str, *, version: int, schema: Mapping[str, Any], doc: str) -> EventType:
    """Declare an event type. `schema` is the JSON Schema (2020-12) of its data; defining a name twice is an error."""
    if name in _types:
        raise ValueError(f"event type {name} is defined twice")
    _types[name] = EventType(name, version, schema, doc, Draft202012Validator(dict(schema)))
    return _types[name]


def subscriber(name: str, *, to: Iterable[str]) -> Callable[[Handler], Handler]:
    """Register a handler for event types, by name.

    The handler runs in one transaction with the mark that it has run, so its database effects happen exactly once.
    It must not call a provider: it writes what is to be sent, and a task sends it.
    """

    def register(handler: Handler) -> Handler:
        if name in _subscriptions:
            raise ValueError(f"subscriber {name} is registered twice")
        _subscriptions[name] = Subscription(name, frozenset(to), handler)
        _readers.clear()
        return handler

    return register


def event_types() -> Mapping[str, EventType]:
    """All declared event types by name."""
    return dict(_types)


def subscriptions() -> Mapping[str, Subscription]:
    """All registered subscribers by name."""
    return dict(_subscriptions)


def readers_of(type_name: str) -> tuple[str, ...]:
    """Names of the subscribers that read an event type, sorted."""
    if type_name not in _readers:
        _readers[type_name] = tuple(sorted(s.name for s in _subscriptions.values() if type_name in s.types))
    return _readers[type_name]


def of_subject(kind: str, subject_id: UUID) -> list[Event]:
    """The facts about a subject, in the order in which they happened."""
    rows = OutboxEvent.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("occurred_at", "id")
    return [
        Event(
            id=row.id,
            type=row.type,
            version=row.version,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            organisation_id=row.organisation_id,
            occurred_at=row.occurred_at,
            data=row.data,
        )
        for row in rows
    ]


def emit(
    event_type: EventType,
    *,
    subject: tuple[str, UUID],
    organisation_id: UUID | None,
    data: Mapping[str, Any],
    event_id: UUID | None = None,
    at: datetime | None = None,
) -> Event:
    """Write a fact into the outbox, one waiting delivery for each subscriber. Needs a transaction.

    `data` must be JSON-ready and fit the type's schema (jsonschema.ValidationError is a programming error).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("emit needs the transaction of the change it tells of")
    event_type.validator.validate(data)
    moment = at or clock.now()
    event = Event(
        id=event_id or uuid7(),
        type=event_type.name,
        version=event_type.version,
        subject_kind=subject[0],
        subject_id=subject[1],
        organisation_id=organisation_id,
        occurred_at=moment,
        data=dict(data),
    )
    row = OutboxEvent.objects.create(
        id=event.id,
        type=event.type,
        version=event.version,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        organisation_id=organisation_id,
        data=event.data,
        occurred_at=moment,
    )
    Delivery.objects.bulk_create(
        Delivery(event=row, subscriber=reader, subject_id=event.subject_id, due_at=moment)
        for reader in readers_of(event.type)
    )
    return event
