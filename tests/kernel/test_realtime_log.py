"""A person's log: numbers without gaps in commit order, resumable, honest about what it has forgotten."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from kernel import clock, realtime
from kernel.models import PersonEvent

PERSON = uuid4()


def _publish(n: int) -> None:
    with transaction.atomic():
        realtime.publish(
            [PERSON], event_id=uuid4(), type="probe.happened", subject=("probe", uuid4()), data={"set": {"n": n}}
        )


def _publish_and_close(n: int) -> None:
    _publish(n)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_no_gap() -> None:
    threads = [threading.Thread(target=_publish_and_close, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.seq for event in realtime.events_since(PERSON, 0)] == list(range(1, 9))
    assert realtime.cursor_of(PERSON) == 8


@pytest.mark.django_db
def test_resumes_from_a_cursor_and_refuses_one_too_old() -> None:
    for n in range(4):
        _publish(n)
    assert [event.data["set"]["n"] for event in realtime.events_since(PERSON, 2)] == [2, 3]
    assert not realtime.is_too_old(PERSON, 0)
    PersonEvent.objects.filter(seq__lte=2).update(at=clock.now() - realtime.KEEP - timedelta(days=1))
    realtime.forget_old()
    assert realtime.is_too_old(PERSON, 1)
    assert not realtime.is_too_old(PERSON, 2)
    assert realtime.is_too_old(PERSON, 99)
