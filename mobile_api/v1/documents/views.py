"""Official documents: drafted, decided, numbered, received, instructed, read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.documents import selectors, services
from backend.documents.types import Act
from kernel.errors import CommonError, DomainError, FieldError, Text
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.documents import documents, schema
from mobile_api.v1.documents import serializers as bodies

NEEDED = {
    Act.SUBMIT: ("checker_id", "leader_id"),
    Act.PROPOSE: ("leader_id",),
    Act.INSTRUCT: ("lead_id",),
}
TAKEN = {
    Act.SUBMIT: {"checker_id", "leader_id", "countersigners"},
    Act.PROPOSE: {"leader_id"},
    Act.INSTRUCT: {"lead_id", "assistants", "readers", "due_on"},
    Act.CIRCULATE: {"people", "units"},
    Act.DISTRIBUTE: {"people", "units"},
    Act.RECHECK: {"code"},
}


class DocumentListView(ApiView):
    """GET and POST /documents"""

    @extend_schema(
        **schema.said("list", "Documents that I may see", parameters=[schema.BOX, schema.Q, *schema.PAGED]),
        responses={200: bodies.DocumentPageShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """Last first."""
        asked = validated(bodies.DocumentListQuery, request.query_params.dict())
        rows = selectors.documents_of(self.actor, box=asked["box"], q=asked["q"])
        return Response(paginate(rows, request, order=("-id",), row=documents.row))

    @extend_schema(
        **schema.said("draft", "Begin a document"),
        request=bodies.DocumentBody,
        responses={201: bodies.DocumentShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Draft it."""
        made = services.draft(actor=self.actor, **validated(bodies.DocumentBody, request.data))
        return self._shown(made.id, status=201)

    def _shown(self, document_id: UUID, *, status: int = 200) -> Response:
        return shown(self, document_id, status=status)


def shown(view: ApiView, document_id: UUID, *, status: int = 200) -> Response:
    """The document as it is now, with its version."""
    found = selectors.document_for(view.actor, document_id)
    return etag_response(documents.document(view.actor, found), found.version, status=status)


