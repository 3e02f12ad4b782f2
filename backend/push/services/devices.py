"""Registering and dropping push addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts.types import AccountError
from backend.journal.services import record, record_change
from backend.push.channels import fcm, webpush
from backend.push.events import DEVICE_REGISTERED
from backend.push.models import PushDevice
from backend.push.rules import is_push_key
from backend.push.services.membership import revise
from backend.push.services.policies import policy_in_force
from backend.push.types import Platform, PushError, Reason
from kernel import clock, egress
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError

P256_POINT_BYTES = 65
AUTH_BYTES = 16


def register_device(*, actor: Actor, token: str = "", subscription: Mapping[str, Any] | None = None) -> UUID:
    """Keep a push address of the actor's device: an FCM token, or a browser's subscription.

    The same address again is the same device; an address that somebody else had registered moves over, for the device
    has changed hands. Dropped when the session ends. The person's oldest address goes when there are too many.

    Raises PUSH_ENDPOINT_REFUSED (not https, or not public) and PUSH_KEYS_INVALID for a subscription.
    """
    if actor.user_id is None:
        raise DomainError(AccountError.TOKEN_INVALID)
    platform = Platform.WEBPUSH if subscription is not None else Platform.FCM
    secret, service = _checked(subscription) if subscription is not None else (token, fcm.GOOGLE)
    with transaction.atomic():
        now = clock.now()
        row, _ = PushDevice.objects.update_or_create(
            token_digest=_digest(platform, secret),
            defaults={
                "person_id": actor.user_id,
                "session_id": actor.session_id,
                "platform": platform,
                "token": secret,
                "service": service,
                "registered_at": now,
                "seen_at": now,
                "dropped_at": None,
                "drop_reason": "",
            },
        )
        surplus = _limit(actor.user_id)
        revise([row.pk, *surplus])
        record_change(
            actor=actor,
            event=DEVICE_REGISTERED,
            subject=("push_device", row.pk),
            organisation_id=None,
            data={"person_id": str(actor.user_id), "platform": str(platform)},
        )
    return row.pk


def _checked(subscription: Mapping[str, Any]) -> tuple[str, str]:
    endpoint = egress.read_endpoint(subscription["endpoint"])
    if endpoint is None or not egress.may_register(endpoint):
        raise _refused(PushError.ENDPOINT_REFUSED, "/subscription/endpoint")
    keys = subscription["keys"]
    if not is_push_key(keys["p256dh"], P256_POINT_BYTES, first=4):
        raise _refused(PushError.KEYS_INVALID, "/subscription/keys/p256dh")
    if not is_push_key(keys["auth"], AUTH_BYTES):
        raise _refused(PushError.KEYS_INVALID, "/subscription/keys/auth")
    kept = {"endpoint": subscription["endpoint"], "keys": {"p256dh": keys["p256dh"], "auth": keys["auth"]}}
    if webpush.is_configured():
        kept["vapid"] = webpush.public_key()
    return json.dumps(kept, sort_keys=True), endpoint.origin


def _refused(code: PushError, pointer: str) -> DomainError:
    return DomainError(code, errors=[FieldError(pointer, code.code, code.spec.detail)])


def _digest(platform: Platform, secret: str) -> bytes:
    """A browser's address is its endpoint: new keys for the same one replace the old."""
    name = json.loads(secret)["endpoint"] if platform is Platform.WEBPUSH else secret
    return hashlib.sha256(f"{platform}\x00{name}".encode()).digest()


def _limit(person_id: UUID) -> list[UUID]:
    live = PushDevice.objects.filter(person_id=person_id, dropped_at=None).order_by("-seen_at", "-id")
    surplus = list(live.values_list("pk", flat=True)[policy_in_force().max_devices :])
    PushDevice.objects.filter(pk__in=surplus).update(dropped_at=clock.now(), drop_reason="too_many")
    return surplus


@transaction.atomic
def remove_device(*, actor: Actor, device_id: UUID) -> None:
    """Stop pushing to one of the actor's devices. Raises DEVICE_NOT_FOUND."""
    _remove(actor, PushDevice.objects.filter(pk=device_id))


@transaction.atomic
def remove_device_by_token(*, actor: Actor, token: str = "", endpoint: str = "") -> None:
    """The same, by FCM token or by the subscription's endpoint. Raises DEVICE_NOT_FOUND."""
    platform, name = (Platform.WEBPUSH, endpoint) if endpoint else (Platform.FCM, token)
    digest = hashlib.sha256(f"{platform}\x00{name}".encode()).digest()
    _remove(actor, PushDevice.objects.filter(token_digest=digest))


def _remove(actor: Actor, found: Any) -> None:
    row = found.select_for_update().filter(person_id=actor.user_id, dropped_at=None).first()
    if row is None:
        raise DomainError(PushError.DEVICE_NOT_FOUND)
    drop(row, "removed")
    record(
        actor=actor,
        action="push.device_removed",
        subject=("push_device", row.pk),
        organisation_id=None,
        data={"platform": str(row.platform)},
    )


def drop_session_devices(*, session_id: UUID) -> int:
    """A session has ended: nothing is pushed to its devices any more. Returns how many there were."""
    with transaction.atomic():
        live = PushDevice.objects.select_for_update().filter(session_id=session_id, dropped_at=None).order_by("id")
        found = list(live.values_list("pk", flat=True))
        PushDevice.objects.filter(pk__in=found).update(dropped_at=clock.now(), drop_reason="session_ended")
        revise(found)
    return len(found)


def drop(row: PushDevice, reason: str | Reason) -> None:
    """Never use an address again."""
    row.dropped_at, row.drop_reason = clock.now(), str(reason)
    row.save(update_fields=["dropped_at", "drop_reason"])
    revise([row.pk])
