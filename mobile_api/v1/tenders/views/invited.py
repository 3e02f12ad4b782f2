"""Invitations to tender, for those invited."""

from __future__ import annotations

from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.tenders import invited, schema
from mobile_api.v1.tenders.files import delivered


class InvitationListView(ApiView):
    """GET /tenders/companies/{id}/invitations"""

    @extend_schema(
        **schema.said("invitations", "To what my company is invited", "The latest first."),
        responses=invited.InvitationsShape,
    )
    def get(self, request: Request, company_id: UUID) -> Response:
        """All of them."""
        rows = selectors.invitations_of(self.actor, company_id)
        return Response({"items": [invited.row(one) for one in rows], "now": at(selectors.server_time())})


class InvitationView(ApiView):
    """GET /tenders/invitations/{id}"""

    @extend_schema(
        **schema.said("invitation", "An invitation to tender", "404 for who is not invited."),
        responses=invited.InvitationShape,
    )
    def get(self, request: Request, notice_id: UUID) -> Response:
        """One of them."""
        return Response(invited.page(selectors.invitation(self.actor, notice_id)))


class InvitationFileView(ApiView):
    """GET /tenders/invitations/{id}/files/{file_id}"""

    @extend_schema(
        **schema.said("invitation_file", "A file of an invitation", parameters=[schema.RANGE]), responses=schema.FILE
    )
    def get(self, request: Request, notice_id: UUID, file_id: UUID) -> StreamingHttpResponse:
        """The bytes."""
        return delivered(selectors.invitation_file(self.actor, notice_id, file_id, request.headers.get("Range")))


class ReplyView(ApiView):
    """POST /tenders/invitations/{id}/reply"""

    @extend_schema(
        **schema.said(
            "invitation_reply", "Take part, or not", "Accepting takes the documents. Nobody else learns of it."
        ),
        request=invited.ReplyBody,
        responses={200: invited.InvitationShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Answer."""
        body = validated(invited.ReplyBody, request.data)
        services.answer_invitation(actor=self.actor, notice_id=notice_id, **body)
        return Response(invited.page(selectors.invitation(self.actor, notice_id, body["company_id"])))
