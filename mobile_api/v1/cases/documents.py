"""Cases as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from backend.cases import selectors
from backend.cases.types import Receipt, TimelineEntry
from backend.workflow.types import DeadlineInfo
from mobile_api.platform.serializers import at


def case(row: Any) -> dict[str, Any]:
    """The applicant's own case, whole."""
    return {
        **summary(row),
        "applicant": {
            "kind": row.applicant_kind,
            "legal_person_id": str(row.legal_person_id) if row.legal_person_id else None,
        },
        "form": selectors.form_of(row),
        "materials": materials(row),
        "notices": notices(row),
        "supplement_items": row.supplement_items,
        "query_code": row.query_code,
        "received_on": day(row.received_on),
        "accepted_on": day(row.accepted_on),
        "deadlines": [deadline(info) for info in selectors.deadlines_of(row)],
    }


def summary(row: Any) -> dict[str, Any]:
    """A row of the list, in the caller's language."""
    return {**selectors.summary_rows([row])[0], "state_label": selectors.label_of(row, language())}


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def materials(row: Any) -> list[dict[str, Any]]:
    """The files handed in."""
    return [material(one) for one in selectors.materials_of(row)]


def material(row: Any) -> dict[str, Any]:
    """One file."""
    return {
        "id": str(row.id),
        "material": row.code,
        "filename": row.filename,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
        "at": at(row.at),
    }


def notices(row: Any) -> list[dict[str, Any]]:
    """The written vouchers."""
    return [
        {
            "kind": notice.kind,
            "number": notice.number,
            "title": notice.title,
            "paragraphs": paragraphs,
            "issued_on": day(notice.issued_on),
        }
        for notice, paragraphs in selectors.notices_of(row)
    ]


def receipt(given: Receipt) -> dict[str, Any]:
    """What the applicant keeps."""
    return {
        "case_no": given.case_no,
        "query_code": given.query_code,
        "power_name": given.power_name,
        "organisation_name": given.organisation_name,
        "submitted_at": at(given.submitted_at),
        "received_on": day(given.received_on),
        "answer_due_on": day(given.answer_due_on),
    }


def timeline(entries: Iterable[TimelineEntry]) -> list[dict[str, Any]]:
    """The story."""
    return [
        {
            "kind": entry.kind,
            "title": entry.title,
            "at": at(entry.at),
            "who": entry.who,
            "opinion": entry.opinion,
            "usual_days": entry.usual_days,
        }
        for entry in entries
    ]


def deadline(info: DeadlineInfo) -> dict[str, Any]:
    """A limit and how it is counted, day by day."""
    return {
        "kind": info.kind,
        "state": info.state.value,
        "start_on": day(info.start_on),
        "limit": info.limit,
        "extension": info.extension,
        "unit": info.unit.value,
        "due_on": day(info.due_on),
        "provisional": info.provisional,
        "elapsed": info.elapsed,
        "remaining": info.remaining,
        "overdue": info.overdue,
        "days": [
            {"day": day(entry.day), "number": entry.number, "counted": entry.counted, "reason": entry.reason.value}
            for entry in info.explanation
        ],
    }


def day(value: Any) -> str | None:
    """A calendar day."""
    return value.isoformat() if value else None
