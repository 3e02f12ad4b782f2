"""Leave: nobody decides the own matter or twice, days never overdrawn, given back when not taken, a stand-in acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from icalendar import Calendar

from backend.accounts import selectors as accounts
from backend.agenda import selectors as agenda
from backend.agenda import services as agenda_services
from backend.agenda.models import Entry
from backend.leave import selectors, services
from backend.leave.models import Balance, LeaveRequest
from backend.leave.types import Half, LeaveError, LeaveState, Point
from backend.notifications.models import Notification
from backend.workflow import selectors as workflow
from backend.workflow import services as todos
from kernel import clock
from kernel.errors import CommonError, DomainError
from tests.factories import leave
from tests.factories.leave import Office, asked, decided, workday

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]
Deliver = Callable[[], int]


@pytest.fixture
def office() -> Office:
    return leave.office()


def _refused(error: LeaveError | CommonError, act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    assert caught.value.code is error
    return caught.value


def _told(event: str) -> set[UUID]:
    return set(Notification.objects.filter(event_type=f"leave.{event}").values_list("person_id", flat=True))


def _waiting(person: UUID) -> int:
    return len(workflow.tasks_for(accounts.actor_for(person), kinds=["leave.decide"]).items)


def _left(person: UUID, year: int) -> Decimal:
    return selectors.balances(accounts.actor_for(person), year)[0].left


def _fresh(request: LeaveRequest) -> LeaveRequest:
    return LeaveRequest.objects.get(pk=request.id)


def test_short_leave_is_decided_by_the_head_of_the_unit(office: Office, deliver_events: Deliver) -> None:
    row = asked(office.person, reason="回老家")
    year = row.starts_on.year
    deliver_events()
    assert (_told("requested"), _waiting(office.head), _waiting(office.chief)) == ({office.head}, 1, 0)
    assert _left(office.person, year) == 9
    assert row.reason == "回老家"
    decided(row, office.head)
    deliver_events()
    assert _told("granted") == {office.person}
    assert _waiting(office.head) == 0
    entry = Entry.objects.get(subject_id=row.id)
    assert (entry.owner_id, entry.kind, entry.title, entry.removed_at) == (office.person, "leave", "请假", None)
    [away] = Calendar.from_ical(agenda.feed(agenda_services.open_feed(actor=accounts.actor_for(office.person)))).events
    assert (away.start, away.end, str(away["SUMMARY"])) == (row.ends_on, row.ends_on + timedelta(days=1), "请假")
    _refused(LeaveError.STATE, lambda: decided(row, office.head))


def test_long_leave_goes_up_one_level_and_nobody_decides_twice(office: Office, deliver_events: Deliver) -> None:
    row = asked(office.person, workday(), workday(6))
    assert (row.days, row.levels) == (Decimal(7), 2)
    _refused(LeaveError.NOT_FOUND, lambda: decided(row, office.chief))
    decided(row, office.head, comment="工作已安排")
    assert _fresh(row).state == LeaveState.ASKED
    today = clock.today()
    todos.delegate(actor=accounts.actor_for(office.chief), delegate_id=office.head, from_on=today, to_on=today)
    _refused(LeaveError.ALREADY_DECIDED_BY_YOU, lambda: decided(row, office.head))
    decided(row, office.chief)
    deliver_events()
    assert _fresh(row).state == LeaveState.GRANTED
    assert _told("requested") == {office.head, office.chief}


def test_a_head_is_decided_above_and_nobody_decides_the_own(office: Office) -> None:
    row = asked(office.head, kind="personal")
    _refused(LeaveError.OWN, lambda: decided(row, office.head))
    decided(row, office.chief)
    assert _fresh(row).state == LeaveState.GRANTED
    _refused(LeaveError.NO_APPROVER, lambda: asked(office.chief, kind="personal"))


def test_a_delegate_decides_for_who_is_away_but_not_the_own(office: Office) -> None:
    today = clock.today()
    for delegate in (office.colleague, office.person):
        todos.delegate(actor=accounts.actor_for(office.head), delegate_id=delegate, from_on=today, to_on=today)
    row = asked(office.person)
    assert _waiting(office.colleague) == 1
    _refused(LeaveError.OWN, lambda: decided(row, office.person))
    done = decided(row, office.colleague)
    assert [(one.name, one.for_name) for one in done.decisions.all()] == [("赵四", "李科长")]


def test_a_refusal_says_why_and_gives_the_days_back(office: Office, deliver_events: Deliver) -> None:
    row = asked(office.person)
    _refused(LeaveError.COMMENT_MISSING, lambda: decided(row, office.head, agree=False))
    _refused(
        CommonError.STALE,
        lambda: services.decide(
            actor=accounts.actor_for(office.head), request_id=row.id, version=row.version + 1, agree=True
        ),
    )
    decided(row, office.head, agree=False, comment="窗口人手不足")
    deliver_events()
    assert _told("refused") == {office.person}
    assert _left(office.person, row.starts_on.year) == 10
    asked(office.person)
    assert not Entry.objects.filter(subject_id=row.id).exists()


def test_overlap_and_overdraw_are_refused(office: Office) -> None:
    half = asked(office.person, first=Point(workday(), Half.AM), last=Point(workday(), Half.AM))
    assert half.days == Decimal("0.5")
    refusal = _refused(LeaveError.OVERLAP, lambda: asked(office.person, workday(), workday(1)))
    assert refusal.extra["request_id"] == str(half.id)
    after = asked(office.person, first=Point(workday(), Half.PM), last=Point(workday(), Half.PM))
    assert after.state == LeaveState.ASKED
    year = workday(1).year
    room = _left(office.person, year)
    Balance.objects.filter(person_id=office.person, year=year).update(used=10)
    _refused(LeaveError.BALANCE, lambda: asked(office.person, workday(1)))
    assert room == (9 if year == workday().year else 10)
    assert LeaveRequest.objects.filter(person_id=office.person).count() == 2


def test_what_is_out_of_order_is_refused(office: Office) -> None:
    day, today = workday(), clock.today()
    _refused(LeaveError.BAD_SPAN, lambda: asked(office.person, day, day - timedelta(days=1)))
    morning = {"first": Point(day, Half.AM), "last": Point(day, Half.AM)}
    _refused(LeaveError.BAD_SPAN, lambda: asked(office.person, kind="marriage", **morning))
    _refused(LeaveError.NOT_TIMELY, lambda: asked(office.person, today - timedelta(days=8), kind="sick"))
    _refused(LeaveError.KIND_UNKNOWN, lambda: asked(office.person, kind="nothing"))
    _refused(LeaveError.TOO_LONG, lambda: asked(office.person, day, day + timedelta(days=13), kind="marriage"))
    _refused(LeaveError.DESTINATION_MISSING, lambda: asked(office.person, kind="trip"))
    _refused(LeaveError.STAND_IN, lambda: asked(office.person, stand_in_id=office.person))
    _refused(LeaveError.CAREER_UNKNOWN, lambda: asked(office.colleague))
    asked(office.colleague, kind="personal")
    _refused(LeaveError.STAND_IN, lambda: asked(office.person, stand_in_id=office.colleague))
    row = asked(office.person)
    actor, stranger = accounts.actor_for(office.person), accounts.actor_for(office.colleague)
    come_back = lambda: services.come_back(  # noqa: E731
        actor=actor, request_id=row.id, version=_fresh(row).version, at=Point(day, Half.AM)
    )
    _refused(LeaveError.STATE, come_back)
    _refused(LeaveError.STATE, lambda: services.cancel(actor=actor, request_id=row.id, version=row.version))
    _refused(LeaveError.NOT_FOUND, lambda: selectors.request_for(stranger, row.id))
    decided(row, office.head)
    _refused(LeaveError.NOT_BEGUN, come_back)
    _refused(LeaveError.STATE, lambda: services.withdraw(actor=actor, request_id=row.id, version=_fresh(row).version))


def test_a_stand_in_acts_from_the_first_day_until_it_is_cancelled(
    office: Office, deliver_events: Deliver, travel: Travel
) -> None:
    row = asked(office.person, workday(), workday(2), stand_in_id=office.colleague)
    decided(row, office.head)
    deliver_events()
    assert _told("stand_in") == {office.colleague}
    assert workflow.delegates_of(office.person) == []
    actor = accounts.actor_for(office.person)
    done = services.cancel(actor=actor, request_id=row.id, version=_fresh(row).version, reason="不去了")
    deliver_events()
    assert done.state == LeaveState.CANCELLED
    assert _told("cancelled") == {office.head, office.colleague}
    assert _left(office.person, row.starts_on.year) == 10
    assert Entry.objects.get(subject_id=row.id).removed_at is not None
    travel(days=(row.starts_on - clock.today()).days)
    assert workflow.delegates_of(office.person) == []


def test_an_early_return_gives_back_and_ends_standing_in(
    office: Office, deliver_events: Deliver, travel: Travel
) -> None:
    row = asked(office.person, workday(), workday(2), stand_in_id=office.colleague)
    year = workday(2).year
    decided(row, office.head)
    second = workday(1)
    travel(to=clock.now() + timedelta(days=(second - clock.today()).days))
    assert workflow.delegates_of(office.person) == [office.colleague]
    [shown] = selectors.away(accounts.actor_for(office.colleague))
    assert (shown.person_id, shown.until) == (office.person, row.ends_on)
    actor = accounts.actor_for(office.person)

    def back(day: object) -> LeaveRequest:
        at = Point(day, Half.AM)  # type: ignore[arg-type]
        return services.come_back(actor=actor, request_id=row.id, version=_fresh(row).version, at=at)

    _refused(LeaveError.BEGUN, lambda: services.cancel(actor=actor, request_id=row.id, version=_fresh(row).version))
    _refused(LeaveError.RETURN_DAY, lambda: back(row.starts_on - timedelta(days=1)))
    _refused(LeaveError.RETURN_DAY, lambda: back(clock.today() + timedelta(days=1)))
    done = back(second)
    deliver_events()
    assert (done.state, done.days, done.asked_days) == (LeaveState.RETURNED, Decimal(1), Decimal(3))
    assert workflow.delegates_of(office.person) == []
    assert _left(office.person, year) == (9 if year == row.starts_on.year else 10)
    assert _told("returned") == {office.head, office.colleague}
    assert selectors.away(accounts.actor_for(office.colleague)) == []
    entry = Entry.objects.get(subject_id=row.id)
    assert clock.local(entry.ends_at).date() < second
    again = asked(office.person, second)
    assert again.days == 1


def test_a_day_not_taken_at_all_is_called_off(office: Office, travel: Travel) -> None:
    row = asked(office.person)
    decided(row, office.head)
    travel(to=clock.now() + timedelta(days=(row.starts_on - clock.today()).days))
    done = services.come_back(
        actor=accounts.actor_for(office.person),
        request_id=row.id,
        version=_fresh(row).version,
        at=Point(row.starts_on, Half.AM),
    )
    assert done.state == LeaveState.CANCELLED
    assert not done.charges.exists()


def test_sick_leave_is_granted_with_a_paper_and_bars_annual_leave(office: Office) -> None:
    today = clock.today()
    row = asked(office.person, today, today + timedelta(days=99), kind="sick", reason="手术")
    assert row.levels == 2
    _refused(LeaveError.PAPER_MISSING, lambda: decided(row, office.head))
    row.papers.create(file_id=row.id, filename="病假条.pdf", media_type="application/pdf", size=1, at=clock.now())
    decided(row, office.head)
    decided(row, office.chief)
    days = dict(row.charges.values_list("year", "days"))
    assert sum(days.values()) == 100
    barred = [year for year, taken in days.items() if taken >= 90]
    for year in barred:
        assert selectors.balances(accounts.actor_for(office.person), year)
        day = max(workday(90), today.replace(year=year))
        if day.year == year:
            _refused(LeaveError.BARRED, lambda day=day: asked(office.person, day))  # type: ignore[misc]
