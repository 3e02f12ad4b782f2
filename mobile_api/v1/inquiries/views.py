"""Inquiries: for those who ask, and for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.inquiries import selectors, services
from backend.inquiries.types import Channel, Report, RequestType, Said
from kernel import clock
from mobile_api.platform.network import client_address
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import StrictSerializer, validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.inquiries import documents, schema
from mobile_api.v1.inquiries.bodies import (
    AskSerializer,
    InquiryEmptySerializer,
    InquiryUploadSerializer,
    ReopenSerializer,
    SatisfactionSerializer,
    SuggestSerializer,
    UrgeSerializer,
)
from mobile_api.v1.inquiries.serializers import (
    AnsweredPageSerializer,
    AnsweredSerializer,
    InquiryFileSerializer,
    InquiryPageSerializer,
    InquiryProgressSerializer,
    InquiryReceiptSerializer,
    InquirySerializer,
    InquiryTimelineSerializer,
    SuggestionsSerializer,
    TopicListSerializer,
)
from mobile_api.v1.inquiries.terms import InquiryStatisticsSerializer, InquiryTermsSerializer

NEWEST = ("-received_at", "-id")
PER_ADDRESS = {"limit": 60, "seconds": 60}


class PagedQuerySerializer(StrictSerializer):
    """Query of a list; `cursor` and `limit` are read by the pager."""

    cursor = fields.CharField(max_length=1000, required=False, allow_blank=True)
    limit = fields.CharField(required=False)


class ListQuerySerializer(PagedQuerySerializer):
    """Query of GET /inquiries."""

    followed = fields.BooleanField(default=False)


class AnsweredQuerySerializer(PagedQuerySerializer):
    """Query of GET /inquiries/answered."""

    q = fields.CharField(max_length=100, required=False, allow_blank=True, default="")
    topic = fields.CharField(max_length=40, required=False, allow_blank=True, default="")
    area = fields.RegexField(r"^([0-9]{2,12})?$", required=False, allow_blank=True, default="")
    channel = fields.ChoiceField(choices=[Channel.MAILBOX.value], required=False, default="")


class ProgressQuerySerializer(StrictSerializer):
    """Query of GET /inquiries/progress."""

    order_no = fields.RegexField(r"^[0-9]{14}$")
    query_code = fields.CharField(max_length=20)


class PeriodSerializer(StrictSerializer):
    """A period of days."""

    to = fields.DateField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` cannot be written as an attribute."""
        return {**super().get_fields(), "from": fields.DateField(required=False)}


def period(request: Request) -> tuple[date, date]:
    """The days asked for: `from` to `to`, the last 30 days without them, at most a year."""
    query = validated(PeriodSerializer, request.query_params.dict())
    end = query.get("to") or clock.today()
    begin = query.get("from") or end - timedelta(days=30)
    return max(begin, end - timedelta(days=366)), end


class TopicsView(ApiView):
    """GET /inquiries/topics"""

    public = True

    @extend_schema(**schema.TOPICS, responses=TopicListSerializer)
    def get(self, request: Request) -> Response:
        """The topic tree."""
        rows = selectors.topics()
        codes = {row.pk: row.code for row in rows}
        english = documents.language() == "en"
        items = [
            {
                "code": row.code,
                "parent": codes.get(row.parent_id) if row.parent_id else None,
                "name": row.name_en if english else row.name,
                "path": row.path,
                "request_type": row.request_type,
            }
            for row in rows
        ]
        return Response({"items": items})


class TermsView(ApiView):
    """GET /inquiries/terms"""

    public = True

    @extend_schema(**schema.TERMS, responses=InquiryTermsSerializer)
    def get(self, request: Request) -> Response:
        """What holds for those who ask."""
        longitude, latitude, zoom = settings.MAP_CENTRE
        view = {"longitude": longitude, "latitude": latitude, "zoom": int(zoom)}
        pictures = {"tiles": settings.MAP_TILES, "attribution": settings.MAP_ATTRIBUTION}
        return Response({**selectors.terms(), "map": {**pictures, **view}})


