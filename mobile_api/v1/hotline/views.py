"""The operators' desk: orders, registration, acts, publications."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.inquiries import selectors, services
from backend.inquiries.types import CallerInfo, Channel, Report, RequestType, Urgency
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.hotline import schema
from mobile_api.v1.hotline.serializers import (
    DESK_STATES,
    QUEUES,
    DecisionSerializer,
    DeskPageSerializer,
    DeskSuggestionsSerializer,
    EntryMadeSerializer,
    HotlineCentreListSerializer,
    HotlineUnitListSerializer,
    OwnerSerializer,
    PublicationPageSerializer,
    PublicationSerializer,
    ReasonListSerializer,
    RegisterSerializer,
    SuggestBodySerializer,
)
from mobile_api.v1.inquiries import documents
from mobile_api.v1.inquiries.bodies import (
    InquiryActionSerializer,
    InquiryEmptySerializer,
    InquiryUnmaskSerializer,
    InquiryUploadSerializer,
    OrderQuerySerializer,
)
from mobile_api.v1.inquiries.handling import task_page
from mobile_api.v1.inquiries.serializers import (
    InquiryActedSerializer,
    InquiryFileSerializer,
    InquiryTaskPageSerializer,
    InquiryUnmaskedSerializer,
    OrderFileSerializer,
)
from mobile_api.v1.inquiries.views import NEWEST, PagedQuerySerializer, upload

DESK_ORDER = ("-rank", "received_at", "id")


class OrdersQuerySerializer(PagedQuerySerializer):
    """Query of GET /hotline/orders."""

    state = fields.ChoiceField(choices=DESK_STATES, required=False, default="")
    order_no = fields.RegexField(r"^[0-9]{14}$", required=False, default="")
    unit_id = fields.UUIDField(required=False, default=None)
    queue = fields.ChoiceField(choices=QUEUES, required=False, default="")
    centre_id = fields.UUIDField(required=False, default=None)


class PublicationsQuerySerializer(PagedQuerySerializer):
    """Query of GET /hotline/publications."""

    state = fields.ChoiceField(choices=["proposed", "published", "refused", "withdrawn"], default="proposed")


class OrdersView(ApiView):
    """GET and POST /hotline/orders"""

    @extend_schema(**schema.ORDERS, responses=DeskPageSerializer)
    def get(self, request: Request) -> Response:
        """The hotline's orders."""
        query = validated(OrdersQuerySerializer, request.query_params.dict())
        rows = selectors.desk_orders(
            self.actor,
            state=query["state"],
            order_no=query["order_no"],
            unit_id=query["unit_id"],
            queue=query["queue"],
            centre_id=query["centre_id"],
        )
        narrowed = query["state"] or query["order_no"]
        return Response(paginate(rows, request, order=NEWEST if narrowed else DESK_ORDER, row=_desk_row))

    @extend_schema(
        **schema.REGISTER, request=RegisterSerializer, responses={201: OrderFileSerializer, **schema.CONFLICT}
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Register what somebody says."""
        body = validated(RegisterSerializer, request.data)
        order = services.register(actor=self.actor, report=_report(body), call_id=body["call_id"])
        return etag_response(documents.order_file(self.actor, order), order.version, status=201)


def _desk_row(order: Any) -> dict[str, Any]:
    due = order.next_due if order.is_open else None
    return {**documents.summary(order), "caller": selectors.masked_caller(order), "next_due_at": at(due)}


def _report(body: dict[str, Any]) -> Report:
    return Report(
        channel=Channel(body["channel"]),
        words=body["words"],
        title=body["title"],
        request_type=RequestType(body["request_type"]) if body["request_type"] else None,
        topic_code=body["topic"],
        urgency=Urgency(body["urgency"]) if body["urgency"] else None,
        place=documents.place_info(body.get("place")),
        occurred_at=body["occurred_at"],
        caller=CallerInfo(**body["caller"]) if body.get("caller") else CallerInfo(),
        is_anonymous=body["anonymous"],
        is_confidential=body["confidential"],
        is_petition=body["petition"],
        public_ok=body["public"],
    )


class OrderView(ApiView):
    """GET /hotline/orders/{id}"""

    @extend_schema(**schema.ORDER, responses=OrderFileSerializer)
    def get(self, request: Request, order_id: UUID) -> Response:
        """The order as the hotline works on it."""
        selectors.desk_centre(self.actor)
        query = validated(OrderQuerySerializer, request.query_params.dict())
        order = selectors.handled_order(self.actor, order_id)
        return etag_response(documents.order_file(self.actor, order, masked=query["masked"]), order.version)


class UnmaskView(ApiView):
    """POST /hotline/orders/{id}/unmask"""

    @extend_schema(**schema.UNMASK, request=InquiryUnmaskSerializer, responses=InquiryUnmaskedSerializer)
    def post(self, request: Request, order_id: UUID) -> Response:
        """See name or number of who asked in clear."""
        selectors.desk_centre(self.actor)
        body = validated(InquiryUnmaskSerializer, request.data)
        return Response(selectors.unmasked_caller(self.actor, order_id, body["names"], body["reason"]))


class OrderActionView(ApiView):
    """POST /hotline/orders/{id}/actions"""

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


class OrderFilesView(ApiView):
    """POST /hotline/orders/{id}/files"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.ADD_FILE,
        request={"multipart/form-data": InquiryUploadSerializer},
        responses={201: InquiryFileSerializer, **schema.CONFLICT},
    )
    @idempotent(required=False)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Add a file."""
        return Response(documents.file(upload(self, request, order_id, "centre")), status=201)


class TasksView(ApiView):
    """GET /hotline/tasks"""

    @extend_schema(**schema.TASKS, responses=InquiryTaskPageSerializer)
    def get(self, request: Request) -> Response:
        """What waits for the desk."""
        return task_page(self, request, desk=True)


class SuggestionsView(ApiView):
    """POST /hotline/suggestions"""

    @extend_schema(
        **schema.SUGGEST, request=SuggestBodySerializer, responses={200: DeskSuggestionsSerializer, 422: None}
    )
    def post(self, request: Request) -> Response:
        """Answers and units while typing."""
        centre = selectors.desk_centre(self.actor)
        body = validated(SuggestBodySerializer, request.data)
        found = documents.suggestions(body["words"], area_code=body["area_code"], topic=body["topic"], numbers=True)
        chosen = body["topic"] or (found["topics"][0]["code"] if found["topics"] else "")
        units = selectors.suggest_units(topic_code=chosen, area_code=body["area_code"], within=centre.path)
        rows = [
            {"unit_id": str(one.unit_id), "unit_name": one.unit_name, "score": one.score, "why": one.why}
            for one in units
        ]
        return Response({**found, "units": rows, "urgent": selectors.sounds_urgent(body["words"])})


class PublicationsView(ApiView):
    """GET /hotline/publications"""

    @extend_schema(**schema.PUBLICATIONS, responses=PublicationPageSerializer)
    def get(self, request: Request) -> Response:
        """Proposals for the public."""
        query = validated(PublicationsQuerySerializer, request.query_params.dict())
        rows = selectors.publications(self.actor, query["state"])
        return Response(paginate(rows, request, order=("proposed_at", "id"), row=_publication))


class ProposeView(ApiView):
    """POST /hotline/orders/{id}/publication"""

    @extend_schema(
        **schema.PROPOSE, request=InquiryEmptySerializer, responses={201: PublicationSerializer, **schema.CONFLICT}
    )
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Propose a closed order for the public."""
        validated(InquiryEmptySerializer, request.data)
        row = services.propose(actor=self.actor, order_id=order_id)
        return etag_response(_publication(row), row.version, status=201)


