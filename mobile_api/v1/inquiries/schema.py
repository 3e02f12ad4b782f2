"""Texts of the inquiries in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from mobile_api.platform.pages import MAX_LIMIT

CURSOR = OpenApiParameter("cursor", {"type": "string", "maxLength": 1000}, description="`next` of the page before.")
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
)
QUERY = OpenApiParameter(
    "q", {"type": "string", "maxLength": 100}, description="Chinese words, pinyin or initials; all must be found."
)
STATE = OpenApiParameter("state", {"type": "string", "enum": ["open", "done"], "default": "open"})
SORT = OpenApiParameter("sort", {"type": "string", "enum": ["time_left", "newest"], "default": "time_left"})
_DAY = {"type": "string", "format": "date"}
PERIOD = [
    OpenApiParameter("from", _DAY, description="First day; 30 days back without it."),
    OpenApiParameter("to", _DAY, description="Last day, included; today without it."),
]


def refused(*numbers: int) -> dict[int, OpenApiResponse]:
    """Problem answers beyond the usual ones."""
    return {number: OpenApiResponse(description="") for number in numbers}


def operation(name: str, summary: str, description: str = "", **more: Any) -> dict[str, Any]:
    """What every operation says of itself."""
    return {"operation_id": name, "summary": summary, **({"description": description} if description else {}), **more}


TOPICS = operation("inquiries_topics", "The topic tree", "Parents first.")
TERMS = operation(
    "inquiries_terms",
    "What holds for those who ask",
    "By when an answer comes, how much may be attached, the counties, the map.",
)
SUGGEST = operation(
    "inquiries_suggest",
    "What the words speak for",
    "Before anything is sent: topics, similar open matters (“me too”), entries that may answer. Nothing is kept.",
)
LIST = operation(
    "inquiries_list",
    "My inquiries",
    "Newest first; with `followed` those one joined.",
    parameters=[OpenApiParameter("followed", {"type": "boolean", "default": False}), CURSOR, LIMIT],
)
ASK = operation(
    "inquiries_create",
    "Ask, complain, suggest, praise",
    "Only `words` is needed. The same `client_ref` is one inquiry however often it is sent.",
)
ONE = operation("inquiries_retrieve", "One of my inquiries")
TIMELINE = operation("inquiries_timeline", "The story of my inquiry", "Who holds it and whose clock runs.")
ADD_FILE = operation("inquiries_add_file", "Add a photo, a voice note, a paper", "The type is told from the content.")
JOIN = operation("inquiries_join", "Me too", "Follow somebody else's open matter and be told what its caller is told.")
URGE = operation("inquiries_urge", "Ask again how it stands")
SAY = operation("inquiries_say", "Was I contacted, is it solved, am I satisfied", "Once an answer is there.")
REOPEN = operation("inquiries_reopen", "Open it again", "Within the time set after closing, once, with a reason.")
PROGRESS = operation(
    "inquiries_progress",
    "Where an order stands",
    "For anybody who has number and query code. Nothing of a person in it.",
    parameters=[
        OpenApiParameter("order_no", {"type": "string", "pattern": "^[0-9]{14}$"}, required=True),
        OpenApiParameter("query_code", {"type": "string", "minLength": 1, "maxLength": 20}, required=True),
    ],
)
ANSWERED = operation(
    "inquiries_answered",
    "Answered inquiries",
    "Published after a privacy check that a person has confirmed.",
    parameters=[
        QUERY,
        OpenApiParameter("topic", {"type": "string", "maxLength": 40}, description="A node of the tree."),
        OpenApiParameter(
            "area", {"type": "string", "pattern": "^([0-9]{2,12})?$"}, description="Prefix of the region."
        ),
        OpenApiParameter("channel", {"type": "string", "enum": ["mailbox"]}, description="The leaders' mailbox alone."),
        CURSOR,
        LIMIT,
    ],
)
ANSWERED_ONE = operation("inquiries_answered_one", "One answered inquiry")
STATISTICS = operation("inquiries_statistics", "Public figures", parameters=PERIOD)
TASKS = operation("inquiries_tasks", "My to-dos about orders", "For units.", parameters=[STATE, SORT, CURSOR, LIMIT])
MASKED = OpenApiParameter("masked", {"type": "boolean", "default": False})
WITH_MASKED = "With `masked=true` name and number in `caller` are masked; `unmask` gives them with a reason."
HANDLING = operation(
    "inquiries_handling",
    "The order as its unit works on it",
    "Each view is recorded. `caller` is null where the caller is protected; `actions` lists what the caller may do. "
    + WITH_MASKED,
    parameters=[MASKED],
)
UNMASK_NEEDS = (
    "For who handles the order, unless the caller is protected from him. Who looked, at which fields and why is kept "
    "in the journal and shown to who asked."
)
UNMASK = operation("inquiries_unmask", "See name or number of who asked in clear", UNMASK_NEEDS)
ACT_NEEDS = (
    "Needs besides `action`: dispatch `unit_id` (and `assist_ids`); pass_centre `unit_id` (a centre), "
    "`note`; contact `note`; give_opinion `text`; "
    "request_return `reason_code`, `clause`, `note`; approve_return `unit_id`, `note`; request_extension `days`, "
    "`clause`, `note`; submit_reply `text`, `law_basis`, `resolution`; call_back `reached` and, when reached, "
    "`solved`, `satisfied`; merge `target_no`, `note`; cancel and transfer `reason_code`, `note`; answer_directly "
    "`text`; refusals and reopen `note`."
)
ACT = operation("inquiries_act", "Act on an order", ACT_NEEDS)
HANDLING_FILE = operation("inquiries_handling_add_file", "Add a file as the unit")
CONTENT: dict[str, Any] = operation(
    "inquiries_file_content",
    "The bytes of a file",
    "For who asked and those who handle it. Ranges are served.",
    parameters=[OpenApiParameter("Range", {"type": "string", "maxLength": 100}, location="header")],
    responses={
        **{(200, kind.value): OpenApiTypes.BINARY for kind in MediaType},
        **{(206, kind.value): OpenApiTypes.BINARY for kind in MediaType},
        416: OpenApiResponse(description="No such range."),
    },
)
CONFLICT = refused(403, 409, 422)
