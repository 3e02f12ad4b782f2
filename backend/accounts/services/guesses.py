"""Counting guesses so that a stranger can neither try for long nor lock the owner out (F32).

A guess is written before it is checked, in a transaction of its own, and taken back when it was right; so guesses made
in parallel are all counted. Guesses from a device the person has signed in on are counted apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts.models import SignInGuess, SignInPolicy
from backend.accounts.rules.limits import Limit, Reached, reached
from backend.accounts.services.clients import Origin, origin_of
from backend.accounts.services.locks import lock_names
from backend.accounts.services.policies import current_policy, wait_headers
from backend.accounts.types import AccountError, Client
from kernel import clock
from kernel.crypto import blind_index
from kernel.errors import DomainError


def reserve(*, account: str, client: Client, device_id: UUID | None) -> int:
    """Count a guess at an account (known or not) before it is made. Returns its number, for `forgive`.

    Raises GUESS_LIMIT with Retry-After.
    """
    index = blind_index(account, purpose="accounts.guess")
    origin = origin_of(client)
    with transaction.atomic(durable=True):
        lock_names([index, origin.source])
        now, policy = clock.now(), current_policy()
        hit = _device_hit(index, device_id, policy, now) if device_id else _stranger_hit(index, origin, policy, now)
        if hit is not None:
            raise _refusal(hit, now)
        row = SignInGuess.objects.create(
            account_index=index, network_index=origin.network, source_index=origin.source, device_id=device_id, at=now
        )
    return row.pk


def forgive(guess_id: int) -> None:
    """Take a guess back that turned out right."""
    SignInGuess.objects.filter(pk=guess_id).delete()


def _device_hit(index: bytes, device_id: UUID, policy: SignInPolicy, now: datetime) -> Reached | None:
    own = SignInGuess.objects.filter(account_index=index, device_id=device_id, at__gt=_since(policy, now))
    return reached(
        [Limit(policy.guesses_per_device, policy.guess_seconds)], list(own.values_list("at", flat=True)), now
    )


def _stranger_hit(index: bytes, origin: Origin, policy: SignInPolicy, now: datetime) -> Reached | None:
    strangers = SignInGuess.objects.filter(device_id=None, at__gt=_since(policy, now))
    made = list(strangers.filter(account_index=index).values_list("at", "network_index"))
    near = [at for at, network in made if bytes(network) == origin.network]
    hits = [
        reached([Limit(policy.guesses_per_account, policy.guess_seconds)], [at for at, _ in made], now),
        reached([Limit(policy.guesses_per_network, policy.guess_seconds)], near, now),
        _spray_hit(list(strangers.filter(source_index=origin.source).values_list("at", flat=True)), policy, now),
    ]
    return max((hit for hit in hits if hit is not None), key=lambda hit: hit.free_at, default=None)


def _spray_hit(times: list[datetime], policy: SignInPolicy, now: datetime) -> Reached | None:
    """Many wrong guesses from one line slow that line down; its other users wait seconds, not minutes."""
    if len(times) < policy.spray_guesses:
        return None
    return reached([Limit(1, policy.spray_wait_seconds)], times, now)


def _since(policy: SignInPolicy, now: datetime) -> datetime:
    return now - timedelta(seconds=policy.guess_seconds)


def _refusal(hit: Reached, now: datetime) -> DomainError:
    return DomainError(
        AccountError.GUESS_LIMIT,
        headers=wait_headers((hit.free_at - now).total_seconds()),
        until=f"{clock.local(hit.free_at):%m-%d %H:%M:%S}",
    )
