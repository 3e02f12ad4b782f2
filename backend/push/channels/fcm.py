"""Firebase Cloud Messaging through Google's own client, with its hidden retries switched off and counted."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import firebase_admin
from django.conf import settings
from firebase_admin import credentials, exceptions, messaging
from google.auth.exceptions import GoogleAuthError
from google.oauth2.credentials import Credentials
from requests import RequestException

from backend.push.rules import fcm_priority, retry_after
from backend.push.types import Kind, Outcome, OutcomeKind, Outgoing, Reason, TopicOutcome
from kernel import egress

GOOGLE = "https://fcm.googleapis.com"
TOPICS = f"{GOOGLE}/topics"
"""Google's patience with being told of topics is another than that with messages."""
PATH = "/v1/projects/{0}/messages:send"
_THROTTLED_SECONDS = 30.0
_OUR_FAULT_SECONDS = 300.0
_BAD_TOKEN = "registration token"  # noqa: S105 - words of an error message
_GONE = (messaging.UnregisteredError, messaging.SenderIdMismatchError)
_OUR_FAULT = (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError)
_HOLDS = {
    "RESOURCE_EXHAUSTED": _THROTTLED_SECONDS,
    "QUOTA_EXCEEDED": _THROTTLED_SECONDS,
    "UNAUTHENTICATED": _OUR_FAULT_SECONDS,
    "PERMISSION_DENIED": _OUR_FAULT_SECONDS,
}
_SIDE_BY_SIDE = 10  # connections that the client keeps
_making = Lock()
_LATER = (messaging.QuotaExceededError, exceptions.ResourceExhaustedError)


def is_configured() -> bool:
    """Whether there is a service account, or an operator-chosen server that is not Google's and so needs none."""
    return bool(settings.FCM_CREDENTIALS_FILE) or _is_elsewhere()


def _is_elsewhere() -> bool:
    return not settings.PRODUCTION and settings.FCM_API_BASE.rstrip("/") != GOOGLE


def send(outgoing: Outgoing) -> Outcome:
    """Hand one message to FCM. Never raises: every fault is an outcome."""
    with egress.exchange(guarded=False) as running:
        try:
            with _making:
                app = _app(settings.FCM_API_BASE, settings.FCM_CREDENTIALS_FILE, settings.FCM_PROJECT_ID)
            name = messaging.send(_message(outgoing), app=app)
        except exceptions.FirebaseError as exc:
            return _sorted(exc, running)
        except GoogleAuthError as exc:
            return Outcome(OutcomeKind.AGAIN, code=type(exc).__name__, hold_seconds=_OUR_FAULT_SECONDS)
        except (RequestException, OSError, ValueError, KeyError, TypeError) as exc:
            kind = OutcomeKind.UNKNOWN if running.may_have_left else OutcomeKind.AGAIN
            return Outcome(kind, code=type(exc).__name__, requests=running.requests)
        return Outcome(OutcomeKind.ACCEPTED, code="200", provider_id=str(name)[:200], requests=running.requests)


def tell_topic(topic: str, tokens: Sequence[str], *, inside: bool) -> TopicOutcome:
    """Put phones into a topic, or take them out. Never raises; telling twice does no harm.

    Google's client makes one call a phone, some at once; what it was told about how long to wait it keeps to itself.
    """
    errors: dict[int, str] = {}
    hold_seconds, end = None, time.monotonic() + egress.TOTAL_SECONDS
    for first in range(0, len(tokens), _SIDE_BY_SIDE):
        places = range(first, min(first + _SIDE_BY_SIDE, len(tokens)))
        if hold_seconds or time.monotonic() > end:
            errors |= dict.fromkeys(places, "not_told")
            continue
        found = _tell(topic, tokens[places.start : places.stop], inside)
        errors |= {first + place: reason for place, reason in found.items()}
        hold_seconds = max((_HOLDS[reason] for reason in found.values() if reason in _HOLDS), default=None)
    return TopicOutcome(errors, hold_seconds)


def _tell(topic: str, tokens: Sequence[str], inside: bool) -> dict[int, str]:
    tell = messaging.subscribe_to_topic if inside else messaging.unsubscribe_from_topic
    try:
        with _making:
            app = _app(settings.FCM_API_BASE, settings.FCM_CREDENTIALS_FILE, settings.FCM_PROJECT_ID)
        answer = tell(list(tokens), topic, app=app)
    except (exceptions.FirebaseError, GoogleAuthError, OSError, ValueError, KeyError, TypeError) as exc:
        return dict.fromkeys(range(len(tokens)), type(exc).__name__)
    return {one.index: one.reason for one in answer.errors}


