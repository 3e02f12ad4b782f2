"""What a bidder does. Nobody else sees any of it before the opening."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from backend.tenders.types import Announcement
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.tenders import documents, own, parameters, schema, shapes
from mobile_api.v1.tenders import serializers as bodies
from mobile_api.v1.tenders.files import StepsParser


class CompanyListView(ApiView):
    """GET and POST /tenders/companies"""

    @extend_schema(**schema.said("companies", "Companies I act for"), responses=shapes.CompaniesShape)
    def get(self, request: Request) -> Response:
        """All of them."""
        return Response({"items": [documents.company(row) for row in selectors.companies_of(self.actor)]})

    @extend_schema(
        **schema.said("company_register", "Enter my company", "The first to do so represents it."),
        request=bodies.RegisterCompanyBody,
        responses={201: shapes.CompanyShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """A new one."""
        row = services.register_company(actor=self.actor, **validated(bodies.RegisterCompanyBody, request.data))
        return Response(documents.company(row), status=201)


class InvolvementListView(ApiView):
    """GET /tenders/companies/{id}/involvements"""

    @extend_schema(
        **schema.said("involvements", "What my company takes part in", "The latest first."),
        responses=own.InvolvementsShape,
    )
    def get(self, request: Request, company_id: UUID) -> Response:
        """All of them."""
        rows = selectors.involvements_of(self.actor, company_id)
        return Response({"items": [documents.involvement(row) for row in rows], "now": at(selectors.server_time())})


class DelegateListView(ApiView):
    """GET and POST /tenders/companies/{id}/agents"""

    @extend_schema(**schema.said("delegates", "Who acts for my company"), responses=own.DelegatesShape)
    def get(self, request: Request, company_id: UUID) -> Response:
        """All of them."""
        rows = selectors.delegates_of(self.actor, company_id)
        return Response({"items": [documents.delegate(row) for row in rows]})

    @extend_schema(
        **schema.said("authorise", "Let somebody else act for my company"),
        request=bodies.AuthoriseBody,
        responses={201: shapes.AuthorisedShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, company_id: UUID) -> Response:
        """Authorise."""
        body = validated(bodies.AuthoriseBody, request.data)
        person = services.authorise(actor=self.actor, company_id=company_id, phone=body["phone"])
        return Response({"person_id": str(person)}, status=201)


class DelegateView(ApiView):
    """DELETE /tenders/companies/{id}/agents/{person_id}"""

    @extend_schema(**schema.said("authorise_end", "End somebody's authority"), responses={204: None})
    def delete(self, request: Request, company_id: UUID, person_id: UUID) -> Response:
        """End it."""
        services.withdraw_authorisation(actor=self.actor, company_id=company_id, person_id=person_id)
        return Response(status=204)


class QualificationListView(ApiView):
    """GET and POST /tenders/companies/{id}/qualifications"""

    parser_classes = [MultiPartParser]

    @extend_schema(**schema.said("qualifications", "A company's documents"), responses=shapes.QualificationsShape)
    def get(self, request: Request, company_id: UUID) -> Response:
        """All of them."""
        rows = selectors.qualifications_of(self.actor, company_id)
        return Response({"items": [documents.qualification(row) for row in rows]})

    @extend_schema(
        **schema.said("qualification_add", "Add a document"),
        request={"multipart/form-data": bodies.QualificationBody},
        responses={201: shapes.QualificationShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, company_id: UUID) -> Response:
        """A new one."""
        body = validated(bodies.QualificationBody, {name: request.data[name] for name in request.data})
        upload = body.pop("file")
        row = services.add_qualification(
            actor=self.actor, company_id=company_id, upload=upload, filename=upload.name if upload else "", **body
        )
        return Response(documents.qualification(row), status=201)


class QualificationView(ApiView):
    """DELETE /tenders/qualifications/{id}"""

    @extend_schema(**schema.said("qualification_remove", "Remove a document"), responses={204: None})
    def delete(self, request: Request, document_id: UUID) -> Response:
        """Remove it."""
        services.remove_qualification(actor=self.actor, document_id=document_id)
        return Response(status=204)


class TakeView(ApiView):
    """POST /tenders/sections/{id}/documents"""

    @extend_schema(
        **schema.said("take_documents", "Take the tender documents", "Recorded, and shown to nobody."),
        request=bodies.CompanyBody,
        responses={201: shapes.TakenShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Take them."""
        row = services.take_documents(
            actor=self.actor, section_id=section_id, **validated(bodies.CompanyBody, request.data)
        )
        return Response({"taken_at": at(row.taken_at)}, status=201)


