"""A role given or taken shows on the person's screens: the log applied to an old snapshot equals a fresh one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from backend.accounts import selectors, services
from backend.accounts.types import Role
from kernel import realtime
from mobile_api.v1.realtime import snapshot
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db


def test_snapshot_and_events_equal_a_fresh_snapshot(deliver_events: Callable[[], int]) -> None:
    place = make.organisation(code="321322JY", name="沭阳县教育局")
    user = make.official(Role.WINDOW_CLERK, place)
    deliver_events()
    state, cursor = snapshot.take(selectors.actor_for(user))
    assert [row["id"] for row in state["roles"]] == ["window_clerk@321322JY"]
    services.grant_role(actor=make.system(), user_id=user, role=Role.REVIEWER, organisation_id=place.id)
    services.revoke_role(actor=make.system(), user_id=user, role=Role.WINDOW_CLERK, organisation_id=place.id)
    deliver_events()
    events = realtime.events_since(user, cursor)
    assert [event.type for event in events] == ["account.rights_changed"] * 2
    for event in events:
        state.update(event.data["set"])
    fresh, _ = snapshot.take(selectors.actor_for(user))
    assert state["roles"] == fresh["roles"]
    assert [row["id"] for row in fresh["roles"]] == ["reviewer@321322JY"]
