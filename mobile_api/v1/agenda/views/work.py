"""The one inbox, work tasks, weekly reports, delegations."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import selectors as accounts
from backend.agenda import selectors, services
from backend.agenda.types import AgendaError
from backend.workflow import selectors as workflow
from backend.workflow import services as workflow_services
from backend.workflow.types import PERSONAL
from kernel import clock
from kernel.errors import DomainError
from mobile_api.platform.pages import page_limit, paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.agenda import documents, schema
from mobile_api.v1.agenda import serializers as bodies


def _day(week: str) -> date:
    try:
        return date.fromisoformat(week)
    except ValueError as exc:
        raise DomainError(AgendaError.REPORT_NOT_FOUND) from exc


class TodoListView(ApiView):
    """GET /agenda/todos"""

    @extend_schema(
        **schema.said(
            "todos", "The one inbox: to-dos of every kind, the least time left first", parameters=schema.TODOS
        ),
        responses={200: bodies.TodoPageShape},
    )
    def get(self, request: Request) -> Response:
        """Cases, work orders, documents, receipts, tasks; mine, and those of whom I stand in for."""
        query = validated(bodies.TodosQuery, request.query_params.dict())
        page = workflow.tasks_for(
            self.actor, state=query["state"], cursor=query.get("cursor") or None, limit=page_limit(request)
        )
        mine = self.actor.user_id
        others = {info.assignee_id for info in page.items if info.role == PERSONAL and info.assignee_id != mine}
        names = {info.id: info.name for info in accounts.officials(ids=[found for found in others if found])}
        return Response({"items": [documents.todo(info, self.actor, names) for info in page.items], "next": page.next})


class WorkTaskListView(ApiView):
    """GET and POST /agenda/tasks"""

    @extend_schema(
        **schema.said("tasks", "Work tasks: mine, or given by me", parameters=schema.TASKS),
        responses={200: bodies.WorkTaskPageShape, **schema.OFFICIALS},
    )
    def get(self, request: Request) -> Response:
        """Open ones by day due, ended ones newest first."""
        query = validated(bodies.TasksQuery, request.query_params.dict())
        is_open = query["state"] == "open"
        rows = selectors.tasks_of(self.actor, given=query["which"] == "given", open_only=is_open)
        today = clock.today()
        order = ("due_on", "id") if is_open else ("-done_at", "-id")
        return Response(paginate(rows, request, order=order, row=lambda row: documents.task_row(row, today)))

    @extend_schema(
        **schema.said("task_give", "Give a task, to somebody or to oneself"),
        request=bodies.WorkTaskBody,
        responses={201: bodies.WorkTaskShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Give it."""
        row = services.give_task(actor=self.actor, **validated(bodies.WorkTaskBody, request.data))
        return self._shown(row.id, 201)

    def _shown(self, task_id: UUID, status: int) -> Response:
        row = selectors.task_for(self.actor, task_id)
        return etag_response(documents.task(row, self.actor, clock.today()), row.version, status=status)


class WorkTaskView(ApiView):
    """GET and PATCH /agenda/tasks/{id}"""

    @extend_schema(**schema.said("task", "One task"), responses={200: bodies.WorkTaskShape})
    def get(self, request: Request, task_id: UUID) -> Response:
        """With its notes."""
        row = selectors.task_for(self.actor, task_id)
        return etag_response(documents.task(row, self.actor, clock.today()), row.version)

    @extend_schema(
        **schema.said("task_change", "Change a task that I gave"),
        request=bodies.WorkTaskChangeBody,
        responses={200: bodies.WorkTaskShape, **schema.ACT},
    )
    def patch(self, request: Request, task_id: UUID) -> Response:
        """Change what is named."""
        version = if_match(request)
        wishes: dict[str, Any] = validated(bodies.WorkTaskChangeBody, request.data)
        services.change_task(actor=self.actor, task_id=task_id, version=version, **wishes)
        row = selectors.task_for(self.actor, task_id)
        return etag_response(documents.task(row, self.actor, clock.today()), row.version)


