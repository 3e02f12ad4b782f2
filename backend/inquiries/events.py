"""Events of the inquiries. None names a caller but those of the family `inquiry.caller_*`, which reach no unit."""

from __future__ import annotations

from typing import Any

from kernel.events import EventType, define

_UUID = {"type": "string", "format": "uuid"}
_NO_UUID = {"type": ["string", "null"], "format": "uuid"}
_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
_FLAG = {"type": ["boolean", "null"]}
_BASE: dict[str, Any] = {
    "order_id": _UUID,
    "order_no": _TEXT,
    "topic": _TEXT,
    "request_type": _TEXT,
    "urgency": _TEXT,
    "channel": _TEXT,
    "unit_id": _NO_UUID,
    "unit_name": _TEXT,
    "state": _TEXT,
    "version": _NUMBER,
    "at": _TEXT,
}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _order_event(name: str, doc: str, **more: Any) -> EventType:
    return define(f"inquiry.{name}", version=1, schema=_closed({**_BASE, **more}), doc=doc)


RECEIVED = _order_event("received", "Somebody asked something of the city.", area_code=_TEXT)
REGISTERED = _order_event("registered", "An operator has completed what was received.")
CLASSIFIED = _order_event("classified", "Topic, kind or urgency were set anew.")
PASSED = _order_event("passed", "The order goes to the desk of another centre.", centre_id=_UUID, centre_name=_TEXT)
ANSWERED_DIRECTLY = _order_event("answered_directly", "The hotline answered by itself.", entry_id=_NO_UUID)
DISPATCHED = _order_event("dispatched", "An order was given to a unit; its clock runs.", due_at=_TEXT, round=_NUMBER)
ASSIST_ADDED = _order_event("assist_added", "Another unit is to assist.", assist_id=_UUID, assist_name=_TEXT)
SIGNED = _order_event("signed", "A unit signed for the order.", by_unit_id=_UUID, part=_TEXT)
CONTACTED = _order_event("contacted", "The unit has contacted the citizen.")
OPINION_GIVEN = _order_event("opinion_given", "An assisting unit gave its opinion.", by_unit_id=_UUID)
RETURN_REQUESTED = _order_event("return_requested", "A unit asks to give the order back.", number=_NUMBER, reason=_TEXT)
RETURN_APPROVED = _order_event("return_approved", "The order goes to another unit.", number=_NUMBER, former_id=_UUID)
RETURN_REJECTED = _order_event(
    "return_rejected", "The unit keeps the order.", number=_NUMBER, final={"type": "boolean"}
)
EXTENSION_REQUESTED = _order_event("extension_requested", "A unit asks for more time.", days=_NUMBER)
EXTENDED = _order_event("extended", "The limit was extended.", days=_NUMBER, due_at=_TEXT)
EXTENSION_REFUSED = _order_event("extension_refused", "More time was refused.")
REPLY_SUBMITTED = _order_event("reply_submitted", "The handler wrote an answer for signature.", round=_NUMBER)
SIGN_OFF_REFUSED = _order_event("sign_off_refused", "The unit's leader sent the answer back.")
REPLIED = _order_event("replied", "The unit says done, signed by its leader.", resolution=_TEXT, round=_NUMBER)
SENT_BACK = _order_event("sent_back", "The hotline sent the answer back: it does not meet what was asked.")
ANSWERED = _order_event("answered", "The answer went to the citizen.", resolution=_TEXT, round=_NUMBER)
HEARD = _order_event("heard", "The citizen said whether it is solved.", solved=_FLAG, satisfied=_FLAG, contacted=_FLAG)
NOT_REACHED = _order_event("not_reached", "A call-back reached nobody.", tries=_NUMBER)
REDONE = _order_event("redone", "The citizen is not satisfied: the unit does it again.", redo_count=_NUMBER)
CLOSED = _order_event("closed", "The order is closed.", outcome=_TEXT, solved=_FLAG, satisfied=_FLAG)
REOPENED = _order_event("reopened", "The citizen opened the order again.")
ARCHIVED = _order_event("archived", "The order was archived.")
MERGED = _order_event("merged", "The order goes on with another.", into_no=_TEXT)
CANCELLED = _order_event("cancelled", "The order was cancelled for a listed reason.", reason=_TEXT)
TRANSFERRED = _order_event("transferred", "The matter belongs to another channel.", reason=_TEXT)
URGED = _order_event("urged", "The citizen asks how it stands, again.", count=_NUMBER)
JOINED = _order_event("joined", "Somebody else has the same matter.", count=_NUMBER)
LIMIT_NEAR = _order_event(
    "limit_near", "A unit's limit ends soon; told once to each post.", kind=_TEXT, due_at=_TEXT, due=_TEXT, role=_TEXT
)
OVERDUE = _order_event("overdue", "A limit passed without being met.", kind=_TEXT, due_at=_TEXT, whose=_TEXT)

