"""Inquiries: the unit's side."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.inquiries import selectors, services
from mobile_api.platform.pages import page_limit
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.inquiries import documents, schema
from mobile_api.v1.inquiries.bodies import (
    InquiryActionSerializer,
    InquiryUnmaskSerializer,
    InquiryUploadSerializer,
    OrderQuerySerializer,
)
from mobile_api.v1.inquiries.serializers import (
    InquiryActedSerializer,
    InquiryFileSerializer,
    InquiryTaskPageSerializer,
    InquiryUnmaskedSerializer,
    OrderFileSerializer,
)
from mobile_api.v1.inquiries.views import PagedQuerySerializer, upload


class TaskQuerySerializer(PagedQuerySerializer):
    """Query of a list of to-dos."""

    state = fields.ChoiceField(choices=["open", "done"], default="open")
    sort = fields.ChoiceField(choices=["time_left", "newest"], default="time_left")


def task_page(view: ApiView, request: Request, *, desk: bool) -> Response:
    """A page of to-dos about orders."""
    query = validated(TaskQuerySerializer, request.query_params.dict())
    rows, following = selectors.tasks_for(
        view.actor,
        state=query["state"],
        sort=query["sort"],
        cursor=query.get("cursor"),
        limit=page_limit(request),
        desk=desk,
    )
    return Response({"items": [documents.task(info, order) for info, order in rows], "next": following})


class TasksView(ApiView):
    """GET /inquiries/tasks"""

    @extend_schema(**schema.TASKS, responses=InquiryTaskPageSerializer)
    def get(self, request: Request) -> Response:
        """My to-dos about orders."""
        return task_page(self, request, desk=False)


class HandlingView(ApiView):
    """GET /inquiries/handling/{id}"""

    @extend_schema(**schema.HANDLING, responses=OrderFileSerializer)
    def get(self, request: Request, order_id: UUID) -> Response:
        """The order as an official works on it."""
        query = validated(OrderQuerySerializer, request.query_params.dict())
        order = selectors.handled_order(self.actor, order_id)
        return etag_response(documents.order_file(self.actor, order, masked=query["masked"]), order.version)


class UnmaskView(ApiView):
    """POST /inquiries/handling/{id}/unmask"""

    @extend_schema(**schema.UNMASK, request=InquiryUnmaskSerializer, responses=InquiryUnmaskedSerializer)
    def post(self, request: Request, order_id: UUID) -> Response:
        """See name or number of who asked in clear."""
        body = validated(InquiryUnmaskSerializer, request.data)
        return Response(selectors.unmasked_caller(self.actor, order_id, body["names"], body["reason"]))


class ActionView(ApiView):
    """POST /inquiries/handling/{id}/actions"""

    @extend_schema(
        **schema.ACT, request=InquiryActionSerializer, responses={200: InquiryActedSerializer, **schema.CONFLICT}
    )
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Act on an order."""
        version = if_match(request)
        act = documents.act_request(validated(InquiryActionSerializer, request.data))
        order = services.act(actor=self.actor, order_id=order_id, version=version, request=act)
        return etag_response(documents.acted(order), order.version)


class HandlingFilesView(ApiView):
    """POST /inquiries/handling/{id}/files"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.HANDLING_FILE,
        request={"multipart/form-data": InquiryUploadSerializer},
        responses={201: InquiryFileSerializer, **schema.CONFLICT},
    )
    @idempotent(required=False)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Add a file as the unit."""
        return Response(documents.file(upload(self, request, order_id, "unit")), status=201)
