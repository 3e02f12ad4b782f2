"""Sessions: opened by a sign-in, kept alive by single-use refresh tokens, ended by many things (F27, F28)."""

from __future__ import annotations

import hmac
import os
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.accounts.events import SESSION_ENDED, SESSION_REVOKED
from backend.accounts.models import Device, RefreshSession, User
from backend.accounts.rules.actors import person_of, session_of
from backend.accounts.rules.secrets import decode_refresh, encode_refresh
from backend.accounts.services.clients import digest_of, mark_of
from backend.accounts.services.locks import lock_user
from backend.accounts.services.policies import current_policy
from backend.accounts.types import AccountError, Client, ClientKind, EndReason, SignedIn
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.crypto import blind_index
from kernel.errors import DomainError


def open_session(
    *,
    user: User,
    client: Client,
    mfa_at: datetime | None,
    device: Device | None = None,
    device_token: str | None = None,
) -> SignedIn:
    """Open a session for somebody who has just proved who they are. Needs the transaction of that proof."""
    now = clock.now()
    row = RefreshSession.objects.create(
        user=user,
        device=device,
        salt=os.urandom(32),
        client_mark=mark_of(client),
        client=client.kind,
        device_name=client.device_name,
        address=client.address,
        seen_at=now,
        expires_at=_expiry(now),
        mfa_at=mfa_at,
    )
    return _signed_in(row, user, device_token)


def refresh(*, token: str, client: Client) -> SignedIn:
    """Exchange a refresh token for its successor. A token works once.

    The same client may ask again within a few seconds (its answer was lost) and gets the same successor. Any other
    second use ends the session for good and warns the person. Raises TOKEN_INVALID.
    """
    with transaction.atomic(durable=True):
        signed_in = _rotate(token, client)
    if signed_in is None:
        raise DomainError(AccountError.TOKEN_INVALID)
    return signed_in


def _rotate(token: str, client: Client) -> SignedIn | None:
    parts = decode_refresh(token)
    if parts is None:
        return None
    session_id, generation, mac = parts
    now = clock.now()
    alive = RefreshSession.objects.filter(pk=session_id, ended_at=None, expires_at__gt=now, user__is_active=True)
    row = alive.select_related("user").first()
    if row is None or not hmac.compare_digest(mac, _mac(row, generation)):
        return None
    won = RefreshSession.objects.filter(pk=row.pk, generation=generation, ended_at=None).update(
        generation=generation + 1, rotated_at=now, seen_at=now, expires_at=_expiry(now)
    )
    row = RefreshSession.objects.select_related("user").select_for_update(of=("self",)).get(pk=row.pk)
    if won or (row.ended_at is None and _may_ask_again(row, generation, client)):
        return _signed_in(row, row.user, None)
    if row.ended_at is None:
        _revoke(row, client)
    return None


def _may_ask_again(row: RefreshSession, generation: int, client: Client) -> bool:
    """Whether the last answer may be given again: to the same client, and only for a few seconds."""
    if row.rotated_at is None or row.generation != generation + 1:
        return False
    if clock.now() - row.rotated_at > timedelta(seconds=current_policy().refresh_grace_seconds):
        return False
    if not hmac.compare_digest(bytes(row.client_mark), mark_of(client)):
        return False
    return client.address == row.address or _is_device(row, client)


def _is_device(row: RefreshSession, client: Client) -> bool:
    device = row.device
    return device is not None and hmac.compare_digest(bytes(device.secret_digest), digest_of(client.device_token))


def _revoke(row: RefreshSession, client: Client) -> None:
    actor = Actor(
        kind=ActorKind.ANONYMOUS, session_id=row.pk, address=client.address, name="refresh token that was used up"
    )
    _close(row, EndReason.REUSE)
    for event in (SESSION_REVOKED, SESSION_ENDED):
        record_change(
            actor=actor,
            event=event,
            subject=("user", row.user_id),
            organisation_id=None,
            data=_facts(row),
            private={"device_name": row.device_name},
        )


def end_all_sessions(*, actor: Actor, user: User, reason: EndReason, except_id: UUID | None = None) -> int:
    """End the live sessions of a locked person, all or all but one. Returns how many.

    Ending all raises the token version too, so that no access token lives on.
    """
    alive = RefreshSession.objects.select_for_update(of=("self",)).filter(user=user, ended_at=None)
    rows = [row for row in alive.order_by("id") if row.pk != except_id]
    for row in rows:
        _end(actor, row, reason)
    if except_id is None:
        user.token_version += 1
        user.save(update_fields=["token_version"])
    return len(rows)


def log_out(*, actor: Actor) -> None:
    """End the session in which the actor acts. Raises SESSION_NOT_FOUND when it ended meanwhile."""
    _end_one(actor, session_of(actor), EndReason.LOGOUT)


def end_own_session(*, actor: Actor, session_id: UUID) -> None:
    """End one of the actor's own sessions; its device is then no longer known. Raises SESSION_NOT_FOUND."""
    _end_one(actor, session_id, EndReason.REMOVED)


@transaction.atomic
def _end_one(actor: Actor, session_id: UUID, reason: EndReason) -> None:
    user = lock_user(person_of(actor))
    alive = RefreshSession.objects.select_for_update(of=("self",)).filter(user=user, ended_at=None)
    row = alive.filter(pk=session_id).first()
    if row is None:
        raise DomainError(AccountError.SESSION_NOT_FOUND)
    _end(actor, row, reason)
    if reason is EndReason.REMOVED and row.device_id:
        Device.objects.filter(pk=row.device_id).update(revoked_at=clock.now())


def _end(actor: Actor, row: RefreshSession, reason: EndReason) -> None:
    _close(row, reason)
    record_change(
        actor=actor, event=SESSION_ENDED, subject=("user", row.user_id), organisation_id=None, data=_facts(row)
    )


def _close(row: RefreshSession, reason: EndReason) -> None:
    row.ended_at = clock.now()
    row.end_reason = reason
    row.save(update_fields=["ended_at", "end_reason"])


def _facts(row: RefreshSession) -> dict[str, str]:
    return {"user_id": str(row.user_id), "session_id": str(row.pk), "reason": str(row.end_reason)}


def _signed_in(row: RefreshSession, user: User, device_token: str | None) -> SignedIn:
    return SignedIn(
        session_id=row.pk,
        user_id=user.pk,
        token_version=user.token_version,
        refresh=encode_refresh(row.pk, row.generation, _mac(row, row.generation)),
        refresh_expires_at=row.expires_at,
        client=ClientKind(row.client),
        device_token=device_token,
    )


def _mac(row: RefreshSession, generation: int) -> bytes:
    return blind_index(f"{bytes(row.salt).hex()}:{row.pk}:{generation}", purpose="accounts.refresh")


def _expiry(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JWT_REFRESH_SECONDS)
