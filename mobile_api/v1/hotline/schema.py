"""Texts of the operators' desk in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from backend.attachments.types import MediaType
from mobile_api.v1.hotline.serializers import DESK_STATES, QUEUES
from mobile_api.v1.inquiries.schema import (
    ACT_NEEDS,
    CURSOR,
    LIMIT,
    MASKED,
    PERIOD,
    SORT,
    STATE,
    UNMASK_NEEDS,
    WITH_MASKED,
    operation,
    refused,
)

CENTRE = OpenApiParameter(
    "centre_id", {"type": "string", "format": "uuid"}, description="A county's desk, for the city."
)
CONFLICT = refused(403, 409, 422)
ORDERS = operation(
    "hotline_orders",
    "The hotline's orders",
    "Open ones, emergencies at the top, then the oldest; with `state` that state's, newest first; a number finds one.",
    parameters=[
        OpenApiParameter("state", {"type": "string", "enum": DESK_STATES}),
        OpenApiParameter("order_no", {"type": "string", "pattern": "^[0-9]{14}$"}),
        OpenApiParameter("unit_id", {"type": "string", "format": "uuid"}),
        CENTRE,
        OpenApiParameter("queue", {"type": "string", "enum": QUEUES}, description="Open ones that wait for this."),
        CURSOR,
        LIMIT,
    ],
)
REGISTER = operation("hotline_register", "Register what somebody says", "Only `words` is needed.")
ORDER = operation(
    "hotline_order",
    "The order as the hotline works on it",
    "Each view is recorded. " + WITH_MASKED,
    parameters=[MASKED],
)
UNMASK = operation("hotline_unmask", "See name or number of who asked in clear", UNMASK_NEEDS)
ACT = operation("hotline_act", "Act on an order", ACT_NEEDS)
ADD_FILE = operation("hotline_add_file", "Add a file")
TASKS = operation("hotline_tasks", "What waits for the desk", parameters=[STATE, SORT, CURSOR, LIMIT])
SUGGEST = operation(
    "hotline_suggest", "Answers and units while typing", "Topics, units, similar orders, knowledge; nothing is kept."
)
CALLS = operation("hotline_calls", "Phone calls", "Newest first.", parameters=[CURSOR, LIMIT])
CALL = operation("hotline_call", "Screen pop", "The call, and what the number asked before. The look is recorded.")
TAKE = operation("hotline_take_call", "Take a call")
RECORDING: dict[str, Any] = operation(
    "hotline_recording",
    "The sound of a call",
    "For the hotline, and the unit that handles the order unless the caller is protected or anonymous. Each hearing is "
    "recorded. Ranges are served.",
    parameters=[OpenApiParameter("Range", {"type": "string", "maxLength": 100}, location="header")],
    responses={
        (200, MediaType.WAV.value): OpenApiTypes.BINARY,
        (206, MediaType.WAV.value): OpenApiTypes.BINARY,
        416: OpenApiResponse(description="No such range."),
    },
)
HISTORY = operation("hotline_history", "What a number asked before", "The look is recorded.")
WALLBOARD = operation("hotline_wallboard", "The hotline at a glance", parameters=[CENTRE])
HANDOVERS = operation("hotline_handovers", "Hand-overs between shifts", parameters=[CURSOR, LIMIT])
HAND_OVER = operation("hotline_hand_over", "Give the shift over", "The figures of the moment are kept with the note.")
TAKE_OVER = operation(
    "hotline_take_over", "Confirm what the former shift handed over", "By the leader of the next shift, nobody else."
)
PUBLICATIONS = operation(
    "hotline_publications",
    "Proposals for the public",
    parameters=[
        OpenApiParameter(
            "state",
            {"type": "string", "enum": ["proposed", "published", "refused", "withdrawn"], "default": "proposed"},
        ),
        CURSOR,
        LIMIT,
    ],
)
PROPOSE = operation("hotline_propose", "Propose a closed order for the public", "Names and numbers are hidden.")
DECIDE = operation(
    "hotline_decide_publication",
    "Confirm or refuse a publication",
    "422 `publication_privacy_left` lists what still names somebody.",
)
TO_KNOWLEDGE = operation("hotline_to_knowledge", "Make a solved question an entry of the knowledge base")
HOT = operation("hotline_hot_topics", "Topic × area × week", parameters=PERIOD)
CENTRES = operation(
    "hotline_centres", "The hotline's centres", "The city's, and those of the counties that have one of their own."
)
UNITS = operation("hotline_units", "Units that orders can be given to")
REASONS = operation("hotline_reasons", "Standard reasons for returns, cancellations, transfers")
