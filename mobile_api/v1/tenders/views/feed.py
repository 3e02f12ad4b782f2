"""Open data: OCDS 1.1 releases and records (https://standard.open-contracting.org/1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.tenders import documents, schema, shapes
from mobile_api.v1.tenders.files import attachment
from mobile_api.v1.tenders.serializers import PackageBody

ORDER = ("written_at", "id")
PUBLISHER = "宿迁市公共资源交易中心"


def _about(request: Request) -> dict[str, str]:
    return {
        "uri": f"{settings.PUBLIC_BASE_URL}{request.get_full_path()}",
        "date": str(at(selectors.server_time())),
        "publisher": PUBLISHER,
    }


class ReleaseFeedView(ApiView):
    """GET /tenders/ocds/releases"""

    public = True

    @extend_schema(
        **schema.said(
            "ocds_releases",
            "All releases, in the order in which they were written",
            "A release package. `links.next` leads on; keep the last address and ask it again for what is new.",
            parameters=schema.PAGED,
        ),
        responses=schema.PACKAGE,
    )
    def get(self, request: Request) -> Response:
        """One page of releases."""
        page = paginate(selectors.releases(), request, order=ORDER, row=lambda row: row.release)
        package = selectors.release_package(page["items"], **_about(request))
        if page["next"]:
            address = f"{settings.PUBLIC_BASE_URL}{request.path}?cursor={page['next']}"
            package["links"] = {"next": address}
        return Response(package)


class RecordView(ApiView):
    """GET /tenders/ocds/records/{ocid}"""

    public = True

    @extend_schema(**schema.said("ocds_record", "The record of one process"), responses=schema.PACKAGE)
    def get(self, request: Request, ocid: str) -> Response:
        """A record package."""
        return Response(selectors.record_package(ocid, selectors.record_of(ocid), **_about(request)))


class BulkView(ApiView):
    """GET /tenders/ocds/bulk.jsonl"""

    public = True

    @extend_schema(
        **schema.said("ocds_bulk", "Everything", "A line for each process: its record package."),
        responses={(200, "application/jsonl"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """JSON lines."""
        return attachment("ocds.jsonl", _lines(_about(request)), "application/jsonl")


def _lines(about: dict[str, Any]) -> Iterator[bytes]:
    rows = selectors.releases().order_by("project__ocid", "released_at", "id")
    pairs = rows.values_list("project__ocid", "release").iterator(chunk_size=500)
    for ocid, group in groupby(pairs, key=lambda pair: pair[0]):
        package = selectors.record_package(ocid, [release for _, release in group], **about)
        yield json.dumps(package, ensure_ascii=False).encode() + b"\n"


class ImportView(ApiView):
    """POST /tender-desk/imports"""

    @extend_schema(
        **schema.said("import", "Take in a release package of another platform"),
        request=PackageBody,
        responses={201: shapes.ImportedShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Import."""
        validated(PackageBody, request.data)
        found = services.import_package(actor=self.actor, package=request.data)
        return Response({"items": [documents.project_row(row) for row in found]}, status=201)
