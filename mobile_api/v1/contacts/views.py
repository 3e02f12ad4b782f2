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
from backend.contacts.types import CardInfo, Leaving, Unit
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
        page = paginate(rows, request, order=("name", "person_id"), row=_row)
        services.note_reading(actor=self.actor, card_ids=_ids(page["items"]), way=services.Way.CARDS)
        return Response(page)


class ChangeListView(ApiView):
    """GET /contacts/changes"""

    @extend_schema(
        **schema.said("changes", "What changed in my branch since I asked", parameters=[schema.SINCE]),
        responses={200: bodies.ContactChangesShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """The oldest first, a hundred at most."""
        since = validated(bodies.ContactChangesQuery, request.query_params.dict())["since"]
        found = selectors.changes(self.actor, since)
        throttle("contacts.changes", str(self.actor.person_id), **LISTS)
        services.note_reading(actor=self.actor, card_ids=found.here, way=services.Way.CHANGES)
        items = [_change(row, is_here=row.person_id in found.here) for row in found.rows]
        return Response({"items": items, "since": found.since, "scope": found.scope})


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
        services.note_reading(actor=self.actor, card_ids=[person_id], way=services.Way.CARDS)
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
        services.note_reading(actor=self.actor, card_ids=[person_id], way=services.Way.CARDS)
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
        services.note_reading(actor=self.actor, card_ids=[person_id], way=services.Way.CARDS)
        return HttpResponse(vcard(found), content_type="text/vcard; charset=utf-8")


class UnitListView(ApiView):
    """GET /contacts/units"""

    @extend_schema(
        **schema.said("units", "A unit and those right below it, with how many people", parameters=[schema.UNIT]),
        responses={200: bodies.ContactBranchShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """From the city down to the townships."""
        asked = validated(bodies.ContactUnitsQuery, request.query_params.dict())
        found = selectors.branch(self.actor, asked.get("unit_id"))
        above = [{"id": str(info.id), "name": info.name} for info in found.above]
        return Response({"unit": _unit(found.unit), "above": above, "items": [_unit(one) for one in found.below]})


class DepartureView(ApiView):
    """GET and POST /contacts/{id}/departure"""

    @extend_schema(
        **schema.said("leaving", "What somebody would hand over", "For the system manager of the unit."),
        responses={200: bodies.LeavingShape, **schema.refused(403)},
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        """Nothing changes."""
        return Response(_leaving(selectors.leaving(self.actor, person_id)))

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


def _change(row: Any, *, is_here: bool) -> dict[str, Any]:
    if is_here:
        return {**_row(row), "spoken": row.spoken, "has_left": False}
    gone = dict.fromkeys(("name", "unit_name", "post", "office_phone", "short_number", "spoken"), "")
    return {**gone, "id": str(row.person_id), "unit_id": None, "has_left": True}


def _unit(unit: Unit) -> dict[str, Any]:
    return {"id": str(unit.info.id), "name": unit.info.name, "level": unit.info.level, "people": unit.people}


def _leaving(found: Leaving) -> dict[str, Any]:
    return {
        "name": found.name,
        "unit_name": found.unit_name,
        "tasks": [
            {"id": str(task.id), "subject_kind": task.subject_kind, "title": task.title, "due_on": task.due_on,
             "overdue": task.overdue}
            for task in found.tasks
        ],
        "delegations": [
            {"id": str(row.id), "principal_name": row.principal_name, "from_on": row.from_on, "to_on": row.to_on}
            for row in found.delegations
        ],
    }  # fmt: skip


def _ids(items: list[dict[str, Any]]) -> list[UUID]:
    return [UUID(one["id"]) for one in items]


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
        "may_let_leave": card.may_let_leave,
    }
