"""Faults of carriers and what they send us (F10–F17)."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

from tests.faults.rig import Finding, Rig
from tests.payloads.twilio import Hook, sign

_FINAL = "SELECT state FROM sms_message WHERE id = (SELECT message_id FROM sms_attempt WHERE sid = %(sid)s)"


def asked_to_wait(rig: Rig) -> Finding:
    """F10: the one carrier answers 429 with Retry-After 7, three times; nobody knocks sooner."""
    rig.share(100)
    hold_smpp(rig)
    rig.twilio.fault(status=429, headers={"Retry-After": "7"}, times=3)
    seen = len(rig.twilio.requested())
    finding = rig.settle(rig.queue(60), 3)
    asked = [line["at"] for line in rig.twilio.requested()[seen:]]
    refused_until = asked[0] + 7
    early = [at for at in asked[1:] if at < refused_until - 0.2]
    if len(early) > 3:  # calls that were under way in the same moment
        finding.wrong.append(f"{len(early)} calls too early")
    return finding


def one_down(rig: Rig) -> Finding:
    """F11: Twilio answers 503 to everything; the texts go through SMPP, none through both."""
    rig.share(50)
    seen = len(rig.twilio.requested())
    rig.twilio.fault(status=503, times=10**6)
    finding = rig.settle(rig.queue(60), 1)
    errors = len(rig.twilio.requested()) - seen
    rig.twilio.faults.clear()
    finding.note = f"{errors} errors until it was left alone"
    if errors > 50:
        finding.wrong.append("more than 50 errors")
    return finding


def both_down(rig: Rig) -> Finding:
    """F11: both carriers down for 15 s; everything waits, nothing is dropped; then both are back."""
    rig.share(50)
    rig.twilio.fault(status=503, times=10**6)
    rig.smsc.script(status=0x08, times=10**6)
    numbers = rig.queue(30)
    time.sleep(15)
    failed = rig.one("SELECT count(*) FROM sms_message WHERE state = 'failed' AND reason = 'gave_up'")
    rig.twilio.faults.clear()
    rig.smsc.script()
    finding = rig.settle(numbers, 2)
    opened = rig.one("SELECT count(*) FROM sms_carrierchange WHERE what = 'opened'")
    finding.note = f"circuits opened {opened} times so far"
    if failed:
        finding.wrong.append(f"{failed} given up")
    return finding


def answers_lost(rig: Rig) -> Finding:
    """F12: taken, and then a reset, no answer for 30 s, a broken answer, a byte a second."""
    rig.share(100)
    ways = ({"drop_after_request": True}, {"delay": 30}, {"raw": "{broken"}, {"trickle": 1.0})
    for way in ways:
        rig.twilio.fault(accept=True, times=2, **way)
    return rig.settle(rig.queue(20), 8)


def smpp_resets(rig: Rig) -> Finding:
    """F12 over SMPP: the connection breaks before, and after, the text was taken; reports come."""
    rig.share(0)
    rig.smsc.script(before=True, times=2, report="DELIVRD")
    numbers = rig.queue(4)
    rig.until(lambda: not set(numbers) - set(rig.taken()), 40)
    rig.smsc.script(after=True, times=2, report="DELIVRD", report_after=500)
    finding = rig.settle(numbers + rig.queue(6), 4)
    rig.smsc.script()
    marked = rig.one("SELECT count(*) FROM sms_message WHERE maybe_duplicate")
    finding.note = f"{marked} marked maybe_duplicate"
    if finding.doubled <= marked:
        finding.doubled = 0
    return finding


def refused_for_good(rig: Rig) -> Finding:
    """F13: a number that does not exist is tried once, and never again."""
    rig.share(100)
    rig.twilio.fault(status=400, code=21211, times=5)
    seen = len(rig.twilio.requested())
    numbers = rig.queue(5)
    took = rig.until(lambda: rig.one("SELECT count(*) FROM sms_message WHERE reason = 'refused_by_provider'") >= 5)
    time.sleep(3)
    calls = len(rig.twilio.requested()) - seen
    wrong = [] if calls == len(numbers) else [f"{calls} calls for {len(numbers)} texts"]
    return Finding(5, took, 0, 0, "refused and told, not lost", wrong)


def repeated_webhooks(rig: Rig) -> Finding:
    """F14, F17: each report and a reply 50 times, 20 at once."""
    sid, number = _carried(rig)
    hooks = [rig.twilio.report(sid, "delivered"), rig.twilio.inbound(number, "这是什么", to="+8610690000")]
    started = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(rig.post, hooks * 50))
    took = rig.until(lambda: rig.product.query(_FINAL, {"sid": sid})[0][0] == "delivered")
    rig.until(lambda: rig.one("SELECT count(*) FROM sms_inboundmessage") >= 1, 20)
    told = rig.one("SELECT count(*) FROM sms_receipt WHERE sid = %(s)s AND status = 'delivered'", {"s": sid})
    kept = rig.one("SELECT count(*) FROM sms_inboundmessage WHERE text IS NOT NULL")
    bad = [status for status in answers if not 200 <= status < 300]
    wrong = [f"answers {bad[:5]}"] if bad else []
    seconds = time.monotonic() - started
    return Finding(100, took, int(told == 0) + int(kept == 0), max(told - 1, 0) + max(kept - 1, 0),
                   f"100 answered in {seconds:.1f} s", wrong)  # fmt: skip


def reports_in_any_order(rig: Rig) -> Finding:
    """F15: every order of four reports, a failure after the delivery, a word nobody knows."""
    rig.share(100)
    orders = list(itertools.permutations(("queued", "sending", "sent", "delivered")))
    numbers = rig.queue(len(orders))
    rig.settle(numbers, 0)
    sids = {line["to"]: line["sid"] for line in rig.twilio.accepted()}
    for number, order in zip(numbers, orders, strict=True):
        for word in (*order, "failed", "zapped"):
            rig.post(rig.twilio.report(sids[number], word))
    wanted = [sids[number] for number in numbers]
    delivered = (
        "SELECT count(*) FROM sms_message WHERE state = 'delivered' AND id IN "
        "(SELECT message_id FROM sms_attempt WHERE sid = ANY(%(sids)s))"
    )
    took = rig.until(lambda: rig.one(delivered, {"sids": wanted}) == len(orders), 60)
    return Finding(len(orders) * 6, took, len(orders) - rig.one(delivered, {"sids": wanted}), 0)


def forged_webhooks(rig: Rig) -> Finding:
    """F16: no signature, another token, a changed field, another address, another account."""
    sid, number = _carried(rig)
    genuine = rig.twilio.report(sid, "failed")
    changed = [(name, "x" if name == "MessageStatus" else value) for name, value in genuine.pairs]
    inbound = rig.twilio.inbound(number, "5", to="+8610690000")
    elsewhere = f"http://evil.example{genuine.path}"
    forged = [
        Hook(genuine.url, genuine.pairs, ""),
        Hook(genuine.url, genuine.pairs, sign("0" * 32, genuine.url, genuine.pairs)),
        Hook(genuine.url, changed, genuine.signature),
        Hook(genuine.url, [*genuine.pairs, ("Extra", "1")], genuine.signature),
        Hook(inbound.url, genuine.pairs, genuine.signature),
        Hook(genuine.url, genuine.pairs, sign(rig.twilio.token, elsewhere, genuine.pairs), {"Host": "evil.example"}),
    ]
    before = rig.one("SELECT count(*) FROM webhooks_rawwebhook")
    answers = [rig.post(hook) for hook in forged]
    stored = rig.one("SELECT count(*) FROM webhooks_rawwebhook") - before
    wrong = [f"answers {answers}"] if any(status not in (400, 403) for status in answers) else []
    return Finding(len(forged), 0.0, 0, stored, "", wrong)


def hold_smpp(rig: Rig) -> None:
    """Leave one carrier only, for two minutes."""
    rig.product.change(
        "INSERT INTO sms_gatewayhold (gateway, until, code) VALUES ('smpp', now() + interval '2 minutes', 'held') "
        "ON CONFLICT (gateway) DO UPDATE SET until = EXCLUDED.until, code = 'held'"
    )


def _carried(rig: Rig) -> tuple[str, str]:
    """A text that Twilio has: its sid and number."""
    rig.share(100)
    (number,) = rig.queue(1)
    rig.settle([number], 0)
    return next(str(line["sid"]) for line in rig.twilio.accepted() if line["to"] == number), number
