"""Open311 GeoReport v2: discovery, services, definitions, requests, tokens. See docs/open311.md."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from rest_framework import exceptions
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request

from backend.inquiries import selectors, services
from backend.inquiries.types import CallerInfo, Channel, PlaceInfo, Report
from kernel import clock
from kernel.errors import CommonError, DomainError
from mobile_api.platform.errors import as_refusal
from mobile_api.platform.network import client_address
from mobile_api.platform.serializers import at
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView
from mobile_api.v1.open311.formats import answer

MAX_PAGE = 1000
SPAN = timedelta(days=90)
PER_ADDRESS = {"limit": 120, "seconds": 60}


class Open311View(ApiView):
    """What all addresses share: everybody may come, the format is in the address, errors are GeoReport's own."""

    public = True
    schema = None
    parser_classes = [FormParser, MultiPartParser]

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        """Errors as a list of code and description, in the format asked for."""
        refusal = as_refusal(exc)
        if isinstance(exc, exceptions.MethodNotAllowed):
            refusal = DomainError(CommonError.METHOD_NOT_ALLOWED)
        status = 400 if refusal.status == 422 else refusal.status
        text = refusal.code.spec.detail.render("en", **refusal.params)
        rows = [{"code": status, "description": f"{refusal.code.code}: {text}"}]
        return answer(rows, self.kwargs.get("fmt", "json"), "errors", status=status)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Politeness first."""
        super().initial(request, *args, **kwargs)
        throttle("open311", client_address(request), **PER_ADDRESS)


class DiscoveryView(Open311View):
    """GET /open311/v2/discovery.{fmt}"""

    def get(self, request: Request, fmt: str) -> HttpResponse:
        """Where what is."""
        endpoint = {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": f"{settings.PUBLIC_BASE_URL}/open311/v2",
            "changeset": "2026-11-23T00:00:00Z",
            "type": "production" if settings.PRODUCTION else "test",
            "formats": ["text/xml", "application/json"],
        }
        data = {
            "changeset": "2026-11-23T00:00:00Z",
            "contact": "12345",
            "key_service": "api keys: write to the 12345 hotline of Suqian",
            "endpoints": [endpoint],
        }
        return answer(data, fmt, "discovery")


class ServicesView(Open311View):
    """GET /open311/v2/services.{fmt}"""

    def get(self, request: Request, fmt: str) -> HttpResponse:
        """What can be asked for."""
        return answer([_service(row) for row in _leaves()], fmt, "services")


class DefinitionView(Open311View):
    """GET /open311/v2/services/{code}.{fmt}"""

    def get(self, request: Request, code: str, fmt: str) -> HttpResponse:
        """What a service asks; ours ask nothing beyond the description."""
        if code not in {row.code for row in _leaves()}:
            raise DomainError(CommonError.NOT_FOUND)
        return answer({"service_code": code, "attributes": []}, fmt, "service_definition")


def _leaves() -> list[Any]:
    rows = selectors.topics()
    parents = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in parents]


def _service(row: Any) -> dict[str, Any]:
    return {
        "service_code": row.code,
        "service_name": row.name,
        "description": row.name_en,
        "metadata": False,
        "type": "realtime",
        "keywords": ",".join(row.words),
        "group": row.path.split("/")[0],
    }


class RequestsView(Open311View):
    """GET and POST /open311/v2/requests.{fmt}"""

    def get(self, request: Request, fmt: str) -> HttpResponse:
        """Requests, newest first, at most 1,000 a page, 90 days without dates."""
        query = request.query_params
        end = _moment(query.get("end_date", "")) or clock.now()
        begin = max(_moment(query.get("start_date", "")) or end - SPAN, end - SPAN)
        rows = selectors.open_requests(
            begin=begin,
            end=end,
            topic_codes=_list(query.get("service_code", "")),
            statuses=_list(query.get("status", "")),
            order_nos=_list(query.get("service_request_id", "")),
        )
        size = min(_number(query.get("page_size", ""), 50), MAX_PAGE)
        first = (max(1, _number(query.get("page", ""), 1)) - 1) * size
        return answer([_request(row) for row in rows[first : first + size]], fmt, "service_requests")

    def post(self, request: Request, fmt: str) -> HttpResponse:
        """File a request."""
        opened = services.file_request(api_key=str(request.data.get("api_key", "")), report=_report(request.data))
        row = {
            "service_request_id": opened.order.order_no,
            "service_notice": "",
            "account_id": None,
            "token": str(opened.token),
        }
        return answer([row], fmt, "service_requests", status=201)


class RequestView(Open311View):
    """GET /open311/v2/requests/{id}.{fmt}"""

    def get(self, request: Request, order_no: str, fmt: str) -> HttpResponse:
        """One request."""
        return answer([_request(selectors.open_request(order_no))], fmt, "service_requests")


class TokenView(Open311View):
    """GET /open311/v2/tokens/{token}.{fmt}"""

    def get(self, request: Request, token: UUID, fmt: str) -> HttpResponse:
        """The request that a token stands for."""
        row = {"service_request_id": services.order_no_of(token), "token": str(token)}
        return answer([row], fmt, "service_requests")


def _report(data: Any) -> Report:
    """What an outside client files; the words are all that is needed beside the service."""
    name = f"{data.get('last_name', '')}{data.get('first_name', '')}".strip()[:50]
    place = PlaceInfo(
        str(data.get("address_string", ""))[:200],
        longitude=_degrees(data.get("long", ""), 180),
        latitude=_degrees(data.get("lat", ""), 90),
    )
    return Report(
        channel=Channel.OPEN311,
        words=str(data.get("description", ""))[:2000].replace("\x00", ""),
        topic_code=str(data.get("service_code", ""))[:40],
        place=place,
        caller=CallerInfo(name=name, phone=str(data.get("phone", ""))[:20]),
    )


def _request(order: Any) -> dict[str, Any]:
    """A request as everybody may read it: the words only when a person has confirmed that they name nobody."""
    published = getattr(order, "publication", None)
    shown = published if published is not None and published.state == "published" else None
    return {
        "service_request_id": order.order_no,
        "status": "closed" if selectors.is_over(order) else "open",
        "status_notes": selectors.label(order.state),
        "service_name": order.topic.name if order.topic else selectors.matter(order),
        "service_code": order.topic.code if order.topic else "",
        "description": shown.question if shown else "",
        "agency_responsible": order.unit_name or "12345",
        "service_notice": shown.answer if shown else "",
        "requested_datetime": at(order.received_at),
        "updated_datetime": at(order.updated_at),
        "expected_datetime": at(order.due_at),
        "address": "",
        "address_id": order.area_code,
        "zipcode": None,
        "lat": round(float(order.latitude), 3) if order.latitude is not None else None,
        "long": round(float(order.longitude), 3) if order.longitude is not None else None,
        "media_url": None,
        "unit_says": order.unit_resolution or None,
        "citizen_says_solved": order.solved,
    }


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as exc:
        raise DomainError(CommonError.MALFORMED) from exc
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()][:MAX_PAGE]


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else usual


def _degrees(text: Any, most: int) -> float | None:
    try:
        found = float(text)
    except (TypeError, ValueError):
        return None
    return found if -most <= found <= most else None
