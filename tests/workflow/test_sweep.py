"""F07: each passed deadline is told exactly once, with its true due time, with two sweeps at once or after downtime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection

from backend.workflow import services
from backend.workflow.models import DueAction
from backend.workflow.services import sweep_deadlines
from kernel.actors import Actor
from kernel.models import OutboxEvent
from tests.factories import workflow
from tests.factories.workflow import moment

Travel = Callable[..., None]


def told() -> list[OutboxEvent]:
    """Every expiry that was told."""
    return list(OutboxEvent.objects.filter(type="workflow.deadline_expired").order_by("occurred_at"))


@pytest.mark.django_db
def test_told_once_with_the_true_due_time(travel: Travel) -> None:
    """Not before the end of business, then once, however often it is swept."""
    travel(to=moment("2013-11-25T10:00"))
    case = workflow.subject()
    workflow.deadline(case, "2013-11-25", 5, kind="notice")
    travel(to=moment("2013-12-02T17:29"))
    assert sweep_deadlines() == 0
    travel(to=moment("2013-12-02T17:40"))
    assert (sweep_deadlines(), sweep_deadlines()) == (1, 0)
    (event,) = told()
    assert (event.subject_id, event.data["kind"], event.data["start_on"]) == (case[1], "notice", "2013-11-25")
    assert event.data["due_at"] == "2013-12-02T17:30:00+08:00"
    action = DueAction.objects.get()
    assert (action.event_id, action.due_at) == (event.id, moment("2013-12-02T17:30"))


@pytest.mark.django_db
def test_after_ten_minutes_of_downtime(travel: Travel) -> None:
    """All that passed meanwhile, each with its own due time."""
    travel(to=moment("2026-09-21T10:00"))
    for limit in (1, 2, 3):
        for _ in range(60):
            workflow.deadline(workflow.subject(), "2026-09-21", limit)
    travel(to=moment("2026-09-23T17:40"))
    assert sweep_deadlines() == 120
    dates = Counter(event.data["due_at"] for event in told())
    assert dates == {"2026-09-22T17:30:00+08:00": 60, "2026-09-23T17:30:00+08:00": 60}


@pytest.mark.django_db
def test_paused_and_closed_deadlines_do_not_pass(travel: Travel) -> None:
    """A procedure that outlasts its plan keeps the clock still; what was met is met."""
    travel(to=moment("2026-09-21T10:00"))
    paused, closed = workflow.subject(), workflow.subject()
    for case in (paused, closed):
        workflow.deadline(case, "2026-09-21", 3)
    services.pause_deadlines(subject=paused, start=date(2026, 9, 22), planned_days=2, procedure="testing")
    services.close_deadlines(subject=closed)
    travel(to=moment("2026-11-02T10:00"))
    assert sweep_deadlines() == 0
    services.resume_deadlines(subject=paused, end=date(2026, 10, 30))
    assert sweep_deadlines() == 0
    travel(to=moment("2026-11-05T10:00"))
    assert sweep_deadlines() == 1


@pytest.mark.django_db
def test_a_new_due_date_is_told_anew(travel: Travel) -> None:
    """After an extension the old date never comes; the new one comes once."""
    travel(to=moment("2026-09-21T10:00"))
    case = workflow.subject()
    workflow.deadline(case, "2026-09-21", 3)
    services.extend_deadline(actor=Actor.system("head"), subject=case, kind="promise", days=2, reason="复杂")
    travel(to=moment("2026-09-25T10:00"))
    assert sweep_deadlines() == 0
    travel(to=moment("2026-10-09T10:00"))
    assert sweep_deadlines() == 1
    assert [event.data["due_on"] for event in told()] == ["2026-09-29"]


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once(travel: Travel) -> None:
    """Eight sweeps beside each other tell 150 deadlines 150 times."""
    travel(to=moment("2026-09-21T10:00"))
    for _ in range(150):
        workflow.deadline(workflow.subject(), "2026-09-21", 1)
    travel(to=moment("2026-09-23T10:00"))

    def beat(_: int) -> int:
        try:
            return sweep_deadlines()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(beat, range(8)))
    sweep_deadlines()
    assert sum(counts) <= 150
    assert len({event.subject_id for event in told()}) == len(told()) == 150
    assert all(datetime.fromisoformat(event.data["due_at"]) == moment("2026-09-22T17:30") for event in told())
