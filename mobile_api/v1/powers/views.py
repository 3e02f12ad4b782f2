"""The public catalogue. Nobody needs to sign in to read what the municipality may and must do."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import selectors as accounts
from backend.powers import selectors
from mobile_api.platform.pages import decode_cursor, encode_cursor, page_limit, paginate
from mobile_api.platform.views import ApiView, etag_response
from mobile_api.v1.powers import documents, parameters, schema
from mobile_api.v1.powers.serializers import (
    CatalogueOrganisationPageSerializer,
    CatalogueThemePageSerializer,
    PowerPageListSerializer,
    PowerSerializer,
)


class PowerListView(ApiView):
    """GET /powers"""

    public = True

    @extend_schema(**schema.POWERS, responses=PowerPageListSerializer)
    def get(self, request: Request) -> Response:
        """Search the published catalogue."""
        found = selectors.find_powers(parameters.power_query(request))
        return Response(paginate(found, request, order=selectors.ORDER, row=documents.summary))


class PowerView(ApiView):
    """GET /powers/{id}"""

    public = True

    @extend_schema(**schema.POWER, responses={200: PowerSerializer, 304: schema.NOT_MODIFIED})
    def get(self, request: Request, power_id: UUID) -> Response:
        """The guide to one item."""
        return _guide(request, power_id)


class PowerByCodeView(ApiView):
    """GET /powers/codes/{code}"""

    public = True

    @extend_schema(**schema.POWER_BY_CODE, responses={200: PowerSerializer, 304: schema.NOT_MODIFIED})
    def get(self, request: Request, code: str) -> Response:
        """The guide to the item with a local code."""
        return _guide(request, selectors.power_id_of(code))


class ThemeListView(ApiView):
    """GET /powers/themes"""

    public = True

    @extend_schema(**schema.THEMES, responses=CatalogueThemePageSerializer)
    def get(self, request: Request) -> Response:
        """The topics people look under."""
        return Response({"items": [documents.theme(info) for info in selectors.themes()], "next": None})


class OrganisationListView(ApiView):
    """GET /organisations"""

    public = True

    @extend_schema(**schema.ORGANISATIONS, responses=CatalogueOrganisationPageSerializer)
    def get(self, request: Request) -> Response:
        """Organisations in the order of the tree."""
        limit = page_limit(request)
        cursor = request.query_params.get("cursor", "")
        found = accounts.list_organisations(
            region=parameters.region(request),
            level=parameters.choice(request, "level", parameters.LEVELS),
            parent_id=parameters.identifier(request, "parent"),
            query=parameters.text(request).strip(),
            after_path=str(decode_cursor(cursor, 1)[0]) if cursor else "",
            limit=limit + 1,
        )
        counts = selectors.item_counts()
        shown = found[:limit]
        following = encode_cursor([shown[-1].path]) if len(found) > limit else None
        items = [documents.organisation(info, counts.get(info.id, 0)) for info in shown]
        return Response({"items": items, "next": following})


def _guide(request: Request, power_id: UUID) -> Response:
    document = documents.power(selectors.power_page(power_id))
    version = _fingerprint(document)
    if f'"{version}"' in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers={"ETag": f'"{version}"'})
    return etag_response(document, version)


def _fingerprint(document: dict[str, Any]) -> int:
    """A number that changes with the content; an ETag of ours is a whole number of at most nine digits."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) % 10**9
