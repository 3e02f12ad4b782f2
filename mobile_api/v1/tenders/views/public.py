"""What everybody may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.tenders import selectors
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import at
from mobile_api.platform.views import ApiView
from mobile_api.v1.tenders import documents, parameters, schema, shapes
from mobile_api.v1.tenders.files import delivered

NEWEST = ("-first_published_at", "-id")


class ProjectListView(ApiView):
    """GET /tenders/projects"""

    public = True

    @extend_schema(
        **schema.said(
            "projects",
            "Search tenders",
            "Newest first. Every word of `q` must be found in a project's name, number, buyer, agent or sections.",
            parameters=[*schema.FILTERS, *schema.PAGED],
        ),
        responses=shapes.TenderProjectPageShape,
    )
    def get(self, request: Request) -> Response:
        """Search."""
        found = selectors.published_projects(parameters.project_filters(request))
        page = paginate(found, request, order=NEWEST, row=documents.project_row)
        return Response({**page, "now": at(selectors.server_time())})


class ProjectView(ApiView):
    """GET /tenders/projects/{id}"""

    public = True

    @extend_schema(
        **schema.said("project", "A project with its whole story", "`now` is the clock that decides; count by it."),
        responses=shapes.TenderProjectShape,
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        """One project."""
        return Response(documents.project(selectors.public_project(project_id, self.actor)))


class CalendarView(ApiView):
    """GET /tenders/projects/{id}/calendar.ics"""

    public = True

    @extend_schema(
        **schema.said("calendar", "A project's times for one's calendar"),
        responses={(200, "text/calendar"): OpenApiTypes.STR},
    )
    def get(self, request: Request, project_id: UUID) -> HttpResponse:
        """An iCalendar file."""
        text = selectors.calendar_entry(project_id, self.actor)
        return HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")


class NoticeView(ApiView):
    """GET /tenders/notices/{id}"""

    public = True

    @extend_schema(**schema.said("notice", "A notice"), responses=shapes.TenderNoticeShape)
    def get(self, request: Request, notice_id: UUID) -> Response:
        """One notice."""
        return Response(documents.notice(selectors.public_notice(notice_id, self.actor)))


class NoticeFileView(ApiView):
    """GET /tenders/notices/{id}/files/{file_id}"""

    public = True

    @extend_schema(**schema.said("notice_file", "A file of a notice", parameters=[schema.RANGE]), responses=schema.FILE)
    def get(self, request: Request, notice_id: UUID, file_id: UUID) -> StreamingHttpResponse:
        """The bytes."""
        return delivered(selectors.notice_content(notice_id, file_id, request.headers.get("Range"), self.actor))


class SectionQuestionsView(ApiView):
    """GET /tenders/sections/{id}/answers"""

    public = True

    @extend_schema(
        **schema.said("answers", "Questions and answers of a section", "Nobody learns who asked."),
        responses=shapes.AnsweredQuestionsShape,
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """Answered questions."""
        rows = selectors.answered_questions(section_id, self.actor)
        return Response({"items": [documents.question(row) for row in rows]})


class OpeningRecordView(ApiView):
    """GET /tenders/sections/{id}/opening-record"""

    public = True

    @extend_schema(
        **schema.said("opening_record", "The signed record of an opening", "Checked as docs/bid-format.md says."),
        responses={200: OpenApiResponse(OpenApiTypes.OBJECT)},
    )
    def get(self, request: Request, section_id: UUID) -> Response:
        """What was read out."""
        return Response(selectors.opening_record(section_id, self.actor))


class SigningKeyView(ApiView):
    """GET /tenders/signing-key"""

    public = True

    @extend_schema(
        **schema.said("signing_key", "The key that signs receipts and opening records"),
        responses=shapes.SigningKeyShape,
    )
    def get(self, request: Request) -> Response:
        """The public half."""
        return Response({"algorithm": "Ed25519", "public_key": selectors.signing_key()})
