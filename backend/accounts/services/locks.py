"""Where rows of accounts are locked, always people before sessions."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from backend.accounts.models import User
from backend.accounts.types import AccountError
from kernel.errors import DomainError


def lock_user(user_id: UUID) -> User:
    """The person's row, locked until the transaction ends. Raises USER_NOT_FOUND."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise DomainError(AccountError.USER_NOT_FOUND)
    return user


def lock_names(names: Iterable[bytes]) -> None:
    """Let one transaction at a time pass for each of these digests; taken in order, so nobody waits in a circle."""
    numbers = sorted({int.from_bytes(name[:8], "big", signed=True) for name in names})
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
