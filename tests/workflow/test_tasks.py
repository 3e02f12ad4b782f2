"""To-dos: time left first, only inside one's grants, live on every phone, claimed by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from backend.accounts.types import OrganisationInfo
from backend.workflow import rules, selectors, services
from backend.workflow.types import TaskState
from kernel import realtime
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.models import OutboxEvent
from tests.factories import accounts, workflow
from tests.factories.workflow import moment

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


@pytest.fixture
def bureau() -> OrganisationInfo:
    """An agency."""
    return accounts.organisation()


@pytest.fixture
def reviewer(bureau: OrganisationInfo) -> Actor:
    """A reviewer of the agency."""
    return accounts.actor(accounts.official("reviewer", bureau))


def ids(actor: Actor, **options: object) -> list[UUID]:
    """The ids on one page of a list."""
    return [item.id for item in selectors.tasks_for(actor, **options).items]


def live_state(actor: Actor, since: int = 0) -> dict[str, dict[str, object]]:
    """What a phone shows that applied every patch of the person's log."""
    shown: dict[str, dict[str, object]] = {}
    assert actor.user_id is not None
    for event in realtime.events_since(actor.user_id, since):
        for row in event.data.get("upsert", {}).get("tasks", []):
            shown[row["id"]] = row
        for gone in event.data.get("remove", {}).get("tasks", []):
            shown.pop(gone, None)
    return shown


def snapshot(actor: Actor) -> dict[str, dict[str, object]]:
    """What a fresh reading of the list shows."""
    return {str(item.id): rules.task_row(item) for item in selectors.tasks_for(actor, limit=100).items}


def test_sorted_by_time_left(travel: Travel, bureau: OrganisationInfo, reviewer: Actor) -> None:
    """Late ones first, those without a date last; working days left are told."""
    travel(to=moment("2026-09-24T10:00"))
    dates = ["2026-10-08", "", "2026-09-23", "2026-09-28", "2026-09-24"]
    days = {text: date.fromisoformat(text) if text else None for text in dates}
    due = {text: workflow.task(workflow.subject(), bureau.id, due_on=day) for text, day in days.items()}
    page = selectors.tasks_for(reviewer)
    order = ["2026-09-23", "2026-09-24", "2026-09-28", "2026-10-08", ""]
    assert [item.id for item in page.items] == [due[text] for text in order]
    assert [item.remaining for item in page.items] == [-1, 0, 1, 4, None]
    assert [item.overdue for item in page.items] == [True, False, False, False, False]
    assert ids(reviewer, sort="newest")[0] == due["2026-09-24"]


def test_pages_are_whole_and_stable(bureau: OrganisationInfo, reviewer: Actor) -> None:
    """Every row once, also when rows come in between, and with equal due dates."""
    made = {workflow.task(workflow.subject(), bureau.id, due_on=date(2026, 12, 1)) for _ in range(11)}
    seen: list[UUID] = []
    cursor = None
    while True:
        page = selectors.tasks_for(reviewer, limit=4, cursor=cursor)
        seen += [item.id for item in page.items]
        workflow.task(workflow.subject(), bureau.id, due_on=date(2026, 11, 1))
        if page.next is None or len(seen) > 40:
            break
        cursor = page.next
    assert len(seen) == len(set(seen))
    assert made <= set(seen)
    for bad in ("x", "eyJhIjoxfQ==", selectors.tasks_for(reviewer, limit=1, sort="newest").next):
        with pytest.raises(DomainError) as refusal:
            selectors.tasks_for(reviewer, cursor=bad)
        assert refusal.value.status == 404


def test_only_inside_ones_grants(reviewer: Actor, bureau: OrganisationInfo) -> None:
    """Own role and organisation, or above it in the tree; nobody else, in lists and by id."""
    branch = accounts.organisation(parent=bureau)
    case = workflow.subject()
    task = workflow.task(case, branch.id)
    others = [
        accounts.actor(accounts.official("reviewer", accounts.organisation())),
        accounts.actor(accounts.official("approver", bureau)),
        accounts.actor(accounts.official()),
        accounts.actor(accounts.citizen()),
        Actor.anonymous(),
    ]
    assert ids(reviewer) == [task]
    assert selectors.task_for(reviewer, task).id == task
    found = selectors.task_for_case(reviewer, case[1])
    assert found is not None
    assert found.id == task
    for other in others:
        assert ids(other) == []
        assert selectors.task_for_case(other, case[1]) is None
        for act in (selectors.task_for, lambda a, t: services.claim_task(actor=a, task_id=t)):
            with pytest.raises(DomainError) as refusal:
                act(other, task)
            assert refusal.value.status == 404
    assert selectors.task_for(reviewer, task).assignee_id is None