class PublicationDecisionView(ApiView):
    """POST /hotline/publications/{id}/decision"""

    @extend_schema(
        **schema.DECIDE, request=DecisionSerializer, responses={200: PublicationSerializer, **schema.CONFLICT}
    )
    @idempotent(required=True)
    def post(self, request: Request, publication_id: UUID) -> Response:
        """Confirm or refuse a publication."""
        version = if_match(request)
        body = validated(DecisionSerializer, request.data)
        row = services.decide(actor=self.actor, publication_id=publication_id, version=version, **body)
        return etag_response(_publication(row), row.version)


def _publication(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "order_id": str(row.order_id),
        "state": str(row.state),
        "question": row.question,
        "answer": row.answer,
        "found": row.found,
        "unit_name": row.unit_name,
        "proposed_at": at(row.proposed_at),
        "version": row.version,
    }


class ToKnowledgeView(ApiView):
    """POST /hotline/orders/{id}/knowledge"""

    @extend_schema(
        **schema.TO_KNOWLEDGE, request=OwnerSerializer, responses={201: EntryMadeSerializer, **schema.CONFLICT}
    )
    @idempotent(required=True)
    def post(self, request: Request, order_id: UUID) -> Response:
        """Make a solved question an entry of the knowledge base."""
        owner = validated(OwnerSerializer, request.data)["owner_id"]
        entry = services.entry_from_order(actor=self.actor, order_id=order_id, owner_id=owner)
        row = {"id": str(entry.id), "title": entry.title, "version": entry.version}
        return etag_response(row, entry.version, status=201)


class CentresView(ApiView):
    """GET /hotline/centres"""

    @extend_schema(**schema.CENTRES, responses=HotlineCentreListSerializer)
    def get(self, request: Request) -> Response:
        """The hotline's centres."""
        own, seen = selectors.desk_centre(self.actor), {one.id for one in selectors.desk_centres(self.actor)}
        items = [
            {"id": str(row.id), "name": row.name, "own": row.id == own.id, "open": row.id in seen}
            for row in selectors.centres()
        ]
        return Response({"items": items})


class UnitsView(ApiView):
    """GET /hotline/units"""

    @extend_schema(**schema.UNITS, responses=HotlineUnitListSerializer)
    def get(self, request: Request) -> Response:
        """Units that orders can be given to."""
        rows = selectors.units(self.actor)
        return Response({"items": [{"id": str(row.id), "name": row.name, "level": str(row.level)} for row in rows]})


class ReasonsView(ApiView):
    """GET /hotline/reasons"""

    @extend_schema(**schema.REASONS, responses=ReasonListSerializer)
    def get(self, request: Request) -> Response:
        """Standard reasons."""
        english = documents.language() == "en"
        items = [
            {
                "kind": row.kind,
                "code": row.code,
                "name": row.name_en if english else row.name,
                "needs_clause": row.needs_clause,
            }
            for row in selectors.reasons()
        ]
        return Response({"items": items})
