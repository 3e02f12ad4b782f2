"""Deadlines and to-dos for tests, opened by the services."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from backend.workflow import services
from kernel.actors import Actor
from kernel.clock import SHANGHAI
from kernel.ids import uuid7


def moment(text: str) -> datetime:
    """A wall-clock time in Suqian."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def subject() -> tuple[str, UUID]:
    """A case that nobody has seen before."""
    return ("case", uuid7())


def deadline(
    of: tuple[str, UUID], start: str, limit: int, *, kind: str = "promise", unit: str = "wd", at: UUID | None = None
) -> date:
    """Start a deadline; returns its due date."""
    return services.open_deadline(
        actor=Actor.system("tests"),
        subject=of,
        kind=kind,
        start=date.fromisoformat(start),
        limit=limit,
        unit=unit,
        organisation_id=at or uuid7(),
    )


def task(
    of: tuple[str, UUID],
    organisation_id: UUID,
    *,
    role: str = "reviewer",
    kind: str = "review",
    due_on: date | None = None,
    assignee_id: UUID | None = None,
) -> UUID:
    """Open a to-do; returns its id."""
    return services.open_task(
        subject=of,
        kind=kind,
        organisation_id=organisation_id,
        role=role,
        title="食品经营许可 审查",
        due_on=due_on,
        assignee_id=assignee_id,
    )
