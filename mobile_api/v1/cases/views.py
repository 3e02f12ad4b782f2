"""The citizen's cases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.cases import selectors, services
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.cases import documents, schema
from mobile_api.v1.cases.files import content_response
from mobile_api.v1.cases.serializers import (
    CaseDraftSerializer,
    CasePageSerializer,
    CasePatchSerializer,
    CaseSerializer,
    EmptySerializer,
    MaterialSerializer,
    MaterialUploadSerializer,
    SubmittedSerializer,
    TimelineSerializer,
)


class CaseListView(ApiView):
    """GET and POST /cases"""

    @extend_schema(**schema.CASES, responses=CasePageSerializer)
    def get(self, request: Request) -> Response:
        """My cases."""
        own = selectors.own_list(self.actor)
        return Response(paginate(own, request, order=("-updated_at", "-id"), row=documents.summary))

    @extend_schema(
        **schema.CREATE, request=CaseDraftSerializer, responses={201: CaseSerializer, **schema.CREATE_REFUSED}
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Begin an application."""
        body = validated(CaseDraftSerializer, request.data)
        case = services.start_draft(
            actor=self.actor,
            power_id=body["power_id"],
            applicant_kind=body["applicant"]["kind"],
            legal_person_id=body["applicant"]["legal_person_id"],
            form=body["form"],
        )
        return etag_response(documents.case(case), case.version, status=201)


class CaseView(ApiView):
    """GET and PATCH /cases/{id}"""

    @extend_schema(**schema.CASE, responses=CaseSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        """One of my cases."""
        case = selectors.own_case(self.actor, case_id)
        return etag_response(documents.case(case), case.version)

    @extend_schema(**schema.PATCH, request=CasePatchSerializer, responses={200: CaseSerializer, **schema.CONFLICT})
    def patch(self, request: Request, case_id: UUID) -> Response:
        """Save the form."""
        version = if_match(request)
        body = validated(CasePatchSerializer, request.data)
        case = services.update_draft(actor=self.actor, case_id=case_id, version=version, form=body["form"])
        return etag_response(documents.case(case), case.version)


class TimelineView(ApiView):
    """GET /cases/{id}/timeline"""

    @extend_schema(**schema.TIMELINE, responses=TimelineSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        """The story of my case."""
        case = selectors.own_case(self.actor, case_id)
        return Response({"items": documents.timeline(selectors.timeline_of(case, documents.language()))})


class SubmitView(ApiView):
    """POST /cases/{id}/submit"""

    @extend_schema(**schema.SUBMIT, request=EmptySerializer, responses={201: SubmittedSerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Hand in."""
        validated(EmptySerializer, request.data)
        receipt = services.submit(actor=self.actor, case_id=case_id, version=if_match(request))
        body = {"case_no": receipt.case_no, "receipt": documents.receipt(receipt)}
        return etag_response(body, receipt.version, status=201)


class WithdrawView(ApiView):
    """POST /cases/{id}/withdraw"""

    @extend_schema(**schema.WITHDRAW, request=EmptySerializer, responses={200: CaseSerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Take an application back."""
        validated(EmptySerializer, request.data)
        case = services.withdraw(actor=self.actor, case_id=case_id, version=if_match(request))
        return etag_response(documents.case(case), case.version)


class SupplementView(ApiView):
    """POST /cases/{id}/supplement"""

    @extend_schema(**schema.SUPPLEMENT, request=EmptySerializer, responses={200: CaseSerializer, **schema.CONFLICT})
    @idempotent(required=True)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Everything asked for is added."""
        validated(EmptySerializer, request.data)
        case = services.supplement(actor=self.actor, case_id=case_id, version=if_match(request))
        return etag_response(documents.case(case), case.version)


class MaterialListView(ApiView):
    """POST /cases/{id}/materials"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.ADD_MATERIAL,
        request={"multipart/form-data": MaterialUploadSerializer},
        responses={201: MaterialSerializer, **schema.CONFLICT},
    )
    @idempotent(required=False)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Add a file."""
        body = validated(MaterialUploadSerializer, _plain(request))
        upload = body["file"]
        material = services.add_material(
            actor=self.actor, case_id=case_id, code=body["material"], upload=upload, filename=upload.name
        )
        return Response(documents.material(material), status=201)


def _plain(request: Request) -> dict[str, Any]:
    return {name: request.data[name] for name in request.data}


class MaterialView(ApiView):
    """DELETE /cases/{id}/materials/{mid}"""

    @extend_schema(**schema.REMOVE_MATERIAL, responses={204: None, **schema.CONFLICT})
    def delete(self, request: Request, case_id: UUID, material_id: UUID) -> Response:
        """Take a file back."""
        services.remove_material(actor=self.actor, case_id=case_id, material_id=material_id)
        return Response(status=204)


class MaterialContentView(ApiView):
    """GET /cases/{id}/materials/{mid}/content"""

    @extend_schema(**schema.CONTENT)
    def get(self, request: Request, case_id: UUID, material_id: UUID) -> HttpResponse | StreamingHttpResponse:
        """The bytes of a file."""
        return content_response(request, self.actor, case_id, material_id)
