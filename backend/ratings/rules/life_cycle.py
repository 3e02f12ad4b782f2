"""How a bad rating is made good (domain.md 7.2), as data: who may do what in which state, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from backend.ratings.types import RatingError
from backend.ratings.types import RectificationAction as Action
from backend.ratings.types import RectificationState as State
from kernel.errors import DomainError

HANDLERS = frozenset({"window_clerk", "reviewer", "approver"})
SUPERVISORS = frozenset({"supervisor", "approver"})


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed act: from these states to that one, by these roles, by somebody other than the named party."""

    sources: frozenset[State]
    target: State
    roles: frozenset[str]
    other_than: str = ""


STEPS: dict[Action, Step] = {
    Action.ASSIGN: Step(frozenset({State.OPENED, State.REOPENED}), State.ASSIGNED, SUPERVISORS),
    Action.RECORD_CONTACT: Step(frozenset({State.ASSIGNED}), State.CONTACTED, HANDLERS),
    Action.CONFIRM_VALID: Step(frozenset({State.CONTACTED}), State.RECTIFYING, HANDLERS),
    Action.CLAIM_INVALID: Step(frozenset({State.CONTACTED}), State.INVALID_CLAIMED, HANDLERS),
    Action.CONFIRM_INVALID: Step(frozenset({State.INVALID_CLAIMED}), State.INVALID, SUPERVISORS, "claimant"),
    Action.REJECT_INVALID: Step(frozenset({State.INVALID_CLAIMED}), State.RECTIFYING, SUPERVISORS, "claimant"),
    Action.REPORT_MENDED: Step(frozenset({State.RECTIFYING}), State.MENDED, HANDLERS),
    Action.GIVE_FEEDBACK: Step(frozenset({State.MENDED}), State.FEEDBACK_GIVEN, HANDLERS),
    Action.CLOSE: Step(frozenset({State.FEEDBACK_GIVEN}), State.CLOSED, SUPERVISORS, "assignee"),
    Action.REOPEN: Step(frozenset({State.FEEDBACK_GIVEN}), State.REOPENED, SUPERVISORS, "assignee"),
}
FINAL = frozenset({State.CLOSED, State.INVALID})


@dataclass(frozen=True, slots=True)
class Parties:
    """Who has had a part in a rectification so far."""

    assignee: UUID | None
    claimant: UUID | None


def allowed(state: State, roles: frozenset[str], user_id: UUID | None, parties: Parties) -> list[Action]:
    """The acts open to somebody with these roles at the rated organisation, in the order of the flow."""
    return [action for action in Action if _refusal(state, action, roles, user_id, parties) is None]


def next_state(state: State, action: Action, roles: frozenset[str], user_id: UUID | None, parties: Parties) -> State:
    """Where an act leads. Raises RECTIFICATION_STATE, ROLE_NEEDED, or SECOND_PERSON_NEEDED."""
    refusal = _refusal(state, action, roles, user_id, parties)
    if refusal is not None:
        raise DomainError(refusal, extra={"current_state": state.value} if refusal is RatingError.WRONG_STATE else None)
    return STEPS[action].target


def _refusal(
    state: State, action: Action, roles: frozenset[str], user_id: UUID | None, parties: Parties
) -> RatingError | None:
    step = STEPS[action]
    if not step.roles & roles:
        return RatingError.ROLE_NEEDED
    if state not in step.sources:
        return RatingError.WRONG_STATE
    party = getattr(parties, step.other_than) if step.other_than else None
    if step.other_than and (user_id is None or user_id == party):
        return RatingError.SECOND_PERSON
    return None
