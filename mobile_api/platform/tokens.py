"""Access tokens: simplejwt's backend, ES256, with the times judged by the database's clock.

A token only says which session somebody holds; whether it stands is asked of the database at each request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError

from backend.accounts.types import AccountError, SignedIn
from kernel import clock
from kernel.errors import DomainError
from kernel.ids import uuid7

MAX_LENGTH = 4096
_TYPE = "access"
_REQUIRED = ["exp", "nbf", "iat", "sub", "sid", "tv", "token_type", "aud", "iss", "jti"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says."""

    session_id: UUID
    user_id: UUID
    token_version: int


class _Backend(TokenBackend):
    """simplejwt's backend, which leaves exp, nbf and iat to us: servers' clocks decide nothing."""

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        """Check signature, algorithm, audience, issuer and that every claim is there."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self.get_verifying_key(token),
                algorithms=[self.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                options={"require": _REQUIRED, "verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except (jwt.InvalidTokenError, ValueError, TypeError, RecursionError) as exc:
            raise TokenBackendError("token refused") from exc
        return claims


@lru_cache(maxsize=1)
def _backend() -> _Backend:
    options: dict[str, Any] = settings.SIMPLE_JWT
    key = serialization.load_pem_private_key(options["SIGNING_KEY"].encode(), password=None)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return _Backend(
        options["ALGORITHM"],
        signing_key=options["SIGNING_KEY"],
        verifying_key=public.decode(),
        audience=options["AUDIENCE"],
        issuer=options["ISSUER"],
        leeway=options["LEEWAY"],
    )


def access_token(signed_in: SignedIn) -> str:
    """A short-lived token for a live session."""
    now = clock.now()
    return _backend().encode(
        {
            "token_type": _TYPE,
            "sub": str(signed_in.user_id),
            "sid": str(signed_in.session_id),
            "tv": signed_in.token_version,
            "jti": str(uuid7()),
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int((now + timedelta(seconds=settings.JWT_ACCESS_SECONDS)).timestamp()),
        }
    )


def read_access_token(token: str, *, now: datetime) -> Claims:
    """The claims of a genuine access token that is in force at `now`. Raises TOKEN_INVALID for anything else."""
    if len(token) > MAX_LENGTH:
        raise DomainError(AccountError.TOKEN_INVALID)
    try:
        claims = _backend().decode(token)
        leeway = _backend().get_leeway().total_seconds()
        moment = now.timestamp()
        in_force = int(claims["nbf"]) - leeway <= moment < int(claims["exp"]) + leeway
        if claims["token_type"] != _TYPE or not in_force:
            raise DomainError(AccountError.TOKEN_INVALID)
        return Claims(UUID(claims["sid"]), UUID(claims["sub"]), int(claims["tv"]))
    except (TokenBackendError, ValueError, TypeError, AttributeError) as exc:
        raise DomainError(AccountError.TOKEN_INVALID) from exc
