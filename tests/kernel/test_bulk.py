"""Rows written by COPY are the rows `save` would have written, in the caller's transaction."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kernel import clock
from kernel.bulk import copy_rows
from kernel.models import PersonCursor, PersonEvent

pytestmark = pytest.mark.django_db
AWKWARD = {"set": {"text": 'tab\t, line\n, backslash \\N \\. , quote " and 中文 🙂', "none": None, "list": [1, 2.5]}}


def line(person: object, seq: int) -> PersonEvent:
    """A line of somebody's log with text that a careless COPY would break."""
    return PersonEvent(
        person_id=person, seq=seq, event_id=uuid4(), type="probe.copied", subject_kind="probe", subject_id=uuid4(),
        data=AWKWARD, at=clock.now(),
    )  # fmt: skip


def test_what_goes_in_comes_out() -> None:
    person = uuid4()
    rows = [line(person, seq) for seq in (1, 2, 3)]
    copy_rows(rows)
    found = list(PersonEvent.objects.filter(person_id=person).order_by("seq"))
    assert [(row.seq, row.data, row.at, row.event_id) for row in found] == [
        (row.seq, row.data, row.at, row.event_id) for row in rows
    ]
    copy_rows([])


def test_a_conflict_is_an_error_and_leaves_nothing() -> None:
    held, fresh = uuid4(), uuid4()
    PersonCursor.objects.create(person_id=held)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows([PersonCursor(person_id=fresh), PersonCursor(person_id=held)])
    assert not PersonCursor.objects.filter(person_id=fresh).exists()