REMINDED = _order_event(
    "reminded", "The limit for answering passed: the unit is reminded in writing (催办通知书); told once to each post.",
    due_at=_TEXT, due=_TEXT, role=_TEXT,
)  # fmt: skip
CRITICISED = _order_event(
    "criticised", "The unit stayed silent after the reminder: public criticism (通报批评); told once to each post.",
    due_at=_TEXT, due=_TEXT, role=_TEXT,
)  # fmt: skip

CALLER_TOLD: dict[str, EventType] = {
    name: define(
        f"inquiry.caller_{name}",
        version=1,
        schema=_closed(
            {
                "order_id": _UUID,
                "order_no": _TEXT,
                "applicant_id": _NO_UUID,
                "topic": _TEXT,
                "unit_name": _TEXT,
                "due_on": _TEXT,
                "query_code": _TEXT,
                "answer_code": _TEXT,
                "what": _TEXT,
            }
        ),
        doc=f"For those who asked, and nobody else: {doc}.",
    )
    for name, doc in {
        "received": "the order has a number",
        "dispatched": "a unit handles it",
        "extended": "it takes longer",
        "answered": "there is an answer",
        "redone": "the unit does it again",
        "closed": "it is closed",
        "ended": "it was merged, cancelled or passed on",
        "reopened": "it is open again",
    }.items()
}

SIGNALLED = define(
    "inquiry.signalled",
    version=1,
    schema=_closed(
        {
            "kind": _TEXT,
            "key": _TEXT,
            "topic": _TEXT,
            "area_code": _TEXT,
            "unit_id": _NO_UUID,
            "count": _NUMBER,
            "usual": {"type": "number"},
        }
    ),
    doc="Out of the usual, for supervision: many alike in a day, an area or topic above its mean, a bouncing unit.",
)
CALL_CHANGED = define(
    "inquiry.call_changed",
    version=1,
    schema=_closed({"call_id": _UUID, "state": _TEXT, "operator_id": _NO_UUID}),
    doc="A phone call to the hotline came in, was answered or ended.",
)
KNOWLEDGE_CHANGED = define(
    "knowledge.changed",
    version=1,
    schema=_closed({"entry_id": _UUID, "state": _TEXT, "number": _NUMBER, "owner_id": _UUID}),
    doc="An entry of the knowledge base was published, changed or retired.",
)
KNOWLEDGE_REVIEW_DUE = define(
    "knowledge.review_due",
    version=1,
    schema=_closed({"entry_id": _UUID, "title": _TEXT, "due_on": _TEXT, "owner_id": _UUID, "role": _TEXT}),
    doc="An entry of the knowledge base is to be looked through by its owner; `role` is who is told.",
)
PUBLICATION_CHANGED = define(
    "inquiry.publication_changed",
    version=1,
    schema=_closed({"order_id": _UUID, "state": _TEXT}),
    doc="An answered inquiry was proposed for, put to, or taken from the public.",
)
