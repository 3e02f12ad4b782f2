"""What the phones in the browser ask for: the texts of a number, and replies of its owner."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from kernel.errors import CommonError, DomainError
from sms.handset import carrier, screen

MAX_REPLY = 1600


def numbers(request: HttpRequest) -> HttpResponse:
    """Numbers that have got texts, and whom phones write to: `{"sender", "numbers": [{"number", "last", "at"}]}`."""
    _allow(request, "GET")
    return _json({"sender": settings.TWILIO_FROM_NUMBER, "numbers": screen.recent_numbers()})


def texts(request: HttpRequest) -> HttpResponse:
    """The texts of `?number=`, oldest first: `{"number", "texts": [{"id", "peer", "text", "inbound", "state", "at"}]}`.

    `state` is where the sender believes its text stands; null for replies.
    """
    _allow(request, "GET")
    return _json(screen.texts_of(request.GET.get("number", "")))


def replies(request: HttpRequest) -> HttpResponse:
    """Prepare the reply `{"number", "to", "text"}`; gives `{"path", "url", "fields", "signature"}` for the webhook.

    The browser posts it itself, as the carrier would, with the signature in X-Twilio-Signature.
    """
    _allow(request, "POST")
    asked = _body(request)
    form = carrier.reply_form(number=asked["number"], to=asked["to"], text=asked["text"])
    answer = {"path": carrier.INBOUND_PATH, "url": form.url, "fields": form.fields, "signature": form.signature}
    return _json(answer, status=201)


def _body(request: HttpRequest) -> dict[str, str]:
    try:
        asked = json.loads(request.body)
    except ValueError as exc:
        raise DomainError(CommonError.MALFORMED) from exc
    given = asked if isinstance(asked, dict) else {}
    fields = {name: value for name in ("number", "to", "text") if isinstance(value := given.get(name), str) and value}
    if len(fields) != 3 or len(fields["text"]) > MAX_REPLY or "\x00" in "".join(fields.values()):
        raise DomainError(CommonError.VALIDATION)
    if not _has_to_shape(fields["to"]):
        raise DomainError(CommonError.VALIDATION)
    return fields


def _has_to_shape(number: str) -> bool:
    return len(number) <= 32 and number.removeprefix("+").isascii() and number.removeprefix("+").isdigit()


def _allow(request: HttpRequest, method: str) -> None:
    if not settings.HANDSET_ENABLED:
        raise DomainError(CommonError.NOT_FOUND)
    if request.method != method:
        raise DomainError(CommonError.METHOD_NOT_ALLOWED, headers={"Allow": method})


def _json(data: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
