"""Whether a request really comes from Twilio, and is whole (reliability F16).

The signature is base64(HMAC-SHA1(auth token, public URL + each field's name and value, sorted)). Three traps of the
scheme are closed here: the URL is built from the configuration, never from what the request says of itself; the
algorithm is fixed, though a header could name another; and since names and values are joined without a separator, the
fields that matter must have their exact shape, so that no boundary can be shifted within a genuine signature.
"""

from __future__ import annotations

import hmac
import re
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from twilio.request_validator import HMAC_SHA1, RequestValidator

MEDIA_TYPE = "application/x-www-form-urlencoded"
_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
_CALL = re.compile(r"CA[0-9a-fA-F]{32}")
_RECORDING = re.compile(r"RE[0-9a-fA-F]{32}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]{4,100}/[A-Za-z0-9./_-]{1,300}")
_WORD = re.compile(r"[A-Za-z_-]{1,40}")
_PHONE = re.compile(r"(?:[a-z]{1,20}:)?\+?[0-9A-Za-z ]{2,32}")
_CODE = re.compile(r"[0-9]{0,10}")
_COUNT = re.compile(r"[0-9]{0,3}")
_SHAPES = {
    "messages": {"MessageSid": _SID, "From": _PHONE, "To": _PHONE},
    "status": {"MessageSid": _SID, "MessageStatus": _WORD},
    "voice": {"CallSid": _CALL, "CallStatus": _WORD, "From": _PHONE, "To": _PHONE},
    "recording": {"CallSid": _CALL, "RecordingSid": _RECORDING, "RecordingUrl": _ADDRESS},
}
_OPTIONAL = {
    "ErrorCode": _CODE, "NumMedia": _COUNT, "CallDuration": _CODE, "RecordingDuration": _CODE, "RecordingStatus": _WORD,
}  # fmt: skip


def is_genuine(request: HttpRequest, kind: str) -> bool:
    """Whether signature, account and the shape of the fields are right for this address."""
    if request.content_type != MEDIA_TYPE:
        return False
    given = request.headers.get("X-Twilio-Signature", "")
    return _is_signed(request, given) and _is_ours(request.POST) and _has_shape(request.POST, kind)


def _is_signed(request: HttpRequest, given: str) -> bool:
    """Compare in constant time with the signature over the public URL, with and without its port."""
    if not settings.TWILIO_AUTH_TOKEN or not given:
        return False
    validator = RequestValidator(settings.TWILIO_AUTH_TOKEN)
    matches = False
    for url in _public_urls(request):
        expected = validator.compute_signature(url, request.POST, HMAC_SHA1)
        matches |= hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape"))
    return matches and not _has_twins(request.POST)


def _public_urls(request: HttpRequest) -> tuple[str, str]:
    """The address as Twilio was given it; its signer writes the port now with, now without."""
    query = request.META.get("QUERY_STRING", "")
    base = urlsplit(settings.PUBLIC_BASE_URL)
    path = base.path.rstrip("/") + request.path
    host = base.hostname or ""
    port = base.port or (443 if base.scheme == "https" else 80)
    without = urlunsplit((base.scheme, host, path, query, ""))
    return without, urlunsplit((base.scheme, f"{host}:{port}", path, query, ""))


def _has_twins(fields: QueryDict) -> bool:
    """The same value given twice under one name: the scheme signs it like once, so the request was touched."""
    return any(len(values) != len(set(values)) for _, values in fields.lists())


def _is_ours(fields: QueryDict) -> bool:
    accounts = fields.getlist("AccountSid")
    expected = settings.TWILIO_ACCOUNT_SID.encode()
    return len(accounts) == 1 and bool(expected) and hmac.compare_digest(accounts[0].encode(), expected)


def _has_shape(fields: QueryDict, kind: str) -> bool:
    required = all(_is_one(fields, name, shape) for name, shape in _SHAPES[kind].items())
    optional = all(name not in fields or _is_one(fields, name, shape) for name, shape in _OPTIONAL.items())
    return required and optional and (kind != "messages" or _has_content(fields))


def _is_one(fields: QueryDict, name: str, shape: re.Pattern[str]) -> bool:
    values = fields.getlist(name)
    return len(values) == 1 and shape.fullmatch(values[0]) is not None


def _has_content(fields: QueryDict) -> bool:
    """One body, which may be empty; none at all only beside a picture."""
    return len(fields.getlist("Body")) == 1 or ("Body" not in fields and fields.get("NumMedia", "0") not in ("", "0"))
