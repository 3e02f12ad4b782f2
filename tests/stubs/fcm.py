"""A server that behaves like FCM's HTTP v1 API: takes messages by token, knows tokens that are gone."""

from __future__ import annotations

import json
import secrets
from typing import Any

from tests.stubs.recording import StubServer

_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


class StubFcm(StubServer):
    """`base` is what FCM_API_BASE must be."""

    def __init__(self) -> None:
        super().__init__()
        self.unregistered: set[str] = set()

    def refusal(self, request: dict[str, Any]) -> tuple[int, Any] | None:
        """401 without a bearer, 400 for a message FCM would not take, 404 for a token that is gone."""
        if not request["headers"].get("authorization", "").startswith("Bearer "):
            return 401, error(401, "UNAUTHENTICATED", "no credentials")
        message = json.loads(request["body"]).get("message", {})
        if any(not isinstance(value, str) for value in message.get("data", {}).values()):
            return 400, error(400, "INVALID_ARGUMENT", "data values must be strings")
        if not message.get("token") or message["token"].startswith("malformed"):
            return 400, error(400, "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token")
        if message["token"] in self.unregistered:
            return 404, error(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED")
        return None

    def take(self, request: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Take it."""
        message = json.loads(request["body"])["message"]
        self.note("accepted", {"message": message, "path": request["path"]})
        return 200, {}, {"name": f"projects/local/messages/{secrets.token_hex(8)}"}


def error(status: int, name: str, text: str, fcm_code: str = "") -> dict[str, Any]:
    """An error in Google's shape."""
    details = [{"@type": _ERROR, "errorCode": fcm_code}] if fcm_code else []
    return {"error": {"code": status, "message": text, "status": name, "details": details}}
