"""The service centres are public: nobody needs to sign in to find the right window."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.attendance import selectors as attendance
from backend.centres import selectors
from mobile_api.platform.views import ApiView, fresh_response
from mobile_api.v1.centres import documents
from mobile_api.v1.centres.serializers import CentrePageSerializer, CentrePlanSerializer

_SEEN = OpenApiParameter("If-None-Match", str, location="header", description="ETag seen before.")
_SAME = OpenApiResponse(description="Nothing has changed since the ETag in If-None-Match.")


class CentreListView(ApiView):
    """GET /centres"""

    public = True

    @extend_schema(
        operation_id="centres_list",
        summary="Service centres",
        description="City first. `today` tells the hours of today; may be kept for a minute.",
        parameters=[_SEEN],
        responses={200: CentrePageSerializer, 304: _SAME},
    )
    def get(self, request: Request) -> Response:
        """All service centres."""
        items = [documents.centre(info) for info in selectors.centres()]
        return fresh_response(request, {"items": items, "next": None})


class CentreView(ApiView):
    """GET /centres/{code}"""

    public = True

    @extend_schema(
        operation_id="centres_retrieve",
        summary="A service centre as it is today",
        description=(
            "Halls, zones and windows with their places on the floor plan, what each window handles today, which "
            "windows are shut, and by whom a window is staffed now (a post or staff number, no name). May be kept for "
            "a minute; asked for again by its ETag it answers 304 when nothing changed."
        ),
        parameters=[_SEEN],
        responses={200: CentrePlanSerializer, 304: _SAME},
    )
    def get(self, request: Request, code: str) -> Response:
        """The plan of one centre."""
        return fresh_response(request, documents.plan(selectors.centre_plan(code), attendance.at_the_windows(code)))
