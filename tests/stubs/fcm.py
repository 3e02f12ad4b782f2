"""A server that behaves like FCM's HTTP v1 API: takes messages by token or by a condition over topics, knows tokens
that are gone, and which token is in which topic."""

from __future__ import annotations

import json
import re
import secrets
from collections import defaultdict
from typing import Any
from urllib.parse import unquote

from tests.stubs.recording import StubServer

_MEMBERSHIP = re.compile(
    r"/v1/projects/[^/]+/registrations/(?P<token>[^/]+)/topicSubscriptions"
    r"(?:\?topic_name=(?P<new>[^&]+)|/(?P<old>[^?]+)\?allow_missing=true)"
)
_TOPIC = re.compile(r"'([^']+)' in topics")
_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"


class StubFcm(StubServer):
    """`base` is what FCM_API_BASE must be."""

    def __init__(self) -> None:
        super().__init__()
        self.unregistered: set[str] = set()
        self.topics: dict[str, set[str]] = defaultdict(set)
        self.odd: dict[str, tuple[int, str]] = {}
        """Tokens that are not taken into a topic: with which status, and what is said of them."""

    def refusal(self, request: dict[str, Any]) -> tuple[int, Any] | None:
        """401 without a bearer, 400 for a message FCM would not take, 404 for a token that is gone."""
        if not request["headers"].get("authorization", "").startswith("Bearer "):
            return 401, error(401, "UNAUTHENTICATED", "no credentials")
        if membership := _MEMBERSHIP.fullmatch(request["path"]):
            return self._refused_membership(unquote(membership["token"]))
        message = json.loads(request["body"]).get("message", {})
        if any(not isinstance(value, str) for value in message.get("data", {}).values()):
            return 400, error(400, "INVALID_ARGUMENT", "data values must be strings")
        if "condition" in message and "token" not in message:
            return None if _TOPIC.search(message["condition"]) else (400, error(400, "INVALID_ARGUMENT", "condition"))
        if not message.get("token") or message["token"].startswith("malformed"):
            return 400, error(400, "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token")
        if message["token"] in self.unregistered:
            return 404, error(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED")
        return None

    def take(self, request: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Take it."""
        if membership := _MEMBERSHIP.fullmatch(request["path"]):
            self._change_membership(unquote(membership["token"]), membership["new"], membership["old"])
            return 200, {}, {}
        message = json.loads(request["body"])["message"]
        self.note("accepted", {"message": message, "path": request["path"]})
        return 200, {}, {"name": f"projects/local/messages/{secrets.token_hex(8)}"}

    def reached_by(self, condition: str) -> set[str]:
        """The tokens that a message with this condition gets to; only `||` is known here."""
        return set().union(*(self.topics[name] for name in _TOPIC.findall(condition)))

    def _refused_membership(self, token: str) -> tuple[int, Any] | None:
        if token in self.unregistered:
            return 404, error(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED")
        if token in self.odd:
            status, code = self.odd[token]
            return status, error(status, code, "not taken")
        return None

    def _change_membership(self, token: str, new: str | None, old: str | None) -> None:
        if new:
            self.topics[unquote(new)].add(token)
            self.note("accepted", {"topic": unquote(new), "entered": token})
        elif old:
            self.topics[unquote(old)].discard(token)
            self.note("accepted", {"topic": unquote(old), "left": token})


def error(status: int, name: str, text: str, fcm_code: str = "") -> dict[str, Any]:
    """An error in Google's shape."""
    details = [{"@type": _ERROR, "errorCode": fcm_code}] if fcm_code else []
    return {"error": {"code": status, "message": text, "status": name, "details": details}}
