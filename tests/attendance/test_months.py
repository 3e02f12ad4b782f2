"""Corrections with approval, the month's sheet seen first by its person, dispute and answer (issue 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.attendance import selectors, services
from backend.attendance.models import Sheet
from backend.attendance.types import AttendanceError, Mark, PunchKind, SheetState
from backend.notifications.models import Notification
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from tests.factories import accounts as people
from tests.factories import attendance

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
FRIDAY = date(2026, 10, 9)
MAKE_UP = date(2026, 10, 10)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with clock.held(attendance.moment(date(2026, 11, 2), 8)):
        yield


@pytest.fixture
def unit() -> OrganisationInfo:
    found = people.organisation(parent=people.organisation())
    with clock.held(attendance.moment(date(2026, 9, 30), 8)):
        attendance.shift(found)
    return found


@pytest.fixture
def person(unit: OrganisationInfo) -> Actor:
    with clock.held(attendance.moment(date(2026, 9, 30), 9)):
        found = people.official(Role.REVIEWER, unit, name="陈办事")
    return accounts.actor_for(found)


@pytest.fixture
def head(unit: OrganisationInfo) -> Actor:
    return accounts.actor_for(people.official(Role.APPROVER, unit, name="周主任"))


def shown() -> None:
    while services.show_due():
        pass


def refusal(act: Callable[[], object]) -> object:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def kinds_of(actor: Actor) -> list[str]:
    return [task.kind for task in workflow.tasks_for(actor).items]


def ask(actor: Actor, day: date = FRIDAY) -> UUID:
    return services.ask_correction(actor=actor, day=day, kind=PunchKind.OUT, hour=time(17, 40), reason="忘记签退").id


def test_a_month_follows_the_calendar_of_the_deadlines(person: Actor) -> None:
    for day in (FRIDAY, MAKE_UP):
        attendance.punch(person.person_id, PunchKind.IN, attendance.moment(day, 8, 50))
        attendance.punch(person.person_id, PunchKind.OUT, attendance.moment(day, 17, 40))
    found = selectors.month_of(person, OCTOBER)
    marks = {row.day.day: row.marks for row in found.days}
    assert [marks[day] for day in (1, 7, 8, 9, 10, 11)] == [
        (Mark.REST,), (Mark.REST,), (Mark.ABSENT,), (), (), (Mark.REST,),
    ]  # fmt: skip
    assert (found.totals.expected, found.totals.worked) == (18, 2)


def test_a_correction_stands_in_the_heads_inbox_and_changes_the_day(
    person: Actor, head: Actor, deliver_events: Callable[[], int]
) -> None:
    attendance.punch(person.person_id, PunchKind.IN, attendance.moment(FRIDAY, 8, 50))
    found = ask(person)
    assert refusal(lambda: ask(person)) is AttendanceError.CORRECTION_OPEN
    assert kinds_of(head) == ["attendance.correction"]
    assert [row.id for row in selectors.corrections(head, to_decide=True)] == [found]
    services.decide_correction(actor=head, correction_id=found, version=1, agree=True)
    assert kinds_of(head) == []
    day = selectors.month_of(person, OCTOBER).days[8]
    assert (day.marks, day.punched_out) == ((Mark.CORRECTED,), attendance.moment(FRIDAY, 17, 40))
    deliver_events()
    told = Notification.objects.filter(person_id=person.person_id, event_type="attendance.correction_decided")
    assert "已同意" in told.get().body


def test_refusals_need_a_reason_and_change_nothing(person: Actor, head: Actor) -> None:
    found = ask(person)

    def decide(**more: str) -> object:
        return services.decide_correction(actor=head, correction_id=found, version=1, agree=False, **more)

    assert refusal(decide) is AttendanceError.COMMENT_MISSING
    decide(comment="当天监控未见")
    assert selectors.month_of(person, OCTOBER).days[8].marks == (Mark.ABSENT,)
    assert refusal(lambda: services.decide_correction(actor=head, correction_id=found, version=2, agree=True)) is (
        AttendanceError.CORRECTION_DECIDED
    )


def test_nobody_decides_the_own_matter(unit: OrganisationInfo, head: Actor) -> None:
    assert refusal(lambda: ask(head)) is AttendanceError.NO_MANAGER
    assert unit.parent_id is not None
    above = accounts.actor_for(people.official(Role.APPROVER, accounts.organisation(unit.parent_id)))
    found = ask(head)
    assert kinds_of(head) == []
    assert kinds_of(above) == ["attendance.correction"]
    own = refusal(lambda: services.decide_correction(actor=head, correction_id=found, version=1, agree=True))
    assert own is AttendanceError.OWN
    services.decide_correction(actor=above, correction_id=found, version=1, agree=True)


def test_only_past_days_within_bounds_are_corrected(person: Actor, head: Actor) -> None:
    for day in (date(2026, 11, 2), date(2026, 10, 1)):
        assert refusal(lambda day=day: ask(person, day)) is AttendanceError.CORRECTION_LATE


def test_the_person_sees_the_sheet_before_the_head(
    unit: OrganisationInfo, person: Actor, head: Actor, deliver_events: Callable[[], int]
) -> None:
    assert refusal(lambda: services.confirm(actor=person, month=OCTOBER)) is AttendanceError.MONTH_NOT_CLOSED
    shown()
    deliver_events()
    assert Notification.objects.filter(person_id=person.person_id, event_type="attendance.month_shown").count() == 1
    before = selectors.unit_month(head, unit.id, OCTOBER)
    assert (before.months, [row.id for row in before.waiting]) == ([], [person.person_id])
    services.look(actor=person, month=OCTOBER)
    after = selectors.unit_month(head, unit.id, OCTOBER)
    assert ([row.person.id for row in after.months], after.waiting) == ([person.person_id], [])


def test_who_never_looks_holds_nobody_up_for_ever(unit: OrganisationInfo, person: Actor, head: Actor) -> None:
    shown()
    for days, seen in ((7, 0), (8, 1)):
        with clock.held(clock.now() + timedelta(days=days)):
            months = selectors.unit_month(head, unit.id, OCTOBER).months
        assert [row.person.id for row in months].count(person.person_id) == seen, days


def test_a_dispute_is_answered_and_then_confirmed(unit: OrganisationInfo, person: Actor, head: Actor) -> None:
    shown()
    sheet = services.dispute(actor=person, month=OCTOBER, text="9日已签退")
    assert refusal(lambda: services.confirm(actor=person, month=OCTOBER)) is AttendanceError.MONTH_SETTLED
    assert kinds_of(head) == ["attendance.dispute"]
    wishes = {"organisation_id": unit.id, "sheet_id": sheet.id, "text": "已核对，予以更正"}
    assert refusal(lambda: services.answer_dispute(actor=person, **wishes)) is AttendanceError.NO_DISPUTE
    answered = services.answer_dispute(actor=head, **wishes)
    assert (answered.state, answered.answered_by_name, kinds_of(head)) == (SheetState.SHOWN, "周主任", [])
    assert services.confirm(actor=person, month=OCTOBER).state == SheetState.CONFIRMED
    assert refusal(lambda: ask(person)) is AttendanceError.MONTH_SETTLED


def test_months_are_shown_once_and_only_where_attendance_is_kept(unit: OrganisationInfo, person: Actor) -> None:
    other = people.official(Role.REVIEWER)
    shown()
    shown()
    assert list(Sheet.objects.values_list("person_id", flat=True)) == [person.person_id]
    assert not Sheet.objects.filter(person_id=other).exists()