def test_claiming(bureau: OrganisationInfo, reviewer: Actor) -> None:
    """One takes it, the colleague no longer sees it, giving it back shows it again."""
    colleague = accounts.actor(accounts.official("reviewer", bureau))
    task = workflow.task(workflow.subject(), bureau.id)
    services.claim_task(actor=reviewer, task_id=task)
    services.claim_task(actor=reviewer, task_id=task)
    assert (ids(reviewer), ids(colleague)) == ([task], [])
    for act in (services.claim_task, services.release_task):
        with pytest.raises(DomainError) as refusal:
            act(actor=colleague, task_id=task)
        assert refusal.value.code.code == "task_already_claimed"
    services.release_task(actor=reviewer, task_id=task)
    assert ids(colleague) == [task]


def test_closing(bureau: OrganisationInfo, reviewer: Actor) -> None:
    """Of these kinds, or all; kept as finished with who did it; told as events."""
    case = workflow.subject()
    review, decide = workflow.task(case, bureau.id), workflow.task(case, bureau.id, kind="decide")
    assert services.close_tasks(subject=case, kinds=["review"], by=reviewer) == 1
    assert ids(reviewer) == [decide]
    (done,) = selectors.tasks_for(reviewer, state="done").items
    assert (done.id, done.state) == (review, TaskState.DONE)
    with pytest.raises(DomainError) as refusal:
        services.claim_task(actor=reviewer, task_id=review)
    assert refusal.value.code.code == "task_already_done"
    assert services.close_tasks(subject=case) == 1
    assert services.close_tasks(subject=case) == 0
    types = OutboxEvent.objects.filter(subject_id=case[1]).order_by("occurred_at").values_list("type", flat=True)
    assert list(types) == ["workflow.task_opened"] * 2 + ["workflow.task_closed"] * 2


def test_snapshot_plus_events_is_a_fresh_snapshot(bureau: OrganisationInfo, reviewer: Actor) -> None:
    """For each kind of event, on each phone that holds the role."""
    colleague = accounts.actor(accounts.official("reviewer", bureau))
    case, other = workflow.subject(), workflow.subject()

    def agree() -> None:
        for actor in (reviewer, colleague):
            assert live_state(actor) == snapshot(actor)

    task = workflow.task(case, bureau.id, due_on=date(2026, 12, 1))
    workflow.task(other, bureau.id)
    agree()
    assert len(snapshot(reviewer)) == 2
    services.claim_task(actor=reviewer, task_id=task)
    agree()
    services.release_task(actor=reviewer, task_id=task)
    agree()
    workflow.task(case, bureau.id, kind="decide", assignee_id=colleague.user_id)
    agree()
    services.close_tasks(subject=case, by=reviewer)
    agree()
    assert len(snapshot(reviewer)) == 1


def test_delivery_is_bound_to_the_role(bureau: OrganisationInfo, reviewer: Actor) -> None:
    """The log carries the right that is checked again at delivery; nothing personal is in it."""
    workflow.task(workflow.subject(), bureau.id)
    assert reviewer.user_id is not None
    (event,) = realtime.events_since(reviewer.user_id, 0)
    assert (event.scope_role, event.scope_path) == ("reviewer", bureau.path)
    assert event.event_id == OutboxEvent.objects.get(type="workflow.task_opened").id


def test_the_list_reads_an_index(bureau: OrganisationInfo, reviewer: Actor) -> None:
    """The open list of one organisation comes from its index, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_task (id, subject_kind, subject_id, kind, organisation_id, role, title, due_key,"
            " state, opened_at) SELECT gen_random_uuid(), 'case', gen_random_uuid(), 'review',"
            " CASE WHEN n %% 200 = 0 THEN %s ELSE gen_random_uuid() END, 'reviewer', 't', '2026-12-01', 'open', now()"
            " FROM generate_series(1, 20000) n",
            [bureau.id],
        )
        cursor.execute("ANALYZE workflow_task")
    queryset = selectors._after(selectors._visible(reviewer).filter(state=TaskState.OPEN), "time_left", None)[:21]
    plan = json.dumps(json.loads(queryset.explain(format="json", analyze=True)))
    assert "task_open_by_time_left" in plan
    assert "Seq Scan" not in plan