class ReceiveView(ApiView):
    """POST /documents/incoming"""

    @extend_schema(
        **schema.said("receive", "Sign for what came in on paper or from elsewhere"),
        request=bodies.ReceiveBody,
        responses={201: bodies.DocumentShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Sign for it."""
        made = services.receive(actor=self.actor, **validated(bodies.ReceiveBody, request.data))
        return shown(self, made.id, status=201)


class DocumentView(ApiView):
    """GET and PATCH /documents/{id}"""

    @extend_schema(
        **schema.said("document", "One document"), responses={200: bodies.DocumentShape, **schema.refused(403)}
    )
    def get(self, request: Request, document_id: UUID) -> Response:
        """With story, parts, readers, layers, files."""
        return shown(self, document_id)

    @extend_schema(
        **schema.said("edit", "Change a draft; a new text is a new edition"),
        request=bodies.DocumentChangeBody,
        responses={200: bodies.DocumentShape, **schema.ACT},
    )
    def patch(self, request: Request, document_id: UUID) -> Response:
        """Change what is named."""
        version = if_match(request)
        wishes: dict[str, Any] = validated(bodies.DocumentChangeBody, request.data)
        services.edit(actor=self.actor, document_id=document_id, version=version, **wishes)
        return shown(self, document_id)


class ActionView(ApiView):
    """POST /documents/{id}/actions"""

    @extend_schema(
        **schema.said("act", "Do the next step, or any step that is possible now"),
        request=bodies.DocumentActBody,
        responses={200: bodies.DocumentShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, document_id: UUID) -> Response:
        """Do it."""
        version = if_match(request)
        said = validated(bodies.DocumentActBody, request.data)
        act = Act(said["action"])
        missing = [name for name in NEEDED.get(act, ()) if not said.get(name)]
        if missing:
            raise DomainError(CommonError.VALIDATION, errors=[_missing(name) for name in missing])
        wishes = {name: said[name] for name in TAKEN.get(act, set()) & set(said)}
        if act is Act.CIRCULATE:
            wishes.setdefault("people", [])
        services.act(
            actor=self.actor, document_id=document_id, what=act, version=version, opinion=said.get("opinion", ""),
            **wishes,
        )  # fmt: skip
        return shown(self, document_id)


def _missing(name: str) -> FieldError:
    return FieldError(f"/{name}", "required", Text("请选择人员。", "Choose somebody."))


class ReadView(ApiView):
    """POST /documents/{id}/read"""

    @extend_schema(
        **schema.said("read", "I have read it (阅知回执)", "Again changes nothing."),
        request=bodies.DocumentEmptyBody,
        responses={204: None, **schema.refused(403)},
    )
    def post(self, request: Request, document_id: UUID) -> Response:
        """Note the receipt."""
        validated(bodies.DocumentEmptyBody, request.data)
        selectors.document_for(self.actor, document_id)
        services.read(actor=self.actor, document_id=document_id)
        return Response(status=204)


class EditionListView(ApiView):
    """GET /documents/{id}/editions"""

    @extend_schema(
        **schema.said("editions", "The text as it stood, with what changed"),
        responses={200: bodies.EditionsShape, **schema.refused(403)},
    )
    def get(self, request: Request, document_id: UUID) -> Response:
        """The first one first."""
        found = selectors.editions_of(self.actor, document_id)
        return Response({"items": [documents.edition(one) for one in found]})


class LayerView(ApiView):
    """PUT /documents/{id}/layers/{page}"""

    @extend_schema(
        **schema.said("layer", "Write over a page, beside the document"),
        request=bodies.LayerBody,
        responses={200: bodies.DocumentLayerShape, **schema.ACT},
    )
    def put(self, request: Request, document_id: UUID, page: int) -> Response:
        """Instead of what one wrote there before, whose version stands in If-Match (0 where there was nothing)."""
        version = if_match(request)
        said = validated(bodies.LayerBody, request.data)
        if not 1 <= page <= 200:
            raise DomainError(CommonError.NOT_FOUND)
        row = services.write_layer(actor=self.actor, document_id=document_id, page=page, version=version, **said)
        return etag_response(documents.layer(self.actor, row), row.version)


class CodeListView(ApiView):
    """GET /documents/codes"""

    @extend_schema(
        **schema.said("codes", "Agency codes of the organisations whose documents I keep"),
        responses={200: bodies.DocumentCodesShape, **schema.refused(403)},
    )
    def get(self, request: Request) -> Response:
        """Empty for who keeps none."""
        selectors.check_official(self.actor)
        return Response({"items": selectors.codes_of(self.actor)})


class NumberListView(ApiView):
    """GET /documents/numbers"""

    @extend_schema(
        **schema.said("numbers", "The register of numbers of a code and year", parameters=schema.SERIES),
        responses={200: bodies.TakenNumbersShape, **schema.refused(403, 422)},
    )
    def get(self, request: Request) -> Response:
        """In order, void ones among them."""
        asked = validated(bodies.NumberListQuery, request.query_params.dict())
        rows = selectors.numbers_of(self.actor, **asked)
        whole = [row.serial for row in rows] == list(range(1, len(rows) + 1))
        return Response({"items": [documents.number(row) for row in rows], "is_whole": whole})


class DocumentFileListView(ApiView):
    """POST /documents/{id}/files"""

    parser_classes = [MultiPartParser]

    @extend_schema(
        **schema.said("file_add", "Add a scan or an annex"),
        request={"multipart/form-data": bodies.DocumentFileBody},
        responses={201: bodies.DocumentFileShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, document_id: UUID) -> Response:
        """Add it."""
        upload = validated(bodies.DocumentFileBody, {name: request.data[name] for name in request.data})["file"]
        row = services.add_file(actor=self.actor, document_id=document_id, upload=upload, filename=upload.name)
        return Response(documents.file(row), status=201)


class DocumentFileView(ApiView):
    """GET and DELETE /documents/{id}/files/{file}"""

    @extend_schema(
        **schema.said("file", "The printed page, a scan or an annex", parameters=[schema.RANGE]),
        responses={**schema.FILE, **schema.refused(403)},
    )
    def get(self, request: Request, document_id: UUID, file_id: UUID) -> StreamingHttpResponse:
        """Its bytes."""
        delivery, content = selectors.serve_file(self.actor, document_id, file_id, request.headers.get("Range"))
        response = StreamingHttpResponse(content, status=delivery.status)
        for name, value in delivery.headers.items():
            response[name] = value
        return response

    @extend_schema(**schema.said("file_remove", "Take a file away"), responses={204: None, **schema.refused(403, 409)})
    def delete(self, request: Request, document_id: UUID, file_id: UUID) -> Response:
        """Take it away."""
        services.remove_file(actor=self.actor, document_id=document_id, file_id=file_id)
        return Response(status=204)
