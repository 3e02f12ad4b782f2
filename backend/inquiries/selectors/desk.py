"""The operators' desk: calls, a caller's history, the wallboard, hand-overs, publications, figures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.inquiries import policies, summaries
from backend.inquiries.models import Call, Handover, Order, Publication
from backend.inquiries.rules import states, wording
from backend.inquiries.selectors.orders import desk_at, desk_centre, in_queue
from backend.inquiries.services import calls as call_services
from backend.inquiries.services.phones import phone_index
from backend.inquiries.types import CallState, HandoverInfo, InquiryError, Outcome, PublicationState, Queue, Wallboard
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.clock import SHANGHAI
from kernel.errors import DomainError

LIVE = (CallState.WAITING, CallState.ANSWERED)
MAX_HISTORY = 50
MAX_HOT = 3000
MAX_LIVE_CALLS = 200
HEARD = (Outcome.SATISFIED, Outcome.UNSATISFIED)


def calls(actor: Actor) -> QuerySet[Call]:
    """The hotline's calls; for a county's centre those of its orders. Raises NOT_FOUND for who holds no post there."""
    return _calls_of(desk_centre(actor))


def _calls_of(centre: OrganisationInfo) -> QuerySet[Call]:
    """One number in: calls come to the city's operators."""
    whole = centre.code == policies.word(policies.CENTRE_CODE)
    return Call.objects.all() if whole else Call.objects.filter(order__centre_path__startswith=centre.path)


def call(actor: Actor, call_id: UUID) -> Call:
    """One call. Raises NOT_FOUND, CALL_NOT_FOUND."""
    found = calls(actor).filter(pk=call_id).first()
    if found is None:
        raise DomainError(InquiryError.CALL_NOT_FOUND)
    return found


def call_row(row: Call) -> dict[str, Any]:
    """A call as the desk shows it."""
    return call_services.row(row)


@transaction.atomic
def caller_history(actor: Actor, phone: str) -> list[Order]:
    """What a number asked before, newest first: the pop-up when it calls. The look is journalled. Raises NOT_FOUND."""
    centre = desk_centre(actor)
    rows = Order.objects.select_related("topic").defer(*summaries.NEVER_LISTED)
    rows = rows.filter(caller__phone_index=phone_index(phone), centre_path__startswith=centre.path)
    found = list(rows.order_by("-received_at", "-id")[:MAX_HISTORY])
    record(
        actor=actor,
        action="inquiry.history_viewed",
        subject=("inquiry_caller", None),
        organisation_id=centre.id,
        data={"orders": len(found)},
        private={"phone": phone},
    )
    return found


def snapshot_for(actor: Actor) -> dict[str, Any]:
    """The calls part of an operator's live state."""
    try:
        centre = policies.centre()
    except DomainError:
        return {"calls": []}
    if not actor.has_role(states.OPERATOR, path=centre.path):
        return {"calls": []}
    rows = Call.objects.filter(state__in=LIVE).order_by("received_at", "id")[:MAX_LIVE_CALLS]
    return {"calls": [call_services.row(row) for row in rows]}


def wallboard(actor: Actor, centre_id: UUID | None = None) -> Wallboard:
    """A desk of the hotline at a glance, calls of today. Raises NOT_FOUND for who may not look into it."""
    centre = desk_at(actor, centre_id)
    now = clock.now()
    begin = datetime.combine(clock.local(now).date(), time(), tzinfo=SHANGHAI)
    today = list(_calls_of(centre).filter(received_at__gte=begin).values_list("state", "received_at", "answered_at"))
    goal_seconds = policies.number(policies.QUICK_SECONDS)
    quick = timedelta(seconds=goal_seconds)
    waiting = [at for state, at, _ in today if state == CallState.WAITING]
    offered = [row for row in today if row[0] != CallState.WAITING]
    answered = [taken - at for _, at, taken in offered if taken is not None]
    in_time = sum(1 for wait in answered if wait <= quick)
    open_ones = Order.objects.filter(centre_id=centre.id, is_open=True)
    queues = {one.value: Count("id", filter=in_queue(one)) for one in Queue}
    counts = open_ones.aggregate(open=Count("id"), **queues)
    return Wallboard(
        waiting=len(waiting),
        talking=sum(1 for state, _, _ in today if state == CallState.ANSWERED),
        longest_wait_seconds=int(max(((now - at).total_seconds() for at in waiting), default=0)),
        offered=len(offered),
        answered=len(answered),
        answered_in_15s=in_time,
        connected_share=round(len(answered) / len(offered), 4) if offered else None,
        quick_share=round(in_time / len(answered), 4) if answered else None,
        open_orders=counts["open"],
        overdue=counts["overdue"],
        urgent_open=counts["urgent"],
        to_dispatch=counts["to_dispatch"],
        to_call_back=counts["to_call_back"],
        to_decide=counts["to_decide"],
        to_review=counts["to_review"],
        goal_seconds=goal_seconds,
        goal_percent=policies.number(policies.CONNECTED_PERCENT),
        at=now,
        handover=_last_handover(centre),
    )


