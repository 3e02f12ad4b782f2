"""Faults of people's replies (F25, F26)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from backend.ratings.models import Invitation
from tests.factories.accounts import mobile
from tests.factories.ratings import Asked, asked
from tests.faults.rig import Finding, Rig
from tests.payloads.twilio import Hook, new_sid

NUMBER = "+8610690000"
GARBAGE = (
    "", " ", "0", "6", "10分", "55", "不太满意", "👍", "自动回复：我在开会", "1非常满意", "x" * 1600, "' OR 1=1 --",
    "{{5}}", "<b>五</b>", "\u202e5\u202c5", "请问什么时候发证",
)  # fmt: skip
_LEVELS = "SELECT level FROM ratings_rating WHERE case_id = %(case)s"
_KEPT = (
    "SELECT count(*) FROM ratings_ratingreply r JOIN ratings_invitation i ON i.id = r.invitation_id "
    "WHERE i.case_id = %(case)s"
)
_UNREAD = (
    "SELECT count(*) FROM kernel_delivery d JOIN kernel_outboxevent e ON e.id = d.event_id "
    "WHERE e.type = 'sms.received' AND d.state <> 'done'"
)
_HELP = (
    "SELECT count(*) FROM sms_message m JOIN sms_templateversion v ON v.id = m.template_version_id "
    "JOIN sms_template t ON t.id = v.template_id WHERE t.code = %(code)s AND m.queued_at >= %(since)s"
)


def rating_garbage(rig: Rig) -> Finding:
    """F25: sixteen texts that are no rating, twice each and four at once, the relay killed: kept, none counted."""
    rig.share(100)
    person = _asked(rig)
    since = rig.one("SELECT clock_timestamp()")
    hooks = [_reply(rig, person, text) for text in GARBAGE]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(rig.post, hooks * 2))
    rig.product.kill("relay")
    took = rig.until(lambda: _kept(rig, person) >= len(GARBAGE))
    rig.until(lambda: rig.one(_UNREAD) == 0, 30)
    helped = sum(rig.one(_HELP, {"code": code, "since": since}) for code in ("rating_help", "rating_conflict"))
    finding = Finding(len(hooks) * 2, took, len(GARBAGE) - _kept(rig, person), max(0, helped - 2))
    finding.note = f"{helped} texts asked back"
    return _judge(finding, answers, [] if not _levels(rig, person) else ["something was counted"])


def rating_conflicts(rig: Rig) -> Finding:
    """F26: twenty ratings of one case at once with a worker and the relay killed; a stranger; two open cases."""
    rig.share(100)
    people = [_asked(rig) for _ in range(5)]
    hooks = [_reply(rig, person, str(1 + number % 5)) for person in people for number in range(20)]
    strangers = [_reply(rig, person, "1", sender=mobile()) for person in people]
    with ThreadPoolExecutor(20) as pool:
        answering = pool.map(rig.post, hooks + strangers)
        rig.product.kill("relay")
        answers = list(answering)
    again = [rig.post(hook) for hook in hooks]  # the carrier repeats all of them
    took = rig.until(lambda: all(_kept(rig, person) >= 20 for person in people))
    rig.until(lambda: rig.one(_UNREAD) == 0, 60)
    kept = [_kept(rig, person) for person in people]
    levels = [_levels(rig, person) for person in people]
    finding = Finding(
        injected=len(hooks) * 2 + len(strangers) + 1,
        seconds=took,
        lost=sum(max(0, 20 - count) for count in kept) + sum(not found for found in levels),
        doubled=sum(max(0, count - 20) for count in kept) + sum(len(found) > 1 for found in levels),
    )
    return _judge(finding, answers + again, [])


def _asked(rig: Rig) -> Asked:
    person = asked()
    rig.until(Invitation.objects.filter(case_id=person.case_id).exists)
    return person


def _reply(rig: Rig, person: Asked, text: str, *, sender: str = "") -> Hook:
    target = NUMBER + person.invitation.extension
    return rig.twilio.inbound(sender or person.phone, text, to=target, sid=new_sid())


def _levels(rig: Rig, person: Asked) -> list[int]:
    return [row[0] for row in rig.product.query(_LEVELS, {"case": person.case_id})]


def _kept(rig: Rig, person: Asked) -> int:
    found: int = rig.one(_KEPT, {"case": person.case_id})
    return found


def _judge(finding: Finding, answers: list[int], wrong: list[str]) -> Finding:
    bad = Counter(status for status in answers if not 200 <= status < 300)
    finding.wrong += wrong + ([f"answers {dict(bad)}"] if bad else [])
    return finding
