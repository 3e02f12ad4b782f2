"""Life cycle of an item and its versions (domain.md 2.4): which act is possible in which state, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from backend.powers.types import LifeCycle

EDITOR = "catalogue_editor"
LEGAL_OFFICER = "legal_officer"


class Act(StrEnum):
    """What an official can do with a version or an item."""

    SUBMIT = "submit"
    TAKE_UP = "take_up"
    RETURN = "return"
    CONFIRM = "confirm"
    PUBLISH = "publish"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the transition table: from where, to where, and which roles may do it."""

    sources: frozenset[LifeCycle]
    target: LifeCycle
    roles: frozenset[str]


def _rule(sources: set[LifeCycle], target: LifeCycle, *roles: str) -> Rule:
    return Rule(frozenset(sources), target, frozenset(roles))


TRANSITIONS: Mapping[Act, Rule] = MappingProxyType(
    {
        Act.SUBMIT: _rule({LifeCycle.DRAFT}, LifeCycle.SUBMITTED, EDITOR),
        Act.TAKE_UP: _rule({LifeCycle.SUBMITTED}, LifeCycle.LEGAL_REVIEW, LEGAL_OFFICER),
        Act.RETURN: _rule({LifeCycle.LEGAL_REVIEW}, LifeCycle.DRAFT, LEGAL_OFFICER),
        Act.CONFIRM: _rule({LifeCycle.LEGAL_REVIEW}, LifeCycle.CONFIRMED, LEGAL_OFFICER),
        Act.PUBLISH: _rule({LifeCycle.CONFIRMED}, LifeCycle.PUBLISHED, EDITOR),
        Act.SUSPEND: _rule({LifeCycle.PUBLISHED}, LifeCycle.SUSPENDED, EDITOR, LEGAL_OFFICER),
        Act.RESUME: _rule({LifeCycle.SUSPENDED}, LifeCycle.PUBLISHED, LEGAL_OFFICER),
        Act.CANCEL: _rule({LifeCycle.PUBLISHED, LifeCycle.SUSPENDED}, LifeCycle.CANCELLED, LEGAL_OFFICER),
    }
)

REVIEW_ACTS = frozenset({Act.TAKE_UP, Act.RETURN, Act.CONFIRM})


def target(act: Act, state: LifeCycle) -> LifeCycle | None:
    """The state after `act`, None when the act is not possible in `state`."""
    rule = TRANSITIONS[act]
    return rule.target if state in rule.sources else None


def takes_new_applications(item_state: LifeCycle) -> bool:
    """Whether new cases may start. A suspended item refuses new ones only; running cases never ask this."""
    return item_state is LifeCycle.PUBLISHED


def may_review(reviewer: UUID | None, authors: frozenset[UUID]) -> bool:
    """Separation of duty: whoever edited or submitted a version does not do its legal review."""
    return reviewer not in authors
