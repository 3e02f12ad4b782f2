"""The knowledge base."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.inquiries import selectors, services
from backend.inquiries.services import Wording
from backend.inquiries.types import EntryState
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.inquiries.bodies import InquiryEmptySerializer
from mobile_api.v1.inquiries.schema import CURSOR, LIMIT, QUERY, operation, refused
from mobile_api.v1.inquiries.views import PagedQuerySerializer
from mobile_api.v1.knowledge.serializers import (
    EntryPageSerializer,
    EntrySerializer,
    EntryStateSerializer,
    EntryVersionsSerializer,
    NewEntrySerializer,
    WordingSerializer,
)

CONFLICT = refused(403, 409, 422)


class EntriesQuerySerializer(PagedQuerySerializer):
    """Query of GET /knowledge."""

    q = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    state = serializers.ChoiceField(choices=["published", "draft", "retired"], default="published")


class EntriesView(ApiView):
    """GET and POST /knowledge"""

    @extend_schema(
        **operation(
            "knowledge_list",
            "Search the knowledge base",
            "Entries in force, most used first. Drafts and retired ones only for who may write them.",
            parameters=[
                QUERY,
                OpenApiParameter(
                    "state", {"type": "string", "enum": ["published", "draft", "retired"], "default": "published"}
                ),
                CURSOR,
                LIMIT,
            ],
        ),
        responses=EntryPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Search the knowledge base."""
        query = validated(EntriesQuerySerializer, request.query_params.dict())
        rows = selectors.knowledge(query["q"], actor=self.actor, state=query["state"])
        return Response(paginate(rows, request, order=("-uses", "-id"), row=_row))

    @extend_schema(
        **operation("knowledge_create", "Write an entry", "As a draft of its owner."),
        request=NewEntrySerializer,
        responses={201: EntrySerializer, **CONFLICT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Write an entry."""
        body = validated(NewEntrySerializer, request.data)
        owner_id = body.pop("owner_id")
        entry = services.write_entry(actor=self.actor, owner_id=owner_id, wording_=_wording(body))
        return etag_response(_document(self, entry), entry.version, status=201)


class EntryView(ApiView):
    """GET /knowledge/{id}"""

    @extend_schema(**operation("knowledge_retrieve", "One entry"), responses=EntrySerializer)
    def get(self, request: Request, entry_id: UUID) -> Response:
        """One entry."""
        entry = selectors.knowledge_entry(self.actor, entry_id)
        return etag_response(_document(self, entry), entry.version)


class VersionsView(ApiView):
    """GET and POST /knowledge/{id}/versions"""

    @extend_schema(**operation("knowledge_versions", "All wordings of an entry"), responses=EntryVersionsSerializer)
    def get(self, request: Request, entry_id: UUID) -> Response:
        """All wordings of an entry."""
        entry = selectors.knowledge_entry(self.actor, entry_id)
        return Response({"items": [_version(row) for row in selectors.versions_of(entry)]})

    @extend_schema(
        **operation("knowledge_change", "A new wording", "A published entry shows it at once; old ones are kept."),
        request=WordingSerializer,
        responses={201: EntrySerializer, **CONFLICT},
    )
    @idempotent(required=True)
    def post(self, request: Request, entry_id: UUID) -> Response:
        """A new wording."""
        version = if_match(request)
        said = _wording(validated(WordingSerializer, request.data))
        entry = services.change_entry(actor=self.actor, entry_id=entry_id, version=version, wording_=said)
        return etag_response(_document(self, entry), entry.version, status=201)


class StateView(ApiView):
    """POST /knowledge/{id}/state"""

    @extend_schema(
        **operation("knowledge_set_state", "Publish or retire an entry"),
        request=EntryStateSerializer,
        responses={200: EntrySerializer, **CONFLICT},
    )
    @idempotent(required=True)
    def post(self, request: Request, entry_id: UUID) -> Response:
        """Publish or retire an entry."""
        version = if_match(request)
        state = EntryState(validated(EntryStateSerializer, request.data)["state"])
        entry = services.set_entry_state(actor=self.actor, entry_id=entry_id, version=version, state=state)
        return etag_response(_document(self, entry), entry.version)


class ReviewView(ApiView):
    """POST /knowledge/{id}/review"""

    @extend_schema(
        **operation("knowledge_review", "It still holds", "The next look is due a cycle from today."),
        request=InquiryEmptySerializer,
        responses={200: EntrySerializer, **CONFLICT},
    )
    @idempotent(required=True)
    def post(self, request: Request, entry_id: UUID) -> Response:
        """It still holds."""
        version = if_match(request)
        validated(InquiryEmptySerializer, request.data)
        entry = services.review_entry(actor=self.actor, entry_id=entry_id, version=version)
        return etag_response(_document(self, entry), entry.version)


def _wording(body: dict[str, Any]) -> Wording:
    return Wording(**{**body, "keywords": tuple(body["keywords"])})


def _row(entry: Any) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "title": entry.title,
        "state": str(entry.state),
        "topic": entry.topic.code if entry.topic else None,
        "owner_id": str(entry.owner_id),
        "owner_name": entry.owner_name,
        "valid_from": entry.valid_from.isoformat(),
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "review_due_on": entry.review_due_on.isoformat(),
        "uses": entry.uses,
        "version": entry.version,
    }


def _document(view: ApiView, entry: Any) -> dict[str, Any]:
    newest = selectors.versions_of(entry)[0]
    return {**_row(entry), "wording": _version(newest), "can_write": selectors.writes(view.actor, entry)}


def _version(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "question": row.question,
        "answer": row.answer,
        "keywords": row.keywords,
        "law_basis": row.law_basis,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "at": at(row.at),
    }
