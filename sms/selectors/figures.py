"""What operators watch: how much waits, how long, which carrier carries what, what is parked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from kernel import clock
from sms.models import Attempt, Carrier, CarrierChange, GatewayHold, Message, Receipt
from sms.rules.states import OURS
from sms.services.carriers import CIRCUIT, active_gateways
from sms.services.outcomes import PROBE

RECENT = timedelta(minutes=5)
_LATEST = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """Texts of one purpose that are due and not yet with a carrier, and how long the oldest has been due."""

    purpose: str
    number: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class CarrierFigures:
    """A carrier now: share in hundredths, `closed` (works), `open` (left alone until), `probing`; outcomes lately."""

    gateway: str
    share: int
    circuit: str
    held_until: datetime | None
    outcomes: dict[str, int]


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """A share that moved or a circuit that opened or closed, and why."""

    gateway: str
    what: str
    share: int
    why: str
    at: datetime


def waiting() -> list[Waiting]:
    """By purpose, those with something waiting."""
    now = clock.now()
    rows = Message.objects.filter(state__in=OURS, due_at__lte=now).values("purpose")
    counted = rows.annotate(number=Count("id"), oldest=Min("due_at")).order_by("purpose")
    return [Waiting(row["purpose"], row["number"], (now - row["oldest"]).total_seconds()) for row in counted]


def carriers() -> list[CarrierFigures]:
    """Each active gateway with its share, circuit and what its calls of the last five minutes came to."""
    now, names = clock.now(), active_gateways()
    shares = dict(Carrier.objects.filter(pk__in=names).values_list("gateway", "share"))
    holds = {row.gateway: row for row in GatewayHold.objects.filter(pk__in=names)}
    outcomes: dict[str, dict[str, int]] = {name: {} for name in names}
    lately = Attempt.objects.filter(started_at__gt=now - RECENT, gateway__in=names)
    for row in lately.values("gateway", "state").annotate(number=Count("id")):
        outcomes[row["gateway"]][row["state"]] = row["number"]
    return [
        CarrierFigures(
            gateway=name,
            share=shares.get(name, 100 // len(names)),
            circuit=_circuit(holds.get(name), now),
            held_until=holds[name].until if name in holds and holds[name].until > now else None,
            outcomes=outcomes[name],
        )
        for name in names
    ]


def _circuit(hold: GatewayHold | None, now: datetime) -> str:
    if hold is None:
        return "closed"
    if hold.code == PROBE or hold.until <= now:
        return "probing"
    return "open" if hold.code == CIRCUIT else "held"


def changes() -> list[ChangeInfo]:
    """The newest twenty moves between carriers."""
    rows = CarrierChange.objects.order_by("-at", "-id")[:_LATEST]
    return [ChangeInfo(row.gateway, row.what, row.share, row.why, row.at) for row in rows]


def parked_receipts() -> int:
    """Reports that fit no attempt of ours (yet)."""
    return Receipt.objects.filter(attempt=None).count()
