"""Facts for people to be told about, emitted by name as the apps above would."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock, events
from kernel.events import Event
from kernel.ids import uuid7
from tests.factories.sms import random_case_no

EXTRA: dict[str, dict[str, Any]] = {
    "case.submitted": {"query_code": "K7M2Q9", "received_on": "2026-11-25", "answer_due_on": "2026-12-02"},
    "case.accepted": {"due_on": "2026-12-06", "accepted_on": "2026-11-25"},
    "case.deemed_accepted": {"due_on": "2026-12-06", "accepted_on": "2026-11-25"},
    "case.supplement_requested": {"items_count": 2},
    "case.supplemented": {"answer_due_on": "2026-12-02"},
    "case.acceptance_refused": {},
    "case.step_passed": {"step": "审查", "next_step": "决定"},
    "case.sent_back": {"step": "决定", "next_step": "审查"},
    "case.suspended": {"reason": "专家评审", "planned_days": 5, "due_on": "2026-12-06"},
    "case.resumed": {"due_on": "2026-12-12"},
    "case.extended": {"extension_days": 10, "due_on": "2026-12-20"},
    "case.granted": {"outcome_label": "准予", "result_name": "食品经营许可证"},
    "case.denied": {"outcome_label": "不予许可", "result_name": "决定书"},
    "case.delivered": {"result_name": "食品经营许可证", "method": "post"},
    "case.closed": {"outcome": "granted", "outcome_label": "准予"},
    "case.withdrawn": {},
}
POWER_NAME = "食品经营许可"


@transaction.atomic
def case_event(
    name: str,
    applicant_id: UUID,
    *,
    organisation_id: UUID | None = None,
    case_id: UUID | None = None,
    case_no: str = "",
) -> Event:
    """A fact about a case of this person."""
    case, organisation = case_id or uuid7(), organisation_id or uuid7()
    data = {
        "case_id": str(case),
        "case_no": case_no or random_case_no(),
        "power_name": POWER_NAME,
        "power_id": str(uuid7()),
        "applicant_id": str(applicant_id),
        "organisation_id": str(organisation),
        "state": "closed",
        "version": 3,
        "at": clock.now().isoformat(),
        **EXTRA[name],
    }
    return events.emit(events.event_types()[name], subject=("case", case), organisation_id=organisation, data=data)
