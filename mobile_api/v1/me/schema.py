"""Texts of a person's own account."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse


def _problem(text: str) -> OpenApiResponse:
    return OpenApiResponse(response=OpenApiTypes.OBJECT, description=text)


PROFILE: dict[str, Any] = {
    "operation_id": "me_read",
    "summary": "The own account",
    "description": "Capacities, roles and organisations, legal persons, real-name level. Numbers are masked.",
}
CHANGE: dict[str, Any] = {
    "operation_id": "me_change",
    "summary": "Change language or preferences",
    "description": "What is left out stays.",
}
IDENTITY: dict[str, Any] = {
    "operation_id": "me_identity",
    "summary": "Give the real name",
    "description": (
        "Name and 18-character citizen identity number; full-width characters are taken. A number that another "
        "account has is refused like a wrong one. Five tries a day."
    ),
}
PHONE: dict[str, Any] = {
    "operation_id": "me_phone",
    "summary": "Change the mobile number",
    "description": "With a code sent to the new number by /auth/otp. All other sessions end.",
}
SESSIONS: dict[str, Any] = {
    "operation_id": "me_sessions",
    "summary": "Signed-in devices",
    "description": "Live sessions, the last used first.",
}
END_SESSION: dict[str, Any] = {
    "operation_id": "me_session_end",
    "summary": "Sign a device out",
    "description": "At once; the device is no longer known.",
}
IDENTITY_WRONG = _problem("`identity_not_confirmed`: check name and number.")
IDENTITY_FIXED = _problem("`identity_already_confirmed`: another identity stands.")
CODE_WRONG = _problem("`code_invalid`: wrong, used, expired or replaced; or not signed in.")
PHONE_TAKEN = _problem("`phone_not_usable`: use another number.")
