"""What a file that describes a centre must keep to, and what opening hours mean. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from backend.centres.types import (
    Box,
    CentreLevel,
    DayInfo,
    Document,
    Facing,
    FeatureKind,
    HoursInfo,
    Interval,
    WindowKind,
)
from kernel.errors import FieldError, Text

TONES = range(1, 7)
FIRST_WORKDAY = 1
_REQUIRED = ("code", "name", "level", "region_code", "organisation", "address", "phone", "hours", "halls")


def faults(document: Document) -> list[FieldError]:
    """Everything that is wrong with a centre's file, each with a pointer into it. Empty: it may be taken in."""
    missing = [_fault(f"/{name}", "missing", "缺少此项。", "Missing.") for name in _REQUIRED if not document.get(name)]
    return missing or [*_heads(document), *_hours(document), *_numbers(document), *_halls(document)]


def box_of(values: Sequence[int]) -> Box:
    """A rectangle from `[x, y, width, height]`."""
    return Box(*values)


def inside(inner: Box, outer: Box) -> bool:
    """Whether a rectangle lies within another."""
    return (
        inner.x >= outer.x
        and inner.y >= outer.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def overlap(one: Box, other: Box) -> bool:
    """Whether two rectangles share an area; touching sides do not count."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def hours_of(rows: Sequence[tuple[int, time, time]]) -> tuple[HoursInfo, ...]:
    """Weekly hours from (weekday, opens, closes), the days and their intervals in order."""
    days: dict[int, list[Interval]] = {}
    for weekday, opens, closes in sorted(rows):
        days.setdefault(weekday, []).append(Interval(opens, closes))
    return tuple(HoursInfo(weekday, tuple(intervals)) for weekday, intervals in days.items())


def hours_on(day: date, hours: Sequence[HoursInfo], *, is_workday: bool, is_holiday: bool) -> DayInfo:
    """The hours of one day. A statutory holiday is closed; a make-up workday without hours has those of Monday."""
    by_weekday = {info.weekday: info.intervals for info in hours}
    intervals = () if is_holiday else by_weekday.get(day.isoweekday(), ())
    if is_workday and not intervals:
        intervals = by_weekday.get(FIRST_WORKDAY, ())
    return DayInfo(day, intervals)


def _heads(document: Document) -> Iterator[FieldError]:
    if document["level"] not in set(CentreLevel):
        yield _unknown("/level")


def _hours(document: Document) -> Iterator[FieldError]:
    for index, row in enumerate(document["hours"]):
        pointer = f"/hours/{index}"
        if not set(row["weekdays"]) <= set(range(1, 8)):
            yield _fault(f"{pointer}/weekdays", "weekday", "星期为1至7。", "A weekday is 1 to 7.")
        if time.fromisoformat(row["opens"]) >= time.fromisoformat(row["closes"]):
            yield _fault(pointer, "order", "结束时间应晚于开始时间。", "It must close after it opens.")


def _numbers(document: Document) -> Iterator[FieldError]:
    seen: set[str] = set()
    for pointer, window in _windows(document):
        if window["number"] in seen:
            yield _fault(f"{pointer}/number", "twice", "窗口编号重复。", "The number stands twice.")
        seen.add(window["number"])
    for pointer, window in _windows(document):
        for closure in window.get("closures", ()):
            if closure.get("instead") and closure["instead"] not in seen:
                yield _fault(f"{pointer}/closures", "unknown_window", "没有这个窗口。", "There is no such window.")


def _windows(document: Document) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for h, hall in enumerate(document["halls"]):
        for z, zone in enumerate(hall["zones"]):
            for w, window in enumerate(zone["windows"]):
                yield f"/halls/{h}/zones/{z}/windows/{w}", window


def _halls(document: Document) -> Iterator[FieldError]:
    for index, hall in enumerate(document["halls"]):
        pointer = f"/halls/{index}"
        floor = Box(0, 0, hall["width"], hall["height"])
        yield from _features(pointer, hall, floor)
        yield from _zones(pointer, hall, floor)


def _features(pointer: str, hall: Mapping[str, Any], floor: Box) -> Iterator[FieldError]:
    for index, feature in enumerate(hall.get("features", ())):
        if feature["kind"] not in set(FeatureKind):
            yield _unknown(f"{pointer}/features/{index}/kind")
        outside = [(x, y) for x, y in feature["points"] if not inside(Box(x, y, 0, 0), floor)]
        if outside or len(feature["points"]) < 2:
            yield _outside(f"{pointer}/features/{index}/points")


def _zones(pointer: str, hall: Mapping[str, Any], floor: Box) -> Iterator[FieldError]:
    placed: list[Box] = []
    for index, zone in enumerate(hall["zones"]):
        box, where = box_of(zone["box"]), f"{pointer}/zones/{index}"
        if not inside(box, floor):
            yield _outside(f"{where}/box")
        if zone["tone"] not in TONES:
            yield _unknown(f"{where}/tone")
        if any(overlap(box, other) for other in placed):
            yield _overlaps(f"{where}/box")
        placed.append(box)
        yield from _placed_windows(where, zone, box)


def _placed_windows(pointer: str, zone: Mapping[str, Any], around: Box) -> Iterator[FieldError]:
    placed: list[Box] = []
    for index, window in enumerate(zone["windows"]):
        box, where = box_of(window["box"]), f"{pointer}/windows/{index}"
        if not inside(box, around):
            yield _outside(f"{where}/box")
        if any(overlap(box, other) for other in placed):
            yield _overlaps(f"{where}/box")
        if window.get("kind", WindowKind.COMPREHENSIVE) not in set(WindowKind):
            yield _unknown(f"{where}/kind")
        if window.get("facing", Facing.SOUTH) not in set(Facing):
            yield _unknown(f"{where}/facing")
        placed.append(box)


def _outside(pointer: str) -> FieldError:
    return _fault(pointer, "outside", "超出了所在区域。", "It lies outside of what holds it.")


def _overlaps(pointer: str) -> FieldError:
    return _fault(pointer, "overlaps", "与其他区域重叠。", "It overlaps another one.")


def _unknown(pointer: str) -> FieldError:
    return _fault(pointer, "unknown", "不在可选值之内。", "Not one of the known values.")


def _fault(pointer: str, code: str, zh: str, en: str) -> FieldError:
    return FieldError(pointer, code, Text(zh, en))
