"""From what the centres tell to what the API shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from backend.attendance.types import WindowNow
from backend.centres.types import Box, CentreInfo, CentrePlan, ClosureInfo, DayInfo, HallInfo, Interval, ZoneInfo
from backend.centres.types import WindowInfo as Window

Staffing = Mapping[str, WindowNow]


def centre(info: CentreInfo) -> dict[str, Any]:
    """A centre in the list."""
    return {
        **{name: getattr(info, name) for name in _PLAIN},
        "organisation_id": str(info.organisation_id),
        "today": _day(info.today),
    }


def plan(found: CentrePlan, staffing: Staffing) -> dict[str, Any]:
    """A centre with its plan and who is at its windows now, by number."""
    return {
        **centre(found.centre),
        "hours": [{"weekday": row.weekday, "intervals": _intervals(row.intervals)} for row in found.hours],
        "halls": [_hall(hall, staffing) for hall in found.halls],
        "items": [_item(row) for row in found.items],
    }


_PLAIN = (
    "code",
    "name",
    "name_en",
    "level",
    "region_code",
    "address",
    "phone",
    "transport",
    "access_note",
    "latitude",
    "longitude",
    "window_count",
)
_ITEM = ("name", "name_en", "project_type", "is_online", "is_fee")


def _day(info: DayInfo) -> dict[str, Any]:
    return {"date": info.day.isoformat(), "intervals": _intervals(info.intervals)}


def _intervals(rows: Sequence[Interval]) -> list[dict[str, str]]:
    return [{"opens": f"{row.opens:%H:%M}", "closes": f"{row.closes:%H:%M}"} for row in rows]


def _hall(info: HallInfo, staffing: Staffing) -> dict[str, Any]:
    return {
        "code": info.code,
        "name": info.name,
        "name_en": info.name_en,
        "floor": info.floor,
        "width": info.width,
        "height": info.height,
        "features": [{**asdict(row), "points": [list(point) for point in row.points]} for row in info.features],
        "zones": [_zone(zone, staffing) for zone in info.zones],
    }


def _zone(info: ZoneInfo, staffing: Staffing) -> dict[str, Any]:
    return {
        "code": info.code,
        "name": info.name,
        "name_en": info.name_en,
        "tone": info.tone,
        "box": _box(info.box),
        "windows": [_window(window, staffing.get(window.number)) for window in info.windows],
    }


def _window(info: Window, now: WindowNow | None) -> dict[str, Any]:
    return {
        "number": info.number,
        "name": info.name,
        "name_en": info.name_en,
        "kind": info.kind,
        "box": _box(info.box),
        "facing": info.facing,
        "is_accessible": info.is_accessible,
        "item_ids": [str(item_id) for item_id in info.item_ids],
        "counter_services": list(info.counter_services),
        "closure": _closure(info.closure) if info.closure else None,
        "staffing": asdict(now) if now else None,
    }


def _closure(info: ClosureInfo) -> dict[str, Any]:
    until = info.until.isoformat() if info.until else None
    return {"reason": info.reason, "reason_en": info.reason_en, "until": until, "instead": info.instead}


def _box(box: Box) -> dict[str, int]:
    return asdict(box)


def _item(row: Any) -> dict[str, Any]:
    item = row.item
    return {
        "id": str(item.pk),
        "code": item.local_code,
        **{name: getattr(row, name) for name in _ITEM},
        "organisation": item.organisation.short_name or item.organisation.name,
        "state": item.state,
    }
