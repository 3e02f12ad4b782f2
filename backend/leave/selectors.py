"""Reading leave. Reason and papers are for the person and those who decide; colleagues see until when one is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Sum

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo
from backend.attachments import selectors as attachments
from backend.attachments import services as attachment_services
from backend.attachments.types import Delivery
from backend.leave import rules, store
from backend.leave.models import Approver, Charge, Decision, LeaveKind, LeaveRequest, Paper
from backend.leave.types import STANDING, AwayInfo, BalanceInfo, Group, Half, LeaveError, LeaveState, Point
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError

AWAY = (LeaveState.GRANTED.value, LeaveState.RETURNED.value)


def check_official(actor: Actor) -> OfficialInfo:
    """The actor as somebody with a post. Raises FORBIDDEN for everybody else."""
    person = store.official(actor.person_id) if actor.kind is ActorKind.OFFICIAL else None
    if person is None:
        raise DomainError(CommonError.FORBIDDEN)
    return person


def kinds(actor: Actor) -> list[LeaveKind]:
    """The kinds that hold today. Raises FORBIDDEN for citizens."""
    check_official(actor)
    return store.kinds_on(clock.today())


def balances(actor: Actor, year: int) -> list[BalanceInfo]:
    """One's own days of a year, of every kind that has a balance. Raises FORBIDDEN for citizens."""
    person = check_official(actor)
    written = {row.kind: row for row in store.balances_of(person.id).filter(year=year)}
    held = Charge.objects.filter(request__person_id=person.id, request__state=LeaveState.ASKED, year=year)
    waiting = dict(held.values_list("request__kind__code").annotate(total=Sum("days")))
    found = []
    for kind in store.kinds_on(clock.today()):
        if not kind.from_balance:
            continue
        row, (reached, known) = written.get(kind.code), _reached(person.id, year)
        found.append(
            BalanceInfo(
                kind=kind.code,
                year=year,
                granted=max(row.granted, reached) if row else reached,
                carried=row.carried if row else Decimal(0),
                used=row.used if row else Decimal(0),
                waiting=waiting.get(kind.code, Decimal(0)),
                known=known,
            )
        )
    return found


def requests(actor: Actor, *, to_decide: bool, state: str = "") -> QuerySet[LeaveRequest]:
    """One's own requests, or those that wait for one's decision. Raises FORBIDDEN for citizens."""
    check_official(actor)
    rows = LeaveRequest.objects.select_related("kind")
    if state:
        rows = rows.filter(state=state)
    if not to_decide:
        return rows.filter(person_id=actor.person_id)
    seats = Approver.objects.filter(request=OuterRef("pk"), level=OuterRef("level"), person_id__in=_seats_held(actor))
    decided = Decision.objects.filter(request=OuterRef("pk"), person_id=actor.person_id)
    waiting = rows.filter(Exists(seats), ~Exists(decided), state=LeaveState.ASKED)
    return waiting.exclude(person_id=actor.person_id)


def request_for(actor: Actor, request_id: UUID) -> LeaveRequest:
    """One request with papers and decisions, for the person and those who decide. Raises NOT_FOUND."""
    row = (
        LeaveRequest.objects.select_related("kind")
        .prefetch_related(
            Prefetch("papers", queryset=Paper.objects.order_by("id")),
            Prefetch("decisions", queryset=Decision.objects.order_by("level")),
            Prefetch("approvers", queryset=Approver.objects.order_by("level", "id")),
        )
        .filter(pk=request_id)
        .first()
    )
    if row is None or not may_see(actor, row):
        raise DomainError(LeaveError.NOT_FOUND)
    return row


def may_see(actor: Actor, row: LeaveRequest) -> bool:
    """Whether the actor asked, decides, decided, or stands in for who decides."""
    if row.person_id == actor.person_id:
        return True
    held = _seats_held(actor)
    return row.approvers.filter(person_id__in=held).exists() or row.decisions.filter(person_id=actor.person_id).exists()


