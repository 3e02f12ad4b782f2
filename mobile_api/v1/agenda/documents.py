"""Schedules, tasks and reports as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from backend.accounts.types import OfficialInfo
from backend.agenda.types import FACT_NAMES, EntryInfo, View
from backend.workflow.types import PERSONAL, DelegationInfo, TaskInfo
from kernel.actors import Actor
from mobile_api.platform.serializers import at


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def _id(value: Any) -> str | None:
    return str(value) if value else None


def entry(info: EntryInfo) -> dict[str, Any]:
    """An entry."""
    return {
        "id": str(info.id),
        "owner_id": _id(info.owner_id),
        "kind": info.kind.value,
        "view": info.view.value,
        "title": info.title,
        "place": info.place,
        "notes": info.notes,
        "starts_at": at(info.starts_at),
        "ends_at": at(info.ends_at),
        "all_day": info.all_day,
        "openness": info.openness.value,
        "subject_kind": info.subject_kind,
        "subject_id": _id(info.subject_id),
        "version": info.version,
    }


def person(info: OfficialInfo, view: View) -> dict[str, Any]:
    """Somebody whose schedule one sees."""
    unit = info.organisation
    return {
        "id": str(info.id),
        "name": info.name,
        "unit_id": str(unit.id),
        "unit_name": unit.short_name or unit.name,
        "view": view.value,
    }


def share(row: Any) -> dict[str, Any]:
    """A rule."""
    return {
        "id": str(row.id),
        "level": row.level,
        "reader_id": _id(row.reader_id),
        "organisation_id": _id(row.organisation_id),
        "reader_name": row.reader_name,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }


def task_row(row: Any, today: date) -> dict[str, Any]:
    """A task in a list."""
    return {
        "id": str(row.id),
        "title": row.title,
        "owner_id": str(row.owner_id),
        "owner_name": row.owner_name,
        "giver_name": row.giver_name,
        "due_on": row.due_on.isoformat(),
        "overdue": row.state == "open" and row.due_on < today,
        "progress": row.progress,
        "state": row.state,
        "subject_kind": row.subject_kind,
        "subject_id": _id(row.subject_id),
        "subject_label": row.subject_label,
        "version": row.version,
    }


def task(row: Any, actor: Actor, today: date) -> dict[str, Any]:
    """A task with its notes, newest first."""
    notes = sorted(row.notes.all(), key=lambda note: (note.at, note.id), reverse=True)
    return {
        **task_row(row, today),
        "details": row.details,
        "is_owner": row.owner_id == actor.user_id,
        "is_giver": row.giver_id == actor.user_id,
        "done_at": at(row.done_at),
        "notes": [
            {"by_name": note.by_name, "progress": note.progress, "text": note.text, "at": at(note.at)} for note in notes
        ],
    }


def report(row: Any, actor: Actor) -> dict[str, Any]:
    """A weekly report."""
    facts = [{**fact, "kind_label": FACT_NAMES[fact["kind"]].render(language())} for fact in row.facts]
    return {
        "id": str(row.id),
        "week": row.week.isoformat(),
        "person_name": row.person_name,
        "is_own": row.person_id == actor.user_id,
        "facts": facts,
        "done": row.done,
        "planned": row.planned,
        "problems": row.problems,
        "state": row.state,
        "handed_in_at": at(row.handed_in_at),
        "version": row.version,
    }


def feed(row: Any, secret: str | None = None) -> dict[str, Any]:
    """Whether the feed is open; its address when it has just been made."""
    address = f"{settings.PUBLIC_BASE_URL}/api/v1/agenda/feeds/{secret}.ics" if secret else None
    return {"open": row is not None, "opened_at": at(row.created_at) if row else None, "address": address}


def delegation(info: DelegationInfo, actor: Actor) -> dict[str, Any]:
    """A delegation."""
    return {
        "id": str(info.id),
        "principal_id": str(info.principal_id),
        "principal_name": info.principal_name,
        "delegate_id": str(info.delegate_id),
        "delegate_name": info.delegate_name,
        "from_on": info.from_on.isoformat(),
        "to_on": info.to_on.isoformat(),
        "reason": info.reason,
        "running": info.running,
        "is_given": info.principal_id == actor.user_id,
    }


def todo(info: TaskInfo, actor: Actor, names: Mapping[UUID, str]) -> dict[str, Any]:
    """A to-do."""
    others = info.role == PERSONAL and info.assignee_id not in (None, actor.user_id)
    return {
        "id": str(info.id),
        "kind": info.kind,
        "subject_kind": info.subject_kind,
        "subject_id": str(info.subject_id),
        "title": info.title,
        "due_on": info.due_on.isoformat() if info.due_on else None,
        "remaining": info.remaining,
        "overdue": info.overdue,
        "for_name": names.get(info.assignee_id, "") if others and info.assignee_id else "",
        "done_at": at(info.done_at),
    }
