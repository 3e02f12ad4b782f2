"""Leave as the API shows it."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from backend.leave import selectors
from backend.leave.types import GROUP_NAMES, STATE_NAMES, AwayInfo, BalanceInfo, LeaveState
from kernel import clock
from kernel.actors import Actor
from mobile_api.platform.serializers import at


def language() -> str:
    """The language in which the caller reads."""
    return translation.get_language() or "zh-hans"


def kind_name(found: Any) -> str:
    """A kind's name in the caller's language."""
    return str(found.name_en if language().startswith("en") else found.name_zh)


def kind(found: Any) -> dict[str, Any]:
    """A kind."""
    return {
        "code": found.code,
        "name": kind_name(found),
        "group": found.group,
        "unit": found.unit,
        "half_days": found.half_days,
        "from_balance": found.from_balance,
        "paper": found.paper,
        "paper_above_days": float(found.paper_above_days),
        "destination": found.destination,
        "most_days": _number(found.most_days),
        "second_above_days": _number(found.second_above_days),
        "basis": found.basis,
    }


def balance(info: BalanceInfo, names: dict[str, str]) -> dict[str, Any]:
    """Days of a kind in a year."""
    return {
        "kind": info.kind,
        "name": names[info.kind],
        "year": info.year,
        "granted": float(info.granted),
        "carried": float(info.carried),
        "used": float(info.used),
        "waiting": float(info.waiting),
        "left": float(info.left),
        "known": info.known,
    }


def row(found: Any) -> dict[str, Any]:
    """A request in a list."""
    return {
        "id": str(found.id),
        "person_id": str(found.person_id),
        "name": found.name,
        "unit_name": found.unit_name,
        "kind": found.kind.code,
        "kind_name": kind_name(found.kind),
        "group": found.kind.group,
        "state": found.state,
        "state_name": STATE_NAMES[LeaveState(found.state)].render(language()),
        "starts_on": found.starts_on.isoformat(),
        "starts_half": found.starts_half,
        "ends_on": found.ends_on.isoformat(),
        "ends_half": found.ends_half,
        "days": float(found.days),
        "unit": found.kind.unit,
        "destination": found.destination,
        "stand_in_id": str(found.stand_in_id) if found.stand_in_id else None,
        "stand_in_name": found.stand_in_name,
        "level": found.level,
        "levels": found.levels,
        "asked_at": at(found.created_at),
        "version": found.version,
    }


def request(actor: Actor, found: Any) -> dict[str, Any]:
    """A request as `selectors.request_for` reads it."""
    is_open = found.state == LeaveState.ASKED
    seats = [seat.name for seat in found.approvers.all() if seat.level == found.level]
    return {
        **row(found),
        "reason": found.reason or "",
        "asked_ends_on": found.asked_ends_on.isoformat(),
        "asked_ends_half": found.asked_ends_half,
        "asked_days": float(found.asked_days),
        "returned_on": found.returned_on.isoformat() if found.returned_on else None,
        "returned_half": found.returned_half,
        "ended_reason": found.ended_reason or "",
        "ended_at": at(found.ended_at),
        "waiting_for": seats if is_open else [],
        "decisions": [_decision(one) for one in found.decisions.all()],
        "files": [file(one) for one in found.papers.all()],
        "paper_missing": is_open and selectors.lacks_paper(found),
        "acts": selectors.acts(actor, found),
        "now": at(clock.now()),
    }


def file(one: Any) -> dict[str, Any]:
    """A proof."""
    return {"id": str(one.file_id), "filename": one.filename, "media_type": one.media_type, "size": one.size}


def away(info: AwayInfo) -> dict[str, Any]:
    """What colleagues see."""
    return {
        "person_id": str(info.person_id),
        "name": info.name,
        "group": info.group.value,
        "group_name": GROUP_NAMES[info.group].render(language()),
        "until": info.until.isoformat(),
        "until_half": info.until_half.value,
        "stand_in_name": info.stand_in_name,
    }


def _decision(one: Any) -> dict[str, Any]:
    return {
        "level": one.level,
        "name": one.name,
        "for_name": one.for_name,
        "agreed": one.agreed,
        "comment": one.comment or "",
        "at": at(one.at),
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
