"""The one exception handler: every refusal and fault becomes a problem document."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.db.utils import InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, SerializationFailure
from psycopg_pool import PoolTimeout
from rest_framework import exceptions

from kernel.errors import CommonError, DomainError, FieldError, Text
from mobile_api.platform.problems import problem_response

logger = logging.getLogger(__name__)

_DRF = {
    exceptions.ParseError: CommonError.MALFORMED,
    exceptions.AuthenticationFailed: CommonError.NOT_AUTHENTICATED,
    exceptions.NotAuthenticated: CommonError.NOT_AUTHENTICATED,
    exceptions.PermissionDenied: CommonError.FORBIDDEN,
    PermissionDenied: CommonError.FORBIDDEN,
    exceptions.NotFound: CommonError.NOT_FOUND,
    Http404: CommonError.NOT_FOUND,
    exceptions.MethodNotAllowed: CommonError.METHOD_NOT_ALLOWED,
    exceptions.NotAcceptable: CommonError.NOT_ACCEPTABLE,
    exceptions.UnsupportedMediaType: CommonError.UNSUPPORTED_MEDIA,
    RequestDataTooBig: CommonError.TOO_LARGE,
    UnreadablePostError: CommonError.MALFORMED,
}


def handle(exc: Exception, context: dict[str, Any]) -> HttpResponse:
    """DRF's hook."""
    request: HttpRequest = context["request"]._request  # noqa: SLF001 - DRF offers no public way to Django's request
    refusal = as_refusal(exc)
    if refusal.status >= 500:
        logger.error("request_failed", exc_info=exc, extra={"request_id": getattr(request, "request_id", "")})
    response = problem_response(request, refusal)
    if isinstance(exc, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def as_refusal(exc: Exception) -> DomainError:
    """Sort any exception into a DomainError. What nobody foresaw is `internal_error`, which shows nothing of itself."""
    if isinstance(exc, DomainError):
        return exc
    if isinstance(exc, exceptions.ValidationError):
        return DomainError(CommonError.VALIDATION, errors=list(_faults("", exc.detail)))
    if isinstance(exc, OperationalError | InterfaceError | PoolTimeout):
        return _database_refusal(exc)
    for kind, code in _DRF.items():
        if isinstance(exc, kind):
            return DomainError(code, headers={"WWW-Authenticate": "Bearer"} if code.spec.status == 401 else {})
    return DomainError(CommonError.INTERNAL)


def _database_refusal(exc: Exception) -> DomainError:
    cause = exc.__cause__
    if isinstance(cause, LockNotAvailable | DeadlockDetected | SerializationFailure):
        return DomainError(CommonError.IN_PROGRESS, headers={"Retry-After": "1"})
    seconds = "5" if isinstance(cause, QueryCanceled) else "3"
    return DomainError(CommonError.UNAVAILABLE, headers={"Retry-After": seconds})


def _faults(pointer: str, detail: Any) -> Iterator[FieldError]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else f"/{name}"
            yield from _faults(pointer + step, inner)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _faults(f"{pointer}/{index}" if nested else pointer, inner)
    else:
        text = str(detail).replace("{", "{{").replace("}", "}}")
        yield FieldError(pointer, getattr(detail, "code", "invalid"), Text(text, text))
