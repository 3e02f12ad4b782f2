"""Texts of signing in."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse


def _problem(text: str) -> OpenApiResponse:
    return OpenApiResponse(response=OpenApiTypes.OBJECT, description=text)


BAD_ORIGIN = _problem("`origin_refused`: the page that called is not one of ours.")
OTP: dict[str, Any] = {
    "operation_id": "auth_otp",
    "summary": "Send a sign-in code",
    "description": (
        "Sends six digits by SMS. The answer is the same for known and unknown numbers. Once a minute, five times an "
        "hour, ten times a day for one number; 429 tells why and until when."
    ),
}
OTP_VERIFY: dict[str, Any] = {
    "operation_id": "auth_otp_verify",
    "summary": "Sign in with the code",
    "description": "Five tries, one use. The first sign-in of a number opens its account.",
}
LOGIN: dict[str, Any] = {
    "operation_id": "auth_login",
    "summary": "First factor of an official",
    "description": "User name and password; answered by a token for the second factor, never by a session.",
}
MFA: dict[str, Any] = {
    "operation_id": "auth_mfa",
    "summary": "Second factor of an official",
    "description": "The authenticator's six digits. A code works once. `new_password` when one is due.",
}
REFRESH: dict[str, Any] = {
    "operation_id": "auth_refresh",
    "summary": "New tokens for a running session",
    "description": (
        "A refresh token works once. The same client may repeat within ten seconds and gets the same successor; any "
        "other second use ends the session and warns the person."
    ),
}
LOGOUT: dict[str, Any] = {
    "operation_id": "auth_logout",
    "summary": "End this session",
    "description": "At once, everywhere.",
}
STEP_UP: dict[str, Any] = {
    "operation_id": "auth_step_up",
    "summary": "Show the second factor again",
    "description": "For acts that need a fresh one.",
}
PASSWORD: dict[str, Any] = {
    "operation_id": "auth_password",
    "summary": "Change the password",
    "description": "All other sessions of the person end.",
}
CODE_WRONG = _problem("`code_invalid`: wrong, used, expired or replaced.")
SIGN_IN_WRONG = _problem("`sign_in_failed`: user name or password.")
SESSION_GONE = _problem("`token_invalid`: sign in again.")
NEW_PASSWORD_DUE = _problem("`password_change_required`: send `new_password`; or `origin_refused`.")
PASSWORD_WEAK = _problem("`password_refused`: `errors` says why.")
PAUSED = _problem("`codes_paused`: unusual requests, try later.")
