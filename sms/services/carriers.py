"""Which carrier takes a text; circuits that open and close; shares that move and come back."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from kernel import clock
from sms.models import Carrier, CarrierChange, CarrierPolicy, GatewayHold, Message
from sms.rules import carriers as rules
from sms.services.outcomes import PROBE, end_probe, hold_gateway, take_turn
from sms.types import AttemptState, Outcome, OutcomeKind

logger = logging.getLogger(__name__)

CIRCUIT = "circuit"
_HARMLESS = frozenset({"too_late"})
_STANDINGS = """
    SELECT a.gateway,
           count(*) FILTER (WHERE a.finished_at > %(window)s AND a.code <> 'too_late'),
           count(*) FILTER (WHERE a.finished_at > %(window)s AND a.state IN ('retry', 'unknown', 'lost')
                                  AND a.code NOT IN ('too_late', '429', '20429')),
           count(*) FILTER (WHERE a.state = 'accepted' AND (m.state = 'delivered' OR a.started_at < %(slow)s)),
           count(*) FILTER (WHERE a.state = 'accepted' AND a.started_at < %(slow)s
                                  AND (m.state IN ('accepted', 'sending', 'sent')
                                       OR m.state = 'delivered' AND m.finished_at > a.started_at + %(after)s))
    FROM sms_attempt a JOIN sms_message m ON m.id = a.message_id
    WHERE a.started_at > %(since)s GROUP BY a.gateway
"""


def active_gateways() -> list[str]:
    """The gateways that take new texts: `settings.SMS_GATEWAYS`, or the one of `settings.SMS_GATEWAY`."""
    return list(settings.SMS_GATEWAYS) or [settings.SMS_GATEWAY]


def carrier_policy() -> CarrierPolicy:
    """The policy in force; the model's defaults when no row's day has come."""
    found = CarrierPolicy.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()
    return found or CarrierPolicy(effective_from=clock.today())


def take_carrier(message: Message, now: datetime) -> tuple[str, datetime | None]:
    """The gateway for a message's next try, and None; or, with every gateway on hold, when to look again.

    Drawn by share; the gateway that has just failed this text is asked last. After a hold one text at a time probes the
    gateway, the others go elsewhere meanwhile.
    """
    waits = []
    for name in _in_order(message):
        until = take_turn(name, now)
        if until is None:
            return name, None
        waits.append((until, name))
    until, name = min(waits)
    return name, until


def _in_order(message: Message) -> list[str]:
    names = active_gateways()
    if len(names) == 1:
        return names
    last = message.attempts.order_by("-ordinal").values_list("gateway", "state").first()
    avoid = last[0] if last is not None and last[1] != AttemptState.ACCEPTED else ""
    shares = {name: standing.share for name, standing in _shares(names).items()}
    return rules.order(shares, secrets.randbelow(10_000) / 10_000, avoid)


def are_all_held(now: datetime) -> bool:
    """Whether no gateway may be called now."""
    names = active_gateways()
    return GatewayHold.objects.filter(gateway__in=names, until__gt=now).count() == len(names)


def note_call(gateway: str, outcome: Outcome, now: datetime) -> None:
    """Learn from how a call ended: obey a Retry-After, count faults in a row, open or close the circuit."""
    if outcome.hold_seconds:
        hold_gateway(gateway, outcome, now)
    elif outcome.kind in (OutcomeKind.AGAIN, OutcomeKind.UNKNOWN) and outcome.code not in _HARMLESS:
        _note_fault(gateway, outcome, now)
    else:
        end_probe(gateway)
        if Carrier.objects.filter(pk=gateway).exclude(failures=0, openings=0).exists():
            _note_success(gateway, now)


def _note_success(gateway: str, now: datetime) -> None:
    carrier = Carrier.objects.select_for_update().get(pk=gateway)
    if carrier.openings:
        _tell(carrier, "closed", "a probe went through", now)
    carrier.failures = carrier.openings = 0
    carrier.save(update_fields=["failures", "openings"])


def _note_fault(gateway: str, outcome: Outcome, now: datetime) -> None:
    policy = carrier_policy()
    _shares(active_gateways())
    Carrier.objects.filter(pk=gateway).update(failures=F("failures") + 1)
    carrier = Carrier.objects.select_for_update().filter(pk=gateway).first()
    if carrier is None:
        return
    hold = GatewayHold.objects.filter(pk=gateway).first()
    probing = hold is not None and hold.code == PROBE
    if hold is not None and hold.code == CIRCUIT and hold.until > now:
        return
    if not probing and carrier.failures < policy.failures_to_open:
        return
    seconds = rules.open_for(carrier.openings, policy.open_seconds, policy.longest_open_seconds)
    GatewayHold.objects.update_or_create(gateway=gateway, defaults={"until": now + seconds, "code": CIRCUIT})
    if not carrier.openings:
        _tell(carrier, "opened", f"{carrier.failures} faults in a row, the last: {outcome.code}", now)
    carrier.openings += 1
    carrier.save(update_fields=["openings"])


def _tell(carrier: Carrier, what: str, why: str, now: datetime) -> None:
    CarrierChange.objects.create(gateway=carrier.gateway, what=what, share=carrier.share, why=why[:120], at=now)
    logger.warning("sms_carrier_%s", what, extra={"gateway": carrier.gateway, "share": carrier.share, "why": why})


def _shares(names: list[str]) -> dict[str, Carrier]:
    rows = {row.gateway: row for row in Carrier.objects.filter(pk__in=names)}
    missing = [name for name in names if name not in rows]
    if missing:
        even = rules.WHOLE // len(names)
        Carrier.objects.bulk_create(
            [Carrier(gateway=name, share=even, target=even) for name in missing], ignore_conflicts=True
        )
        rows = {row.gateway: row for row in Carrier.objects.filter(pk__in=names)}
    return rows


@transaction.atomic
def move_shares() -> int:
    """Look at the last minutes and move shares of traffic; returns how many moved. Run every few seconds."""
    names = active_gateways()
    if len(names) < 2:
        return 0
    now, policy = clock.now(), carrier_policy()
    _shares(names)
    rows = {row.gateway: row for row in Carrier.objects.select_for_update().filter(pk__in=names).order_by("pk")}
    moved = rules.moves(_standings(rows, policy, now), _limits(policy), now)
    for move in moved:
        carrier = rows[move.gateway]
        carrier.share, carrier.moved_at = move.share, now
        carrier.save(update_fields=["share", "moved_at"])
        _tell(carrier, "share", move.why, now)
    return len(moved)


def _standings(rows: dict[str, Carrier], policy: CarrierPolicy, now: datetime) -> dict[str, rules.Standing]:
    after = timedelta(seconds=policy.slow_after_seconds)
    values: dict[str, Any] = {
        "window": now - timedelta(seconds=policy.window_seconds),
        "slow": now - after,
        "after": after,
        "since": now - timedelta(seconds=max(policy.slow_window_seconds, policy.window_seconds)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, values)
        figures = {row[0]: row[1:] for row in cursor.fetchall()}
    return {
        name: rules.Standing(row.share, row.target, row.moved_at, *figures.get(name, (0, 0, 0, 0)))
        for name, row in rows.items()
    }


def _limits(policy: CarrierPolicy) -> rules.Limits:
    return rules.Limits(
        errors=policy.errors,
        error_percent=policy.error_percent,
        slow_percent=policy.slow_percent,
        step=policy.step,
        rest=timedelta(seconds=policy.rest_seconds),
        calm=timedelta(seconds=policy.calm_seconds),
    )
