"""The tenderer's desk, and what openers do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors, services
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.tenders import documents, drafting, schema, shapes
from mobile_api.v1.tenders import serializers as bodies
from mobile_api.v1.tenders.files import attachment

ORDER = ("-created_at", "-id")


class DeskProjectListView(ApiView):
    """GET and POST /tender-desk/projects"""

    @extend_schema(
        **schema.said("desk_projects", "My organisations' tenders", parameters=schema.PAGED),
        responses=drafting.DeskProjectPageShape,
    )
    def get(self, request: Request) -> Response:
        """Newest first."""
        page = paginate(selectors.desk_projects(self.actor), request, order=ORDER, row=lambda row: row)
        waiting = selectors.waiting_on(self.actor, page["items"])
        return Response({**page, "items": [drafting.desk_row(row, waiting[row.id]) for row in page["items"]]})

    @extend_schema(
        **schema.said("desk_project_create", "Enter a project", "Nobody sees it before its first notice."),
        request=bodies.ProjectBody,
        responses={201: shapes.DeskProjectShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """A new one."""
        body: dict[str, Any] = validated(bodies.ProjectBody, request.data)
        organisation_id, sections = body.pop("organisation_id"), body.pop("sections")
        row = services.create_project(actor=self.actor, organisation_id=organisation_id, facts=body, sections=sections)
        return etag_response(_project(self.actor, row), row.version, status=201)


def _project(actor: Any, row: Any) -> dict[str, Any]:
    return {
        **documents.project_row(row),
        "version": row.version,
        "sections": [documents.section(one) for one in selectors.sections_of(row)],
        "notices": [documents.notice(one) for one in selectors.desk_notices(actor, row.id)],
    }


class DeskProjectView(ApiView):
    """GET /tender-desk/projects/{id}"""

    @extend_schema(**schema.said("desk_project", "A project with its drafts"), responses=shapes.DeskProjectShape)
    def get(self, request: Request, project_id: UUID) -> Response:
        """One of them."""
        row = selectors.desk_project(self.actor, project_id)
        return etag_response(_project(self.actor, row), row.version)


class KeyView(ApiView):
    """POST /tender-desk/sections/{id}/key"""

    @extend_schema(
        **schema.said("desk_key", "Fix a section's public key", "Made and split on the tenderer's device."),
        request=bodies.KeyBody,
        responses={200: shapes.TenderSectionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, section_id: UUID) -> Response:
        """Fix it."""
        body = validated(bodies.KeyBody, request.data)
        public_key = bytes.fromhex(body["public_key"])
        row = services.set_opening_key(
            actor=self.actor, section_id=section_id, public_key=public_key, openers=body["openers"]
        )
        return Response(documents.section(row))


class NoticeListView(ApiView):
    """POST /tender-desk/projects/{id}/notices"""

    @extend_schema(
        **schema.said("desk_notice_draft", "Begin a notice"),
        request=bodies.NoticeBody,
        responses={201: shapes.TenderNoticeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, project_id: UUID) -> Response:
        """A draft."""
        body = validated(bodies.NoticeBody, request.data)
        row = services.draft_notice(actor=self.actor, project_id=project_id, **body)
        return etag_response(documents.notice(row), row.version, status=201)


class DeskNoticeView(ApiView):
    """GET, PATCH, DELETE /tender-desk/notices/{id}"""

    @extend_schema(**schema.said("desk_notice", "A notice of the desk"), responses=shapes.TenderNoticeShape)
    def get(self, request: Request, notice_id: UUID) -> Response:
        """One of them."""
        row = selectors.desk_notice(self.actor, notice_id)
        return etag_response(documents.notice(row), row.version)

    @extend_schema(
        **schema.said("desk_notice_change", "Write a draft anew"),
        request=bodies.NoticeChangeBody,
        responses={200: shapes.TenderNoticeShape, **schema.ACT},
    )
    def patch(self, request: Request, notice_id: UUID) -> Response:
        """Change it."""
        version = if_match(request)
        body = validated(bodies.NoticeChangeBody, request.data)
        row = services.change_draft(actor=self.actor, notice_id=notice_id, version=version, **body)
        return etag_response(documents.notice(row), row.version)

    @extend_schema(**schema.said("desk_notice_discard", "Throw a draft away"), responses={204: None, **schema.ACT})
    def delete(self, request: Request, notice_id: UUID) -> Response:
        """Discard it."""
        services.discard_notice(actor=self.actor, notice_id=notice_id, version=if_match(request))
        return Response(status=204)


class DeskNoticeFileView(ApiView):
    """POST /tender-desk/notices/{id}/files"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.said("desk_notice_file", "Add a file to a draft"),
        request={"multipart/form-data": bodies.NoticeFileBody},
        responses={201: shapes.TenderFileShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Add it."""
        upload = validated(bodies.NoticeFileBody, {name: request.data[name] for name in request.data})["file"]
        row = services.add_file(actor=self.actor, notice_id=notice_id, upload=upload, filename=upload.name)
        return Response(documents.file(row), status=201)


class NoticeSubmitView(ApiView):
    """POST /tender-desk/notices/{id}/submit"""

    @extend_schema(
        **schema.said("desk_notice_submit", "Hand a draft to a second person"),
        request=bodies.EmptyBody,
        responses={200: shapes.TenderNoticeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Hand it on."""
        validated(bodies.EmptyBody, request.data)
        row = services.submit_notice(actor=self.actor, notice_id=notice_id, version=if_match(request))
        return etag_response(documents.notice(row), row.version)


class NoticeReturnView(ApiView):
    """POST /tender-desk/notices/{id}/return"""

    @extend_schema(
        **schema.said("desk_notice_return", "Give a draft back to its author"),
        request=bodies.ReturnBody,
        responses={200: shapes.TenderNoticeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Give it back."""
        version = if_match(request)
        body = validated(bodies.ReturnBody, request.data)
        row = services.return_notice(actor=self.actor, notice_id=notice_id, version=version, note=body["note"])
        return etag_response(documents.notice(row), row.version)


class NoticePublishView(ApiView):
    """POST /tender-desk/notices/{id}/publish"""

    @extend_schema(
        **schema.said("desk_notice_publish", "Publish", "By a second person; held against the lawful periods."),
        request=bodies.EmptyBody,
        responses={200: shapes.TenderNoticeShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, notice_id: UUID) -> Response:
        """Publish it."""
        validated(bodies.EmptyBody, request.data)
        row = services.publish_notice(actor=self.actor, notice_id=notice_id, version=if_match(request))
        return etag_response(documents.notice(row), row.version)


class DeskQuestionsView(ApiView):
    """GET /tender-desk/sections/{id}/questions"""

    @extend_schema(
        **schema.said("desk_questions", "Questions", "Nobody learns who asked."),
        responses=shapes.AnsweredQuestionsShape,
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """Unanswered first."""
        rows = selectors.desk_questions(self.actor, section_id)
        return Response({"items": [documents.question(row) for row in rows]})


class AnswerQuestionView(ApiView):
    """POST /tender-desk/questions/{id}/answer"""

    @extend_schema(
        **schema.said("desk_answer", "Answer to everybody"),
        request=bodies.AnswerBody,
        responses={200: shapes.AnsweredQuestionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, question_id: UUID) -> Response:
        """Answer."""
        body = validated(bodies.AnswerBody, request.data)
        row = services.answer_question(actor=self.actor, question_id=question_id, answer=body["answer"])
        return Response(documents.question(row))


class DeskObjectionsView(ApiView):
    """GET /tender-desk/sections/{id}/objections"""

    @extend_schema(**schema.said("desk_objections", "Objections"), responses=shapes.OwnObjectionsShape)
    def get(self, request: Request, section_id: UUID) -> Response:
        """Newest first."""
        rows = selectors.desk_objections(self.actor, section_id)
        return Response({"items": [documents.objection(row) for row in rows]})


class AnswerObjectionView(ApiView):
    """POST /tender-desk/objections/{id}/answer"""

    @extend_schema(
        **schema.said("desk_objection_answer", "Answer an objection", "With the last one the procedure goes on."),
        request=bodies.ObjectionAnswerBody,
        responses={200: shapes.OwnObjectionShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, objection_id: UUID) -> Response:
        """Answer."""
        body = validated(bodies.ObjectionAnswerBody, request.data)
        row = services.answer_objection(actor=self.actor, objection_id=objection_id, **body)
        return Response(documents.objection(row))


class DeskBidsView(ApiView):
    """GET /tender-desk/sections/{id}/bids"""

    @extend_schema(
        **schema.said("desk_bids", "Opened bids", "Before the opening 403; the attempt is recorded."),
        responses={200: shapes.OpenedBidsShape, **schema.refused(403)},
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """In the order of their receipts."""
        rows = selectors.bids_of(self.actor, section_id)
        return Response({"items": [documents.opened_bid(row) for row in rows]})


class DeskBidFileView(ApiView):
    """GET /tender-desk/bids/{id}/files/{place}"""

    @extend_schema(
        **schema.said("desk_bid_file", "A file out of an opened bid", "Each look is recorded."),
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **schema.refused(403)},
    )
    def get(self, request: Request, bid_id: UUID, place: int) -> StreamingHttpResponse:
        """The bytes."""
        name, size, content = selectors.desk_file(self.actor, bid_id, place)
        return attachment(name, content, "application/octet-stream", size)
