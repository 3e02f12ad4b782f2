"""Writing lines, in the transaction of the change they tell of. If the line cannot be written, nothing happens."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from backend.journal import keys, rules
from backend.journal.models import JournalLine, JournalSecret
from backend.journal.types import LineContent
from kernel import clock, crypto, events
from kernel.actors import Actor
from kernel.events import Event, EventType
from kernel.ids import uuid7

SECRET_CONTEXT = "journal.secret"  # noqa: S105 - the name of a place, not a secret
_NONCE_BYTES = 12
_SALT_BYTES = 16


def record_change(
    *,
    actor: Actor,
    event: EventType,
    subject: tuple[str, UUID],
    organisation_id: UUID | None,
    data: Mapping[str, Any],
    journal_extra: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> Event:
    """Write one journal line and one event with the same id, in the caller's transaction.

    `data` goes to both, `journal_extra` only into the line; neither may hold personal data. `private` is what must be
    kept of a person: it stands in the line encrypted under a key of its own. The actor's network address is kept so
    by itself. Raises RuntimeError outside a transaction, ValueError for values without a canonical form.
    """
    event_id, moment = uuid7(), clock.now()
    facts = rules.plain(data)
    _write_line(
        line_id=event_id,
        moment=moment,
        actor=actor,
        action=event.name,
        subject=subject,
        organisation_id=organisation_id,
        data={**facts, **(journal_extra or {})},
        private=private,
    )
    return events.emit(
        event, subject=subject, organisation_id=organisation_id, data=facts, event_id=event_id, at=moment
    )


def record(
    *,
    actor: Actor,
    action: str,
    subject: tuple[str, UUID | None],
    organisation_id: UUID | None,
    data: Mapping[str, Any],
    private: Mapping[str, Any] | None = None,
) -> None:
    """Write a line without an event: a file was read, a sign-in failed. Same rules as `record_change`."""
    _write_line(
        line_id=uuid7(),
        moment=clock.now(),
        actor=actor,
        action=action,
        subject=subject,
        organisation_id=organisation_id,
        data=data,
        private=private,
    )


def _write_line(
    *,
    line_id: UUID,
    moment: datetime,
    actor: Actor,
    action: str,
    subject: tuple[str, UUID | None],
    organisation_id: UUID | None,
    data: Mapping[str, Any],
    private: Mapping[str, Any] | None,
) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a journal line needs the transaction of the change it tells of")
    kept = {**({"address": actor.address} if actor.address else {}), **(private or {})}
    sealed, digest, line_key = _seal_private(line_id, kept) if kept else (None, "", None)
    line = JournalLine(
        id=line_id,
        recorded_at=moment,
        actor_kind=actor.kind.value,
        actor_id=actor.user_id,
        actor_name=actor.name,
        actor_organisation_id=actor.organisation_id,
        actor_roles=",".join(sorted({grant.role for grant in actor.grants}))[:300],
        session_id=actor.session_id,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        organisation_id=organisation_id,
        data=rules.canonical_json(data),
        private_sealed=sealed,
        private_digest=digest,
    )
    line.stamp = rules.stamp_of(content_of(line), keys.stamp_key())
    line.save(force_insert=True)
    if line_key is not None:
        JournalSecret.objects.create(line=line, sealed_key=crypto.seal(line_key, context=f"{SECRET_CONTEXT}.{line_id}"))


def _seal_private(line_id: UUID, kept: Mapping[str, Any]) -> tuple[bytes, str, bytes]:
    text = rules.canonical_json(kept)
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    line_key = AESGCM.generate_key(bit_length=256)
    sealed = nonce + AESGCM(line_key).encrypt(nonce, salt + text.encode(), line_id.bytes)
    return sealed, rules.private_digest(salt, text), line_key


def content_of(line: JournalLine) -> LineContent:
    """The canonical fields of a stored line."""
    sealed = line.private_sealed
    return LineContent(
        id=str(line.id),
        recorded_at=rules.time_text(line.recorded_at),
        actor_kind=line.actor_kind,
        actor_id=_text(line.actor_id),
        actor_name=line.actor_name,
        actor_organisation_id=_text(line.actor_organisation_id),
        actor_roles=line.actor_roles,
        session_id=_text(line.session_id),
        action=line.action,
        subject_kind=line.subject_kind,
        subject_id=_text(line.subject_id),
        organisation_id=_text(line.organisation_id),
        data=line.data,
        private_digest=line.private_digest,
        private_sha256="" if sealed is None else hashlib.sha256(bytes(sealed)).hexdigest(),
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
