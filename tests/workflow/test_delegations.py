"""One's own to-dos while one is away: from a day to a day somebody else has them in the list, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from backend.notifications.models import Notification
from backend.workflow import selectors, services
from backend.workflow.types import PERSONAL
from kernel import clock
from kernel.errors import DomainError
from kernel.ids import uuid7
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db


def _task(person: UUID, place: UUID) -> UUID:
    return services.open_task(
        subject=("meeting", uuid7()),
        kind="meeting.receipt",
        organisation_id=place,
        role=PERSONAL,
        title="请回执",
        due_on=clock.today() + timedelta(days=1),
        assignee_id=person,
    )


def test_personal_tasks_follow_a_delegation_for_its_days(
    travel: Callable[..., None], deliver_events: Callable[[], int]
) -> None:
    place = people.organisation()
    boss, deputy, other = (people.official(role, place) for role in (Role.APPROVER, Role.REVIEWER, Role.REVIEWER))
    task = _task(boss, place.id)

    def seen(person: UUID) -> list[UUID]:
        return [row.id for row in selectors.tasks_for(accounts.actor_for(person)).items]

    assert [seen(person) for person in (boss, deputy, other)] == [[task], [], []]
    tomorrow = clock.today() + timedelta(days=1)
    made = services.delegate(
        actor=accounts.actor_for(boss), delegate_id=deputy, from_on=tomorrow, to_on=tomorrow + timedelta(days=1)
    )
    assert not made.running
    assert seen(deputy) == []
    travel(days=1)
    assert seen(deputy) == [task]
    assert selectors.acts_for(accounts.actor_for(deputy), boss)
    later = _task(boss, place.id)
    deliver_events()
    assert Notification.objects.filter(event_type="workflow.task_opened", person_id=deputy).exists()
    assert not Notification.objects.filter(event_type="workflow.task_opened", person_id=other).exists()
    travel(days=2)
    assert seen(deputy) == []
    assert set(seen(boss)) == {task, later}
    services.close_tasks(subject=("meeting", uuid7()))
    assert set(seen(boss)) == {task, later}


def test_a_delegation_ends_early_and_bad_ones_are_refused() -> None:
    place = people.organisation()
    boss, deputy = people.official(Role.APPROVER, place), people.official(Role.REVIEWER, place)
    actor, today = accounts.actor_for(boss), clock.today()
    for to, first, last in (
        (boss, today, today),
        (people.citizen(), today, today),
        (deputy, today - timedelta(days=1), today),
        (deputy, today, today + timedelta(days=400)),
    ):
        with pytest.raises(DomainError):
            services.delegate(actor=actor, delegate_id=to, from_on=first, to_on=last)
    made = services.delegate(actor=actor, delegate_id=deputy, from_on=today, to_on=today)
    assert [found.id for found in selectors.delegations_of(accounts.actor_for(deputy))] == [made.id]
    with pytest.raises(DomainError):
        services.end_delegation(actor=accounts.actor_for(people.official(Role.REVIEWER, place)), delegation_id=made.id)
    services.end_delegation(actor=accounts.actor_for(deputy), delegation_id=made.id)
    assert not selectors.acts_for(accounts.actor_for(deputy), boss)
