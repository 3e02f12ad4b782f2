"""Keys and openings: who may hold a share, what waits for one's own, and bringing it."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from backend.tenders.types import SHARES_NEEDED
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.tenders import drafting, schema, shapes
from mobile_api.v1.tenders import serializers as bodies


class InvitableView(ApiView):
    """GET /tender-desk/projects/{id}/companies/{company}"""

    @extend_schema(
        **schema.said("desk_invitable", "A company to invite", "By its credit code, or its id."),
        responses=drafting.InvitedCompanyShape,
    )
    def get(self, request: Request, project_id: UUID, company: str) -> Response:
        """As it is registered."""
        row = selectors.invitable(self.actor, project_id, company)
        return Response({"id": str(row.id), "credit_code": row.credit_code, "name": row.name})


class PossibleOpenersView(ApiView):
    """GET /tender-desk/sections/{id}/possible-openers"""

    @extend_schema(
        **schema.said("desk_possible_openers", "Who may hold a share of a key"),
        responses=drafting.PossibleOpenersShape,
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """By name."""
        rows = selectors.possible_openers(self.actor, section_id)
        return Response({"items": [drafting.possible_opener(row) for row in rows]})


class DutiesView(ApiView):
    """GET /tender-desk/openings"""

    @extend_schema(**schema.said("duties", "Sections whose key I hold a share of"), responses=drafting.DutiesShape)
    def get(self, request: Request) -> Response:
        """The next opening first."""
        rows = selectors.opening_duties(self.actor)
        return Response({"items": [drafting.duty(row) for row in rows], "now": at(selectors.server_time())})


class ShareView(ApiView):
    """POST /tender-desk/sections/{id}/shares"""

    @extend_schema(
        **schema.said("share", "Bring my share of the key", "After the deadline. With the second one all is opened."),
        request=bodies.ShareBody,
        responses={200: shapes.BroughtShape, **schema.ACT},
    )
    @idempotent(required=False)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Bring it."""
        share = bytes.fromhex(validated(bodies.ShareBody, request.data)["share"])
        section = services.bring_share(actor=self.actor, section_id=section_id, share=share)
        brought = sum(opener.brought_at is not None for opener in selectors.openers_of(section))
        return Response(
            {"section_id": str(section.id), "state": section.state, "brought": brought, "needed": SHARES_NEEDED}
        )
