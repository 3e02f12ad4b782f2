"""Starting, pausing, resuming, extending and ending deadlines: each an entry, the due date recomputed from all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.workflow import rules, store
from backend.workflow.models import Deadline, DeadlineEntry
from backend.workflow.types import (
    DeadlineState,
    EntryKind,
    LedgerEntry,
    SpecialProcedure,
    Unit,
    WorkflowError,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

Subject = tuple[str, UUID]
_SYSTEM = Actor.system("workflow")


@transaction.atomic
def open_deadline(
    *,
    actor: Actor,
    subject: Subject,
    kind: str,
    start: date,
    limit: int,
    unit: str = Unit.WORKING_DAYS.value,
    organisation_id: UUID,
) -> date:
    """Start a deadline of `limit` working (`wd`) or calendar (`cd`) days from `start`, which is not counted.

    Returns the due date. Raises DEADLINE_RUNNING when one of this kind runs for the subject, BAD_LENGTH.
    """
    entry = LedgerEntry(EntryKind.START, start, days=limit, unit=Unit(unit))
    calendar = store.calendar_for(start, limit)
    explanation = rules.ledger_explanation(calendar, rules.replay(calendar, [entry]))
    due_on = explanation[-1].day
    if _open_deadlines(subject, [kind]).exists():
        raise DomainError(WorkflowError.DEADLINE_RUNNING)
    deadline = Deadline.objects.create(
        subject_kind=subject[0],
        subject_id=subject[1],
        kind=kind,
        organisation_id=organisation_id,
        start_on=start,
        limit=limit,
        unit=entry.unit,
        due_on=due_on,
        due_at=store.due_moment(due_on),
        provisional=rules.is_provisional(explanation),
    )
    _write_entry(deadline, 1, entry)
    _journal(actor, deadline, entry)
    return due_on


@transaction.atomic
def pause_deadlines(
    *,
    subject: Subject,
    kinds: Sequence[str] | None = None,
    start: date,
    planned_days: int,
    reason: str = "",
    procedure: str = "",
    notice_number: str = "",
    legal_basis: str = "",
    actor: Actor = _SYSTEM,
) -> list[date]:
    """Stop the running deadlines of a subject for a special procedure (Administrative Licensing Law Art. 45).

    `start` is the first day not counted, `planned_days` the working days told to the applicant in the written notice
    `notice_number`. `procedure` is one of the eight; it may stand in `reason` instead. Returns the due dates as
    planned, in the order of `kinds`. Raises DEADLINE_NOT_FOUND, ALREADY_PAUSED, PAUSE_TOO_LATE, BAD_DATES,
    BAD_LENGTH, BAD_PROCEDURE.
    """
    found = _procedure(procedure or reason)
    entry = LedgerEntry(
        EntryKind.PAUSE,
        start,
        days=planned_days,
        procedure=found.value,
        notice_number=notice_number,
        legal_basis=legal_basis,
        reason=reason,
    )
    return _apply_to_all(actor, subject, kinds, entry)


@transaction.atomic
def resume_deadlines(
    *, subject: Subject, kinds: Sequence[str] | None = None, end: date | None = None, actor: Actor = _SYSTEM
) -> list[date]:
    """Let paused deadlines run again. `end` is the last day not counted (default today). Returns the due dates.

    Raises DEADLINE_NOT_FOUND, NOT_PAUSED, BAD_DATES.
    """
    return _apply_to_all(actor, subject, kinds, LedgerEntry(EntryKind.RESUME, end or clock.today()))


@transaction.atomic
def extend_deadline(
    *, actor: Actor, subject: Subject, kind: str, days: int, reason: str, legal_basis: str = "", on: date | None = None
) -> date:
    """Extend a deadline by `days` of its unit, once, before its due date (Administrative Licensing Law Art. 42).

    The actor is who approves it. Returns the new due date. Raises DEADLINE_NOT_FOUND, ALREADY_EXTENDED,
    EXTENSION_TOO_LATE, BAD_LENGTH, REASON_MISSING.
    """
    if not reason.strip():
        raise DomainError(WorkflowError.REASON_MISSING)
    entry = LedgerEntry(EntryKind.EXTEND, on or clock.today(), days=days, reason=reason, legal_basis=legal_basis)
    return _apply_to_all(actor, subject, [kind], entry)[0]


@transaction.atomic
def close_deadlines(
    *, subject: Subject, kinds: Sequence[str] | None = None, on: date | None = None, actor: Actor = _SYSTEM
) -> int:
    """End the open deadlines of a subject (of these kinds, or all), met or not. Returns how many there were."""
    entry = LedgerEntry(EntryKind.CLOSE, on or clock.today())
    deadlines = list(_open_deadlines(subject, kinds).select_for_update().order_by("id"))
    for deadline in deadlines:
        _apply(actor, deadline, entry)
    return len(deadlines)


def recompute(deadline: Deadline) -> bool:
    """Reckon a deadline anew from its entries, for example by a new calendar. True when the due date moved.

    The caller holds the row's lock.
    """
    calendar, ledger = store.ledger_of(deadline)
    explanation = rules.ledger_explanation(calendar, ledger)
    before = deadline.due_on
    deadline.due_on = explanation[-1].day
    deadline.due_at = store.due_moment(deadline.due_on)
    deadline.provisional = rules.is_provisional(explanation)
    deadline.state = ledger.state
    deadline.closed_on = ledger.closed_on
    deadline.save_change("due_on", "due_at", "provisional", "state", "closed_on", at=clock.now())
    return deadline.due_on != before


def _procedure(text: str) -> SpecialProcedure:
    try:
        return SpecialProcedure(text)
    except ValueError as exc:
        raise DomainError(WorkflowError.BAD_PROCEDURE) from exc


def _open_deadlines(subject: Subject, kinds: Sequence[str] | None):  # type: ignore[no-untyped-def]
    found = Deadline.objects.filter(subject_kind=subject[0], subject_id=subject[1]).exclude(state=DeadlineState.CLOSED)
    return found if kinds is None else found.filter(kind__in=kinds)


def _apply_to_all(actor: Actor, subject: Subject, kinds: Sequence[str] | None, entry: LedgerEntry) -> list[date]:
    deadlines = list(_open_deadlines(subject, kinds).select_for_update().order_by("id"))
    if not deadlines:
        raise DomainError(WorkflowError.DEADLINE_NOT_FOUND)
    due = {deadline.kind: _apply(actor, deadline, entry) for deadline in deadlines}
    return [due[kind] for kind in (due if kinds is None else kinds) if kind in due]


def _apply(actor: Actor, deadline: Deadline, entry: LedgerEntry) -> date:
    calendar, ledger = store.ledger_of(deadline)
    rules.apply(calendar, ledger, entry)
    _write_entry(deadline, deadline.entries.count() + 1, entry)
    if entry.kind is EntryKind.CLOSE:
        deadline.closed_at = clock.now()
        deadline.save(update_fields=["closed_at"])
    recompute(deadline)
    _journal(actor, deadline, entry)
    return deadline.due_on


def _write_entry(deadline: Deadline, number: int, entry: LedgerEntry) -> None:
    DeadlineEntry.objects.create(
        deadline=deadline,
        number=number,
        kind=entry.kind,
        on=entry.on,
        days=entry.days,
        unit=entry.unit,
        procedure=entry.procedure,
        notice_number=entry.notice_number,
        legal_basis=entry.legal_basis,
        reason=entry.reason,
    )


def _journal(actor: Actor, deadline: Deadline, entry: LedgerEntry) -> None:
    facts = {
        "deadline_id": deadline.id,
        "kind": deadline.kind,
        "on": entry.on,
        "days": entry.days,
        "unit": deadline.unit,
        "procedure": entry.procedure,
        "notice_number": entry.notice_number,
        "legal_basis": entry.legal_basis,
        "due_on": deadline.due_on,
        "provisional": deadline.provisional,
    }
    record(
        actor=actor,
        action=f"workflow.deadline_{entry.kind.value}",
        subject=(deadline.subject_kind, deadline.subject_id),
        organisation_id=deadline.organisation_id,
        data={key: value for key, value in facts.items() if value not in ("", 0)},
    )