class ProgressView(ApiView):
    """POST /agenda/tasks/{id}/progress"""

    @extend_schema(
        **schema.said("task_progress", "Say how a task of mine stands; at 100 it is done"),
        request=bodies.WorkTaskProgressBody,
        responses={200: bodies.WorkTaskShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, task_id: UUID) -> Response:
        """Say it."""
        version = if_match(request)
        said = validated(bodies.WorkTaskProgressBody, request.data)
        services.report_progress(actor=self.actor, task_id=task_id, version=version, **said)
        row = selectors.task_for(self.actor, task_id)
        return etag_response(documents.task(row, self.actor, clock.today()), row.version)


class DropView(ApiView):
    """POST /agenda/tasks/{id}/drop"""

    @extend_schema(
        **schema.said("task_drop", "A task that I gave need not be done"),
        request=bodies.WorkTaskDropBody,
        responses={200: bodies.WorkTaskShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, task_id: UUID) -> Response:
        """Drop it."""
        version = if_match(request)
        reason = validated(bodies.WorkTaskDropBody, request.data)["reason"]
        services.drop_task(actor=self.actor, task_id=task_id, version=version, reason=reason)
        row = selectors.task_for(self.actor, task_id)
        return etag_response(documents.task(row, self.actor, clock.today()), row.version)


class ReportView(ApiView):
    """POST and PATCH /agenda/reports/{week}"""

    @extend_schema(
        **schema.said(
            "report",
            "My report of a week, drafted from facts",
            parameters=[schema.WEEK],
        ),
        request=bodies.AgendaEmptyBody,
        responses={200: bodies.WeeklyReportShape, **schema.ACT},
    )
    @idempotent(required=False)
    def post(self, request: Request, week: str) -> Response:
        """Draft it, or bring its facts up to date."""
        validated(bodies.AgendaEmptyBody, request.data)
        row = services.draft_report(actor=self.actor, week=_day(week))
        return etag_response(documents.report(row, self.actor), row.version)

    @extend_schema(
        **schema.said("report_write", "Put my own words", parameters=[schema.WEEK]),
        request=bodies.WeeklyReportBody,
        responses={200: bodies.WeeklyReportShape, **schema.refused(409)},
    )
    def patch(self, request: Request, week: str) -> Response:
        """Write it."""
        version = if_match(request)
        words = validated(bodies.WeeklyReportBody, request.data)
        row = services.write_report(actor=self.actor, week=_day(week), version=version, **words)
        return etag_response(documents.report(row, self.actor), row.version)


class ReportHandInView(ApiView):
    """POST /agenda/reports/{week}/hand-in"""

    @extend_schema(
        **schema.said("report_hand_in", "Hand my report in", parameters=[schema.WEEK]),
        request=bodies.AgendaEmptyBody,
        responses={200: bodies.WeeklyReportShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request, week: str) -> Response:
        """Hand it in."""
        version = if_match(request)
        validated(bodies.AgendaEmptyBody, request.data)
        row = services.hand_in_report(actor=self.actor, week=_day(week), version=version)
        return etag_response(documents.report(row, self.actor), row.version)


class ReportListView(ApiView):
    """GET /agenda/reports/{week}/unit"""

    @extend_schema(
        **schema.said("reports", "The reports of a week that I may read", parameters=[schema.WEEK]),
        responses={200: bodies.WeeklyReportsShape, **schema.OFFICIALS},
    )
    def get(self, request: Request, week: str) -> Response:
        """My own, and those handed in below me."""
        found = selectors.reports_seen(self.actor, _day(week))
        return Response({"items": [documents.report(row, self.actor) for row in found]})


class DelegationListView(ApiView):
    """GET and POST /agenda/delegations"""

    @extend_schema(
        **schema.said("delegations", "Who stands in for me, and for whom I do"),
        responses={200: bodies.DelegationListShape},
    )
    def get(self, request: Request) -> Response:
        """Those that have not ended."""
        found = workflow.delegations_of(self.actor)
        return Response({"items": [documents.delegation(info, self.actor) for info in found]})

    @extend_schema(
        **schema.said("delegate", "Let a colleague do my own to-dos for some days"),
        request=bodies.DelegationBody,
        responses={201: bodies.DelegationShape, **schema.ACT},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """From a day to a day, both included."""
        info = workflow_services.delegate(actor=self.actor, **validated(bodies.DelegationBody, request.data))
        return Response(documents.delegation(info, self.actor), status=201)


class DelegationView(ApiView):
    """DELETE /agenda/delegations/{id}"""

    @extend_schema(**schema.said("delegation_end", "End a delegation early"), responses={204: None})
    def delete(self, request: Request, delegation_id: UUID) -> Response:
        """End it."""
        workflow_services.end_delegation(actor=self.actor, delegation_id=delegation_id)
        return Response(status=204)
