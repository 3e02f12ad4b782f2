"""Request id, language, and problem documents also for errors that never reach a view."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import translation

from kernel.errors import CommonError, DomainError
from kernel.ids import uuid7
from mobile_api.platform.problems import problem_response

logger = logging.getLogger("mobile_api.access")
request_id: ContextVar[str] = ContextVar("request_id", default="")
Next = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Gives each request an id, returns it, and writes one access line without personal data."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identifier = str(uuid7())
        token = request_id.set(identifier)
        request.request_id = identifier  # type: ignore[attr-defined]
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = identifier
            if request.path.startswith("/api/"):
                response.setdefault("Cache-Control", "no-store")
                response.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            self._log(request, response, time.perf_counter() - started)
            return response
        finally:
            request_id.reset(token)

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        logger.info(
            "request",
            extra={
                "request_id": request.request_id,  # type: ignore[attr-defined]
                "method": request.method,
                "route": match.route if match else "-",
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
            },
        )


class LanguageMiddleware:
    """zh-Hans unless the caller prefers English."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(preferred_language(request)):
            response = self.get_response(request)
            response.setdefault("Content-Language", "en" if translation.get_language() == "en" else "zh-Hans")
        return response


def preferred_language(request: HttpRequest) -> str:
    """`en` when Accept-Language ranks English above Chinese, else `zh-hans`."""
    best, best_weight = "zh-hans", 0.0
    for part in request.headers.get("Accept-Language", "")[:400].split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        language = {"zh": "zh-hans", "en": "en"}.get(tag.strip().lower()[:2])
        if language and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


class ProblemMiddleware:
    """Turns what goes wrong outside DRF (unknown address, bad host, oversized body, a fault) into problem documents."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        already = response.get("Content-Type", "").startswith("application/problem+json")
        if response.status_code < 400 or already or response.streaming:
            return response
        replacement = _BY_STATUS.get(response.status_code)
        if replacement is None or not _is_html(response):
            return response
        return problem_response(request, DomainError(replacement))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Faults of plain Django views."""
        if isinstance(exception, DomainError):
            return problem_response(request, exception)
        if isinstance(exception, RequestDataTooBig):
            return problem_response(request, DomainError(CommonError.TOO_LARGE))
        if isinstance(exception, SuspiciousOperation | DisallowedHost | UnreadablePostError):
            return problem_response(request, DomainError(CommonError.MALFORMED))
        return None


def _is_html(response: HttpResponse) -> bool:
    return not response.content or response.get("Content-Type", "").startswith("text/html")


_BY_STATUS = {
    400: CommonError.MALFORMED,
    403: CommonError.FORBIDDEN,
    404: CommonError.NOT_FOUND,
    405: CommonError.METHOD_NOT_ALLOWED,
    413: CommonError.TOO_LARGE,
    500: CommonError.INTERNAL,
}