class SuggestionsView(ApiView):
    """POST /inquiries/suggestions"""

    @extend_schema(**schema.SUGGEST, request=SuggestSerializer, responses={200: SuggestionsSerializer, 422: None})
    def post(self, request: Request) -> Response:
        """What the words speak for."""
        body = validated(SuggestSerializer, request.data)
        throttle("inquiries.suggest", str(self.actor.user_id), **PER_ADDRESS)
        return Response(documents.suggestions(body["words"], area_code=body["area_code"], topic=body["topic"]))


class InquiriesView(ApiView):
    """GET and POST /inquiries"""

    @extend_schema(**schema.LIST, responses=InquiryPageSerializer)
    def get(self, request: Request) -> Response:
        """My inquiries."""
        query = validated(ListQuerySerializer, request.query_params.dict())
        rows = selectors.followed_orders(self.actor) if query["followed"] else selectors.own_orders(self.actor)
        return Response(paginate(rows, request, order=NEWEST, row=documents.summary))

    @extend_schema(
        **schema.ASK, request=AskSerializer, responses={201: InquiryReceiptSerializer, **schema.refused(409, 422, 503)}
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Ask, complain, suggest, praise."""
        receipt = services.ask(actor=self.actor, report=report_of(validated(AskSerializer, request.data)))
        return etag_response(documents.receipt(receipt), receipt.version, status=201)


def report_of(body: dict[str, Any]) -> Report:
    """What is registered, from a citizen's body."""
    return Report(
        channel=Channel(body["channel"]),
        words=body["words"],
        title=body["title"],
        request_type=RequestType(body["request_type"]) if body["request_type"] else None,
        topic_code=body["topic"],
        place=documents.place_info(body.get("place")),
        occurred_at=body["occurred_at"],
        is_anonymous=body["anonymous"],
        is_confidential=body["confidential"],
        is_petition=body["petition"],
        public_ok=body["public"],
        client_ref=body["client_ref"],
    )


class InquiryView(ApiView):
    """GET /inquiries/{id}"""

    @extend_schema(**schema.ONE, responses=InquirySerializer)
    def get(self, request: Request, order_id: UUID) -> Response:
        """One of my inquiries."""
        order = selectors.own_order(self.actor, order_id)
        return etag_response(documents.inquiry(self.actor, order), order.version)


class TimelineView(ApiView):
    """GET /inquiries/{id}/timeline"""

    @extend_schema(**schema.TIMELINE, responses=InquiryTimelineSerializer)
    def get(self, request: Request, order_id: UUID) -> Response:
        """The story of my inquiry."""
        order = selectors.own_order(self.actor, order_id)
        reader = "caller" if selectors.is_caller(self.actor, order) else "follower"
        return Response(documents.timeline(order, reader=reader))


class FilesView(ApiView):
    """POST /inquiries/{id}/files"""

    parser_classes = [MultiPartParser]
    by = "caller"

    @extend_schema(
        **schema.ADD_FILE,
        request={"multipart/form-data": InquiryUploadSerializer},
        responses={201: InquiryFileSerializer, **schema.CONFLICT},
    )
    @idempotent(required=False)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Add a file."""
        return Response(documents.file(upload(self, request, order_id, self.by)), status=201)


def upload(view: ApiView, request: Request, order_id: UUID, by: str) -> Any:
    """Store the file of a multipart request with an order."""
    body = validated(InquiryUploadSerializer, {name: request.data[name] for name in request.data})
    given = body["file"]
    return services.add_file(actor=view.actor, order_id=order_id, upload=given, filename=given.name, by=by)


class FileContentView(ApiView):
    """GET /inquiries/{id}/files/{fid}/content"""

    @extend_schema(**schema.CONTENT)
    def get(self, request: Request, order_id: UUID, file_id: UUID) -> StreamingHttpResponse:
        """The bytes of a file."""
        delivery, content = selectors.file_content(self.actor, order_id, file_id, request.headers.get("Range"))
        response = StreamingHttpResponse(content, status=delivery.status)
        for name, value in delivery.headers.items():
            response[name] = value
        return response


class JoinView(ApiView):
    """POST /inquiries/{id}/join"""

    @extend_schema(**schema.JOIN, request=InquiryEmptySerializer, responses={200: InquirySerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Me too."""
        validated(InquiryEmptySerializer, request.data)
        order = services.join(actor=self.actor, order_id=order_id)
        return etag_response(documents.inquiry(self.actor, order), order.version)


class UrgeView(ApiView):
    """POST /inquiries/{id}/urge"""

    @extend_schema(**schema.URGE, request=UrgeSerializer, responses={200: InquirySerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Ask again how it stands."""
        body = validated(UrgeSerializer, request.data)
        throttle("inquiries.urge", f"{self.actor.user_id}:{order_id}", limit=3, seconds=86400)
        order = services.urge_own(actor=self.actor, order_id=order_id, words=body["words"])
        return etag_response(documents.inquiry(self.actor, order), order.version)


class SatisfactionView(ApiView):
    """POST /inquiries/{id}/satisfaction"""

    @extend_schema(**schema.SAY, request=SatisfactionSerializer, responses={200: InquirySerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """The three questions."""
        said = Said(**validated(SatisfactionSerializer, request.data))
        order = services.say(actor=self.actor, order_id=order_id, version=if_match(request), said=said)
        return etag_response(documents.inquiry(self.actor, order), order.version)


class ReopenView(ApiView):
    """POST /inquiries/{id}/reopen"""

    @extend_schema(**schema.REOPEN, request=ReopenSerializer, responses={200: InquirySerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Open it again."""
        reason = validated(ReopenSerializer, request.data)["reason"]
        order = services.reopen(actor=self.actor, order_id=order_id, version=if_match(request), reason=reason)
        return etag_response(documents.inquiry(self.actor, order), order.version)


class ProgressView(ApiView):
    """GET /inquiries/progress"""

    public = True

    @extend_schema(**schema.PROGRESS, responses={200: InquiryProgressSerializer, 404: None, 429: None})
    def get(self, request: Request) -> Response:
        """Where an order stands."""
        throttle("inquiries.progress", client_address(request), **PER_ADDRESS)
        query = validated(ProgressQuerySerializer, request.query_params.dict())
        throttle("inquiries.progress_number", query["order_no"], limit=20, seconds=600)
        return Response(documents.progress(selectors.progress(query["order_no"], query["query_code"])))


class AnsweredView(ApiView):
    """GET /inquiries/answered"""

    public = True

    @extend_schema(**schema.ANSWERED, responses=AnsweredPageSerializer)
    def get(self, request: Request) -> Response:
        """Answered inquiries."""
        query = validated(AnsweredQuerySerializer, request.query_params.dict())
        rows = selectors.published(
            query["q"], topic_code=query["topic"], area_code=query["area"], channel=query["channel"]
        )
        return Response(paginate(rows, request, order=("-published_at", "-id"), row=documents.answered))


class AnsweredOneView(ApiView):
    """GET /inquiries/answered/{id}"""

    public = True

    @extend_schema(**schema.ANSWERED_ONE, responses=AnsweredSerializer)
    def get(self, request: Request, publication_id: UUID) -> Response:
        """One answered inquiry."""
        return Response(documents.answered(selectors.published_one(publication_id)))


class StatisticsView(ApiView):
    """GET /inquiries/statistics"""

    public = True

    @extend_schema(**schema.STATISTICS, responses=InquiryStatisticsSerializer)
    def get(self, request: Request) -> Response:
        """Public figures."""
        throttle("inquiries.statistics", client_address(request), **PER_ADDRESS)
        return Response(selectors.statistics(*period(request)))
