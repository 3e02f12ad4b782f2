"""How a case is shown in lists and live updates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from backend.cases.models import Case
from backend.cases.types import STATE_LABELS, CaseState
from kernel import clock

HANDLING_ROLES = ("window_clerk", "reviewer", "approver")


def summary(case: Case) -> dict[str, Any]:
    """A row of the applicant's list, JSON-ready."""
    return {
        "id": str(case.id),
        "case_no": case.case_no,
        "power_id": str(case.power_id),
        "power_name": case.power_name,
        "organisation_name": case.organisation_name,
        "state": str(case.state),
        "state_label": label(case.state),
        "outcome": case.outcome or None,
        "due_on": _day(case.due_on),
        "submitted_at": _moment(case.submitted_at),
        "updated_at": _moment(case.updated_at),
        "version": case.version,
    }


def label(state: str, language: str = "zh-hans") -> str:
    """What people call a state."""
    return STATE_LABELS[CaseState(state)].render(language)


def _moment(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat(timespec="milliseconds") if moment else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
