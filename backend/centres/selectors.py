"""What others may read of the service centres. All of it is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from backend.centres import rules
from backend.centres.models import (
    HallFeature,
    HallZone,
    OpeningHours,
    ServiceCentre,
    ServiceHall,
    ServiceWindow,
    WindowClosure,
    WindowDuty,
)
from backend.centres.types import (
    Box,
    CentreError,
    CentreInfo,
    CentrePlan,
    ClosureInfo,
    DayInfo,
    FeatureInfo,
    HallInfo,
    HoursInfo,
    WindowInfo,
    WindowRef,
    ZoneInfo,
)
from backend.powers import selectors as powers
from backend.workflow import selectors as workflow
from backend.workflow.types import DayKind
from kernel import clock
from kernel.errors import DomainError


def centres() -> list[CentreInfo]:
    """All service centres, city first."""
    today = clock.today()
    rows = _centres(today).order_by("position", "code")
    return [_centre_info(row, today, _day(today)) for row in rows]


def centre_plan(code: str) -> CentrePlan:
    """One centre with its halls as they are today. Raises CENTRE_NOT_FOUND. The number of queries is fixed."""
    today = clock.today()
    row = _centres(today).filter(code=code).first()
    if row is None:
        raise DomainError(CentreError.NOT_FOUND)
    halls = list(row.halls.order_by("position").prefetch_related(*_on_the_plan(today)))
    items = _offered(halls)
    found = _Handled(items)
    return CentrePlan(
        centre=_centre_info(row, today, _day(today)),
        hours=_hours(row.hours.all()),
        halls=tuple(_hall_info(hall, found) for hall in halls),
        items=tuple(items),
    )


def windows(
    *, ids: Collection[UUID] = (), centre_code: str = "", organisation_ids: Collection[UUID] = ()
) -> dict[UUID, WindowRef]:
    """Windows that are not given up, by id: these, those of a centre, those of the centres of organisations."""
    wanted = Q(pk__in=ids) | Q(centre__code=centre_code) | Q(centre__organisation_id__in=organisation_ids)
    rows = ServiceWindow.objects.filter(wanted, given_up_on=None).select_related("centre")
    return {
        row.id: WindowRef(
            id=row.id,
            number=row.number,
            name=row.name,
            centre_code=row.centre.code,
            centre_name=row.centre.name,
            organisation_id=row.centre.organisation_id,
        )
        for row in rows.order_by("centre__position", "centre__code", "position")
    }


class _Handled:
    """The catalogue items behind duties, by item and by organisation."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.known: set[UUID | None] = set()
        self.of: dict[UUID, list[UUID]] = defaultdict(list)
        for row in rows:
            self.known.add(row.item_id)
            if row.is_in_hall:
                self.of[row.item.organisation_id].append(row.item_id)
        self.order = {row.item_id: index for index, row in enumerate(rows)}

    def by(self, duties: Iterable[WindowDuty]) -> tuple[UUID, ...]:
        found: set[Any] = set()
        for duty in duties:
            if duty.organisation_id is not None:
                found.update(self.of[duty.organisation_id])
            elif duty.power_id in self.known:
                found.add(duty.power_id)
        return tuple(sorted(found, key=self.order.__getitem__))


def _centres(today: date) -> QuerySet[ServiceCentre]:
    hours = OpeningHours.objects.filter(Q(effective_to=None) | Q(effective_to__gt=today), effective_from__lte=today)
    count = Count("windows", filter=Q(windows__given_up_on=None))
    return ServiceCentre.objects.annotate(window_count=count).prefetch_related(Prefetch("hours", queryset=hours))


def _on_the_plan(today: date) -> list[Prefetch]:
    duties = WindowDuty.objects.filter(Q(effective_to=None) | Q(effective_to__gt=today), effective_from__lte=today)
    closures = WindowClosure.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today).order_by("since")
    windows = ServiceWindow.objects.filter(given_up_on=None).order_by("position")
    return [
        Prefetch("features", queryset=HallFeature.objects.order_by("position")),
        Prefetch("zones", queryset=HallZone.objects.order_by("position")),
        Prefetch("zones__windows", queryset=windows),
        Prefetch("zones__windows__duties", queryset=duties),
        Prefetch("zones__windows__closures", queryset=closures),
    ]


def _offered(halls: Sequence[ServiceHall]) -> list[Any]:
    duties = [
        duty
        for hall in halls
        for zone in hall.zones.all()
        for window in zone.windows.all()
        for duty in window.duties.all()
    ]
    return powers.offered(
        power_ids={duty.power_id for duty in duties if duty.power_id},
        organisation_ids={duty.organisation_id for duty in duties if duty.organisation_id},
    )


def _day(today: date) -> DayKind:
    return workflow.calendar_for(today).info(today).kind


def _hours(rows: Iterable[OpeningHours]) -> tuple[HoursInfo, ...]:
    return rules.hours_of([(row.weekday, row.opens, row.closes) for row in rows])


def _today(row: ServiceCentre, today: date, kind: DayKind) -> DayInfo:
    return rules.hours_on(
        today,
        _hours(row.hours.all()),
        is_workday=kind in (DayKind.WORKDAY, DayKind.ADJUSTED_WORKDAY),
        is_holiday=kind is DayKind.HOLIDAY,
    )


def _centre_info(row: Any, today: date, kind: DayKind) -> CentreInfo:
    return CentreInfo(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        level=row.level,
        region_code=row.region_code,
        organisation_id=row.organisation_id,
        address=row.address,
        phone=row.phone,
        transport=row.transport,
        access_note=row.access_note,
        latitude=float(row.latitude) if row.latitude is not None else None,
        longitude=float(row.longitude) if row.longitude is not None else None,
        today=_today(row, today, kind),
        window_count=row.window_count,
    )


def _hall_info(hall: ServiceHall, handled: _Handled) -> HallInfo:
    return HallInfo(
        code=hall.code,
        name=hall.name,
        name_en=hall.name_en,
        floor=hall.floor,
        width=hall.width,
        height=hall.height,
        features=tuple(
            FeatureInfo(row.kind, row.label, row.label_en, tuple((x, y) for x, y in row.points))
            for row in hall.features.all()
        ),
        zones=tuple(_zone_info(zone, handled) for zone in hall.zones.all()),
    )


def _zone_info(zone: HallZone, handled: _Handled) -> ZoneInfo:
    windows = tuple(_window_info(window, handled) for window in zone.windows.all())
    return ZoneInfo(zone.code, zone.name, zone.name_en, zone.tone, _box(zone), windows)


def _window_info(window: ServiceWindow, handled: _Handled) -> WindowInfo:
    closure = next(iter(window.closures.all()), None)
    return WindowInfo(
        number=window.number,
        name=window.name,
        name_en=window.name_en,
        kind=window.kind,
        box=_box(window),
        facing=window.facing,
        is_accessible=window.is_accessible,
        item_ids=handled.by(window.duties.all()),
        counter_services=tuple(window.counter_services),
        closure=ClosureInfo(closure.reason, closure.reason_en, closure.until, closure.instead) if closure else None,
    )


def _box(row: HallZone | ServiceWindow) -> Box:
    return Box(row.x, row.y, row.width, row.height)