def _last_handover(centre: OrganisationInfo) -> HandoverInfo | None:
    found = Handover.objects.select_related("taken").filter(centre_id=centre.id).order_by("-at", "-id").first()
    return handover_info(found) if found is not None else None


def handover_info(row: Handover) -> HandoverInfo:
    """Who handed over, and who has confirmed it, if anybody."""
    taken = getattr(row, "taken", None)
    return HandoverInfo(row.by_name, row.at, taken.by_name if taken else "", taken.at if taken else None)


def units(actor: Actor) -> list[OrganisationInfo]:
    """The units that orders can be given to, by the tree. Raises NOT_FOUND."""
    return accounts.organisations_with_role(states.HANDLER, desk_centre(actor).path)


def handovers(actor: Actor) -> QuerySet[Handover]:
    """Hand-overs between shifts. Raises NOT_FOUND."""
    return Handover.objects.select_related("taken").filter(centre_id=desk_centre(actor).id)


def publications(actor: Actor, state: str) -> QuerySet[Publication]:
    """Proposals and what became of them, for the hotline. Raises NOT_FOUND."""
    rows = Publication.objects.select_related("topic").filter(state=PublicationState(state))
    return rows.filter(order__centre_path__startswith=desk_centre(actor).path)


def published(
    query: str = "", *, topic_code: str = "", area_code: str = "", channel: str = ""
) -> QuerySet[Publication]:
    """Answered inquiries that everybody may read; of a channel when one is named (the leaders' mailbox)."""
    rows = Publication.objects.select_related("topic").filter(state=PublicationState.PUBLISHED)
    for word in wording.query_words(query):
        rows = rows.filter(search_text__contains=word)
    if topic_code:
        rows = rows.filter(topic__code__startswith=topic_code)
    if channel:
        rows = rows.filter(order__channel=channel)
    return rows.filter(area_code__startswith=area_code) if area_code else rows


def published_one(publication_id: UUID) -> Publication:
    """One of them. Raises ENTRY_NOT_FOUND."""
    found = published().filter(pk=publication_id).first()
    if found is None:
        raise DomainError(InquiryError.ENTRY_NOT_FOUND)
    return found


def statistics(begin: date, end: date) -> dict[str, Any]:
    """Public figures by day of receipt, end included: numerators beside denominators. Two truths apart: what units say
    is done, what citizens say is solved; those not reached count in neither satisfaction nor solving."""
    rows = Order.objects.filter(received_at__gte=_start(begin), received_at__lt=_start(end + timedelta(days=1)))
    totals = rows.aggregate(
        received=Count("id"),
        open=Count("id", filter=Q(is_open=True)),
        unit_done=Count("id", filter=~Q(unit_done_at=None)),
        heard=Count("id", filter=Q(outcome__in=HEARD)),
        citizen_solved=Count("id", filter=Q(outcome__in=HEARD, solved=True)),
        citizen_satisfied=Count("id", filter=Q(outcome__in=HEARD, satisfied=True)),
        contacted_asked=Count("id", filter=Q(outcome__in=HEARD, contacted__isnull=False)),
        contacted=Count("id", filter=Q(outcome__in=HEARD, contacted=True)),
        unreachable=Count("id", filter=Q(outcome=Outcome.UNREACHABLE)),
        redone=Count("id", filter=Q(redo_count__gt=0)),
        returned=Count("id", filter=Q(return_count__gt=0)),
        reopened=Count("id", filter=Q(reopen_count__gt=0)),
    )
    by_type = rows.values("request_type").annotate(number=Count("id")).order_by("-number", "request_type")
    by_channel = rows.values("channel").annotate(number=Count("id")).order_by("-number", "channel")
    return {
        **totals,
        "by_type": [{"key": row["request_type"], "count": row["number"]} for row in by_type],
        "by_channel": [{"key": row["channel"], "count": row["number"]} for row in by_channel],
    }


def hot_topics(actor: Actor, begin: date, end: date) -> list[dict[str, Any]]:
    """Topic × area × week, most first. Raises NOT_FOUND for who holds no post at the hotline."""
    centre = desk_centre(actor)
    rows = (
        Order.objects.filter(
            centre_path__startswith=centre.path,
            received_at__gte=_start(begin),
            received_at__lt=_start(end + timedelta(days=1)),
            topic__isnull=False,
        )
        .annotate(week=TruncWeek("received_at", tzinfo=SHANGHAI))
        .values("topic__code", "topic__path", "area_code", "week")
        .annotate(number=Count("id"))
        .order_by("-number", "topic__code", "area_code")[:MAX_HOT]
    )
    return [
        {
            "topic": row["topic__code"],
            "path": row["topic__path"],
            "area_code": row["area_code"],
            "week": row["week"].date().isoformat(),
            "count": row["number"],
        }
        for row in rows
    ]


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=SHANGHAI)
