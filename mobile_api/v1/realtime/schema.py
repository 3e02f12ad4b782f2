"""Texts of the live state: snapshot, ticket, events."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

SNAPSHOT: dict[str, Any] = {
    "operation_id": "me_snapshot",
    "summary": "State and cursor",
    "description": (
        "Everything the person's screens show, and the cursor of the live log up to which it is true. "
        "Apply the events after the cursor to it: `upsert` rows by id, `remove` ids, `set` values."
    ),
}
TICKET: dict[str, Any] = {
    "operation_id": "me_realtime_ticket",
    "summary": "A ticket for one socket",
    "description": (
        "Single use, 30 seconds, bound to this session. Open `realtime_url` with `?since=<cursor>` and the "
        "sub-protocols `v1.events` and `ticket.<ticket>`. The socket is closed with 4401 when the access token "
        "that asked for the ticket expires: refresh it, take a new ticket, resume at the last `seq`."
    ),
}
EVENTS: dict[str, Any] = {
    "operation_id": "me_events",
    "summary": "Events by long poll",
    "description": (
        "The same events on the same cursor, where sockets do not get through. Answers at once when there are any, "
        "else after `wait` seconds with none. 409 `cursor_too_old`: take a new snapshot."
    ),
    "parameters": [
        OpenApiParameter(
            "since",
            {"type": "integer", "minimum": 0, "maximum": 10**15},
            required=True,
            description="Cursor of the snapshot, or the last `seq` seen.",
        ),
        OpenApiParameter(
            "wait", {"type": "integer", "minimum": 0, "maximum": 25}, description="Seconds to wait for an event (0)."
        ),
    ],
}
CURSOR_TOO_OLD = OpenApiResponse(
    response=OpenApiTypes.OBJECT, description="`cursor_too_old`: the log does not reach back that far; new snapshot."
)
