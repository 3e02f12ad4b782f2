"""Events reach each subscriber, in order per subject, once in effect; a poison event is parked and blocks nobody."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from jsonschema import ValidationError

from kernel import events, outbox
from kernel.events import Event
from kernel.models import Delivery, DeliveryState, OutboxEvent

SEEN: list[tuple[UUID, int]] = []
POISON: set[int] = set()


@pytest.fixture(autouse=True)
def _probe() -> Iterator[events.EventType]:
    SEEN.clear()
    POISON.clear()
    kind = events.define(
        "probe.happened",
        version=1,
        schema={"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]},
        doc="A fact of this test.",
    )

    @events.subscriber("probe.reader", to=("probe.happened",))
    def read(event: Event) -> None:
        if event.data["n"] in POISON:
            raise ValueError("poison")
        SEEN.append((event.subject_id, event.data["n"]))

    yield kind
    events._types.pop("probe.happened")
    events._subscriptions.pop("probe.reader")
    events._readers.clear()


def _emit(subject: UUID, n: int) -> None:
    with transaction.atomic():
        events.emit(
            events.event_types()["probe.happened"], subject=("probe", subject), organisation_id=None, data={"n": n}
        )


@pytest.mark.django_db
def test_in_order_per_subject_and_once() -> None:
    one, two = uuid4(), uuid4()
    for n in range(5):
        _emit(one, n)
        _emit(two, n)
    outbox.run_pending()
    outbox.run_pending()
    assert [n for subject, n in SEEN if subject == one] == [0, 1, 2, 3, 4]
    assert [n for subject, n in SEEN if subject == two] == [0, 1, 2, 3, 4]


@pytest.mark.django_db
def test_poison_waits_then_parks_and_blocks_nobody_else(travel) -> None:  # type: ignore[no-untyped-def]
    poisoned, healthy = uuid4(), uuid4()
    POISON.add(1)
    _emit(poisoned, 1)
    _emit(poisoned, 2)
    _emit(healthy, 3)
    outbox.run_pending()
    assert [(healthy, 3)] == SEEN
    for _ in range(outbox.MAX_ATTEMPTS):
        travel(minutes=2)
        outbox.run_pending()
    assert [(healthy, 3), (poisoned, 2)] == SEEN
    parked = Delivery.objects.get(state=DeliveryState.PARKED)
    assert parked.last_error == "builtins.ValueError"
    POISON.clear()
    assert outbox.retry_parked() == 1
    outbox.run_pending()
    assert SEEN[-1] == (poisoned, 1)


@pytest.mark.django_db
def test_effects_of_a_failing_subscriber_are_undone() -> None:
    POISON.add(7)
    _emit(uuid4(), 7)
    outbox.run_pending()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.READY, 1)


@pytest.mark.django_db(transaction=True)
def test_no_event_without_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        events.emit(
            events.event_types()["probe.happened"], subject=("probe", uuid4()), organisation_id=None, data={"n": 1}
        )
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db
def test_data_must_fit_its_schema() -> None:
    with pytest.raises(ValidationError):
        events.emit(
            events.event_types()["probe.happened"], subject=("probe", uuid4()), organisation_id=None, data={"n": "x"}
        )
