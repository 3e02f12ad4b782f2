"""The calendar of lawful dates of a section: each act with its first and last day, and why not now (T01-T16)."""

from __future__ import annotations

from dataclasses import replace

from backend.tenders.rules import periods
from backend.tenders.rules.lawful import after, before
from backend.tenders.rules.lawful.ground import Ground
from backend.tenders.types import SectionState
from backend.tenders.types.acts import ActState, LawfulAct, LawfulFacts
from backend.workflow.types import Calendar
from kernel.errors import Text

_ENDED = {
    SectionState.FAILED: Text("本标段已流标，须重新招标。", "This section failed and has to be tendered again."),
    SectionState.TERMINATED: Text("招标已终止。", "The tender was terminated."),
}
_STILL = frozenset({ActState.DONE, ActState.OVER})


def calendar_of(calendar: Calendar, rules: periods.Rules, facts: LawfulFacts) -> list[LawfulAct]:
    """All acts of a section in the order of time."""
    ground = Ground(calendar, rules, facts)
    found = [line(ground) for line in (*before.LINES, *after.LINES)]
    return [_ended(ground, one) for one in found if one is not None]


def _ended(ground: Ground, found: LawfulAct) -> LawfulAct:
    """When a tender failed or was stopped nothing more of it follows."""
    why = _ENDED.get(ground.state)
    if why is None or found.state in _STILL:
        return found
    return replace(found, state=ActState.OVER, earliest=None, latest=None, moment=None, why=why, recordable=False)
