"""Query parameters of tenders, read strictly."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework.request import Request

from backend.tenders.types import Category, SectionState
from kernel.errors import CommonError, DomainError, FieldError, Text

MAX_TEXT = 60
REGION = re.compile(r"[0-9]{2,12}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_WRONG = Text("参数的格式不正确。", "Not of the documented form.")


def project_filters(request: Request) -> dict[str, Any]:
    """What GET /tenders/projects asks for. Raises DomainError 400 naming the parameter that is wrong."""
    return {
        "q": _text(request),
        "category": _one_of(request, "category", set(Category)),
        "state": _one_of(request, "state", set(SectionState)),
        "region": _matching(request, "region", REGION),
        "min_fen": _number(request, "min_fen"),
        "max_fen": _number(request, "max_fen"),
        "closes_before": _moment(request, "closes_before"),
        "buyer": identifier(request, "buyer", required=False),
    }


def identifier(request: Request, name: str, *, required: bool = True) -> UUID | None:
    """A UUID parameter."""
    value = request.query_params.get(name)
    if value is None and not required:
        return None
    try:
        if value is None or len(value) != 36:
            raise ValueError("no id")
        return UUID(value)
    except ValueError as exc:
        raise wrong(name) from exc


def company(request: Request) -> UUID:
    """`?company_id=`, required."""
    found = identifier(request, "company_id")
    assert found is not None  # noqa: S101 - identifier has raised
    return found


def wrong(name: str) -> DomainError:
    """The refusal of a parameter."""
    return DomainError(CommonError.VALIDATION, errors=[FieldError(f"/query/{name}", "invalid", _WRONG)])


def _text(request: Request) -> str:
    value: str = request.query_params.get("q", "").replace("\x00", "")
    if len(value) > MAX_TEXT:
        raise wrong("q")
    return value


def _one_of(request: Request, name: str, known: set[Any]) -> str | None:
    value: str | None = request.query_params.get(name)
    if value is not None and value not in known:
        raise wrong(name)
    return value


def _matching(request: Request, name: str, pattern: re.Pattern[str]) -> str | None:
    value: str | None = request.query_params.get(name)
    if value is not None and not pattern.fullmatch(value):
        raise wrong(name)
    return value


def _number(request: Request, name: str) -> int | None:
    value = _matching(request, name, NUMBER)
    return None if value is None else int(value)


def _moment(request: Request, name: str) -> datetime | None:
    value = request.query_params.get(name)
    try:
        found = datetime.fromisoformat(value) if value is not None else None
        if found is not None and found.tzinfo is None:
            raise ValueError("no zone")
    except ValueError as exc:
        raise wrong(name) from exc
    return found
