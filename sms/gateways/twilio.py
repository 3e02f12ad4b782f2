"""Twilio's Programmable Messaging, through its own client library."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client
from urllib3.exceptions import HTTPError

from sms.gateways.http import TOTAL_SECONDS, AnswerTooLargeError, RebasedTwilioClient, call_within
from sms.rules.schedule import retry_after
from sms.types import Found, FoundKind, Outcome, OutcomeKind, Outgoing, Question

OPTED_OUT_CODE = "21610"
_OUR_FAULT = frozenset({401, 403, 404, 405})
_PERMANENT = frozenset(
    {
        "21211",
        "21214",
        "21217",
        "21265",
        "21408",
        "21602",
        "21604",
        "21605",
        "21608",
        "21610",
        "21612",
        "21614",
        "21617",
    }
)
_THROTTLED_SECONDS = 5.0
_CLOCK_TOLERANCE = timedelta(minutes=2)
_PAGE_SIZE = 100
_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
_NUMBER = re.compile(r"\+?\d{7,}")
_NETWORK_FAULTS = (RequestException, HTTPError, OSError, AnswerTooLargeError)
_MALFORMED = (TwilioException, ValueError, TypeError, KeyError, AttributeError)


class TwilioGateway:
    """Sends through `settings.TWILIO_API_BASE`; sorts every answer into accepted, refused, again or unknown.

    Look-up: Twilio's message list returns for each message its sid, to, from, body, direction, status, error and dates,
    but neither the status callback address nor anything else we choose. So an attempt is recognised by recipient,
    exact wording, direction, and a creation time not before the attempt began (two minutes of clock difference
    allowed), among the sids that belong to no other attempt. Two equal texts to one number have one sid each, so either
    may take either without a second send. `DateSent` is not used as a filter: a queued message has none and would be
    missed.
    """

    name = "twilio"
    deadline_seconds = TOTAL_SECONDS

    def send(self, outgoing: Outgoing) -> Outcome:
        """Create the message. A timeout, a broken connection or a broken answer after bytes have left is `unknown`."""
        with call_within(self.deadline_seconds) as call:
            try:
                http = _RememberingClient(settings.TWILIO_API_BASE)
                created = _client(http).messages.create(
                    to=outgoing.to,
                    from_=settings.TWILIO_FROM_NUMBER,
                    body=outgoing.text,
                    status_callback=status_callback(str(outgoing.attempt_id)),
                    attempt=outgoing.ordinal,
                    validity_period=min(max(outgoing.validity_seconds, 5), 36000),
                )
            except (TwilioRestException, TwilioServiceException) as exc:
                return _refusal(exc, http.hold_seconds)
            except _NETWORK_FAULTS as exc:
                kind = OutcomeKind.UNKNOWN if call.may_have_left else OutcomeKind.AGAIN
                return Outcome(kind, code="network", detail=type(exc).__name__)
            except _MALFORMED as exc:
                kind = OutcomeKind.UNKNOWN if call.may_have_left else OutcomeKind.AGAIN
                return Outcome(kind, code="malformed", detail=type(exc).__name__)
        if not _SID.fullmatch(str(created.sid)):
            return Outcome(OutcomeKind.UNKNOWN, code="malformed", detail="no sid")
        return Outcome(OutcomeKind.ACCEPTED, sid=str(created.sid), status=str(created.status or ""))

    def find(self, question: Question) -> Found:
        """Look through the newest hundred messages to this recipient, in one request."""
        with call_within(self.deadline_seconds):
            try:
                http = RebasedTwilioClient(settings.TWILIO_API_BASE)
                newest = _client(http).messages.page(to=question.to, page_size=_PAGE_SIZE)
                matching = [message for message in newest if _matches(message, question)]
            except (*_NETWORK_FAULTS, *_MALFORMED):
                return Found(FoundKind.FAILED)
        if not matching:
            return Found(FoundKind.ABSENT)
        oldest = min(matching, key=_created)
        return Found(FoundKind.FOUND, sid=str(oldest.sid), status=str(oldest.status or ""))


def status_callback(attempt_id: str) -> str:
    """Where the provider reports on an attempt; the id comes back to us even if its sid never did."""
    return f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/status?attempt={attempt_id}"


class _RememberingClient(RebasedTwilioClient):
    """Keeps what Retry-After asks for, which Twilio's exceptions drop."""

    hold_seconds: float | None = None

    def request(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().request(*args, **kwargs)
        headers = answer.headers or {}
        self.hold_seconds = retry_after(headers.get("Retry-After"), headers.get("Date"))
        return answer


def _client(http: RebasedTwilioClient) -> Client:
    return Client(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http)


def _refusal(exc: TwilioRestException | TwilioServiceException, wait: float | None) -> Outcome:
    """Sort an answer that is not 2xx."""
    status, code = int(exc.status), str(exc.code or exc.status)
    detail = _NUMBER.sub("***", str(getattr(exc, "msg", "") or getattr(exc, "title", "")))[:200]
    if 200 <= status < 300:
        return Outcome(OutcomeKind.UNKNOWN, code="malformed", detail=detail)
    if status == 429:
        return Outcome(OutcomeKind.AGAIN, code=code, detail=detail, hold_seconds=wait or _THROTTLED_SECONDS)
    if status >= 500:
        kind = OutcomeKind.AGAIN if status == 503 else OutcomeKind.UNKNOWN
        return Outcome(kind, code=code, detail=detail, hold_seconds=wait)
    if code in _PERMANENT:
        return Outcome(OutcomeKind.REFUSED, code=code, detail=detail, opted_out=code == OPTED_OUT_CODE)
    if status in _OUR_FAULT or status < 400 or status in (408, 425):
        return Outcome(OutcomeKind.AGAIN, code=code, detail=detail)
    return Outcome(OutcomeKind.REFUSED, code=code, detail=detail)


def _matches(message: Any, question: Question) -> bool:
    if str(message.sid) in question.known_sids or message.direction == "inbound" or message.to != question.to:
        return False
    if not str(message.body or "").endswith(question.text):
        return False
    return _created(message) >= question.started_at - _CLOCK_TOLERANCE


def _created(message: Any) -> datetime:
    moment = message.date_created
    if isinstance(moment, str):
        moment = parsedate_to_datetime(moment)
    if moment is None:
        return datetime.max.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def balance() -> tuple[float, str] | None:
    """What is left on the account and its currency; None when the provider does not say."""
    with call_within(TOTAL_SECONDS):
        try:
            found = _client(RebasedTwilioClient(settings.TWILIO_API_BASE)).api.v2010.balance.fetch()
            return float(found.balance), str(found.currency)
        except (TwilioRestException, TwilioServiceException, *_NETWORK_FAULTS, *_MALFORMED):
            return None
