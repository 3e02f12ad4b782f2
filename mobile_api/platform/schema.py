"""How the contract is drawn from the views: operation ids, security, problem answers, Idempotency-Key and If-Match."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_class
from drf_spectacular.utils import OpenApiParameter

from mobile_api.platform.problems import MEDIA_TYPE
from mobile_api.platform.serializers import StrictSerializer

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem document. Branch on `code`; show `title` and `detail` to the person.",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "/problems/<code>", "pattern": "^/problems/[a-z0-9_]+$"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What to do, in the caller's language."},
        "code": {"type": "string", "pattern": "^[a-z0-9_]+$"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer to the field, empty for the whole."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
        "request_id": {"type": "string"},
    },
    "additionalProperties": True,
}
_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_RETRY = {"Retry-After": {"required": True, "schema": {"type": "integer"}, "description": "Seconds to wait."}}
_CHALLENGE = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}

PROBLEMS: dict[int, tuple[str, str]] = {
    400: ("BadRequest", "The request has not the documented shape; `errors` names each fault."),
    401: ("Unauthorized", "No access token, or one that is not valid, or whose session has ended."),
    403: ("Forbidden", "The caller's role does not allow this."),
    404: ("NotFound", "It does not exist, or is not the caller's to see."),
    406: ("NotAcceptable", "The answer cannot be given in the media type asked for."),
    409: ("Conflict", "The state of the resource does not allow this now."),
    412: ("PreconditionFailed", "If-Match names an older version."),
    413: ("ContentTooLarge", "The content is too large."),
    415: ("UnsupportedMediaType", "The content is in a media type that is not documented."),
    416: ("RangeNotSatisfiable", "The range lies outside the content."),
    422: (
        "UnprocessableContent",
        "Understood, but not acceptable; or the Idempotency-Key was used for other content.",
    ),
    428: ("PreconditionRequired", "If-Match is missing."),
    429: ("TooManyRequests", "Too many requests; wait as long as Retry-After says."),
    503: ("ServiceUnavailable", "A service behind this one is away for a moment; nothing was changed."),
}
_HEADERS: dict[int, dict[str, Any]] = {401: _CHALLENGE, 429: _RETRY, 503: _RETRY}

_DONE = {"200": "The answer.", "201": "Created.", "202": "Taken in; the work is done behind.", "204": "Done."}

IDEMPOTENCY_KEY = "Names the intent: the same key with the same content gets the first answer again. Kept 24 hours."
IF_MATCH = "The ETag of the version that the caller has seen."


def problem_responses() -> dict[str, Any]:
    """The shared problem answers, for `components.responses`."""
    shared: dict[str, Any] = {}
    for status, (name, text) in PROBLEMS.items():
        shared[name] = {"description": text, "content": _CONTENT}
        if status in _HEADERS:
            shared[name]["headers"] = _HEADERS[status]
    return shared


def add_shared_components(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Post-processing hook: the problem document, its answers, and the bearer scheme."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    components["responses"] = problem_responses()
    components["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Access token of 10 minutes, bound to a session that can be ended at once.",
        }
    }
    return result


class ContractSchema(AutoSchema):
    """drf-spectacular's schema with our conventions; what the code does is read from the code."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Bearer, unless the route is public."""
        return [] if getattr(self.view, "public", False) else [{"bearer": []}]

    def get_tags(self) -> list[str]:
        """The area: `mobile_api.v1.<area>.views`."""
        return [self.view.__class__.__module__.split(".")[2]]

    def get_override_parameters(self) -> list[Any]:
        """Headers that the handler itself asks for."""
        found: list[Any] = list(super().get_override_parameters())
        kept = getattr(self._handler(), "idempotency", None)
        if kept is not None:
            key = {"type": "string", "pattern": "^[!#-~]{8,200}$"}
            found.append(_header("Idempotency-Key", key, IDEMPOTENCY_KEY, required=kept == "required"))
        if self._calls("if_match"):
            tag = {"type": "string", "pattern": '^(W/)?"?[0-9]{1,9}"?$'}
            found.append(_header("If-Match", tag, IF_MATCH, required=True))
        return found

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, body in bodies.items():
            if status.isdigit() and int(status) >= 400:
                bodies[status] = _problem(int(status), body)
                continue
            body["description"] = body.get("description") or _DONE.get(status, "Done.")
            if self._calls("etag_response"):
                body.setdefault("headers", {})["ETag"] = {"schema": {"type": "string"}, "required": True}
        for number in self._usual_problems():
            bodies.setdefault(str(number), _reference(number))
        return dict(sorted(bodies.items()))

    def _usual_problems(self) -> list[int]:
        conditions = {
            400: True,
            401: True,
            404: True,
            406: True,
            409: hasattr(self._handler(), "idempotency"),
            412: self._calls("if_match"),
            413: self.method in {"POST", "PATCH", "PUT"},
            415: self.method in {"POST", "PATCH", "PUT"},
            422: hasattr(self._handler(), "idempotency"),
            428: self._calls("if_match"),
            429: True,
            503: True,
        }
        return [status for status, applies in conditions.items() if applies]

    def _handler(self) -> Callable[..., Any]:
        handler: Callable[..., Any] = getattr(self.view, self.method.lower())
        return handler

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        """Bodies that refuse unknown fields say so."""
        schema = super()._map_basic_serializer(serializer, direction)
        if issubclass(get_class(serializer), StrictSerializer):
            schema["additionalProperties"] = False
        return schema

    def _get_request_body(self, direction: str = "request") -> Any:
        """A DELETE may have a body too (drf-spectacular leaves it out): where the handler validates one."""
        if self.method != "DELETE" or not self._calls("validated"):
            return super()._get_request_body(direction)
        self.method = "POST"
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"

    def _calls(self, name: str) -> bool:
        """Whether the handler uses this function of mobile_api.platform.views."""
        return name in inspect.unwrap(self._handler()).__code__.co_names


def _header(name: str, schema: dict[str, Any], description: str, *, required: bool) -> OpenApiParameter:
    return OpenApiParameter(
        name, type=schema, location=OpenApiParameter.HEADER, required=required, description=description
    )


def _problem(status: int, declared: dict[str, Any]) -> dict[str, Any]:
    text = declared.get("description", "")
    if not text and status in PROBLEMS:
        return _reference(status)
    body: dict[str, Any] = {"description": text or HTTPStatus(status).phrase, "content": _CONTENT}
    if status in _HEADERS:
        body["headers"] = _HEADERS[status]
    return body


def _reference(status: int) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/{PROBLEMS[status][0]}"}
