"""A text came in: does it answer an invitation, which one, and what is answered (reliability F25, F26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.ratings.models import Invitation, Rating, RatingReply
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.replies import is_for_the_hotline, parse_reply, split_code
from backend.ratings.services import answering
from backend.ratings.services.common import PHONE, number_index
from backend.ratings.services.rating import Given, add_reason, apply
from backend.ratings.types import Channel, InvitationState, ParsedReply, ReplyFate, ReplyKind
from sms import selectors as sms
from sms.types import InboundInfo


@dataclass(frozen=True, slots=True)
class Matched:
    """Which invitations a text may answer. One: it is meant. Several: nobody can tell without a code."""

    open: tuple[Invitation, ...]
    late: Invitation | None = None


@transaction.atomic
def receive_reply(*, inbound_id: UUID) -> ReplyFate | None:
    """Take in a text. None when its sender was never asked, or nothing is left to answer: then nothing happens."""
    found = sms.inbound(inbound_id)
    if is_for_the_hotline(found.text):
        return None
    matched = _match(found)
    if matched.open:
        return _answer_open(found, matched.open)
    if matched.late is not None:
        return _answer_late(found, matched.late)
    return None


def _match(found: InboundInfo) -> Matched:
    """By extension; without one, all of the number's invitations that are still in their window, or the last one
    whose window ended lately. Where none can be changed any more the newest is meant, and keeps the text."""
    asked = Invitation.objects.select_for_update().filter(
        number_index=number_index(found.from_number),
        asked_at__lte=found.received_at,
        window_ends_at__gte=found.received_at - timedelta(days=policy_in_force().late_days),
    )
    newest_first = list(asked.exclude(state=InvitationState.WAITING).order_by("-asked_at", "-id"))
    named = [row for row in newest_first if found.extension and row.extension == found.extension][:1]
    candidates = named or newest_first
    in_window = [row for row in candidates if found.received_at <= row.window_ends_at]
    if in_window:
        return Matched(tuple(row for row in in_window if _can_change(row, found.received_at)) or (in_window[0],))
    return Matched((), candidates[0] if candidates else None)


def _can_change(row: Invitation, at: datetime) -> bool:
    """Not rated yet, or not so long ago that nothing can change any more."""
    rating = Rating.objects.filter(invitation=row).first()
    return rating is None or at - rating.rated_at <= timedelta(seconds=policy_in_force().change_seconds)


def _answer_open(found: InboundInfo, rows: Sequence[Invitation]) -> ReplyFate:
    coded = split_code(found.text)
    if coded is not None:
        meant = [row for row in rows if row.case_no.endswith(coded[0])]
        said = parse_reply(coded[1], meant[0].reply_map) if len(meant) == 1 else None
        if said is not None and said.kind in {ReplyKind.LEVEL, ReplyKind.CONFLICT}:
            return _take(found, meant[0], said)
    if len(rows) == 1 or found.opt_out:
        return _take(found, rows[0], parse_reply(found.text, rows[0].reply_map))
    return _ask_which(found, rows)


def _ask_which(found: InboundInfo, rows: Sequence[Invitation]) -> ReplyFate:
    said = parse_reply(found.text, rows[0].reply_map)
    waiting = [row for row in rows if _awaits_reason(row)]
    if said.kind is ReplyKind.HELP and len(waiting) == 1:
        return _take(found, waiting[0], said)
    _keep(found, rows[0], said, ReplyFate.AMBIGUOUS)
    answering.which(rows[0], found.from_number)
    return ReplyFate.AMBIGUOUS


def _take(found: InboundInfo, row: Invitation, said: ParsedReply) -> ReplyFate:
    """The text answers this invitation."""
    if found.opt_out or said.kind is ReplyKind.OPT_OUT:
        return _keep(found, row, ParsedReply(ReplyKind.OPT_OUT), ReplyFate.OPTED_OUT)
    if said.kind is ReplyKind.LEVEL and said.level is not None:
        return _rate(found, row, said, said.level)
    if said.kind is ReplyKind.CONFLICT:
        _keep(found, row, said, ReplyFate.CONFLICT)
        answering.conflict(row, found.from_number)
        return ReplyFate.CONFLICT
    if _awaits_reason(row) and found.text.strip() and add_reason(row, found.text.strip()):
        return _keep(found, row, ParsedReply(ReplyKind.REASON), ReplyFate.REASON)
    _keep(found, row, said, ReplyFate.NOT_UNDERSTOOD)
    answering.explain(row, found.from_number)
    return ReplyFate.NOT_UNDERSTOOD


def _awaits_reason(row: Invitation) -> bool:
    return row.reason_asked_at is not None and Rating.objects.filter(invitation=row, comment=None).exists()


def _rate(found: InboundInfo, row: Invitation, said: ParsedReply, level: int) -> ReplyFate:
    given = Given(level, (), said.comment, Channel.SMS, found.received_at)
    fate = apply(PHONE, row, given)
    _keep(found, row, said, fate)
    if fate is ReplyFate.COUNTED:
        answering.thank(row, found.from_number, level, has_comment=bool(said.comment))
    return fate


def _answer_late(found: InboundInfo, row: Invitation) -> ReplyFate | None:
    """After the window: kept, marked, not counted, answered once. Anything but a rating is for somebody else."""
    said = parse_reply(found.text, row.reply_map)
    if said.kind is not ReplyKind.LEVEL:
        return None
    _keep(found, row, said, ReplyFate.LATE)
    answering.too_late(row, found.from_number)
    return ReplyFate.LATE


def _keep(found: InboundInfo, row: Invitation, said: ParsedReply, fate: ReplyFate) -> ReplyFate:
    RatingReply.objects.create(
        invitation=row,
        inbound_id=found.id,
        kind=said.kind,
        fate=fate,
        level=said.level,
        raw=found.text,
        received_at=found.received_at,
    )
    return fate
