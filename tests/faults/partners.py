"""Faults of partners (F18)."""

from __future__ import annotations

from collections import Counter

from tests.faults.rig import Finding, Rig

EVENTS = 20


def partner_in_trouble(rig: Rig) -> Finding:
    """F18: errors, a redirect to a private address, a lost answer, Retry-After, a killed worker; then well again."""
    from tests.faults import inside  # noqa: PLC0415 - Django is set up by then

    inside.partner_at(f"{rig.partner.base}/hook")
    rig.partner.fault(status=500, times=3)
    rig.partner.fault(status=302, headers={"Location": "http://169.254.169.254/"}, times=1)
    rig.partner.fault(accept=True, drop_after_request=True, times=1)
    rig.partner.fault(status=429, headers={"Retry-After": "3"}, times=1)
    inside.tell_partners(EVENTS)
    rig.product.kill("worker")
    took = rig.until(lambda: _waiting(rig) == 0)
    taken = Counter(line["headers"]["webhook-id"] for line in rig.partner.accepted)
    wrong = [f"{_waiting(rig)} still waiting"] if _waiting(rig) else []
    again = sum(count > 1 for count in taken.values())
    return Finding(7, took, EVENTS - len(taken), 0, f"{again} came again under their old webhook-id", wrong)


def _waiting(rig: Rig) -> int:
    found: int = rig.one("SELECT count(*) FROM partners_webhook WHERE state <> 'delivered'")
    return found
