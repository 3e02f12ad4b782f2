"""Attendance as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import translation

from backend.attendance import selectors
from backend.attendance.selectors import Managed, Month, RosterView, Today, UnitMonth
from backend.attendance.types import (
    CORRECTION_STATE_NAMES,
    MARK_NAMES,
    PUNCH_NAMES,
    SHEET_STATE_NAMES,
    AbsenceKind,
    CorrectionState,
    DayVerdict,
    Half,
    PunchKind,
    SheetState,
)
from backend.centres.types import WindowRef
from kernel import clock
from kernel.actors import Actor
from mobile_api.platform.serializers import at


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def punch(row: Any) -> dict[str, Any]:
    """A punch."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "at": at(row.at),
        "received_at": at(row.received_at),
        "where": row.where,
        "queued": row.queued,
    }


def today(found: Today) -> dict[str, Any]:
    """A person's own day."""
    verdict = found.verdict
    return {
        "day": verdict.day.isoformat(),
        "server_time": at(found.now),
        "kept": found.kept,
        "is_workday": verdict.is_workday,
        "shift": _shift_today(found.shift) if found.shift else None,
        "expected_in": at(verdict.expected_in),
        "expected_out": at(verdict.expected_out),
        "next": found.next,
        "punches": [punch(row) for row in found.punches],
        "away": away(verdict.away),
        "duties": [
            {
                "window_id": str(row.window_id),
                "number": found.windows[row.window_id].number,
                "window_name": found.windows[row.window_id].name,
                "starts_at": at(row.starts_at),
                "ends_at": at(row.ends_at),
            }
            for row in found.duties
        ],
        "places": [{"id": str(row.id), "name": row.name} for row in found.places],
        **marks(verdict),
    }


def marks(verdict: DayVerdict) -> dict[str, Any]:
    """Marks and their names."""
    return {
        "marks": [mark.value for mark in verdict.marks],
        "mark_names": [MARK_NAMES[mark].render(language()) for mark in verdict.marks],
    }


def away(halves: Mapping[Half, AbsenceKind]) -> list[dict[str, str]]:
    """Halves of rightful absence."""
    return [{"half": half.value, "kind": kind.value} for half, kind in halves.items()]


def _shift_today(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "am": half(row.am_starts, row.am_ends),
        "pm": half(row.pm_starts, row.pm_ends),
        "grace_minutes": row.grace_minutes,
        "outside_allowed": row.outside_allowed,
    }


def half(starts: Any, ends: Any) -> dict[str, str] | None:
    """A half's working time as on a clock."""
    return {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"} if starts and ends else None


def month(found: Month) -> dict[str, Any]:
    """A person's month."""
    sheet, unit = found.sheet, found.person.organisation
    state = SheetState(sheet.state) if sheet else SheetState.OPEN
    return {
        "sheet_id": str(sheet.id) if sheet else None,
        "person_id": str(found.person.id),
        "name": found.person.name,
        "organisation_id": str(unit.id),
        "unit_name": unit.short_name or unit.name,
        "month": f"{found.month:%Y-%m}",
        "state": state.value,
        "state_name": SHEET_STATE_NAMES[state].render(language()),
        "version": sheet.version if sheet else 0,
        "shown_at": at(sheet.shown_at) if sheet else None,
        "confirmed_at": at(sheet.confirmed_at) if sheet else None,
        "dispute": dispute(sheet) if sheet and sheet.disputed_at else None,
        "days": [_day(verdict) for verdict in found.days],
        "totals": asdict(found.totals),
    }


def dispute(sheet: Any) -> dict[str, Any]:
    """A dispute and its answer."""
    return {
        "text": sheet.dispute,
        "at": at(sheet.disputed_at),
        "answer": sheet.answer,
        "answered_at": at(sheet.answered_at),
        "answered_by_name": sheet.answered_by_name,
    }


def _day(verdict: DayVerdict) -> dict[str, Any]:
    return {
        "day": verdict.day.isoformat(),
        "is_workday": verdict.is_workday,
        "expected_in": at(verdict.expected_in),
        "expected_out": at(verdict.expected_out),
        "punched_in": at(verdict.punched_in),
        "punched_out": at(verdict.punched_out),
        "late_minutes": verdict.late_minutes,
        "early_minutes": verdict.early_minutes,
        "absent": [half.value for half in verdict.absent],
        "away": away(verdict.away),
        **marks(verdict),
        "outside": verdict.outside,
        "queued": verdict.queued,
    }


def unit_month(found: UnitMonth) -> dict[str, Any]:
    """A unit's month."""
    return {
        "organisation_id": str(found.unit.id),
        "unit_name": found.unit.short_name or found.unit.name,
        "month": f"{found.month:%Y-%m}",
        "closed": found.closed,
        "waiting": [{"person_id": str(person.id), "name": person.name} for person in found.waiting],
        "items": [month(row) for row in found.months],
    }


def correction(row: Any, actor: Actor) -> dict[str, Any]:
    """A request to correct a day."""
    return {
        "id": str(row.id),
        "person_id": str(row.person_id),
        "name": row.name,
        "unit_name": row.unit_name,
        "day": row.day.isoformat(),
        "kind": row.kind,
        "kind_name": PUNCH_NAMES[PunchKind(row.kind)].render(language()),
        "time": f"{clock.local(row.at):%H:%M}",
        "reason": row.reason,
        "state": row.state,
        "state_name": CORRECTION_STATE_NAMES[CorrectionState(row.state)].render(language()),
        "comment": row.comment,
        "decided_by_name": row.decided_by_name,
        "decided_at": at(row.decided_at),
        "asked_at": at(row.created_at),
        "may_decide": selectors.may_decide(actor, row),
        "version": row.version,
    }


def managed(found: Managed) -> dict[str, Any]:
    """What somebody manages."""
    units = [
        {"id": str(unit.id), "name": unit.name, "short_name": unit.short_name, "headed": unit.id in found.headed}
        for unit in found.units
    ]
    return {"units": units, "windows": [window(row) for row in found.windows]}


def window(info: WindowRef) -> dict[str, Any]:
    """A service window."""
    return {
        "id": str(info.id),
        "number": info.number,
        "name": info.name,
        "centre_code": info.centre_code,
        "centre_name": info.centre_name,
    }


def shift(row: Any) -> dict[str, Any]:
    """A shift as those who keep it see it."""
    return {
        "id": str(row.id),
        "organisation_id": str(row.organisation_id),
        "window_id": str(row.window_id) if row.window_id else None,
        "valid_from": row.valid_from.isoformat(),
        **_shift_today(row),
        "begun": row.valid_from <= clock.today(),
        "version": row.version,
    }


def place(row: Any) -> dict[str, Any]:
    """A place."""
    return {
        "id": str(row.id),
        "organisation_id": str(row.organisation_id),
        "name": row.name,
        "latitude": float(row.latitude),
        "longitude": float(row.longitude),
        "radius_m": row.radius_m,
    }


def roster(found: RosterView) -> dict[str, Any]:
    """A window's roster."""
    return {
        "window": window(found.window),
        "version": found.version,
        "items": [
            {
                "id": str(row.id),
                "person_id": str(row.person_id),
                "name": row.name,
                "day": row.day.isoformat(),
                "half": row.half,
                "starts_at": at(row.starts_at),
                "ends_at": at(row.ends_at),
                "shown_as": row.shown_as,
            }
            for row in found.duties
        ],
    }
