"""A bad rating opens a rectification; a rating changed for the better ends one that has not begun."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.journal.services import record_change
from backend.ratings.events import RECTIFICATION_CLOSED, RECTIFICATION_OPENED
from backend.ratings.models import Invitation, Rating, Rectification
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.figures import is_bad
from backend.ratings.rules.life_cycle import FINAL, HANDLERS
from backend.ratings.services.common import SYSTEM, day_text, facts
from backend.ratings.types import RectificationState as State
from backend.workflow import services as workflow
from kernel import clock
from kernel.events import EventType

CONTACT, MEND = "rectification_contact", "rectification_mend"
SUPERVISE_ROLE = "approver"
_NOT_BEGUN = (State.OPENED, State.ASSIGNED)
_SUPERVISED = frozenset({State.OPENED, State.REOPENED, State.INVALID_CLAIMED, State.FEEDBACK_GIVEN})
_TASKS = {
    State.OPENED: "差评待指派",
    State.REOPENED: "差评重新整改待指派",
    State.ASSIGNED: "差评待联系",
    State.CONTACTED: "差评待核实",
    State.INVALID_CLAIMED: "误评待复核",
    State.RECTIFYING: "差评待整改",
    State.MENDED: "整改待反馈",
    State.FEEDBACK_GIVEN: "整改待回访",
}


def follow(row: Invitation, rating: Rating) -> None:
    """Open or end a rectification as the rating now says."""
    live = Rectification.objects.select_for_update().filter(rating=rating).exclude(state__in=FINAL).first()
    if is_bad(rating.level) and live is None:
        _open(row, rating)
    elif not is_bad(rating.level) and live is not None and live.state in _NOT_BEGUN:
        _withdraw(row, live)


def _open(row: Invitation, rating: Rating) -> None:
    now, found = clock.now(), Rectification(rating=rating, state=State.OPENED)
    found.case_id, found.case_no, found.power_name = row.case_id, row.case_no, row.power_name
    found.organisation_id, found.person_id, found.level = row.organisation_id, row.person_id, rating.level
    found.opened_at = now
    found.contact_due_on = start_contact(found)
    found.save(force_insert=True)
    tell(found, RECTIFICATION_OPENED, facts(row), contact_due_on=day_text(found.contact_due_on))
    open_task(found)


def start_contact(found: Rectification) -> date:
    """The person is to be called within the days of the policy. Returns the due date."""
    return workflow.open_deadline(
        actor=SYSTEM,
        subject=subject(found),
        kind=CONTACT,
        start=clock.today(),
        limit=policy_in_force().contact_days,
        organisation_id=found.organisation_id,
    )


def _withdraw(row: Invitation, found: Rectification) -> None:
    """The person meant something better: nothing is left to be made good."""
    found.state, found.closed_at = State.CLOSED, clock.now()
    found.save_change("state", "closed_at", at=found.closed_at)
    workflow.close_deadlines(subject=subject(found))
    workflow.close_tasks(subject=subject(found))
    tell(found, RECTIFICATION_CLOSED, facts(row), outcome="corrected")


def subject(found: Rectification) -> tuple[str, UUID]:
    """A rectification as subject of events, deadlines and to-dos."""
    return ("rectification", found.pk)


def open_task(found: Rectification) -> None:
    """Put the next step before whoever takes it: those who supervise, or the one it was given to."""
    words = _TASKS.get(State(found.state))
    if words is None:
        return
    supervised = found.state in _SUPERVISED
    workflow.open_task(
        subject=subject(found),
        kind=f"rectification_{found.state}",
        organisation_id=found.organisation_id,
        role=SUPERVISE_ROLE if supervised else _role_of(found),
        title=f"{words} {found.power_name[:60]} {found.case_no}",
        due_on=found.mend_due_on if found.state in {State.RECTIFYING, State.MENDED} else found.contact_due_on,
        assignee_id=None if supervised else found.assignee_id,
        actor=SYSTEM,
    )


def _role_of(found: Rectification) -> str:
    """The post by which the assignee handles it."""
    return next(
        (
            role
            for role in sorted(HANDLERS)
            if found.assignee_id in accounts.people_with_role(role, found.organisation_id)
        ),
        SUPERVISE_ROLE,
    )


def tell(found: Rectification, event: EventType, base: dict[str, str], **more: str) -> None:
    """Journal and emit a fact about a rectification."""
    record_change(
        actor=SYSTEM,
        event=event,
        subject=subject(found),
        organisation_id=found.organisation_id,
        data={**base, "rectification_id": str(found.pk), "level": found.level, **more},
    )
