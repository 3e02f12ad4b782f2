"""Where a sign-in comes from: digests of addresses, the look of a client, known devices."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from backend.accounts.models import Device, User
from backend.accounts.rules.limits import network_of, source_of
from backend.accounts.types import Client
from kernel import clock
from kernel.crypto import blind_index


@dataclass(frozen=True, slots=True)
class Origin:
    """Digests of the address a request came from: the line itself, and its neighbourhood."""

    source: bytes
    network: bytes


def origin_of(client: Client) -> Origin:
    """The digests of a client's address."""
    return Origin(
        source=blind_index(source_of(client.address), purpose="accounts.source"),
        network=blind_index(network_of(client.address), purpose="accounts.network"),
    )


def mark_of(client: Client) -> bytes:
    """A digest of what the client's program calls itself: the same for an app until it is updated."""
    return blind_index(client.user_agent, purpose="accounts.client_mark")


def digest_of(token: str) -> bytes:
    """The digest under which a long random token is kept."""
    return hashlib.sha256(token.encode()).digest()


def known_device(user: User | None, client: Client) -> Device | None:
    """The device of this person that the client proves to be, if any."""
    if user is None or not client.device_token:
        return None
    return Device.objects.filter(user=user, secret_digest=digest_of(client.device_token), revoked_at=None).first()


def remember_device(user: User, client: Client) -> tuple[Device, str]:
    """Note a device after a full sign-in. Returns it and the secret by which it will be known."""
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        user=user, secret_digest=digest_of(token), name=client.device_name, seen_at=clock.now()
    )
    return device, token
