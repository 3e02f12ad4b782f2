"""Workflow's public door."""

from backend.workflow.services.calendar import import_calendar_year
from backend.workflow.services.deadlines import (
    close_deadlines,
    extend_deadline,
    open_deadline,
    pause_deadlines,
    resume_deadlines,
)
from backend.workflow.services.delegations import MAX_DAYS as MAX_DELEGATION_DAYS
from backend.workflow.services.delegations import delegate, end_delegation
from backend.workflow.services.handover import HandedOver, hand_over
from backend.workflow.services.sweep import sweep_deadlines
from backend.workflow.services.tasks import claim_task, close_tasks, open_task, release_task

__all__ = [
    "MAX_DELEGATION_DAYS",
    "HandedOver",
    "claim_task",
    "close_deadlines",
    "close_tasks",
    "delegate",
    "end_delegation",
    "extend_deadline",
    "hand_over",
    "import_calendar_year",
    "open_deadline",
    "open_task",
    "pause_deadlines",
    "release_task",
    "resume_deadlines",
    "sweep_deadlines",
]
