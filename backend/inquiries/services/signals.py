"""What supervision should look at: many alike, a topic or area out of its usual range, a unit that bounces orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count

from backend.inquiries import events, policies
from backend.inquiries.models import Order, ReturnRequest, Signal, SignalRule
from backend.inquiries.types import InquiryError
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

USUAL_DAYS = 28
KINDS = ("similar", "unusual_topic", "unusual_area", "bouncing_unit")
Found = tuple[str, dict[str, Any]]


@transaction.atomic
def sweep() -> int:
    """Look for signals by the rules in force; each is told once a day. Returns how many were told."""
    try:
        centre = policies.centre()
    except DomainError as exc:
        if exc.code is InquiryError.NOT_READY:
            return 0
        raise
    told = 0
    for kind in KINDS:
        rule = policies.signal_rule(kind)
        if rule is not None:
            told += sum(_tell(kind, key, facts, centre.id) for key, facts in _FINDERS[kind](rule))
    return told


def _tell(kind: str, key: str, facts: dict[str, Any], centre_id: Any) -> int:
    now = clock.now()
    signal, fresh = Signal.objects.get_or_create(
        kind=kind, key=key[:100], day=clock.local(now).date(), defaults={"facts": facts, "at": now}
    )
    if not fresh:
        return 0
    data = {"kind": kind, "key": key[:100], "topic": "", "area_code": "", "unit_id": None, "usual": 0, **facts}
    record_change(
        actor=Actor.system("signals"),
        event=events.SIGNALLED,
        subject=("inquiry_signal", signal.id),
        organisation_id=centre_id,
        data=data,
    )
    return 1


def _similar(rule: SignalRule) -> Iterator[Found]:
    rows = _recent(rule).filter(topic__isnull=False).values("topic__code", "area_code").annotate(number=Count("id"))
    for row in rows.filter(number__gte=rule.threshold).order_by("-number"):
        facts = {"topic": row["topic__code"], "area_code": row["area_code"], "count": row["number"]}
        yield f"{row['topic__code']}@{row['area_code']}", facts


def _unusual_topic(rule: SignalRule) -> Iterator[Found]:
    for key, count, usual in _unusual(rule, "topic__code"):
        yield key, {"topic": key, "count": count, "usual": usual}


def _unusual_area(rule: SignalRule) -> Iterator[Found]:
    for key, count, usual in _unusual(rule, "area_code"):
        yield key, {"area_code": key, "count": count, "usual": usual}


def _unusual(rule: SignalRule, field: str) -> Iterator[tuple[str, int, float]]:
    """Keys with at least the threshold now, and more than `factor` times the mean of such spans in the past weeks."""
    rows = _recent(rule).values(field).annotate(number=Count("id")).filter(number__gte=rule.threshold)
    high = {row[field]: row["number"] for row in rows if row[field]}
    since = clock.now() - timedelta(hours=rule.hours)
    past = Order.objects.filter(
        received_at__gte=since - timedelta(days=USUAL_DAYS), received_at__lt=since, **{f"{field}__in": list(high)}
    )
    before = {row[field]: row["number"] for row in past.values(field).annotate(number=Count("id"))}
    spans = USUAL_DAYS * 24 / rule.hours
    for key, count in sorted(high.items()):
        usual = round(before.get(key, 0) / spans, 2)
        if count > rule.factor * usual:
            yield key, count, usual


def _bouncing(rule: SignalRule) -> Iterator[Found]:
    since = clock.now() - timedelta(hours=rule.hours)
    rows = ReturnRequest.objects.filter(asked_at__gte=since).values("unit_id").annotate(number=Count("id"))
    for row in rows.filter(number__gte=rule.threshold).order_by("-number"):
        yield str(row["unit_id"]), {"unit_id": str(row["unit_id"]), "count": row["number"]}


def _recent(rule: SignalRule):  # type: ignore[no-untyped-def]
    return Order.objects.filter(received_at__gte=clock.now() - timedelta(hours=rule.hours))


_FINDERS = {
    "similar": _similar,
    "unusual_topic": _unusual_topic,
    "unusual_area": _unusual_area,
    "bouncing_unit": _bouncing,
}
