"""Events of cases. None holds personal data beyond ids."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_TEXT = {"type": "string"}
_BASE: dict[str, Any] = {
    "case_id": _UUID,
    "case_no": {"type": ["string", "null"]},
    "power_name": _TEXT,
    "power_id": _UUID,
    "applicant_id": _UUID,
    "organisation_id": _UUID,
    "state": _TEXT,
    "version": {"type": "integer"},
    "at": _TEXT,
}


def _case_event(name: str, doc: str, **more: Any) -> EventType:
    schema = {
        "type": "object",
        "properties": {**_BASE, **more},
        "required": [*_BASE, *more],
        "additionalProperties": False,
    }
    return define(f"case.{name}", version=1, schema=schema, doc=doc)


SUBMITTED = _case_event(
    "submitted", "An application was handed in.", query_code=_TEXT, received_on=_TEXT, answer_due_on=_TEXT
)
ACCEPTED = _case_event("accepted", "The agency accepted the application.", due_on=_TEXT, accepted_on=_TEXT)
DEEMED_ACCEPTED = _case_event(
    "deemed_accepted", "No answer came in time: accepted by law.", due_on=_TEXT, accepted_on=_TEXT
)
SUPPLEMENT_REQUESTED = _case_event(
    "supplement_requested", "The applicant was told, once, everything to add.", items_count={"type": "integer"}
)
SUPPLEMENTED = _case_event("supplemented", "The applicant added what was asked for.", answer_due_on=_TEXT)
ACCEPTANCE_REFUSED = _case_event("acceptance_refused", "The agency refused to accept, with reasons and remedy.")
STEP_PASSED = _case_event("step_passed", "A step was passed.", step=_TEXT, next_step=_TEXT)
SENT_BACK = _case_event("sent_back", "A step was sent back to the one before.", step=_TEXT, next_step=_TEXT)
SUSPENDED = _case_event(
    "suspended", "A special procedure stops the clock.", reason=_TEXT, planned_days={"type": "integer"}, due_on=_TEXT
)
RESUMED = _case_event("resumed", "The clock runs again.", due_on=_TEXT)
EXTENDED = _case_event("extended", "The limit was extended.", extension_days={"type": "integer"}, due_on=_TEXT)
GRANTED = _case_event("granted", "The agency granted.", outcome_label=_TEXT, result_name=_TEXT)
DENIED = _case_event("denied", "The agency denied, with reasons and remedy.", outcome_label=_TEXT, result_name=_TEXT)
DELIVERED = _case_event("delivered", "The result reached the applicant.", result_name=_TEXT, method=_TEXT)
CLOSED = _case_event("closed", "The case is closed.", outcome=_TEXT, outcome_label=_TEXT)
WITHDRAWN = _case_event("withdrawn", "The applicant withdrew.")
