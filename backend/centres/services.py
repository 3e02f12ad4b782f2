"""Taking the description of a centre in: the only writer of its tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
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
from backend.centres.types import CentreError, CentreImport, Document, Facing, WindowKind
from backend.journal.services import record
from backend.powers import selectors as powers
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

DATA = Path(__file__).resolve().parent / "data"
PLAIN = ("name", "level", "region_code", "address", "phone")
OPTIONAL = ("name_en", "transport", "access_note")

Duty = tuple[UUID | None, UUID | None]


@dataclass(slots=True)
class _Plan:
    """What is being taken in: whose, from which day, and the local codes nobody knows."""

    centre: ServiceCentre
    today: date
    item_ids: Mapping[str, UUID]
    unknown: list[str] = field(default_factory=list)


def load_centres(*, actor: Actor, documents: Iterable[Document] | None = None) -> list[CentreImport]:
    """Take descriptions in (those that come with the product when none are given); unchanged ones cost nothing."""
    found = documents if documents is not None else [_read(path) for path in sorted(DATA.glob("*.json"))]
    return [import_centre(actor=actor, document=document) for document in found]


@transaction.atomic
def import_centre(*, actor: Actor, document: Document) -> CentreImport:
    """Make a centre what its description says, from today on. Windows keep their rows by number, duties their dates.

    Items that the repository does not know are left out and told. Raises CENTRE_INVALID with every fault of the
    description, ORGANISATION_NOT_FOUND for an unknown organisation.
    """
    faults = rules.faults(document)
    if faults:
        raise DomainError(CentreError.INVALID, errors=faults)
    codes = [code for window in _windows(document) for code in window.get("items", ())]
    item_ids = powers.local_codes(codes)
    digest = _digest(document, item_ids)
    centre = ServiceCentre.objects.select_for_update().filter(code=document["code"]).first()
    is_new = centre is None
    centre = centre or ServiceCentre(code=document["code"])
    plan = _Plan(centre, clock.today(), item_ids, sorted({code for code in codes if code not in item_ids}))
    is_changed = centre.digest != digest
    if is_changed:
        _fill(centre, document, digest, is_new=is_new)
        _put_hours(plan, document)
        _put_halls(plan, document)
        _tell(actor, centre, digest)
    windows = sum(1 for _ in _windows(document))
    return CentreImport(centre.code, centre.name, windows, is_new, is_changed, tuple(plan.unknown))


def _read(path: Path) -> Document:
    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


def _digest(document: Document, item_ids: Mapping[str, UUID]) -> str:
    known = {"document": document, "items": sorted(str(item) for item in item_ids.values())}
    return hashlib.sha256(json.dumps(known, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _windows(document: Document) -> Iterable[Mapping[str, Any]]:
    return (window for hall in document["halls"] for zone in hall["zones"] for window in zone["windows"])


def _fill(centre: ServiceCentre, document: Document, digest: str, *, is_new: bool) -> None:
    for name in PLAIN:
        setattr(centre, name, document[name])
    for name in OPTIONAL:
        setattr(centre, name, document.get(name, ""))
    centre.organisation_id = accounts.organisation_by_code(document["organisation"]).id
    centre.latitude, centre.longitude = document.get("latitude"), document.get("longitude")
    centre.position = document.get("position", 0)
    centre.digest = digest
    if not is_new:
        centre.version += 1
    centre.updated_at = clock.now()
    centre.save(force_insert=is_new)


def _put_hours(plan: _Plan, document: Document) -> None:
    wanted = {
        (weekday, time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
        for row in document["hours"]
        for weekday in row["weekdays"]
    }
    known = {(row.weekday, row.opens, row.closes): row for row in plan.centre.hours.filter(effective_to=None)}
    ended = [row.pk for key, row in known.items() if key not in wanted]
    OpeningHours.objects.filter(pk__in=ended).update(effective_to=plan.today)
    OpeningHours.objects.bulk_create(
        OpeningHours(centre=plan.centre, weekday=weekday, opens=opens, closes=closes, effective_from=plan.today)
        for weekday, opens, closes in sorted(wanted - set(known))
    )


def _put_halls(plan: _Plan, document: Document) -> None:
    centre = plan.centre
    centre.halls.all().delete()
    numbers = {window["number"] for window in _windows(document)}
    gone = centre.windows.exclude(number__in=numbers).filter(given_up_on=None)
    WindowDuty.objects.filter(window__in=gone, effective_to=None).update(effective_to=plan.today)
    gone.update(given_up_on=plan.today)
    windows = {window.number: window for window in centre.windows.all()}
    for position, hall in enumerate(document["halls"]):
        _put_hall(plan, hall, position, windows)


def _put_hall(plan: _Plan, hall: Mapping[str, Any], position: int, windows: Mapping[str, ServiceWindow]) -> None:
    row = ServiceHall.objects.create(
        centre=plan.centre,
        position=position,
        name_en=hall.get("name_en", ""),
        **{name: hall[name] for name in ("code", "name", "floor", "width", "height")},
    )
    HallFeature.objects.bulk_create(
        HallFeature(
            hall=row,
            kind=feature["kind"],
            label=feature.get("label", ""),
            label_en=feature.get("label_en", ""),
            points=feature["points"],
            position=index,
        )
        for index, feature in enumerate(hall.get("features", ()))
    )
    for index, zone in enumerate(hall["zones"]):
        _put_zone(plan, row, zone, index, windows)


def _put_zone(
    plan: _Plan, hall: ServiceHall, zone: Mapping[str, Any], position: int, windows: Mapping[str, ServiceWindow]
) -> None:
    row = HallZone.objects.create(
        hall=hall,
        code=zone["code"],
        name=zone["name"],
        name_en=zone.get("name_en", ""),
        tone=zone["tone"],
        position=position,
        **_placed(zone),
    )
    for index, window in enumerate(zone["windows"]):
        known = windows.get(window["number"]) or ServiceWindow(centre=plan.centre, number=window["number"])
        _put_window(plan, known, row, window, index)


def _put_window(plan: _Plan, row: ServiceWindow, zone: HallZone, window: Mapping[str, Any], position: int) -> None:
    values = {
        **_placed(window),
        "zone": zone,
        "name": window.get("name") or zone.name,
        "name_en": window.get("name_en") or (zone.name_en if not window.get("name") else ""),
        "kind": window.get("kind", WindowKind.COMPREHENSIVE),
        "facing": window.get("facing", Facing.SOUTH),
        "is_accessible": window.get("is_accessible", False),
        "counter_services": window.get("counter_services", []),
        "position": position,
        "given_up_on": None,
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _put_duties(plan, row, window)
    row.closures.all().delete()
    WindowClosure.objects.bulk_create(_closure(row, closure) for closure in window.get("closures", ()))


def _put_duties(plan: _Plan, row: ServiceWindow, window: Mapping[str, Any]) -> None:
    wanted: set[Duty] = {(plan.item_ids[code], None) for code in window.get("items", ()) if code in plan.item_ids}
    wanted |= {(None, accounts.organisation_by_code(code).id) for code in window.get("all_of", ())}
    known: dict[Duty, WindowDuty] = {
        (duty.power_id, duty.organisation_id): duty for duty in row.duties.filter(effective_to=None)
    }
    ended = [duty.pk for key, duty in known.items() if key not in wanted]
    WindowDuty.objects.filter(pk__in=ended).update(effective_to=plan.today)
    WindowDuty.objects.bulk_create(
        WindowDuty(window=row, power_id=power, organisation_id=organisation, effective_from=plan.today)
        for power, organisation in wanted - set(known)
    )


def _closure(row: ServiceWindow, closure: Mapping[str, Any]) -> WindowClosure:
    until = closure.get("until")
    return WindowClosure(
        window=row,
        since=date.fromisoformat(closure["since"]),
        until=date.fromisoformat(until) if until else None,
        reason=closure["reason"],
        reason_en=closure.get("reason_en", ""),
        instead=closure.get("instead", ""),
    )


def _placed(values: Mapping[str, Any]) -> dict[str, int]:
    box = rules.box_of(values["box"])
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _tell(actor: Actor, centre: ServiceCentre, digest: str) -> None:
    record(
        actor=actor,
        action="centre.described",
        subject=("service_centre", centre.id),
        organisation_id=centre.organisation_id,
        data={"code": centre.code, "version": centre.version, "digest": digest},
    )
