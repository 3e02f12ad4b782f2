"""Query parameters of the catalogue, read strictly: a wrong one is told, never ignored."""

from __future__ import annotations

import re
from uuid import UUID

from rest_framework.request import Request

from backend.powers.selectors import ORGANISATIONS_ONLY, PowerQuery, region_prefix
from backend.powers.types import Audience
from kernel.errors import CommonError, DomainError, FieldError, Text

MAX_TEXT = 100
REGION = re.compile(r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$", re.ASCII)
IDENTIFIER = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE | re.ASCII)
NAME = re.compile(r"^[a-z_]{1,24}$", re.ASCII)
AUDIENCES = (*(kind.value for kind in Audience), ORGANISATIONS_ONLY)
LEVELS = ("city", "county", "township")


def power_query(request: Request) -> PowerQuery:
    """What GET /powers asks for. Raises DomainError 400 naming the parameter that is wrong."""
    return PowerQuery(
        text=text(request),
        type_code=_matching(request, "type", NAME, Text("不是事项类型的代码。", "Not the code of a type.")),
        organisation_id=identifier(request, "organisation"),
        region=_region(request),
        audience=choice(request, "audience", AUDIENCES),
        theme=_matching(request, "theme", NAME, Text("不是主题的代码。", "Not the code of a theme.")),
    )


def text(request: Request) -> str:
    """`?q=`, at most 100 characters."""
    value: str = request.query_params.get("q", "").replace("\x00", "")
    if len(value) > MAX_TEXT:
        raise _wrong("q", Text("最多100个字。", "At most 100 characters."))
    return value


def region(request: Request) -> str:
    """The prefix of the region codes inside `?region=`; empty without one."""
    value = _region(request)
    return region_prefix(value) if value else ""


def identifier(request: Request, name: str) -> UUID | None:
    """A UUID parameter, None without one."""
    value = request.query_params.get(name)
    if value is not None and not IDENTIFIER.match(value):
        raise _wrong(name, Text("不是有效的标识。", "Not an id."))
    return None if value is None else UUID(value)


def choice(request: Request, name: str, known: tuple[str, ...]) -> str:
    """A parameter with listed values, empty without one."""
    value: str | None = request.query_params.get(name)
    if value is not None and value not in known:
        raise _wrong(name, Text("不在可选值之内。", "Not one of the listed values."))
    return value or ""


def _region(request: Request) -> str:
    fault = Text("区划代码为2、4、6、9或12位数字。", "A region code has 2, 4, 6, 9 or 12 digits.")
    return _matching(request, "region", REGION, fault)


def _matching(request: Request, name: str, pattern: re.Pattern[str], fault: Text) -> str:
    value: str | None = request.query_params.get(name)
    if value is not None and not pattern.match(value):
        raise _wrong(name, fault)
    return value or ""


def _wrong(name: str, fault: Text) -> DomainError:
    return DomainError(CommonError.VALIDATION, errors=[FieldError(f"/query/{name}", "invalid", fault)])
