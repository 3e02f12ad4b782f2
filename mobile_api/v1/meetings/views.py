"""Meetings: called, changed, answered, signed in to, minuted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import selectors as accounts
from backend.meetings import selectors, services
from backend.meetings.types import Answer
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.meetings import documents, schema
from mobile_api.v1.meetings import serializers as bodies

TRIES = {"limit": 10, "seconds": 60}


class MeetingListView(ApiView):
    """GET and POST /meetings"""

    @extend_schema(
        **schema.said("list", "My meetings: called by me, or I am invited", parameters=[schema.WHEN, *schema.PAGED]),
        responses={200: bodies.MeetingPageShape},
    )
    def get(self, request: Request) -> Response:
        """Those ahead, soonest first; those over, last first."""
        ahead = validated(bodies.MeetingListQuery, request.query_params.dict())["when"] == "upcoming"
        rows = selectors.meetings_of(self.actor, upcoming=ahead)
        order = ("starts_at", "id") if ahead else ("-starts_at", "-id")
        return Response(paginate(rows, request, order=order, row=lambda row: documents.row(row, self.actor)))

    @extend_schema(
        **schema.said("call", "Call a meeting", schema.TAKEN),
        request=bodies.MeetingBody,
        responses={201: bodies.MeetingShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Call it; everybody invited is told."""
        wishes = validated(bodies.MeetingBody, request.data)
        made = services.call_meeting(actor=self.actor, **wishes)
        return etag_response(
            documents.meeting(self.actor, selectors.meeting_for(self.actor, made.id)), made.version, status=201
        )


class MeetingView(ApiView):
    """GET and PATCH /meetings/{id}"""

    @extend_schema(**schema.said("meeting", "One meeting"), responses={200: bodies.MeetingShape})
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """With people, papers, decisions."""
        found = selectors.meeting_for(self.actor, meeting_id)
        return etag_response(documents.meeting(self.actor, found), found.version)

    @extend_schema(
        **schema.said("change", "Change a meeting", f"Only those concerned are told. {schema.TAKEN}"),
        request=bodies.MeetingChangeBody,
        responses={200: bodies.MeetingShape, **schema.ACT},
    )
    def patch(self, request: Request, meeting_id: UUID) -> Response:
        """Change what is named."""
        version = if_match(request)
        wishes: dict[str, Any] = validated(bodies.MeetingChangeBody, request.data)
        made = services.change_meeting(actor=self.actor, meeting_id=meeting_id, version=version, **wishes)
        found = selectors.meeting_for(self.actor, made.id)
        return etag_response(documents.meeting(self.actor, found), found.version)


