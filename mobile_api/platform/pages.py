"""Cursor pages: stable under inserts, no counting."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from kernel.errors import CommonError, DomainError, FieldError, Text

DEFAULT_LIMIT = 20
MAX_LIMIT = 100


def page_limit(request: Any) -> int:
    """`?limit=` between 1 and 100; 20 without it. Raises DomainError 400 for anything else."""
    raw = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not raw.isascii() or not raw.isdigit() or len(raw) > 3 or not 1 <= int(raw) <= MAX_LIMIT:
        raise _bad("limit", Text("须为 1 至 100 的整数。", "Give a whole number from 1 to 100."))
    return int(raw)


def paginate(
    queryset: QuerySet[Any], request: Any, *, order: Sequence[str], row: Callable[[Any], Any]
) -> dict[str, Any]:
    """One page `{"items", "next"}` of a queryset in `order` (`-` descends; the last field unique, none null)."""
    limit = page_limit(request)
    cursor = request.query_params.get("cursor", "")
    if cursor:
        queryset = _from(queryset, order, decode_cursor(cursor, len(order)))
    rows = list(queryset.order_by(*order)[: limit + 1])
    following = None
    if len(rows) > limit:
        rows.pop()
        following = encode_cursor([_value(rows[-1], name.lstrip("-")) for name in order])
    return {"items": [row(found) for found in rows], "next": following}


def encode_cursor(values: Sequence[Any]) -> str:
    """An opaque cursor for the values of the order fields of the last row shown."""
    raw = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, size: int) -> list[Any]:
    """The values in a cursor. Raises DomainError 404 for one that we did not make."""
    try:
        if len(cursor) > 1000:
            raise ValueError("too long")
        values = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != size:
            raise ValueError("not ours")
        if not all(isinstance(value, str | int | float) and b"\x00" not in str(value).encode() for value in values):
            raise ValueError("not ours")
    except (ValueError, RecursionError) as exc:
        raise DomainError(CommonError.CURSOR_UNKNOWN) from exc
    return values


def _from(queryset: QuerySet[Any], order: Sequence[str], values: list[Any]) -> QuerySet[Any]:
    """What comes after these values; they may be anybody's, so each must fit its field."""
    try:
        return queryset.filter(_after(order, values))
    except (ValidationError, ValueError, TypeError, OverflowError) as exc:
        raise DomainError(CommonError.CURSOR_UNKNOWN) from exc


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    condition = Q()
    for index, name in enumerate(order):
        equal = Q(**{key.lstrip("-"): value for key, value in zip(order[:index], values[:index], strict=True)})
        step = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name.lstrip('-')}__{step}": values[index]})
    return condition


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = row[name] if isinstance(row, dict) else getattr(row, name)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _bad(name: str, text: Text) -> DomainError:
    return DomainError(CommonError.VALIDATION, errors=[FieldError(f"/query/{name}", "invalid", text)])
