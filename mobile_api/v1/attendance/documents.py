"""Attendance as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from backend.attendance.selectors import Today
from backend.attendance.types import MARK_NAMES, AbsenceKind, DayVerdict, Half
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
