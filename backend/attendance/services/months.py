"""The month's sheet: shown to its person first, confirmed or disputed, a dispute answered by the head of the unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo
from backend.attendance import events, rules, selectors
from backend.attendance.models import MonthClosing, Sheet, Shift
from backend.attendance.services import common
from backend.attendance.types import AttendanceError, SheetState
from backend.journal.services import record_change
from backend.workflow import services as todos
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.events import EventType

SUBJECT = "attendance_sheet"
DISPUTE = "attendance.dispute"
BATCH = 50
_SYSTEM = Actor.system("attendance")


def show_due() -> int:
    """Show the sheets of the month before to those who have not seen them, some at a time. Returns how many."""
    month = rules.month_before(clock.today())
    if MonthClosing.objects.filter(month=month, closed_at__isnull=False).exists():
        return 0
    MonthClosing.objects.get_or_create(month=month)
    return _show_some(month)


@transaction.atomic
def _show_some(month: date) -> int:
    closing = MonthClosing.objects.select_for_update(skip_locked=True).filter(month=month, closed_at=None).first()
    if closing is None:
        return 0
    having = set(Sheet.objects.filter(month=month).values_list("person_id", flat=True))
    waiting = [info for info in _kept(month) if info.id not in having]
    for info in waiting[:BATCH]:
        unit = info.organisation
        sheet = Sheet.objects.create(
            person_id=info.id, organisation_id=unit.id, path=unit.path, month=month, shown_at=clock.now()
        )
        _tell(_SYSTEM, events.MONTH_SHOWN, sheet, [info.id])
    if len(waiting) <= BATCH:
        closing.closed_at = clock.now()
        closing.save(update_fields=["closed_at"])
    return min(len(waiting), BATCH)


def _kept(month: date) -> list[OfficialInfo]:
    """The officials of units that kept attendance in a month."""
    last = rules.days_of(month)[-1]
    paths = tuple(Shift.objects.filter(window_id=None, valid_from__lte=last).values_list("path", flat=True).distinct())
    if not paths:
        return []
    return [info for info in accounts.all_officials() if info.organisation.path.startswith(paths)]


@transaction.atomic
def look(*, actor: Actor, month: date) -> None:
    """Note that the person has seen the own sheet; from then on the head of the unit may. Once is enough."""
    sheet = Sheet.objects.select_for_update().filter(person_id=actor.person_id, month=month, seen_at=None).first()
    if sheet is not None:
        sheet.seen_at = clock.now()
        sheet.save(update_fields=["seen_at"])


@transaction.atomic
def confirm(*, actor: Actor, month: date) -> Sheet:
    """Agree with one's own sheet. Raises MONTH_NOT_CLOSED, MONTH_SETTLED."""
    sheet = _own(actor, month)
    now = clock.now()
    sheet.state, sheet.confirmed_at = SheetState.CONFIRMED, now
    sheet.seen_at = sheet.seen_at or now
    sheet.save_change("state", "confirmed_at", "seen_at", at=now)
    _tell(actor, events.MONTH_CONFIRMED, sheet, [])
    return sheet


@transaction.atomic
def dispute(*, actor: Actor, month: date, text: str) -> Sheet:
    """Say what is wrong with one's own sheet; the head of the unit answers.

    Raises FORBIDDEN, MONTH_NOT_CLOSED, MONTH_SETTLED, NO_MANAGER.
    """
    person = selectors.check_official(actor)
    sheet = _own(actor, month)
    unit_id, now = common.deciding_unit(person), clock.now()
    common.in_order(person.id, unit_id)
    sheet.state, sheet.dispute, sheet.disputed_at = SheetState.DISPUTED, text.strip(), now
    sheet.seen_at = sheet.seen_at or now
    sheet.answer, sheet.answered_at, sheet.answered_by_name = "", None, ""
    sheet.save_change("state", "dispute", "disputed_at", "seen_at", "answer", "answered_at", "answered_by_name", at=now)
    todos.open_task(
        subject=(SUBJECT, sheet.id),
        kind=DISPUTE,
        organisation_id=unit_id,
        role=common.HEAD,
        title=f"考勤异议：{person.organisation.short_name or person.organisation.name}，{month:%Y年%m月}",
        due_on=common.due_on(),
        actor=actor,
    )
    _tell(actor, events.MONTH_DISPUTED, sheet, [])
    return sheet


@transaction.atomic
def answer_dispute(*, actor: Actor, organisation_id: UUID, sheet_id: UUID, text: str) -> Sheet:
    """Answer a dispute; its person then confirms or disputes again. Raises NO_DISPUTE, OWN."""
    sheet = Sheet.objects.select_for_update().filter(pk=sheet_id, organisation_id=organisation_id).first()
    if sheet is None or sheet.state != SheetState.DISPUTED or not actor.has_role(common.HEAD, path=sheet.path):
        raise DomainError(AttendanceError.NO_DISPUTE)
    if sheet.person_id == actor.user_id:
        raise DomainError(AttendanceError.OWN)
    now = clock.now()
    sheet.state, sheet.answer, sheet.answered_at = SheetState.SHOWN, text.strip(), now
    sheet.answered_by_name = accounts.display_name(actor.person_id)
    sheet.save_change("state", "answer", "answered_at", "answered_by_name", at=now)
    todos.close_tasks(subject=(SUBJECT, sheet.id), kinds=[DISPUTE], by=actor, actor=actor)
    _tell(actor, events.DISPUTE_ANSWERED, sheet, [sheet.person_id])
    return sheet


def _own(actor: Actor, month: date) -> Sheet:
    sheet = Sheet.objects.select_for_update().filter(person_id=actor.person_id, month=month).first()
    if sheet is None:
        raise DomainError(AttendanceError.MONTH_NOT_CLOSED)
    if sheet.state != SheetState.SHOWN:
        raise DomainError(AttendanceError.MONTH_SETTLED)
    return sheet


def _tell(actor: Actor, event: EventType, sheet: Sheet, people: Iterable[UUID]) -> None:
    record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, sheet.id),
        organisation_id=sheet.organisation_id,
        data={
            "sheet_id": sheet.id,
            "people": [str(person) for person in people],
            "by_id": actor.user_id,
            "month": f"{sheet.month:%Y-%m}",
        },
    )
