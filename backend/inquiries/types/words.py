"""Words of the inquiries: channels, kinds, states, acts, outcomes, with what people call them."""

from __future__ import annotations

from enum import StrEnum

from kernel.errors import Text


class Channel(StrEnum):
    """How somebody reached the city."""

    CALL = "call"
    APP = "app"
    WEB = "web"
    SMS = "sms"
    MAILBOX = "mailbox"
    OPEN311 = "open311"


class RequestType(StrEnum):
    """What somebody wants (诉求类型)."""

    INQUIRY = "inquiry"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    CRITICISM = "criticism"
    OTHER = "other"


TYPE_LABELS = {
    RequestType.INQUIRY: Text("咨询", "Question"),
    RequestType.HELP: Text("求助", "Help"),
    RequestType.COMPLAINT: Text("投诉", "Complaint"),
    RequestType.REPORT: Text("举报", "Report of wrongdoing"),
    RequestType.SUGGESTION: Text("建议", "Suggestion"),
    RequestType.PRAISE: Text("表扬", "Praise"),
    RequestType.CRITICISM: Text("批评", "Criticism"),
    RequestType.OTHER: Text("其他", "Other"),
}


class Urgency(StrEnum):
    """How pressing it is (紧急 / 一般 / 疑难)."""

    URGENT = "urgent"
    NORMAL = "normal"
    COMPLEX = "complex"


class State(StrEnum):
    """Where an order stands (domain 6.3)."""

    RECEIVED = "received"
    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    PROCESSING = "processing"
    RETURN_REQUESTED = "return_requested"
    SIGN_OFF = "sign_off"
    REVIEW = "review"
    CALLBACK = "callback"
    CLOSED = "closed"
    ARCHIVED = "archived"
    MERGED = "merged"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"


STATE_LABELS = {
    State.RECEIVED: Text("已收到", "Received"),
    State.REGISTERED: Text("已登记，待派单", "Registered, to be dispatched"),
    State.DISPATCHED: Text("已派单，待签收", "Dispatched, to be signed for"),
    State.SIGNED: Text("已签收", "Signed for"),
    State.PROCESSING: Text("办理中", "Being handled"),
    State.RETURN_REQUESTED: Text("退单审核中", "Return being decided"),
    State.SIGN_OFF: Text("待领导签批", "Waiting for the leader's signature"),
    State.REVIEW: Text("已答复，待审核", "Answered, to be reviewed"),
    State.CALLBACK: Text("已答复，待回访", "Answered, call-back to come"),
    State.CLOSED: Text("已办结", "Closed"),
    State.ARCHIVED: Text("已归档", "Archived"),
    State.MERGED: Text("已并单", "Merged"),
    State.CANCELLED: Text("已销单", "Cancelled"),
    State.TRANSFERRED: Text("已转送", "Passed on"),
}


class Action(StrEnum):
    """What can be done to an order."""

    REGISTER = "register"
    CLASSIFY = "classify"
    PASS_CENTRE = "pass_centre"  # noqa: S105 - an act, not a secret
    ANSWER_DIRECTLY = "answer_directly"
    DISPATCH = "dispatch"
    ADD_ASSIST = "add_assist"
    SIGN = "sign"
    CONTACT = "contact"
    GIVE_OPINION = "give_opinion"
    REQUEST_RETURN = "request_return"
    APPROVE_RETURN = "approve_return"
    REJECT_RETURN = "reject_return"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    SUBMIT_REPLY = "submit_reply"
    SIGN_OFF = "sign_off"
    REFUSE_SIGN_OFF = "refuse_sign_off"
    PASS_REVIEW = "pass_review"  # noqa: S105 - an act, not a secret
    SEND_BACK = "send_back"
    CALL_BACK = "call_back"
    SAY = "say"
    URGE = "urge"
    MERGE = "merge"
    CANCEL = "cancel"
    TRANSFER = "transfer"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    JOIN = "join"
    ADD_FILE = "add_file"


class Outcome(StrEnum):
    """How an order ended."""

    ANSWERED_DIRECTLY = "answered_directly"
    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHABLE = "unreachable"
    UNSAID = "unsaid"
    MERGED = "merged"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"


OUTCOME_LABELS = {
    Outcome.ANSWERED_DIRECTLY: Text("直接解答", "Answered on the spot"),
    Outcome.SATISFIED: Text("已解决，群众满意", "Solved, and the citizen is satisfied"),
    Outcome.UNSATISFIED: Text("群众不满意", "The citizen is not satisfied"),
    Outcome.UNREACHABLE: Text("回访未接通", "Could not be reached"),
    Outcome.UNSAID: Text("未作评价", "The citizen did not say"),
    Outcome.MERGED: Text("并单办理", "Handled with another"),
    Outcome.CANCELLED: Text("销单", "Cancelled"),
    Outcome.TRANSFERRED: Text("转其他渠道", "Passed to another channel"),
}


class Resolution(StrEnum):
    """What the unit says became of the matter. It is the unit's word, not the citizen's."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    PLANNED = "planned"
    UNFOUNDED = "unfounded"
    IMPOSSIBLE = "impossible"


class Via(StrEnum):
    """How the citizen said whether it is solved."""

    OPERATOR = "operator"
    APP = "app"
    SMS = "sms"


class Part(StrEnum):
    """A unit's part in an order (主办 / 协办)."""

    LEAD = "lead"
    ASSIST = "assist"


class PartState(StrEnum):
    """Where a unit's part stands. `answerable`: has given the order back, answers for it until another has signed."""

    DISPATCHED = "dispatched"
    SIGNED = "signed"
    ANSWERABLE = "answerable"
    RELEASED = "released"
    DONE = "done"


class ReplyState(StrEnum):
    """Where an answer stands."""

    SUBMITTED = "submitted"
    REFUSED = "refused"
    SIGNED = "signed"
    SENT_BACK = "sent_back"
    PASSED = "passed"


class Decision(StrEnum):
    """What became of something asked for."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


class Side(StrEnum):
    """Who reads a line of the story: everybody; officials; the hotline alone."""

    ALL = "all"
    OFFICIALS = "officials"
    CENTRE = "centre"


class EntryState(StrEnum):
    """Where an entry of the knowledge base stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class PublicationState(StrEnum):
    """Whether an answered inquiry may be read by everybody."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Queue(StrEnum):
    """What the desk works through: open orders by what they wait for."""

    TO_DISPATCH = "to_dispatch"
    TO_DECIDE = "to_decide"
    TO_REVIEW = "to_review"
    TO_CALL_BACK = "to_call_back"
    URGENT = "urgent"
    OVERDUE = "overdue"


class CallState(StrEnum):
    """Where a phone call stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FINISHED = "finished"
    LOST = "lost"
