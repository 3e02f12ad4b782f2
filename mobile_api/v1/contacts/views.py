"""Contacts: found by unit or by words, read one by one, never all at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.contacts import selectors, services
from backend.contacts.types import CardInfo
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.throttling import throttle
from mobile_api.platform.views import ApiView, idempotent
from mobile_api.v1.contacts import schema
from mobile_api.v1.contacts import serializers as bodies
from mobile_api.v1.contacts.vcard import vcard

LISTS = {"limit": 60, "seconds": 60}
NUMBERS = {"limit": 60, "seconds": 3600}


class ContactListView(ApiView):
    """GET /contacts"""

    @extend_schema(
        **schema.said("list", "Officials of a unit, or found by words", parameters=schema.PARAMETERS),
        responses={200: bodies.ContactPageShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """By name."""
        asked = validated(bodies.ContactListQuery, request.query_params.dict())
        rows = selectors.people(self.actor, unit_id=asked.get("unit_id"), q=asked["q"])
        throttle("contacts.lists", str(self.actor.person_id), **LISTS)
        return Response(paginate(rows, request, order=("name", "person_id"), row=_row))


class ChangeListView(ApiView):
    """GET /contacts/changes"""

    @extend_schema(
        **schema.said("changes", "What changed in my branch since I asked", parameters=[schema.SINCE]),
        responses={200: bodies.ContactChangesShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """The oldest first, a hundred at most."""
        since = validated(bodies.ContactChangesQuery, request.query_params.dict())["since"]
        rows, now = selectors.changes(self.actor, since)
        throttle("contacts.lists", str(self.actor.person_id), **LISTS)
        return Response({"items": [{**_row(row), "has_left": row.left_at is not None} for row in rows], "since": now})


class ContactView(ApiView):
    """GET and PATCH /contacts/{id}"""

    @extend_schema(
        **schema.said("contact", "One official, with numbers by level"),
        responses={200: bodies.ContactShape, **schema.refused(403)},
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        """Sixty an hour."""
        found = selectors.card(self.actor, person_id)
        throttle("contacts.numbers", str(self.actor.person_id), **NUMBERS)
        return Response(_card(found))

    @extend_schema(
        **schema.said("change", "Change post or numbers", "One's own, or as system manager."),
        request=bodies.ContactBody,
        responses={200: bodies.ContactShape, **schema.refused(403)},
    )
    def patch(self, request: Request, person_id: UUID) -> Response:
        """What is named."""
        selectors.check_official(self.actor)
        services.edit_card(actor=self.actor, person_id=person_id, **validated(bodies.ContactBody, request.data))
        return Response(_card(selectors.card(self.actor, person_id)))


class VCardView(ApiView):
    """GET /contacts/{id}/vcard"""

    @extend_schema(
        **schema.said("vcard", "One official for the phone's address book"),
        responses={(200, "text/vcard"): OpenApiTypes.STR, **schema.refused(403)},
    )
    def get(self, request: Request, person_id: UUID) -> HttpResponse:
        """vCard 4.0."""
        found = selectors.card(self.actor, person_id)
        throttle("contacts.numbers", str(self.actor.person_id), **NUMBERS)
        return HttpResponse(vcard(found), content_type="text/vcard; charset=utf-8")


class DepartureView(ApiView):
    """POST /contacts/{id}/departure"""

    @extend_schema(
        **schema.said("departure", "Let somebody leave office", "What is open goes to the successor first."),
        request=bodies.DepartureBody,
        responses={200: bodies.DepartureShape, **schema.refused(403, 409, 422)},
    )
    @idempotent(required=True)
    def post(self, request: Request, person_id: UUID) -> Response:
        """All of it or nothing."""
        selectors.check_official(self.actor)
        wishes = validated(bodies.DepartureBody, request.data)
        left = services.leave_office(actor=self.actor, person_id=person_id, **wishes)
        return Response({"tasks": left.tasks, "delegations": left.delegations, "successor_name": left.successor_name})


def _row(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.person_id),
        "name": row.name,
        "unit_id": str(row.organisation_id),
        "unit_name": row.unit_name,
        "post": row.post,
        "office_phone": row.office_phone,
        "short_number": row.short_number,
    }


def _card(card: CardInfo) -> dict[str, Any]:
    return {
        "id": str(card.id),
        "name": card.name,
        "unit_id": str(card.unit_id),
        "unit_name": card.unit_name,
        "post": card.post,
        "office_phone": card.office_phone,
        "short_number": card.short_number,
        "mobile": card.mobile,
        "is_mobile_open": card.is_mobile_open,
        "may_change": card.may_change,
    }