class StandingView(ApiView):
    """GET /tenders/sections/{id}/standing"""

    @extend_schema(
        **schema.said("standing", "Where my company stands", parameters=[schema.COMPANY]),
        responses=shapes.StandingShape,
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """Documents, bids, receipts, and what a new bid is to be sealed for."""
        found = selectors.standing_of(self.actor, section_id, parameters.company(request))
        return Response(documents.standing(found))


class AskView(ApiView):
    """POST /tenders/sections/{id}/questions"""

    @extend_schema(
        **schema.said("ask", "Ask about the documents"),
        request=bodies.QuestionBody,
        responses={201: shapes.AnsweredQuestionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Ask."""
        row = services.ask(actor=self.actor, section_id=section_id, **validated(bodies.QuestionBody, request.data))
        return Response(documents.question(row), status=201)


class ObjectionListView(ApiView):
    """GET and POST /tenders/sections/{id}/objections"""

    @extend_schema(
        **schema.said("objections", "What my company objected to, and answers to all", parameters=[schema.COMPANY]),
        responses=shapes.SeenObjectionsShape,
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """With the answers."""
        rows = selectors.own_objections(self.actor, section_id, parameters.company(request))
        return Response({"items": [documents.seen_objection(row) for row in rows]})

    @extend_schema(
        **schema.said("object", "Object", "The procedure stands still until the answer."),
        request=bodies.ObjectionBody,
        responses={201: shapes.OwnObjectionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Object."""
        body = validated(bodies.ObjectionBody, request.data)
        row = services.file_objection(actor=self.actor, section_id=section_id, **body)
        return Response(documents.objection(row), status=201)


class BidListView(ApiView):
    """POST /tenders/sections/{id}/bids"""

    @extend_schema(
        **schema.said("bid_begin", "Announce a sealed bid", "Format: docs/bid-format.md. Nothing is received yet."),
        request=bodies.BidBody,
        responses={201: shapes.OwnBidShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Announce."""
        body: dict[str, Any] = validated(bodies.BidBody, request.data)
        company_id = body.pop("company_id")
        point, wrapped = bytes.fromhex(body.pop("point")), bytes.fromhex(body.pop("wrapped"))
        announced = Announcement(point=point, wrapped=wrapped, **body)
        row = services.begin_bid(actor=self.actor, section_id=section_id, company_id=company_id, announced=announced)
        return Response(_shown(self.actor, row.id), status=201)


def _shown(actor: Any, bid_id: UUID) -> dict[str, Any]:
    row, missing = selectors.bid_of(actor, bid_id)
    return documents.own_bid(row, row.section.revision, missing)


class BidView(ApiView):
    """GET /tenders/bids/{id}"""

    @extend_schema(**schema.said("bid", "My bid"), responses=shapes.OwnBidShape)
    def get(self, request: Request, bid_id: UUID) -> Response:
        """State, receipt, and what is still missing."""
        return Response(_shown(self.actor, bid_id))


class StepsView(ApiView):
    """PUT /tenders/bids/{id}/steps/{first}"""

    parser_classes = [StepsParser]

    @extend_schema(
        **schema.said("bid_steps", "Send steps of a bid", "Up to eight of 65,552 bytes; again after a broken line."),
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: shapes.StepsShape, **schema.ACT},
    )
    def put(self, request: Request, bid_id: UUID, first: int) -> Response:
        """Keep them."""
        data = request.data if isinstance(request.data, bytes) else b""
        return Response({"missing_steps": services.add_steps(actor=self.actor, bid_id=bid_id, first=first, data=data)})


class SubmitBidView(ApiView):
    """POST /tenders/bids/{id}/submit"""

    @extend_schema(
        **schema.said("bid_submit", "Hand in", "The database's clock at the end of this call is what counts."),
        request=bodies.EmptyBody,
        responses={201: shapes.ReceiptShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, bid_id: UUID) -> Response:
        """Hand in."""
        validated(bodies.EmptyBody, request.data)
        return Response(services.receipt_document(services.submit_bid(actor=self.actor, bid_id=bid_id)), status=201)


class WithdrawBidView(ApiView):
    """POST /tenders/bids/{id}/withdraw"""

    @extend_schema(
        **schema.said("bid_withdraw", "Take a bid back before the deadline"),
        request=bodies.EmptyBody,
        responses={200: shapes.OwnBidShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, bid_id: UUID) -> Response:
        """Withdraw."""
        validated(bodies.EmptyBody, request.data)
        services.withdraw_bid(actor=self.actor, bid_id=bid_id)
        return Response(_shown(self.actor, bid_id))


class ConfirmBidView(ApiView):
    """POST /tenders/bids/{id}/confirm"""

    @extend_schema(
        **schema.said("bid_confirm", "My bid stands after a change"),
        request=bodies.EmptyBody,
        responses={200: shapes.OwnBidShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, bid_id: UUID) -> Response:
        """Confirm."""
        validated(bodies.EmptyBody, request.data)
        services.confirm_bid(actor=self.actor, bid_id=bid_id)
        return Response(_shown(self.actor, bid_id))