def _message(outgoing: Outgoing) -> messaging.Message:
    shown = outgoing.kind is Kind.SHOW
    ttl = timedelta(seconds=outgoing.ttl_seconds)
    badge = outgoing.payload.get("badge")
    title, body = outgoing.payload.get("title"), outgoing.payload.get("body")
    return messaging.Message(
        token=outgoing.token or None,
        condition=outgoing.condition or None,
        data=outgoing.payload,
        notification=messaging.Notification(title=title, body=body) if shown and title else None,
        android=messaging.AndroidConfig(
            collapse_key=outgoing.collapse_key,
            priority=fcm_priority(outgoing.urgency),
            ttl=ttl,
            notification=messaging.AndroidNotification(tag=outgoing.collapse_key) if shown and title else None,
        ),
        apns=messaging.APNSConfig(
            headers={"apns-collapse-id": outgoing.collapse_key, "apns-priority": "10" if shown else "5"},
            payload=messaging.APNSPayload(
                aps=messaging.Aps(badge=int(badge) if badge else None, content_available=not shown)
            ),
        ),
    )


def _sorted(exc: exceptions.FirebaseError, running: egress.Exchange) -> Outcome:
    answer = exc.http_response
    if answer is None or answer.status_code < 400:
        kind = OutcomeKind.UNKNOWN if running.may_have_left else OutcomeKind.AGAIN
        return Outcome(kind, code=exc.code, requests=running.requests)
    sent, code = running.requests, f"{answer.status_code} {exc.code}"
    if isinstance(exc, _GONE) or (answer.status_code == 400 and _BAD_TOKEN in str(exc).lower()):
        return Outcome(OutcomeKind.REFUSED, code=code, device_gone=True, reason=Reason.DEVICE_GONE, requests=sent)
    asked = retry_after(answer.headers.get("Retry-After"), answer.headers.get("Date"))
    if isinstance(exc, _OUR_FAULT) or answer.status_code in {401, 403}:
        return Outcome(OutcomeKind.AGAIN, code=code, hold_seconds=asked or _OUR_FAULT_SECONDS, requests=sent)
    if isinstance(exc, _LATER) or answer.status_code == 429:
        return Outcome(OutcomeKind.AGAIN, code=code, hold_seconds=asked or _THROTTLED_SECONDS, requests=sent)
    if answer.status_code >= 500:
        return Outcome(OutcomeKind.AGAIN, code=code, hold_seconds=asked, requests=sent)
    return Outcome(OutcomeKind.REFUSED, code=code, reason=Reason.REFUSED, requests=sent)


@lru_cache(maxsize=4)
def _app(base: str, credentials_file: str, project_id: str) -> firebase_admin.App:
    """The client for one configuration. Retries inside the library are taken out: they would hide calls from us."""
    messaging._MessagingService.FCM_URL = base.rstrip("/") + PATH  # noqa: SLF001 - the only way to another server
    credential: credentials.Base = _FixedToken()
    if credentials_file:
        credential = credentials.Certificate(json.loads(Path(credentials_file).read_text()))
    options: dict[str, Any] = {"httpTimeout": egress.TOTAL_SECONDS}
    if project_id or not credentials_file:
        options["projectId"] = project_id or "local"
    app = firebase_admin.initialize_app(credential, options, name=f"push:{base}:{credentials_file}:{project_id}")
    service = messaging._get_messaging_service(app)  # noqa: SLF001 - pinned version, see above
    service._fcm_topic_url = f"{base.rstrip('/')}/v1/projects/{app.project_id}/registrations"  # noqa: SLF001
    sessions = (service._client.session, service._client.session._auth_request_session)  # noqa: SLF001
    for session in sessions:
        session.headers["Connection"] = "close"
        for prefix in {*session.adapters, "http://", "https://"}:
            session.mount(prefix, egress.GuardedAdapter())
    return app


class _FixedToken(credentials.Base):
    """What a server of the operator's own choice, which checks no Google token, is given."""

    def get_credential(self) -> Credentials:
        """A token that never expires."""
        return Credentials("local")  # type: ignore[no-untyped-call]
