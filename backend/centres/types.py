"""Public values of the service centres. No Django here.

Lengths on a plan are in units of ten centimetres; (0, 0) is the upper left corner of the hall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from kernel.errors import ErrorCode, error

Point = tuple[int, int]


class CentreLevel(StrEnum):
    """Whose centre it is: city, county, or the service station of a township."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class WindowKind(StrEnum):
    """What a window is for: any matter of its zone, matters of one office, self-service, or information."""

    COMPREHENSIVE = "comprehensive"
    SPECIAL = "special"
    SELF_SERVICE = "self_service"
    INFORMATION = "information"


class FeatureKind(StrEnum):
    """What is drawn on a plan beside zones and windows."""

    WALL = "wall"
    ENTRANCE = "entrance"
    ACCESSIBLE_ENTRANCE = "accessible_entrance"
    LIFT = "lift"
    STAIRS = "stairs"
    TOILET = "toilet"
    ACCESSIBLE_TOILET = "accessible_toilet"
    NURSING_ROOM = "nursing_room"
    WAITING = "waiting"
    SELF_SERVICE = "self_service"
    INFORMATION = "information"


class Facing(StrEnum):
    """The side of a window at which people stand."""

    NORTH = "north"
    EAST = "east"
    SOUTH = "south"
    WEST = "west"


class CentreError(ErrorCode):
    """Refusals of the service centres."""

    NOT_FOUND = error(
        "centre_not_found",
        404,
        zh=("没有找到这个政务服务中心", "请从政务服务中心列表中重新选择。"),
        en=("Service centre not found", "Choose one from the list of service centres."),
    )
    INVALID = error(
        "centre_invalid",
        422,
        zh=("大厅数据不符合要求", "请按各项提示修改数据文件。"),
        en=("The plan of the centre breaks the rules", "Correct the points listed in the file."),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the plan."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Opening hours within a day, wall-clock time in Suqian."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class HoursInfo:
    """The hours of one weekday (1 Monday … 7 Sunday); a weekday without a row is closed."""

    weekday: int
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class DayInfo:
    """What holds on one day: statutory holidays close a centre, make-up workdays open it."""

    day: date
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class FeatureInfo:
    """A thing on the plan: a polygon, or a line for walls and doors."""

    kind: str
    label: str
    label_en: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ClosureInfo:
    """Why a window is shut today, until when (None: not known), and where to go instead."""

    reason: str
    reason_en: str
    until: date | None
    instead: str


@dataclass(frozen=True, slots=True)
class WindowRef:
    """A window by itself, for those who work with windows and not with plans."""

    id: UUID
    number: str
    name: str
    centre_code: str
    centre_name: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class WindowInfo:
    """A service window: `item_ids` are the catalogue items it handles today, `counter_services` what else is done."""

    number: str
    name: str
    name_en: str
    kind: str
    box: Box
    facing: str
    is_accessible: bool
    item_ids: tuple[UUID, ...]
    counter_services: tuple[str, ...]
    closure: ClosureInfo | None


@dataclass(frozen=True, slots=True)
class ZoneInfo:
    """A part of a hall with its windows. `tone` (1–6) is the colour of its signs."""

    code: str
    name: str
    name_en: str
    tone: int
    box: Box
    windows: tuple[WindowInfo, ...]


@dataclass(frozen=True, slots=True)
class HallInfo:
    """One hall on one floor, with everything on its plan."""

    code: str
    name: str
    name_en: str
    floor: int
    width: int
    height: int
    features: tuple[FeatureInfo, ...]
    zones: tuple[ZoneInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreInfo:
    """A service centre as a list shows it."""

    code: str
    name: str
    name_en: str
    level: str
    region_code: str
    organisation_id: UUID
    address: str
    phone: str
    transport: str
    access_note: str
    latitude: float | None
    longitude: float | None
    today: DayInfo
    window_count: int


@dataclass(frozen=True, slots=True)
class CentrePlan:
    """A service centre with its halls, and the rows of the public catalogue that its windows handle."""

    centre: CentreInfo
    hours: tuple[HoursInfo, ...]
    halls: tuple[HallInfo, ...]
    items: tuple[Any, ...]


@dataclass(slots=True)
class CentreImport:
    """What an import did to one centre."""

    code: str
    name: str
    windows: int
    is_new: bool
    is_changed: bool
    unknown_items: tuple[str, ...] = ()


Document = Mapping[str, Any]
