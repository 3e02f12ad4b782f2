"""Personal data inside the journal: seen only for a stated reason, destroyed when the law says so."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from backend.journal.models import JournalLine, JournalSecret
from backend.journal.services.recording import SECRET_CONTEXT, record
from backend.journal.types import JournalError
from kernel import crypto
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError

_NONCE_BYTES = 12
_SALT_BYTES = 16
AUDIT_ROLES = ("auditor", "audit_manager")


@transaction.atomic
def reveal_private(*, actor: Actor, line_id: UUID, reason: str) -> dict[str, Any]:
    """Show an auditor the personal data of a line. The view itself is journalled with its reason.

    Raises FORBIDDEN for others, LINE_NOT_FOUND, PRIVATE_ERASED once the data was destroyed, REASON_REQUIRED.
    """
    line = _auditable_line(actor, line_id, reason)
    secret = JournalSecret.objects.filter(line=line).first()
    if line.private_sealed is not None and secret is None:
        raise DomainError(JournalError.PRIVATE_ERASED)
    record(
        actor=actor,
        action="journal.private_revealed",
        subject=("journal_line", line.id),
        organisation_id=line.organisation_id,
        data={"reason": reason},
    )
    return {} if secret is None else _open(line, secret)


@transaction.atomic
def erase_private(*, actor: Actor, line_id: UUID, reason: str) -> None:
    """Destroy the key of a line's personal data for good (Personal Information Protection Law, Art. 47).

    The line and the chain stay whole. Does nothing when it was destroyed before. Raises as `reveal_private`.
    """
    line = _auditable_line(actor, line_id, reason)
    gone, _ = JournalSecret.objects.filter(line=line).delete()
    if gone:
        record(
            actor=actor,
            action="journal.private_erased",
            subject=("journal_line", line.id),
            organisation_id=line.organisation_id,
            data={"reason": reason},
        )


def _auditable_line(actor: Actor, line_id: UUID, reason: str) -> JournalLine:
    if not any(actor.has_role(role) for role in AUDIT_ROLES):
        raise DomainError(CommonError.FORBIDDEN)
    if not reason.strip():
        raise DomainError(JournalError.REASON_REQUIRED)
    line = JournalLine.objects.filter(pk=line_id).first()
    if line is None:
        raise DomainError(JournalError.LINE_NOT_FOUND)
    return line


def _open(line: JournalLine, secret: JournalSecret) -> dict[str, Any]:
    line_key = crypto.unseal(bytes(secret.sealed_key), context=f"{SECRET_CONTEXT}.{line.id}")
    sealed = bytes(line.private_sealed or b"")
    opened = AESGCM(line_key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], line.id.bytes)
    found: dict[str, Any] = json.loads(opened[_SALT_BYTES:])
    return found
