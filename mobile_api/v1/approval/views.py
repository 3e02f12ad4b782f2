"""The officials' side: to-dos, case files, acts."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.cases import selectors, services
from backend.cases.types import Action, ActRequest
from kernel import clock
from kernel.errors import DomainError
from mobile_api.platform.errors import as_refusal
from mobile_api.platform.pages import page_limit
from mobile_api.platform.problems import problem_document
from mobile_api.platform.serializers import StrictSerializer, validated
from mobile_api.platform.views import (
    ApiView,
    etag_response,
    idempotent,
    idempotent_in_parts,
    if_match,
    once,
)
from mobile_api.v1.approval import documents, schema
from mobile_api.v1.approval.serializers import (
    ActedSerializer,
    ActionSerializer,
    BatchAnswerSerializer,
    BatchItemSerializer,
    BatchSerializer,
    CaseFileSerializer,
    PreviewSerializer,
    TaskPageSerializer,
    UnmaskedSerializer,
    UnmaskSerializer,
    WordingListSerializer,
)
from mobile_api.v1.cases import documents as case_documents


class TaskQuerySerializer(StrictSerializer):
    """Query of GET /approval/tasks; `cursor` and `limit` are read by the pager."""

    state = serializers.ChoiceField(choices=["open", "done"], default="open")
    sort = serializers.ChoiceField(choices=["time_left", "newest"], default="time_left")
    kind = serializers.ChoiceField(choices=schema.TASK_KINDS, required=False)
    q = serializers.RegexField(r"^[0-9]{3,20}$", required=False, default="")
    cursor = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    limit = serializers.CharField(required=False)


class CaseFileQuerySerializer(StrictSerializer):
    """Query of GET /approval/cases/{id}."""

    masked = serializers.BooleanField(default=False)


class TaskListView(ApiView):
    """GET /approval/tasks"""

    @extend_schema(**schema.TASKS, responses=TaskPageSerializer)
    def get(self, request: Request) -> Response:
        """My to-dos."""
        query = validated(TaskQuerySerializer, request.query_params.dict())
        rows, following = selectors.tasks_for(
            self.actor,
            state=query["state"],
            sort=query["sort"],
            cursor=query.get("cursor") or None,
            limit=page_limit(request),
            digits=query["q"],
            kinds=[query["kind"]] if "kind" in query else (),
        )
        language = case_documents.language()
        return Response({"items": [documents.task(info, case, language) for info, case in rows], "next": following})


class CaseFileView(ApiView):
    """GET /approval/cases/{id}"""

    @extend_schema(**schema.CASE, responses=CaseFileSerializer)
    def get(self, request: Request, case_id: UUID) -> Response:
        """The case file."""
        query = validated(CaseFileQuerySerializer, request.query_params.dict())
        case = selectors.case_file(self.actor, case_id)
        document = documents.case_file(self.actor, case, case_documents.language(), masked=query["masked"])
        return etag_response(document, case.version)


class UnmaskView(ApiView):
    """POST /approval/cases/{id}/unmask"""

    @extend_schema(**schema.UNMASK, request=UnmaskSerializer, responses=UnmaskedSerializer)
    def post(self, request: Request, case_id: UUID) -> Response:
        """See personal data in clear."""
        body = validated(UnmaskSerializer, request.data)
        return Response(selectors.unmasked_identity(self.actor, case_id, body["names"], body["reason"]))


class PreviewView(ApiView):
    """POST /approval/cases/{id}/preview"""

    @extend_schema(**schema.PREVIEW, request=ActionSerializer, responses={200: PreviewSerializer, **schema.CONFLICTS})
    def post(self, request: Request, case_id: UUID) -> Response:
        """What an act would do."""
        version = if_match(request)
        body = validated(ActionSerializer, request.data)
        seen = services.preview(actor=self.actor, case_id=case_id, version=version, request=_act_request(body))
        return Response(documents.preview(seen, case_documents.language()))


class WordingListView(ApiView):
    """GET /approval/wordings"""

    @extend_schema(**schema.WORDINGS, responses=WordingListSerializer)
    def get(self, request: Request) -> Response:
        """Wordings to choose from; nothing for who holds no post."""
        found = selectors.wordings(clock.today()) if self.actor.grants else []
        return Response({"items": [documents.wording(info) for info in found]})


class ActionView(ApiView):
    """POST /approval/cases/{id}/actions"""

    @extend_schema(**schema.ACT, request=ActionSerializer, responses={200: ActedSerializer, **schema.CONFLICTS})
    @idempotent(required=True)
    def post(self, request: Request, case_id: UUID) -> Response:
        """Act on a case."""
        version = if_match(request)
        body = validated(ActionSerializer, request.data)
        case = services.act(actor=self.actor, case_id=case_id, version=version, request=_act_request(body))
        return etag_response(documents.acted(case, case_documents.language()), case.version)


class BatchView(ApiView):
    """POST /approval/batch"""

    @extend_schema(**schema.BATCH, request=BatchSerializer, responses={200: BatchAnswerSerializer, **schema.CONFLICTS})
    @idempotent_in_parts
    def post(self, request: Request) -> Response:
        """Act on several cases."""
        items = validated(BatchSerializer, request.data)["items"]
        rows = [once(self, request, part, partial(self._one, request, item)) for part, item in enumerate(items)]
        return Response({"items": rows})

    def _one(self, request: Request, item: dict[str, Any]) -> dict[str, Any]:
        try:
            checked = validated(BatchItemSerializer, item)
            case = services.act(
                actor=self.actor,
                case_id=checked["case_id"],
                version=int(checked["etag"].removeprefix("W/").strip('"')),
                request=_act_request(checked),
            )
        except (DomainError, serializers.ValidationError) as exc:
            problem = problem_document(as_refusal(exc), request_id=getattr(request, "request_id", ""))
            given = item.get("case_id")
            shown = given[:40] if isinstance(given, str) else None
            return {"case_id": shown, "status": problem["status"], "state": None, "etag": None, "problem": problem}
        return {
            "case_id": str(case.id),
            "status": 200,
            "state": str(case.state),
            "etag": f'"{case.version}"',
            "problem": None,
        }


def _act_request(body: dict[str, Any]) -> ActRequest:
    return ActRequest(
        action=Action(body["action"]),
        opinion=body["opinion"],
        items=tuple(body["items"]),
        legal_basis=body["legal_basis"],
        procedure=body["procedure"],
        planned_days=body["planned_days"],
        extension_days=body["extension_days"],
        delivery_method=body["delivery_method"],
    )
