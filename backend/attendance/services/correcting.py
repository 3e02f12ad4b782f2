"""Asking for a forgotten punch, and deciding of it; nobody decides the own matter."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.attendance import events, selectors, store
from backend.attendance.models import Correction, Sheet
from backend.attendance.services import common
from backend.attendance.store import Person
from backend.attendance.types import (
    CORRECTION_STATE_NAMES,
    PUNCH_NAMES,
    AttendanceError,
    CorrectionState,
    PunchKind,
    SheetState,
)
from backend.journal.services import record_change
from backend.workflow import services as todos
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError, Text
from kernel.events import EventType

SUBJECT = "attendance_correction"
CORRECTION = "attendance.correction"


@transaction.atomic
def ask_correction(*, actor: Actor, day: date, kind: PunchKind, hour: time, reason: str) -> Correction:
    """Ask for a punch of a day that is past. Raises FORBIDDEN, CORRECTION_LATE, CORRECTION_OPEN, MONTH_SETTLED,
    NO_MANAGER."""
    person = selectors.check_official(actor)
    unit_id = common.deciding_unit(person)
    common.in_order(person.id, unit_id)
    at = store.local_moment(day, hour)
    _check_open(person, day, kind, at)
    unit = person.organisation
    row = Correction.objects.create(
        person_id=person.id,
        name=person.name,
        organisation_id=unit.id,
        unit_name=unit.short_name or unit.name,
        path=unit.path,
        day=day,
        kind=kind,
        at=at,
        reason=reason.strip(),
    )
    todos.open_task(
        subject=(SUBJECT, row.id),
        kind=CORRECTION,
        organisation_id=unit_id,
        role=common.HEAD,
        title=f"补签申请：{row.unit_name}，{day.month}月{day.day}日{PUNCH_NAMES[kind].zh}",
        due_on=common.due_on(),
        actor=actor,
    )
    _tell(actor, events.CORRECTION_ASKED, row, people=[])
    return row


@transaction.atomic
def decide_correction(*, actor: Actor, correction_id: UUID, version: int, agree: bool, comment: str = "") -> Correction:
    """Agree or refuse, with a reason when refused.

    Raises CORRECTION_NOT_FOUND, OWN, STALE, CORRECTION_DECIDED, COMMENT_MISSING.
    """
    row = _locked(actor, correction_id)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": row.version, "state": row.state}})
    if row.state != CorrectionState.ASKED:
        raise DomainError(AttendanceError.CORRECTION_DECIDED)
    if not agree and not comment.strip():
        fault = FieldError("/comment", "required", Text("请说明不同意的理由。", "Say why you refuse."))
        raise DomainError(AttendanceError.COMMENT_MISSING, errors=[fault])
    now = clock.now()
    row.state = CorrectionState.AGREED if agree else CorrectionState.REFUSED
    row.comment, row.decided_by, row.decided_at = comment.strip(), actor.person_id, now
    row.decided_by_name = accounts.display_name(actor.person_id)
    row.save_change("state", "comment", "decided_by", "decided_by_name", "decided_at", at=now)
    todos.close_tasks(subject=(SUBJECT, row.id), kinds=[CORRECTION], by=actor, actor=actor)
    result = CORRECTION_STATE_NAMES[CorrectionState(row.state)]
    _tell(
        actor,
        events.CORRECTION_DECIDED,
        row,
        people=[str(row.person_id)],
        agreed=agree,
        result=result.zh,
        result_en=result.en,
    )
    return row


def _locked(actor: Actor, correction_id: UUID) -> Correction:
    row = Correction.objects.select_for_update().filter(pk=correction_id).first()
    if row is None:
        raise DomainError(AttendanceError.CORRECTION_NOT_FOUND)
    if row.person_id == actor.user_id:
        raise DomainError(AttendanceError.OWN)
    if not actor.has_role(common.HEAD, path=row.path):
        raise DomainError(AttendanceError.CORRECTION_NOT_FOUND)
    return row


def _check_open(person: Person, day: date, kind: PunchKind, at: datetime) -> None:
    today = clock.today()
    days = store.rule_on(today).correction_days
    if at > clock.now() or day < today - timedelta(days=days):
        text = Text("只能补签过去{days}天以内的时间。", "Choose a time that is past, at most {days} days back.")
        fault = FieldError("/day", "not_timely", text, {"days": days})
        raise DomainError(AttendanceError.CORRECTION_LATE, errors=[fault], days=days)
    settled = Sheet.objects.filter(person_id=person.id, month=day.replace(day=1), state=SheetState.CONFIRMED)
    if settled.exists():
        raise DomainError(AttendanceError.MONTH_SETTLED)
    waiting = Correction.objects.filter(person_id=person.id, day=day, kind=kind, state=CorrectionState.ASKED)
    if waiting.exists():
        raise DomainError(AttendanceError.CORRECTION_OPEN)


def _tell(actor: Actor, event: EventType, row: Correction, *, people: list[str], **more: Any) -> None:
    what = PUNCH_NAMES[PunchKind(row.kind)]
    record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, row.id),
        organisation_id=row.organisation_id,
        data={
            "correction_id": row.id,
            "people": people,
            "by_id": actor.user_id,
            "day": row.day,
            "kind": str(row.kind),
            "what": what.zh,
            "what_en": what.en,
            "time": f"{clock.local(row.at):%H:%M}",
            **more,
        },
    )
