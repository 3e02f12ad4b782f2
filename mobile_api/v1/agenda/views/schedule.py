"""Schedules, who may see them, the calendar feed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.agenda import selectors, services
from backend.agenda.types import ShareLevel
from mobile_api.platform.network import client_address
from mobile_api.platform.serializers import validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.agenda import documents, schema
from mobile_api.v1.agenda import serializers as bodies

PER_ADDRESS = {"limit": 120, "seconds": 60}


class EntryListView(ApiView):
    """GET and POST /agenda/entries"""

    @extend_schema(
        **schema.said("entries", "A schedule: mine, a colleague's, a leader's, a unit's", parameters=schema.SPAN),
        responses={200: bodies.ScheduleEntriesShape, **schema.refused(403, 422)},
    )
    def get(self, request: Request) -> Response:
        """What stands there, as far as it is the caller's to see."""
        query = validated(bodies.EntriesQuery, request.query_params.dict())
        owner = query.pop("owner_id")
        found = selectors.entries(self.actor, owner_ids=[owner] if owner else [], **query)
        return Response({"items": [documents.entry(info) for info in found]})

    @extend_schema(
        **schema.said("entry_add", "Put something into a schedule"),
        request=bodies.ScheduleEntryBody,
        responses={201: bodies.ScheduleEntryShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Add it."""
        row = services.add_entry(actor=self.actor, **validated(bodies.ScheduleEntryBody, request.data))
        return etag_response(documents.entry(selectors.entry_for(self.actor, row.id)), row.version, status=201)


class EntryView(ApiView):
    """GET, PATCH, DELETE /agenda/entries/{id}"""

    @extend_schema(**schema.said("entry", "One entry"), responses={200: bodies.ScheduleEntryShape})
    def get(self, request: Request, entry_id: UUID) -> Response:
        """As one may see it."""
        info = selectors.entry_for(self.actor, entry_id)
        return etag_response(documents.entry(info), info.version)

    @extend_schema(
        **schema.said("entry_change", "Change an entry"),
        request=bodies.ScheduleEntryChangeBody,
        responses={200: bodies.ScheduleEntryShape, **schema.ACT},
    )
    def patch(self, request: Request, entry_id: UUID) -> Response:
        """Change what is named."""
        version = if_match(request)
        wishes: dict[str, Any] = validated(bodies.ScheduleEntryChangeBody, request.data)
        row = services.change_entry(actor=self.actor, entry_id=entry_id, version=version, **wishes)
        return etag_response(documents.entry(selectors.entry_for(self.actor, row.id)), row.version)

    @extend_schema(
        **schema.said("entry_remove", "Take an entry out"), responses={204: None, **schema.refused(403, 409)}
    )
    def delete(self, request: Request, entry_id: UUID) -> Response:
        """Take it out."""
        services.remove_entry(actor=self.actor, entry_id=entry_id, version=if_match(request))
        return Response(status=204)


class SchedulePeopleView(ApiView):
    """GET /agenda/people"""

    @extend_schema(
        **schema.said("people", "Whose schedules I see"),
        responses={200: bodies.SchedulePeopleShape, **schema.OFFICIALS},
    )
    def get(self, request: Request) -> Response:
        """Myself, colleagues, and leaders by their rules."""
        found = selectors.people_seen(self.actor)
        return Response({"items": [documents.person(info, view) for info, view in found]})


class ShareListView(ApiView):
    """GET and POST /agenda/shares"""

    @extend_schema(
        **schema.said("shares", "Who may see my schedule"),
        responses={200: bodies.ScheduleSharesShape},
    )
    def get(self, request: Request) -> Response:
        """My rules."""
        return Response({"items": [documents.share(row) for row in selectors.own_shares(self.actor)]})

    @extend_schema(
        **schema.said("share", "Let a person or a unit see my schedule"),
        request=bodies.ScheduleShareBody,
        responses={201: bodies.ScheduleShareShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """A new rule, from today."""
        said = validated(bodies.ScheduleShareBody, request.data)
        level = ShareLevel(said.pop("level"))
        return Response(documents.share(services.share(actor=self.actor, level=level, **said)), status=201)


class ShareView(ApiView):
    """DELETE /agenda/shares/{id}"""

    @extend_schema(**schema.said("unshare", "Take a rule back"), responses={204: None})
    def delete(self, request: Request, share_id: UUID) -> Response:
        """Take it back."""
        services.unshare(actor=self.actor, share_id=share_id)
        return Response(status=204)


class FeedView(ApiView):
    """GET, POST, DELETE /agenda/feed"""

    @extend_schema(**schema.said("feed", "Whether my calendar feed is open"), responses={200: bodies.CalendarFeedShape})
    def get(self, request: Request) -> Response:
        """Open or not; the address is not shown again."""
        return Response(documents.feed(selectors.has_feed(self.actor)))

    @extend_schema(
        **schema.said("feed_open", "A new private address of my calendar", "The one before stops working."),
        request=bodies.AgendaEmptyBody,
        responses={201: bodies.CalendarFeedShape, **schema.OFFICIALS},
    )
    def post(self, request: Request) -> Response:
        """Make it, and show it once."""
        validated(bodies.AgendaEmptyBody, request.data)
        secret = services.open_feed(actor=self.actor)
        shown = documents.feed(selectors.has_feed(self.actor), secret)
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(**schema.said("feed_close", "Close my calendar feed"), responses={204: None})
    def delete(self, request: Request) -> Response:
        """The address stops working."""
        services.close_feed(actor=self.actor)
        return Response(status=204)


class FeedFileView(ApiView):
    """GET /agenda/feeds/{secret}.ics"""

    public = True

    @extend_schema(
        **schema.said("feed_file", "A person's calendar, by its private address"),
        responses={(200, "text/calendar"): OpenApiTypes.STR},
    )
    def get(self, request: Request, secret: str) -> HttpResponse:
        """An iCalendar file."""
        throttle("agenda.feed", client_address(request), **PER_ADDRESS)
        text = selectors.feed(secret)
        response = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response
