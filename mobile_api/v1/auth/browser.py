"""What differs for browsers: tokens in cookies that scripts cannot read, and only from our own origins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts.types import AccountError, Client, ClientKind, SignedIn
from kernel.errors import DomainError
from mobile_api.platform.network import client_address
from mobile_api.platform.serializers import at
from mobile_api.platform.tokens import access_token

REFRESH_COOKIE = "refresh"
DEVICE_COOKIE = "device"
COOKIE_PATH = "/api/v1/auth"
_DEVICE_SECONDS = 365 * 24 * 3600
_USER_AGENT = 300


def client_of(request: Request, fields: dict[str, Any]) -> Client:
    """The client as the services want it. Raises ORIGIN_REFUSED for a page that is not ours."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.rstrip("/") not in settings.WEB_ORIGINS:
        raise DomainError(AccountError.ORIGIN_REFUSED)
    browser = origin is not None or fields.get("client") == ClientKind.BROWSER
    return Client(
        address=client_address(request),
        user_agent=request.headers.get("User-Agent", "")[:_USER_AGENT],
        device_name=fields.get("device", ""),
        device_token=fields.get("device_token", "") or request.COOKIES.get(DEVICE_COOKIE, "")[:100],
        kind=ClientKind.BROWSER if browser else ClientKind.NATIVE,
    )


def refresh_token_of(request: Request, fields: dict[str, Any]) -> str:
    """The refresh token from the body, else from the cookie, which counts only together with one of our origins."""
    if fields.get("refresh"):
        return str(fields["refresh"])
    token = request.COOKIES.get(REFRESH_COOKIE, "")
    if not token:
        raise DomainError(AccountError.TOKEN_INVALID)
    if request.headers.get("Origin") is None:
        raise DomainError(AccountError.ORIGIN_REFUSED)
    return token


def signed_in_response(signed_in: SignedIn) -> Response:
    """Tokens: all in the body for an app; for a browser the lasting ones in cookies."""
    body: dict[str, Any] = {
        "token_type": "Bearer",
        "access": access_token(signed_in),
        "expires_in": settings.JWT_ACCESS_SECONDS,
        "session_id": str(signed_in.session_id),
        "refresh_expires_at": at(signed_in.refresh_expires_at),
        "is_new_person": signed_in.is_new_person,
    }
    response = Response(body)
    if signed_in.client is ClientKind.BROWSER:
        _set_cookie(response, REFRESH_COOKIE, signed_in.refresh, settings.JWT_REFRESH_SECONDS)
        if signed_in.device_token:
            _set_cookie(response, DEVICE_COOKIE, signed_in.device_token, _DEVICE_SECONDS)
        return response
    body["refresh"] = signed_in.refresh
    if signed_in.device_token:
        body["device_token"] = signed_in.device_token
    return response


def forget_refresh_cookie(response: Response) -> Response:
    """Take the refresh cookie away."""
    response.delete_cookie(REFRESH_COOKIE, path=COOKIE_PATH, samesite="Strict")
    return response


def _set_cookie(response: Response, name: str, value: str, seconds: int) -> None:
    secure = settings.PRODUCTION or settings.PUBLIC_BASE_URL.startswith("https://")
    response.set_cookie(name, value, max_age=seconds, path=COOKIE_PATH, secure=secure, httponly=True, samesite="Strict")