def seat_of(actor: Actor, row: LeaveRequest) -> Approver | None:
    """The place from which the actor decides the level that is open: the own one, else of somebody who is away."""
    seats = [seat for seat in row.approvers.all() if seat.level == row.level]
    own = next((seat for seat in seats if seat.person_id == actor.person_id), None)
    if own is not None:
        return own
    held = set(_seats_held(actor))
    return next((seat for seat in seats if seat.person_id in held), None)


def acts(actor: Actor, row: LeaveRequest) -> list[str]:
    """What the actor may do with a request now; read with its decisions and approvers."""
    state = LeaveState(row.state)
    if row.person_id != actor.person_id:
        decided = any(one.person_id == actor.person_id for one in row.decisions.all())
        is_open = state is LeaveState.ASKED and not decided and seat_of(actor, row) is not None
        return ["decide"] if is_open else []
    if state is LeaveState.ASKED:
        return ["withdraw", "add_file", "remove_file"]
    if state is LeaveState.GRANTED:
        begun = rules.position(now_half()) >= row.first_half
        return ["return" if begun else "cancel", "add_file"]
    return []


def lacks_paper(row: LeaveRequest) -> bool:
    """Whether a proof must be added before it can be granted."""
    kind = row.kind
    return kind.paper and row.days > kind.paper_above_days and not row.papers.exists()


def now_half() -> Point:
    """The half-day that it is now."""
    local = clock.local(clock.now())
    return Point(local.date(), Half.PM if local.hour >= 12 else Half.AM)


def standing(person_id: UUID, first: int, past: int) -> QuerySet[LeaveRequest]:
    """What stands of a person in a span of half-days, asked for or granted. For this app's services."""
    states = [state.value for state in STANDING]
    return LeaveRequest.objects.filter(person_id=person_id, state__in=states, first_half__lt=past, past_half__gt=first)


def away(actor: Actor, organisation_id: UUID | None = None) -> list[AwayInfo]:
    """Who of one's own unit, or one of one's own branch, is away now and until when; never why.

    Raises FORBIDDEN for citizens, UNIT_NOT_FOUND.
    """
    person = check_official(actor)
    unit = person.organisation
    if organisation_id is not None and organisation_id != unit.id:
        found = accounts.organisations_by_id([organisation_id]).get(organisation_id)
        if found is None or not _in_branch(actor, found.path):
            raise DomainError(LeaveError.UNIT_NOT_FOUND)
        unit = found
    now = rules.position(now_half())
    rows = LeaveRequest.objects.filter(
        organisation_id=unit.id, state__in=AWAY, first_half__lte=now, past_half__gt=now
    ).select_related("kind")
    return [
        AwayInfo(row.person_id, row.name, Group(row.kind.group), row.ends_on, Half(row.ends_half), row.stand_in_name)
        for row in rows.order_by("past_half", "id")
    ]


def serve_paper(
    actor: Actor, request_id: UUID, file_id: UUID, range_header: str | None
) -> tuple[Delivery, Iterator[bytes]]:
    """A proof of a request that one may see; each reading is journalled. Raises NOT_FOUND."""
    row = request_for(actor, request_id)
    if not any(paper.file_id == file_id for paper in row.papers.all()):
        raise DomainError(LeaveError.NOT_FOUND)
    attachment_services.note_read(actor=actor, file_id=file_id, organisation_id=row.organisation_id)
    return attachments.serve(file_id, range_header)


def _seats_held(actor: Actor) -> list[UUID]:
    return [actor.person_id, *workflow.principals_of(actor)]


def _reached(person_id: UUID, year: int) -> tuple[Decimal, bool]:
    today = clock.today()
    on = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    try:
        step = store.entitlement(person_id, on)
    except DomainError:
        return Decimal(0), False
    return (step.days if step else Decimal(0)), True


def _in_branch(actor: Actor, path: str) -> bool:
    return any(path.startswith(grant.path) or grant.path.startswith(path) for grant in actor.grants)
