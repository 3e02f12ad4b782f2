"""Addresses for Twilio: verify, store, answer. Nothing else happens while Twilio waits."""

from __future__ import annotations

import logging
import time
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kernel.errors import CommonError, DomainError
from kernel.events import emit
from webhooks.inbound.twilio.events import REQUEST_STORED
from webhooks.inbound.twilio.signature import is_genuine
from webhooks.store import store_raw

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024
LOG_SECONDS = 60.0
_MAX_SOURCES = 1000
_EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
_QUEUE_TWIML = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="zh-CN">您好，这里是宿迁12345，正在为您转接。</Say>'
    "<Enqueue>12345</Enqueue></Response>"
).encode()
_logged: dict[str, float] = {}


@csrf_exempt
def messages(request: HttpRequest) -> HttpResponse:
    """Inbound text. 200 with an empty TwiML: the reply, if any, goes out as a text of its own."""
    _take(request, "messages")
    return HttpResponse(_EMPTY_TWIML, content_type="text/xml; charset=utf-8")


@csrf_exempt
def status(request: HttpRequest) -> HttpResponse:
    """Status report on an outgoing text. 204."""
    _take(request, "status")
    return HttpResponse(status=204)


@csrf_exempt
def voice(request: HttpRequest) -> HttpResponse:
    """A call came in: it is put into the hotline's queue, and the desk learns of it."""
    _take(request, "voice")
    return HttpResponse(_QUEUE_TWIML, content_type="text/xml; charset=utf-8")


@csrf_exempt
def voice_status(request: HttpRequest) -> HttpResponse:
    """Status report on a call. 204."""
    _take(request, "voice")
    return HttpResponse(status=204)


@csrf_exempt
def recording(request: HttpRequest) -> HttpResponse:
    """The recording of a call is there. 204."""
    _take(request, "recording")
    return HttpResponse(status=204)


def _take(request: HttpRequest, kind: str) -> None:
    """Verify and store. Raises DomainError 405, 413 or 403; a repeat is stored as such and has no effect."""
    if request.method != "POST":
        raise DomainError(CommonError.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
        raise DomainError(CommonError.TOO_LARGE)
    if not is_genuine(request, kind):
        _note_forgery(request, kind)
        raise DomainError(CommonError.FORBIDDEN)
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    with transaction.atomic():
        query = request.META.get("QUERY_STRING", "")[:300]
        stored = store_raw(sender="twilio", kind=kind, query=query, pairs=pairs)
        if stored.is_new:
            sid = request.POST.get("MessageSid") or request.POST["CallSid"]
            emit(
                REQUEST_STORED,
                subject=("twilio_message", uuid5(NAMESPACE_URL, f"twilio:{sid}")),
                organisation_id=None,
                data={"raw_id": str(stored.id)},
            )


def _note_forgery(request: HttpRequest, kind: str) -> None:
    """One log line a minute for each source, so that a flood of forgeries does not flood the log."""
    source, moment = request.META.get("REMOTE_ADDR", ""), time.monotonic()
    if moment - _logged.get(source, -LOG_SECONDS) < LOG_SECONDS:
        return
    if len(_logged) >= _MAX_SOURCES:
        _logged.clear()
    _logged[source] = moment
    logger.warning("twilio_webhook_refused", extra={"kind": kind, "source": source})
