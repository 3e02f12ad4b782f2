"""The base of all endpoints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel import idempotency
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from mobile_api.platform.authentication import actor_of
from mobile_api.platform.errors import as_refusal
from mobile_api.platform.problems import problem_response

Handler = Callable[..., Response | HttpResponse]
REPLAYABLE = frozenset({400, 404, 409, 422})


class ApiView(APIView):
    """An endpoint. `public = True` only for the routes on the list in tests/architecture."""

    public: ClassVar[bool] = False

    def get_permissions(self) -> list[BasePermission]:
        """Signed in, unless the route is public."""
        return [AllowAny()] if self.public else [IsAuthenticated()]

    @property
    def actor(self) -> Actor:
        """Who calls."""
        return actor_of(self.request)


def idempotent(*, required: bool) -> Callable[[Handler], Handler]:
    """Give the same answer to the same Idempotency-Key; with `required`, refuse a request without one.

    Effect and stored answer commit together. Refusals that would be the same again are stored too; faults are not.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def wrapped(view: ApiView, request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
            if not required and "Idempotency-Key" not in request.headers:
                return handler(view, request, *args, **kwargs)
            return _once(_intent(view, request), request, lambda: handler(view, request, *args, **kwargs))

        wrapped.idempotency = "required" if required else "accepted"  # type: ignore[attr-defined]
        return wrapped

    return decorate


def idempotent_in_parts(handler: Handler) -> Handler:
    """For a request of several acts that commit one by one: the handler does each through `once`.

    What a first attempt has done stays done when it breaks off; the same request again does the rest, and gives the
    same answer.
    """

    @wraps(handler)
    def wrapped(view: ApiView, request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
        intent = _intent(view, request)
        with transaction.atomic():
            known = idempotency.claim(intent) is not None
            if not known:
                idempotency.store(intent, idempotency.StoredAnswer(202, {}, b""))
        response = handler(view, request, *args, **kwargs)
        if known:
            response["Idempotent-Replayed"] = "true"
        return response

    wrapped.idempotency = "required"  # type: ignore[attr-defined]
    return wrapped


def once(view: ApiView, request: Request, part: int, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do one part of an `idempotent_in_parts` request in its own transaction, or give its first answer again.

    What `act` raises undoes the part and is not kept.
    """
    whole = _intent(view, request)
    intent = replace(whole, route=f"{whole.route[:190]}#{part}")
    with transaction.atomic():
        stored = idempotency.claim(intent)
        body = stored.body if stored else JSONRenderer().render(act())
        if stored is None:
            idempotency.store(intent, idempotency.StoredAnswer(200, {}, body))
    found: dict[str, Any] = json.loads(body)
    return found


def _intent(view: ApiView, request: Request) -> idempotency.Intent:
    header = request.headers.get("Idempotency-Key")
    if header is None:
        raise idempotency.missing_key()
    return idempotency.Intent(
        principal=str(view.actor.user_id or view.actor.address),
        route=f"{request.method} {request.path}"[:200],
        key=idempotency.parse_key(header),
        body_digest=_body_digest(request),
    )


def _once(intent: idempotency.Intent, request: Request, act: Callable[[], Response | HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        stored = idempotency.claim(intent)
        if stored is not None:
            return _replay(stored)
        try:
            with transaction.atomic():
                answer = _answer(act())
        except Exception as exc:
            refusal = as_refusal(exc)
            if refusal.status not in REPLAYABLE or refusal.code is CommonError.IN_PROGRESS:
                raise
            answer = _answer(problem_response(request._request, refusal))  # noqa: SLF001 - see errors.handle
        idempotency.store(intent, answer)
    return _http(answer)


def _answer(response: Response | HttpResponse) -> idempotency.StoredAnswer:
    headers = {name: response[name] for name in ("ETag", "Location") if name in response}
    if isinstance(response, Response):
        body = JSONRenderer().render(response.data) if response.data is not None else b""
        headers["Content-Type"] = "application/json"
    else:
        body = response.content
        headers["Content-Type"] = response["Content-Type"]
    return idempotency.StoredAnswer(response.status_code, headers, body)


def _http(answer: idempotency.StoredAnswer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, content_type=answer.headers["Content-Type"])
    for name, value in answer.headers.items():
        response[name] = value
    return response


def _replay(stored: idempotency.StoredAnswer) -> HttpResponse:
    response = _http(stored)
    response["Idempotent-Replayed"] = "true"
    return response


def _body_digest(request: Request) -> bytes:
    digest = hashlib.sha256()
    plain = {key: value for key, value in request.data.items() if key not in request.FILES}
    digest.update(json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(name.encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.digest()


def if_match(request: Request | HttpRequest) -> int:
    """The version the caller has seen, from If-Match. 428 without it, 412 when it cannot be one of ours."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise DomainError(CommonError.PRECONDITION_REQUIRED)
    value = header.removeprefix("W/").strip('"')
    if not value.isdigit() or len(value) > 9:
        raise DomainError(CommonError.STALE)
    return int(value)


def etag_response(data: Any, version: int, *, status: int = 200) -> Response:
    """An answer that carries the version of its resource as ETag."""
    return Response(data, status=status, headers={"ETag": f'"{version}"'})


def fresh_response(request: Request, document: dict[str, Any], *, seconds: int = 60) -> Response:
    """A public document that may be kept for `seconds` and is asked for again by its ETag: 304 when nothing changed."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    tag = f'"{int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) % 10**9}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={seconds}", "Vary": "Accept-Language"}
    known = {candidate.strip().removeprefix("W/") for candidate in request.headers.get("If-None-Match", "").split(",")}
    return Response(status=304, headers=headers) if tag in known else Response(document, headers=headers)
