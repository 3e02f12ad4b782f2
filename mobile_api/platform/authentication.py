"""Bearer tokens bound to a session that can be ended at once."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from backend.accounts import selectors
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from mobile_api.platform.network import client_address
from mobile_api.platform.tokens import read_access_token


def actor_for_token(token: str, *, address: str) -> Actor:
    """The actor an access token stands for right now. Raises DomainError TOKEN_INVALID for anything doubtful."""
    now = clock.now()
    claims = read_access_token(token, now=now)
    return selectors.actor_for_session(
        session_id=claims.session_id,
        user_id=claims.user_id,
        token_version=claims.token_version,
        address=address,
        now=now,
    )


class SignedInUser:
    """What DRF sees as `request.user`: only that somebody is signed in, and who."""

    is_authenticated = True

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.pk = actor.user_id


class SessionTokenAuthentication(BaseAuthentication):
    """Checks the access token and, in one query, that its session, its person and its rights still stand."""

    def authenticate(self, request: Request) -> tuple[SignedInUser, str] | None:
        """Return (user, token); None without an Authorization header; AuthenticationFailed for anything doubtful."""
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > 4096:
            raise AuthenticationFailed
        try:
            actor = actor_for_token(token.strip(), address=client_address(request))
        except DomainError as exc:
            raise AuthenticationFailed from exc
        return SignedInUser(actor), token

    def authenticate_header(self, request: Request) -> str:
        """Makes DRF answer 401."""
        return "Bearer"


def actor_of(request: Any) -> Actor:
    """The actor of a DRF request; anonymous when nobody is signed in."""
    user = request.user
    return user.actor if isinstance(user, SignedInUser) else Actor.anonymous(client_address(request))
