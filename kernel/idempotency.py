"""Same intent, one effect: the first answer to an Idempotency-Key, kept in the transaction of the effect itself.

The claim is an INSERT on a unique key. A twin that arrives meanwhile waits on it and then reads the stored answer; a
crash before commit leaves neither effect nor claim (reliability F03, F22).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from kernel import clock
from kernel.errors import CommonError, DomainError, FieldError, Text
from kernel.ids import uuid7
from kernel.models import IdempotencyRecord

KEEP = timedelta(hours=24)
_KEY = re.compile(r"^[\x21-\x7e]{8,200}$")


@dataclass(frozen=True, slots=True)
class Intent:
    """What a client wants done once: who, where, which key, which content."""

    principal: str
    route: str
    key: str
    body_digest: bytes


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it was first given."""

    status: int
    headers: dict[str, str]
    body: bytes


def parse_key(header: str) -> str:
    """Return the key from the header, quoted (RFC 8941 string) or bare. Raises DomainError 400 if unusable."""
    key = header.strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.match(key):
        raise DomainError(
            CommonError.MALFORMED,
            errors=[
                FieldError(
                    "/headers/Idempotency-Key",
                    "invalid",
                    Text(
                        "须为 8 至 200 个可见 ASCII 字符，建议使用 UUID。",
                        "Use 8 to 200 visible ASCII characters, best a UUID.",
                    ),
                )
            ],
        )
    return key


def missing_key() -> DomainError:
    """The refusal for a request that needs a key and has none."""
    return DomainError(
        CommonError.MALFORMED,
        errors=[
            FieldError(
                "/headers/Idempotency-Key",
                "required",
                Text("请在请求头中提供 Idempotency-Key。", "Send an Idempotency-Key header with this request."),
            )
        ],
    )


def claim(intent: Intent) -> StoredAnswer | None:
    """Claim the key inside the transaction: None when this is the first time, else the stored first answer.

    Waits while a twin is being handled (bounded by `lock_timeout`). Raises DomainError 422 when the key was used with
    other content, 409 when the twin has no answer yet.
    """
    now = clock.now()
    digest = hashlib.sha256(intent.key.encode()).digest()
    scope: dict[str, Any] = {"principal": intent.principal, "route": intent.route, "key_digest": digest}
    IdempotencyRecord.objects.filter(**scope, expires_at__lte=now).delete()
    if _insert(scope, intent.body_digest, now + KEEP):
        return None
    record = IdempotencyRecord.objects.filter(**scope).first()
    if record is None or record.status is None:
        raise DomainError(CommonError.IN_PROGRESS, headers={"Retry-After": "1"})
    if bytes(record.body_digest) != intent.body_digest:
        raise DomainError(CommonError.IDEMPOTENCY_REUSED)
    return StoredAnswer(record.status, record.headers, bytes(record.body or b""))


def _insert(scope: dict[str, Any], body_digest: bytes, expires_at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_idempotencyrecord "
            "(id, principal, route, key_digest, body_digest, headers, expires_at) "
            "VALUES (%s, %s, %s, %s, %s, '{}', %s) ON CONFLICT (principal, route, key_digest) DO NOTHING",
            [uuid7(), scope["principal"], scope["route"], scope["key_digest"], body_digest, expires_at],
        )
        return cursor.rowcount == 1


def store(intent: Intent, answer: StoredAnswer) -> None:
    """Keep the answer of this intent, in the same transaction as its effect."""
    IdempotencyRecord.objects.filter(
        principal=intent.principal, route=intent.route, key_digest=hashlib.sha256(intent.key.encode()).digest()
    ).update(status=answer.status, headers=answer.headers, body=answer.body)


def forget_expired() -> int:
    """Delete records past their 24 hours. Returns how many."""
    return IdempotencyRecord.objects.filter(expires_at__lte=clock.now()).delete()[0]
