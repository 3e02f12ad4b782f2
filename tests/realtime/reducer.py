"""The reducer of the apps in plain Python: state + event → state. Pure; applying an event twice changes nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

State = dict[str, Any]


def apply_event(state: State, event: dict[str, Any]) -> State:
    """The state after one event, whose `data` is a patch: `remove` ids, `upsert` rows by id, `set` values."""
    after = copy.deepcopy(state)
    patch = event["data"]
    unknown = set(patch) - {"upsert", "remove", "set"}
    if unknown:
        raise ValueError(f"{event['type']} patches by {sorted(unknown)}")
    for name, ids in patch.get("remove", {}).items():
        after[name] = [row for row in after.get(name, []) if row["id"] not in ids]
    for name, rows in patch.get("upsert", {}).items():
        new = {row["id"]: row for row in rows}
        kept = [row for row in after.get(name, []) if row["id"] not in new]
        after[name] = [*copy.deepcopy(rows), *kept]
    for name, value in patch.get("set", {}).items():
        after[name] = copy.deepcopy(value)
    return after


def apply_all(state: State, events: Iterable[dict[str, Any]]) -> State:
    """The state after several events, in their order."""
    for event in events:
        state = apply_event(state, event)
    return state


def without_order(state: State) -> State:
    """The state with its collections by id: clients order rows themselves."""
    return {
        name: {row["id"]: row for row in value} if isinstance(value, list) else value for name, value in state.items()
    }
