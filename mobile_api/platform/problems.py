"""RFC 9457 problem documents."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kernel.errors import DomainError

MEDIA_TYPE = "application/problem+json"


def problem_document(error: DomainError, *, request_id: str) -> dict[str, Any]:
    """The document for a refusal in the current language: title, what to do, faults by JSON pointer, request id."""
    language = translation.get_language() or "zh-hans"
    spec = error.code.spec
    return {
        **error.extra,
        "type": f"/problems/{spec.code}",
        "title": spec.title.render(language),
        "status": spec.status,
        "detail": spec.detail.render(language, **error.params),
        "code": spec.code,
        "errors": [
            {
                "pointer": fault.pointer,
                "code": fault.code,
                "detail": fault.detail.render(language, **fault.params),
            }
            for fault in error.errors
        ],
        "request_id": request_id,
    }


def problem_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The HTTP answer for a refusal."""
    body = problem_document(error, request_id=getattr(request, "request_id", ""))
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=error.status, content_type=MEDIA_TYPE)
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    for name, value in error.headers.items():
        response[name] = value
    return response
