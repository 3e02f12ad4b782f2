"""What a partner may see, how a webhook is signed, and when it goes again (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

PREFIX = "whsec_"
SECRET_BYTES = 32
JITTER = 0.1
_PROGRESS = frozenset(
    {"case_no", "power_name", "power_id", "organisation_id", "state", "version", "at", "due_on", "accepted_on",
     "answer_due_on", "step", "next_step", "planned_days", "extension_days", "items_count"}
)  # fmt: skip
_OUTCOME = frozenset({"outcome", "outcome_label", "result_name", "method"})
_CASES = (
    "case.submitted", "case.accepted", "case.deemed_accepted", "case.supplement_requested", "case.supplemented",
    "case.acceptance_refused", "case.step_passed", "case.sent_back", "case.suspended", "case.resumed",
    "case.extended", "case.granted", "case.denied", "case.delivered", "case.closed", "case.withdrawn",
)  # fmt: skip
SCOPES: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "cases.progress": (_CASES, _PROGRESS),
    "cases.outcome": (_CASES, _OUTCOME),
    "cases.applicant": (_CASES, frozenset({"applicant_id", "case_id"})),
}
EVENT_TYPES = frozenset(_CASES)


def visible(scopes: Sequence[str], event_type: str, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The fields of an event that these scopes open; None when they open none of it."""
    fields: set[str] = set()
    for scope in scopes:
        types, opened = SCOPES.get(scope, ((), frozenset()))
        if event_type in types:
            fields |= opened
    return {name: value for name, value in data.items() if name in fields} if fields else None


def new_secret() -> str:
    """A signing secret of 32 random bytes."""
    return PREFIX + base64.b64encode(random.token_bytes(SECRET_BYTES)).decode()


def sign(secrets: Sequence[str], message_id: str, timestamp: int, body: str) -> str:
    """The `webhook-signature` header: one `v1,…` for each secret that is valid now."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return " ".join(f"v1,{base64.b64encode(_mac(secret, signed)).decode()}" for secret in secrets)


def _mac(secret: str, signed: bytes) -> bytes:
    return hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), signed, hashlib.sha256).digest()


def wait(delays: Sequence[int], failures: int, spread: float, asked: float | None) -> timedelta | None:
    """How long until the next try after so many failed ones, ± 10 % by `spread` (0–1), never sooner than the partner
    asked; None when the tries are used up."""
    if failures >= len(delays):
        return None
    seconds = delays[failures] * (1 + JITTER * (2 * spread - 1))
    return timedelta(seconds=max(seconds, asked or 0.0))


def is_good(status: int) -> bool:
    """Whether an answer means that the partner has it. A redirect does not: nothing is followed."""
    return 200 <= status < 300
