"""Leave, trips and outings: asked for, decided, taken back, reported back from."""

from __future__ import annotations

from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.leave import selectors, services
from backend.leave.types import Half, Point
from kernel import clock
from kernel.actors import Actor
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.leave import documents, schema
from mobile_api.v1.leave import serializers as bodies


class LeaveKindsView(ApiView):
    """GET /leave/kinds"""

    @extend_schema(
        **schema.said("kinds", "Kinds of leave, trips and outings that hold today"),
        responses={200: bodies.LeaveKindsShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """In their order."""
        return Response({"items": [documents.kind(one) for one in selectors.kinds(self.actor)]})


class LeaveBalancesView(ApiView):
    """GET /leave/balances"""

    @extend_schema(
        **schema.said("balances", "My days of a year", parameters=[schema.YEAR]),
        responses={200: bodies.LeaveBalancesShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """Of every kind that has a balance."""
        asked = validated(bodies.LeaveBalanceQuery, request.query_params.dict())
        year = asked.get("year") or clock.today().year
        names = {one.code: documents.kind_name(one) for one in selectors.kinds(self.actor)}
        found = selectors.balances(self.actor, year)
        return Response({"year": year, "items": [documents.balance(info, names) for info in found]})


class LeaveAwayView(ApiView):
    """GET /leave/away"""

    @extend_schema(
        **schema.said("away", "Who of a unit is away now, and until when", parameters=[schema.UNIT]),
        responses={200: bodies.LeaveAwayListShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """Who is back first comes first."""
        unit = validated(bodies.LeaveAwayQuery, request.query_params.dict())["unit_id"]
        return Response({"items": [documents.away(info) for info in selectors.away(self.actor, unit)]})


class LeaveCareerView(ApiView):
    """POST /leave/careers"""

    @extend_schema(
        **schema.said("career", "Enter since when somebody works", "System managers; annual leave hangs on it."),
        request=bodies.LeaveCareerBody,
        responses={204: None, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Enter it."""
        services.note_career(actor=self.actor, **validated(bodies.LeaveCareerBody, request.data))
        return Response(status=204)


class LeaveListView(ApiView):
    """GET and POST /leave/requests"""

    @extend_schema(
        **schema.said("list", "My requests, or those that wait for me", parameters=schema.LIST),
        responses={200: bodies.LeavePageShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """Newest first."""
        query = validated(bodies.LeaveListQuery, request.query_params.dict())
        rows = selectors.requests(self.actor, to_decide=query["to_decide"], state=query["state"])
        return Response(paginate(rows, request, order=("-created_at", "-id"), row=documents.row))

    @extend_schema(
        **schema.said("ask", "Ask to be away", "Days of a balance are held at once. Proofs are added afterwards."),
        request=bodies.LeaveBody,
        responses={201: bodies.LeaveShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Ask."""
        said = validated(bodies.LeaveBody, request.data)
        made = services.ask(
            actor=self.actor,
            kind=said["kind"],
            first=Point(said["starts_on"], Half(said["starts_half"])),
            last=Point(said["ends_on"], Half(said["ends_half"])),
            reason=said["reason"],
            destination=said["destination"],
            stand_in_id=said["stand_in_id"],
        )
        return _shown(self.actor, made.id, status=201)


class LeaveView(ApiView):
    """GET /leave/requests/{id}"""

    @extend_schema(**schema.said("request", "One request"), responses={200: bodies.LeaveShape})
    def get(self, request: Request, request_id: UUID) -> Response:
        """For the person and those who decide."""
        return _shown(self.actor, request_id)


class LeaveDecideView(ApiView):
    """POST /leave/requests/{id}/decide"""

    @extend_schema(
        **schema.said("decide", "Agree or refuse", "A refusal needs a comment. Nobody decides the own request."),
        request=bodies.LeaveDecisionBody,
        responses={200: bodies.LeaveShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Decide."""
        version = if_match(request)
        said = validated(bodies.LeaveDecisionBody, request.data)
        services.decide(actor=self.actor, request_id=request_id, version=version, **said)
        return _shown(self.actor, request_id)


class LeaveWithdrawView(ApiView):
    """POST /leave/requests/{id}/withdraw"""

    @extend_schema(
        **schema.said("withdraw", "Take my request back before it is decided"),
        request=bodies.LeaveEmptyBody,
        responses={200: bodies.LeaveShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Withdraw it."""
        version = if_match(request)
        validated(bodies.LeaveEmptyBody, request.data)
        services.withdraw(actor=self.actor, request_id=request_id, version=version)
        return _shown(self.actor, request_id)


class LeaveCancelView(ApiView):
    """POST /leave/requests/{id}/cancel"""

    @extend_schema(
        **schema.said("cancel", "Give up what was granted, before it begins"),
        request=bodies.LeaveCancelBody,
        responses={200: bodies.LeaveShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Cancel it."""
        version = if_match(request)
        reason = validated(bodies.LeaveCancelBody, request.data)["reason"]
        services.cancel(actor=self.actor, request_id=request_id, version=version, reason=reason)
        return _shown(self.actor, request_id)


class LeaveReturnView(ApiView):
    """POST /leave/requests/{id}/return"""

    @extend_schema(
        **schema.said("return", "Report back", "What was not taken goes back to the balance."),
        request=bodies.LeaveReturnBody,
        responses={200: bodies.LeaveShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Report back."""
        version = if_match(request)
        said = validated(bodies.LeaveReturnBody, request.data)
        back = Point(said["returned_on"], Half(said["returned_half"]))
        services.come_back(actor=self.actor, request_id=request_id, version=version, at=back)
        return _shown(self.actor, request_id)


class LeaveFileListView(ApiView):
    """POST /leave/requests/{id}/files"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.said("file_add", "Add a proof to my request"),
        request={"multipart/form-data": bodies.LeaveFileBody},
        responses={201: bodies.LeaveFileShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, request_id: UUID) -> Response:
        """Add it."""
        upload = validated(bodies.LeaveFileBody, {name: request.data[name] for name in request.data})["file"]
        paper = services.add_paper(actor=self.actor, request_id=request_id, upload=upload, filename=upload.name)
        return Response(documents.file(paper), status=201)


class LeaveFileView(ApiView):
    """GET and DELETE /leave/requests/{id}/files/{file}"""

    @extend_schema(**schema.said("file", "A proof", parameters=[schema.RANGE]), responses=schema.FILE)
    def get(self, request: Request, request_id: UUID, file_id: UUID) -> StreamingHttpResponse:
        """Its bytes."""
        found = selectors.serve_paper(self.actor, request_id, file_id, request.headers.get("Range"))
        delivery, content = found
        response = StreamingHttpResponse(content, status=delivery.status)
        for name, value in delivery.headers.items():
            response[name] = value
        return response

    @extend_schema(
        **schema.said("file_remove", "Take a proof away while nobody has decided"),
        responses={204: None, **schema.refused(403, 409)},
    )
    def delete(self, request: Request, request_id: UUID, file_id: UUID) -> Response:
        """Take it away."""
        services.remove_paper(actor=self.actor, request_id=request_id, file_id=file_id)
        return Response(status=204)


def _shown(actor: Actor, request_id: UUID, status: int = 200) -> Response:
    found = selectors.request_for(actor, request_id)
    return etag_response(documents.request(actor, found), found.version, status=status)
