"""The embedded carrier's side of the wire: forms as Twilio sends them, genuinely signed, to the same webhooks."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from twilio.request_validator import HMAC_SHA1, RequestValidator

from kernel import clock
from kernel.crypto import blind_index
from sms.gateways.twilio import status_callback
from sms.models import HandsetText
from sms.rules.numbers import normalise_mobile

logger = logging.getLogger(__name__)

INBOUND_PATH = "/webhooks/twilio/messages"
POST_SECONDS = 3.0
_BATCH = 50
_AGAIN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A form ready to be posted: where, what, and the signature over both."""

    url: str
    fields: dict[str, str]
    signature: str


def signed(url: str, fields: dict[str, str]) -> SignedForm:
    """Sign a form as Twilio does, with the account's token, over the public URL."""
    signature = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(url, fields, HMAC_SHA1)
    return SignedForm(url, fields, signature)


def reply_form(*, number: str, to: str, text: str) -> SignedForm:
    """The webhook form for a reply typed on a handset; also puts it on the handset's screen. Posting it is what counts.

    Raises DomainError `sms_number_not_allowed` for a number no phone can have here.
    """
    sender = normalise_mobile(number, pointer="/number")
    sid = f"SM{secrets.token_hex(16)}"
    HandsetText.objects.create(
        sid=sid,
        number=sender,
        number_index=blind_index(sender, purpose="sms.number"),
        sender=to,
        text=text,
        inbound=True,
        at=clock.now(),
    )
    fields = {
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "Body": text,
        "From": sender,
        "FromCountry": "CN",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": to,
        "ToCountry": "CN",
    }
    return signed(settings.PUBLIC_BASE_URL + INBOUND_PATH, fields)


def status_form(*, attempt_id: UUID, sid: str, to: str, sender: str, status: str) -> SignedForm:
    """The webhook form for a status report on a text that reached a handset."""
    fields = {
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
        "ApiVersion": "2010-04-01",
        "From": sender,
        "MessageSid": sid,
        "MessageStatus": status,
        "SmsSid": sid,
        "SmsStatus": status,
        "To": to,
    }
    return signed(status_callback(str(attempt_id)), fields)


def has_reports() -> bool:
    """Whether the carrier owes a report."""
    return HandsetText.objects.filter(report_at__lte=clock.now()).exists()


def report_delivered() -> int:
    """Report `sent` and `delivered` for texts not yet reported; returns how many went through. The rest goes again."""
    done = 0
    for row in _claim():
        if not _report(row):
            break
        HandsetText.objects.filter(pk=row.pk).update(report_at=None)
        done += 1
    return done


def _claim() -> Iterable[HandsetText]:
    with transaction.atomic():
        now = clock.now()
        due = HandsetText.objects.select_for_update(skip_locked=True).filter(report_at__lte=now).order_by("report_at")
        rows = list(due[:_BATCH])
        HandsetText.objects.filter(pk__in=[row.pk for row in rows]).update(report_at=now + _AGAIN)
    if not connection.in_atomic_block:
        connection.close()
    return rows


def _report(row: HandsetText) -> bool:
    if row.attempt_id is None:
        return True
    for status in ("sent", "delivered"):
        form = status_form(
            attempt_id=row.attempt_id, sid=row.sid, to=row.number or "", sender=row.sender, status=status
        )
        if not post(form):
            return False
    return True


def post(form: SignedForm) -> bool:
    """Post a signed form to its address; False when it did not get a 2xx."""
    request = Request(  # noqa: S310 - the address is our own, from the configuration
        form.url,
        data=urlencode(form.fields).encode(),
        headers={"X-Twilio-Signature": form.signature, "User-Agent": "TwilioProxy/1.1"},
    )
    try:
        with urlopen(request, timeout=POST_SECONDS) as answer:  # noqa: S310
            return 200 <= answer.status < 300
    except HTTPError as exc:
        logger.warning("handset_report_refused", extra={"status": exc.code})
    except OSError as exc:
        logger.info("handset_report_unreachable", extra={"error": type(exc).__name__})
    return False
