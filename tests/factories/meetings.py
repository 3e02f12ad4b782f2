"""Meetings for tests, called by the services themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.meetings import services
from backend.meetings.models import Meeting, Room
from kernel import clock
from tests.factories import accounts as people


def ahead(**more: float) -> datetime:
    """A full hour some time ahead (two days without more)."""
    moment = clock.now() + timedelta(**(more or {"days": 2}))
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def room(place: OrganisationInfo, *, name: str = "第一会议室", seats: int = 20) -> Room:
    """A meeting room."""
    return services.keep_room(
        actor=people.system(), organisation_id=place.id, name=name, seats=seats, place="主楼三楼", equipment="投影"
    )


def official(place: OrganisationInfo, name: str = "王主任") -> UUID:
    """Somebody with a post."""
    return people.official(Role.REVIEWER, place, name=name)


def called(organiser: UUID, invited: list[UUID], **more: Any) -> Meeting:
    """A meeting of two hours, two days ahead."""
    starts_at = more.pop("starts_at", None) or ahead()
    wishes = {"title": "全市政务服务工作推进会", "ends_at": starts_at + timedelta(hours=2), "place": "市民中心"}
    return services.call_meeting(
        actor=accounts.actor_for(organiser), starts_at=starts_at, people=invited, **{**wishes, **more}
    )