class MeetingCancelView(ApiView):
    """POST /meetings/{id}/cancel"""

    @extend_schema(
        **schema.said("cancel", "Cancel a meeting; its room is free again"),
        request=bodies.MeetingCancelBody,
        responses={200: bodies.MeetingShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Cancel it."""
        version = if_match(request)
        reason = validated(bodies.MeetingCancelBody, request.data)["reason"]
        services.cancel_meeting(actor=self.actor, meeting_id=meeting_id, version=version, reason=reason)
        found = selectors.meeting_for(self.actor, meeting_id)
        return etag_response(documents.meeting(self.actor, found), found.version)


class ReceiptView(ApiView):
    """POST /meetings/{id}/receipt"""

    @extend_schema(
        **schema.said("answer", "Answer an invitation, again if need be, until the deadline"),
        request=bodies.ReceiptBody,
        responses={200: bodies.AttendeeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Come, ask for leave, or send somebody."""
        said = validated(bodies.ReceiptBody, request.data)
        choice = Answer(said.pop("answer"))
        row = services.answer(actor=self.actor, meeting_id=meeting_id, choice=choice, **said)
        return Response(documents.attendee(row))


class UrgeView(ApiView):
    """POST /meetings/{id}/urge"""

    @extend_schema(
        **schema.said("urge", "Ask those again who have not answered"),
        request=bodies.MeetingEmptyBody,
        responses={200: bodies.UrgedShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Ask again."""
        validated(bodies.MeetingEmptyBody, request.data)
        return Response({"urged": services.urge(actor=self.actor, meeting_id=meeting_id)})


class SignInCodeView(ApiView):
    """GET /meetings/{id}/sign-in-code"""

    @extend_schema(
        **schema.said("code", "What the screen in the room shows now", "Ask again at `changes_at`."),
        responses={200: bodies.SignInCodeShape, **schema.refused(403, 409)},
    )
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """The code of now."""
        shown, found = selectors.sign_in_code(self.actor, meeting_id)
        return Response(documents.code(shown, found), headers={"Cache-Control": "no-store"})


class SignInView(ApiView):
    """POST /meetings/{id}/sign-in"""

    @extend_schema(
        **schema.said("sign_in", "Sign in at the place", "With the digits shown there; ten tries a minute."),
        request=bodies.SignInBody,
        responses={200: bodies.AttendeeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Sign in."""
        throttle("meetings.sign_in", str(self.actor.person_id), **TRIES)
        code = validated(bodies.SignInBody, request.data)["code"]
        row = services.sign_in(actor=self.actor, meeting_id=meeting_id, code=code)
        return Response(documents.attendee(row))


class MinutesView(ApiView):
    """POST /meetings/{id}/minutes"""

    @extend_schema(
        **schema.said("minutes", "Write the minutes; each decision becomes a task"),
        request=bodies.MinutesBody,
        responses={200: bodies.MeetingShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Write them."""
        version = if_match(request)
        said = validated(bodies.MinutesBody, request.data)
        services.write_minutes(actor=self.actor, meeting_id=meeting_id, version=version, **said)
        found = selectors.meeting_for(self.actor, meeting_id)
        return etag_response(documents.meeting(self.actor, found), found.version)


class MeetingFileListView(ApiView):
    """POST /meetings/{id}/files"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.said("file_add", "Add a paper"),
        request={"multipart/form-data": bodies.MeetingFileBody},
        responses={201: bodies.MeetingFileShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Add it."""
        upload = validated(bodies.MeetingFileBody, {name: request.data[name] for name in request.data})["file"]
        row = services.add_file(actor=self.actor, meeting_id=meeting_id, upload=upload, filename=upload.name)
        return Response(documents.file(row), status=201)


class MeetingFileView(ApiView):
    """GET and DELETE /meetings/{id}/files/{file}"""

    @extend_schema(
        **schema.said("file", "A paper", parameters=[schema.RANGE]),
        responses=schema.FILE,
    )
    def get(self, request: Request, meeting_id: UUID, file_id: UUID) -> StreamingHttpResponse:
        """Its bytes."""
        delivery, content = selectors.serve_file(self.actor, meeting_id, file_id, request.headers.get("Range"))
        response = StreamingHttpResponse(content, status=delivery.status)
        for name, value in delivery.headers.items():
            response[name] = value
        return response

    @extend_schema(**schema.said("file_remove", "Take a paper away"), responses={204: None, **schema.refused(403)})
    def delete(self, request: Request, meeting_id: UUID, file_id: UUID) -> Response:
        """Take it away."""
        services.remove_file(actor=self.actor, meeting_id=meeting_id, file_id=file_id)
        return Response(status=204)


class RoomListView(ApiView):
    """GET /meetings/rooms"""

    @extend_schema(
        **schema.said("rooms", "Rooms, and which are free then", parameters=schema.TIMES),
        responses={200: bodies.MeetingRoomsShape, **schema.refused(403, 422)},
    )
    def get(self, request: Request) -> Response:
        """Free ones first, the smallest that fits first."""
        query = validated(bodies.RoomListQuery, request.query_params.dict())
        return Response({"items": [documents.room(info) for info in selectors.rooms(self.actor, **query)]})


class RoomKeepView(ApiView):
    """POST /meetings/rooms/keep"""

    @extend_schema(
        **schema.said("room_keep", "Enter a room, or write anew what is known of it", "System managers."),
        request=bodies.RoomBody,
        responses={204: None, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Keep it."""
        services.keep_room(actor=self.actor, **validated(bodies.RoomBody, request.data))
        return Response(status=204)


class PeopleView(ApiView):
    """GET /meetings/people"""

    @extend_schema(
        **schema.said("people", "The officials of a unit, to be invited", parameters=[schema.UNIT]),
        responses={200: bodies.InvitablesShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """All who hold a post there today."""
        unit = validated(bodies.PeopleQuery, request.query_params.dict())["unit_id"]
        selectors.check_official(self.actor)
        found = accounts.officials(organisation_ids=[unit])
        return Response({"items": [documents.official(info) for info in found]})
