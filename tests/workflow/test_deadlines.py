"""The deadline ledger in the database (domain.md 3.3): each act an entry, the due date recomputed and explained."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from backend.journal.models import JournalLine
from backend.workflow import selectors, services
from backend.workflow.models import BusinessHours, CalendarDay, Deadline, DeadlineEntry
from backend.workflow.types import DayReason, DeadlineState
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from tests.factories import workflow
from tests.factories.workflow import moment

pytestmark = pytest.mark.django_db
APPROVER = Actor.system("head of the agency")
Travel = Callable[..., None]


def test_the_seeded_calendar_is_whole(db: None) -> None:
    """Every day of 2004 to 2026, and the 2026 spring festival."""
    assert CalendarDay.objects.count() == (date(2027, 1, 1) - date(2004, 1, 1)).days
    assert CalendarDay.objects.get(day=date(2026, 2, 17)).name == "春节"
    assert CalendarDay.objects.get(day=date(2026, 10, 10)).kind == "adjusted_workday"


def test_a_whole_life(travel: Travel) -> None:
    """Vector 2013-11-07, 20 wd, expert review 11-14 to 11-20: due 2013-12-12, told by the ledger."""
    travel(to=moment("2013-11-07T10:00"))
    case = workflow.subject()
    assert workflow.deadline(case, "2013-11-07", 20) == date(2013, 12, 5)
    travel(to=moment("2013-11-14T09:00"))
    planned = services.pause_deadlines(
        subject=case,
        start=date(2013, 11, 14),
        planned_days=5,
        reason="expert_review",
        notice_number="特告〔2013〕1号",
        legal_basis="行政许可法第四十五条",
        actor=APPROVER,
    )
    assert planned == [date(2013, 12, 12)]
    assert selectors.deadline(case, "promise").state is DeadlineState.PAUSED
    assert services.resume_deadlines(subject=case, end=date(2013, 11, 20)) == [date(2013, 12, 12)]
    travel(to=moment("2013-11-28T10:00"))
    info = selectors.deadline(case, "promise")
    assert (info.elapsed, info.remaining, info.overdue, info.provisional) == (10, 10, False, False)
    assert info.pauses[0].notice_number == "特告〔2013〕1号"
    assert info.explanation[-1].reason is DayReason.DUE
    new_due = services.extend_deadline(actor=APPROVER, subject=case, kind="promise", days=10, reason="案情复杂")
    assert new_due == date(2013, 12, 26)
    assert selectors.deadline(case, "promise").remaining == 20
    travel(to=moment("2013-12-02T10:00"))
    assert services.close_deadlines(subject=case) == 1
    closed = selectors.deadline(case, "promise")
    assert (closed.state, closed.elapsed, closed.overdue) == (DeadlineState.CLOSED, 12, False)
    kinds = list(DeadlineEntry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["start", "pause", "resume", "extend", "close"]
    actions = JournalLine.objects.filter(subject_id=case[1]).order_by("recorded_at").values_list("action", flat=True)
    assert list(actions) == [f"workflow.deadline_{kind}" for kind in kinds]


def test_one_open_deadline_of_a_kind(travel: Travel) -> None:
    """A second of the same kind is refused, another kind or a later one is not."""
    travel(to=moment("2026-09-24T10:00"))
    case = workflow.subject()
    workflow.deadline(case, "2026-09-24", 20)
    workflow.deadline(case, "2026-09-24", 45, kind="legal")
    with pytest.raises(DomainError) as refusal:
        workflow.deadline(case, "2026-09-24", 20)
    assert refusal.value.code.code == "deadline_already_running"
    services.close_deadlines(subject=case, kinds=["promise"])
    workflow.deadline(case, "2026-09-25", 20)
    assert len(selectors.deadlines(case)) == 3
    assert {info.kind for info in selectors.deadlines(case, only_open=True)} == {"promise", "legal"}


def test_pausing_all_or_some(travel: Travel) -> None:
    """`kinds` chooses; without it all open deadlines stop, in one transaction."""
    travel(to=moment("2026-09-24T10:00"))
    case = workflow.subject()
    workflow.deadline(case, "2026-09-24", 20)
    workflow.deadline(case, "2026-09-24", 45, kind="legal")
    pause = {"subject": case, "start": date(2026, 9, 28), "planned_days": 3, "procedure": "testing"}
    services.pause_deadlines(kinds=["promise"], **pause)
    with pytest.raises(DomainError):
        services.pause_deadlines(**pause)
    resumed = services.resume_deadlines(subject=case, kinds=["promise"], end=date(2026, 9, 28))
    assert resumed == [date(2026, 10, 30)]
    both = services.pause_deadlines(**{**pause, "start": date(2026, 9, 29), "kinds": ["legal", "promise"]})
    assert both == [selectors.deadline(case, kind).due_on for kind in ("legal", "promise")]
    services.resume_deadlines(subject=case, kinds=["legal"], end=date(2026, 9, 29))
    states = {info.kind: info.state for info in selectors.deadlines(case)}
    assert states == {"promise": DeadlineState.PAUSED, "legal": DeadlineState.RUNNING}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"procedure": "holiday"}, "deadline_bad_procedure"),
        ({"procedure": "", "reason": ""}, "deadline_bad_procedure"),
        ({"planned_days": 0}, "deadline_bad_length"),
        ({"start": date(2026, 9, 1)}, "deadline_bad_dates"),
        ({"start": date(2026, 12, 1)}, "pause_too_late"),
        ({"kinds": ["legal"]}, "deadline_not_found"),
    ],
)
def test_refused_pauses_change_nothing(travel: Travel, change: dict[str, object], code: str) -> None:
    """The deadline is as before."""
    travel(to=moment("2026-09-24T10:00"))
    case = workflow.subject()
    workflow.deadline(case, "2026-09-24", 20)
    before = selectors.deadline(case, "promise")
    given = {"subject": case, "start": date(2026, 9, 28), "planned_days": 3, "procedure": "hearing"}
    with pytest.raises(DomainError) as refusal:
        services.pause_deadlines(**{**given, **change})
    assert refusal.value.code.code == code
    assert selectors.deadline(case, "promise") == before


def test_extension_needs_a_reason_and_comes_once_and_in_time(travel: Travel) -> None:
    """Art. 42; the last moment is the working day before the due date."""
    travel(to=moment("2026-09-24T10:00"))
    case = workflow.subject()
    assert workflow.deadline(case, "2026-09-24", 20) == date(2026, 10, 29)

    def extend(reason: str = "复杂") -> date:
        return services.extend_deadline(actor=APPROVER, subject=case, kind="promise", days=10, reason=reason)

    with pytest.raises(DomainError) as refusal:
        extend(" ")
    assert refusal.value.code.code == "deadline_reason_missing"
    travel(to=moment("2026-10-29T09:00"))
    with pytest.raises(DomainError) as refusal:
        extend()
    assert refusal.value.code.code == "extension_too_late"
    assert refusal.value.params == {"due_on": "2026-10-29"}
    travel(to=moment("2026-10-28T17:00"))
    assert extend() == date(2026, 11, 12)
    with pytest.raises(DomainError) as refusal:
        extend()
    assert refusal.value.code.code == "deadline_already_extended"


def test_overdue_begins_with_the_end_of_business(travel: Travel) -> None:
    """Business hours are rows with a day from which they hold."""
    BusinessHours.objects.create(valid_from=date(2026, 10, 1), opens=time(9), closes=time(17))
    travel(to=moment("2026-09-24T10:00"))
    case = workflow.subject()
    workflow.deadline(case, "2026-09-24", 20)
    travel(to=moment("2026-10-29T16:59"))
    assert not selectors.deadline(case, "promise").overdue
    travel(to=moment("2026-10-29T17:01"))
    assert selectors.deadline(case, "promise").overdue
    assert selectors.received_on(moment("2026-10-29T17:01")) == date(2026, 10, 30)
    assert selectors.received_on(moment("2026-09-24T17:01")) == date(2026, 9, 24)


def test_a_new_year_of_the_calendar_moves_provisional_dates(travel: Travel, tmp_path: Path) -> None:
    """Computed by weekends, marked, and reckoned anew by the import, running it twice included."""
    travel(to=moment("2026-12-24T10:00"))
    case, ended = workflow.subject(), workflow.subject()
    assert workflow.deadline(case, "2026-12-24", 10) == date(2027, 1, 7)
    workflow.deadline(ended, "2026-12-24", 10)
    services.close_deadlines(subject=ended, on=date(2026, 12, 25))
    assert selectors.deadline(case, "promise").provisional
    file = tmp_path / "2027.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = [("day", "kind", "name"), ("2027-01-01", "holiday", "元旦"), ("2027-01-03", "adjusted_workday", "元旦")]
        csv.writer(out).writerows([*rows, ("2027-01-04", "holiday", "元旦")])
    for moved in (1, 0):
        out_text = StringIO()
        call_command("seed_calendar", file=file, source="国办发明电", stdout=out_text)
        assert f"2027: 3 special days, {moved} due dates moved" in out_text.getvalue()
    info = selectors.deadline(case, "promise")
    assert (info.due_on, info.provisional) == (date(2027, 1, 8), False)
    assert clock.local(info.due_at).date() == date(2027, 1, 8)
    assert CalendarDay.objects.filter(day__year=2027).count() == 365
    assert Deadline.objects.get(subject_id=ended[1]).due_on == date(2027, 1, 7)


@pytest.mark.parametrize("text", ["day,kind,name\n", "day,kind,name\n2027-01-01,party,x\n", "a,b\n1,2\n"])
def test_an_unreadable_calendar_is_refused(text: str, tmp_path: Path) -> None:
    """Nothing is imported."""
    file = tmp_path / "bad.csv"
    file.write_text(text)
    with pytest.raises(CommandError):
        call_command("seed_calendar", file=file)
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_seeding_again_changes_nothing(db: None) -> None:
    """Run twice, nothing doubles."""
    before = list(CalendarDay.objects.filter(day__year=2026).order_by("day").values_list("day", "kind"))
    call_command("seed_calendar", years="2026", stdout=StringIO())
    assert list(CalendarDay.objects.filter(day__year=2026).order_by("day").values_list("day", "kind")) == before


@pytest.mark.parametrize(
    "statement", ["UPDATE workflow_deadlineentry SET days = 99", "DELETE FROM workflow_deadlineentry"]
)
def test_the_ledger_cannot_be_edited(statement: str) -> None:
    """The database refuses."""
    workflow.deadline(workflow.subject(), "2026-09-24", 20)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)
