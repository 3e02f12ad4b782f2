"""Texts of the message centre in the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from mobile_api.platform.pages import MAX_LIMIT

INBOX: dict[str, Any] = {
    "operation_id": "inbox_list",
    "summary": "The message centre",
    "description": (
        "Everything the person was told, the newest first, with the state of each channel and the reason where one was "
        "not used or did not work."
    ),
    "parameters": [
        OpenApiParameter("unread", {"type": "boolean"}, description="`true`: only what was not read yet."),
        OpenApiParameter("cursor", str, description="`next` of the page before; opaque."),
        OpenApiParameter(
            "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 20}, description="Items a page."
        ),
    ],
}
MESSAGE: dict[str, Any] = {
    "operation_id": "inbox_retrieve",
    "summary": "One message",
    "description": "A push carries only this id: fetch the content here.",
}
READ: dict[str, Any] = {
    "operation_id": "inbox_read",
    "summary": "Mark a message as read",
    "description": "Read anywhere is read everywhere: other screens are updated, pushes taken off. Twice is once.",
}
READ_ALL: dict[str, Any] = {
    "operation_id": "inbox_read_all",
    "summary": "Mark everything as read",
    "description": "Twice is once.",
}
BADGE: dict[str, Any] = {
    "operation_id": "me_badge",
    "summary": "Number of unread messages",
    "description": "The same number that every push and the live log carry.",
}
PREFERENCES: dict[str, Any] = {
    "operation_id": "me_preferences",
    "summary": "Channels by purpose",
    "description": "The message centre always shows everything; SMS and push can be chosen for each purpose.",
}
CHANGE_PREFERENCES: dict[str, Any] = {
    "operation_id": "me_change_preferences",
    "summary": "Choose channels",
    "description": (
        "What is not named stays. A statutory purpose keeps at least one of SMS and push: it can be re-channelled, not "
        "silenced."
    ),
}
SILENCED = OpenApiResponse(
    description="`statutory_notice_needs_channel`: the purposes in `errors` would have no channel; keep one of them on."
)
