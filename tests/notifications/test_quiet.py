"""Work that is not urgent does not disturb at night; what is urgent does (issue 6: quiet hours except urgent)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from backend.accounts.types import Role
from backend.notifications.rules import after_quiet
from backend.push.models import PushMessage
from backend.workflow import services as workflow
from backend.workflow.types import PERSONAL
from kernel import clock
from kernel.clock import SHANGHAI
from kernel.ids import uuid7
from tests.factories import accounts as people
from tests.factories import meetings
from tests.factories import push as push_factory

NINE, MORNING = time(21), time(7, 30)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(20, 59, None), (21, 0, (1, 7, 30)), (23, 59, (1, 7, 30)), (3, 0, (0, 7, 30)), (7, 29, (0, 7, 30)), (7, 30, None)],
)
def test_the_hours(hour: int, minute: int, expected: tuple[int, int, int] | None) -> None:
    moment = datetime(2026, 11, 23, hour, minute, tzinfo=SHANGHAI)
    wanted = moment
    if expected:
        days, hours, minutes = expected
        wanted = datetime(2026, 11, 23 + days, hours, minutes, tzinfo=SHANGHAI)
    assert after_quiet(moment, NINE, MORNING) == wanted
    assert after_quiet(moment, NINE, NINE) == moment


@pytest.mark.django_db
def test_a_todo_waits_for_the_morning_and_a_meeting_does_not(settings: Any, travel: Any, deliver_events: Any) -> None:
    settings.SMS_QUIET_HOURS_OFF = False
    place = people.organisation()
    host, guest = people.official(Role.REVIEWER, place), people.official(Role.REVIEWER, place)
    push_factory.fcm_device(push_factory.person(guest), token="phone")
    tomorrow = clock.today() + timedelta(days=1)
    travel(to=datetime.combine(tomorrow, time(22), tzinfo=SHANGHAI))
    workflow.open_task(
        subject=("work_task", uuid7()),
        kind="agenda.task",
        organisation_id=place.id,
        role=PERSONAL,
        title="汇总清单",
        due_on=None,
        assignee_id=guest,
    )
    meetings.called(host, [guest])
    deliver_events()
    due = sorted(PushMessage.objects.filter(person_id=guest).values_list("due_at", flat=True))
    assert len(due) == 2
    assert due[0] < clock.now()
    assert clock.local(due[1]) == datetime.combine(tomorrow + timedelta(days=1), MORNING, tzinfo=SHANGHAI)
