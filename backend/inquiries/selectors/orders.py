"""Reading orders. Whose order it is, or whose post reaches it, is checked where the row is fetched."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Least

from backend.accounts.types import OrganisationInfo
from backend.attachments import selectors as attachments
from backend.attachments import services as attachment_services
from backend.attachments.types import Delivery
from backend.inquiries import policies, summaries
from backend.inquiries.models import Assignment, Follower, Order, OrderCaller, OrderClock, OrderFile, Publication, Reply
from backend.inquiries.rules import privacy, states
from backend.inquiries.services import common
from backend.inquiries.services.registration import query_digest
from backend.inquiries.types import (
    Action,
    AskedFor,
    Decision,
    InquiryError,
    PartState,
    PublicationState,
    Queue,
    ReplyState,
    State,
    Urgency,
)
from backend.journal.services import record
from backend.workflow import selectors as clocks
from backend.workflow.types import TaskInfo
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

MAX_SNAPSHOT = 200
TASK_KINDS = tuple(f"inquiry.{kind}" for kind in ("sign", "reply", "sign_off", "assist"))
DESK_TASK_KINDS = tuple(
    f"inquiry.{kind}" for kind in ("dispatch", "decide_return", "decide_extension", "review", "callback")
)


def own_orders(actor: Actor) -> QuerySet[Order]:
    """What the actor asked, to be ordered and paged by the caller."""
    if actor.user_id is None:
        return Order.objects.none()
    return _listed().filter(caller__person_id=actor.user_id)


def followed_orders(actor: Actor) -> QuerySet[Order]:
    """What the actor follows after a “me too”."""
    if actor.user_id is None:
        return Order.objects.none()
    return _listed().filter(followers__person_id=actor.user_id)


def own_order(actor: Actor, order_id: UUID) -> Order:
    """One of the actor's own orders, or one he follows. Raises NOT_FOUND for everybody else's."""
    mine = Q(caller__person_id=actor.user_id) | Q(followers__person_id=actor.user_id)
    found = (
        Order.objects.select_related("topic").filter(mine, pk=order_id).distinct().first() if actor.user_id else None
    )
    if found is None:
        raise DomainError(InquiryError.NOT_FOUND)
    return found


def is_caller(actor: Actor, order: Order) -> bool:
    """Whether the actor asked for it (as against following it)."""
    return OrderCaller.objects.filter(order=order, person_id=actor.user_id).exists()


def progress(order_no: str, query_code: str) -> Order:
    """The order that number and query code stand for. Raises PROGRESS_NOT_FOUND, the same for every wrong pair."""
    order = Order.objects.select_related("topic").filter(order_no=order_no).first()
    given = query_digest(query_code)
    stored = bytes(order.query_digest) if order else b"\0" * len(given)
    if not hmac.compare_digest(given, stored) or order is None:
        raise DomainError(InquiryError.PROGRESS_NOT_FOUND)
    return order


def desk_orders(
    actor: Actor,
    *,
    state: str = "",
    order_no: str = "",
    unit_id: UUID | None = None,
    queue: str = "",
    centre_id: UUID | None = None,
) -> QuerySet[Order]:
    """The orders of a centre's desk for who holds a post there; open ones when nothing narrows.

    The city may look into a county's desk (`centre_id`); a number finds an order at each desk the official may look
    into. Raises NOT_FOUND for others.
    """
    desk = desk_at(actor, centre_id)
    nearest = OrderClock.objects.filter(order=OuterRef("pk"), closed_at=None).order_by("due_at").values("due_at")[:1]
    rows = _listed().select_related("topic", "caller").defer(*summaries.NEVER_LISTED, *_CALLER_NOT_LISTED)
    rows = rows.annotate(next_due=Least(_ANSWER_DUE, Subquery(nearest)))
    if order_no:
        return rows.filter(order_no=order_no, centre_path__startswith=desk.path)
    rows = rows.filter(centre_id=desk.id)
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if state:
        return rows.filter(state=State(state))
    return rows.filter(in_queue(Queue(queue)) if queue else Q(), is_open=True)


_CALLER_NOT_LISTED = ("caller__phone", "caller__phone_index")
_ANSWERED = (State.REVIEW, State.CALLBACK)
_ANSWER_DUE = Case(When(state__in=_ANSWERED, then=None), default="due_at")
"""Once there is an answer its limit runs no more."""


def in_queue(queue: Queue) -> Q:
    """The open orders that wait for one thing."""
    if queue is Queue.URGENT:
        return Q(rank=states.RANKS[Urgency.URGENT])
    if queue is Queue.OVERDUE:
        now = clock.now()
        late = OrderClock.objects.filter(order=OuterRef("pk"), closed_at=None, due_at__lt=now)
        return (Q(due_at__lt=now) & ~Q(state__in=_ANSWERED)) | Q(Exists(late))
    return Q(state__in=_WAITING[queue])


_WAITING = {
    Queue.TO_DISPATCH: (State.RECEIVED, State.REGISTERED),
    Queue.TO_DECIDE: (State.RETURN_REQUESTED,),
    Queue.TO_REVIEW: (State.REVIEW,),
    Queue.TO_CALL_BACK: (State.CALLBACK,),
}


def desk_centre(actor: Actor) -> OrganisationInfo:
    """The centre of the hotline at which the official holds a post: the city's, or a county's own. Raises NOT_FOUND
    for everybody else."""
    centre = common.desk_of(actor)
    if centre is None:
        raise DomainError(InquiryError.NOT_FOUND)
    return centre


def desk_at(actor: Actor, centre_id: UUID | None) -> OrganisationInfo:
    """The official's own centre, or one into whose desk he may look. Raises NOT_FOUND."""
    own = desk_centre(actor)
    if centre_id in {None, own.id}:
        return own
    found = next((one for one in desk_centres(actor) if one.id == centre_id), None)
    if found is None:
        raise DomainError(InquiryError.NOT_FOUND)
    return found


def desk_centres(actor: Actor) -> list[OrganisationInfo]:
    """The centres whose desks the official may look into, his own first. Raises NOT_FOUND."""
    own = desk_centre(actor)
    return [one for one in policies.centres() if one.path.startswith(own.path)]


def reached_order(actor: Actor, order_id: UUID) -> Order:
    """An order that an official's post reaches, at the hotline or in a unit.

    `order_id` may be that of a unit's part, as to-dos of assisting units name it. Raises NOT_FOUND.
    """
    rows = Order.objects.select_related("topic")
    order = rows.filter(pk=order_id).first() or rows.filter(assignments=order_id).first()
    if order is None or not common.roles_on(actor, order):
        raise DomainError(InquiryError.NOT_FOUND)
    return order


@transaction.atomic
def handled_order(actor: Actor, order_id: UUID) -> Order:
    """The order that `reached_order` finds; the view is journalled. Raises NOT_FOUND."""
    order = reached_order(actor, order_id)
    record(
        actor=common.concealed(order, actor),
        action="inquiry.viewed",
        subject=(common.SUBJECT, order.id),
        organisation_id=order.unit_id or order.centre_id,
        data={"version": order.version, "state": order.state},
    )
    return order


def sees_centre(actor: Actor, order: Order) -> bool:
    """Whether the official reads the order as the hotline does, not as a unit."""
    return any(actor.has_role(role, path=order.centre_path) for role in states.CENTRE_ROLES)


def sees_whole(actor: Actor, order: Order) -> bool:
    """Whether caller and words are open to the official: at the hotline, in a unit unless the caller is protected."""
    return sees_centre(actor, order) or not order.is_protected


def actions_for(actor: Actor, order: Order) -> tuple[Action, ...]:
    """What this official may do on the order now; nothing on what he asked himself."""
    if common.is_own(actor, order):
        return ()
    roles = common.roles_on(actor, order)
    found = states.possible_actions(State(order.state), roles, returns=order.return_count)
    allowed = [a for a in found if roles & states.roles_for(a, returns=order.return_count, heavy=order.is_heavy)]
    return tuple(action for action in allowed if _fits(action, actor, order))


def _fits(action: Action, actor: Actor, order: Order) -> bool:
    if action is Action.SIGN:
        return any(part.signed_at is None and part.state != PartState.ANSWERABLE for part in _own_parts(actor, order))
    if action is Action.GIVE_OPINION:
        return any(part.part == "assist" for part in _own_parts(actor, order))
    if action in {Action.CONTACT, Action.SUBMIT_REPLY, Action.REQUEST_RETURN, Action.REQUEST_EXTENSION}:
        return any(part.part == "lead" and part.state != PartState.ANSWERABLE for part in _own_parts(actor, order))
    if action is Action.PASS_CENTRE:
        return policies.has_counties()
    if action in {Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION}:
        return order.extensions.filter(decision="open").exists()
    return True


def _own_parts(actor: Actor, order: Order) -> list[Assignment]:
    return [
        part
        for part in common.parts(order)
        if any(actor.has_role(role, path=part.unit_path) for role in states.UNIT_ROLES)
    ]


def words_for(actor: Actor, order: Order) -> str:
    """The words of the order: a unit reads those of a protected one without names and numbers."""
    return (order.content if sees_whole(actor, order) else order.shown_content) or ""


def place_for(actor: Actor, order: Order) -> str:
    """The place in words; it may be the caller's home, so a protected one's house and door are hidden from the unit."""
    words = order.place_words or ""
    return words if sees_whole(actor, order) else privacy.hidden(words)


def replies_of(order: Order, *, only_passed: bool) -> list[Reply]:
    """The answers, oldest first; those who asked see what has passed the review."""
    rows = order.replies.order_by("written_at", "id")
    return list(rows.filter(state=ReplyState.PASSED) if only_passed else rows)


def open_requests_of(order: Order) -> list[AskedFor]:
    """What units ask the hotline for and nobody has decided yet: to give the order back, to have more time."""
    found = [
        AskedFor(
            kind="return",
            unit_name=one.assignment.unit_name,
            reason=_reason_name(one.reason_code),
            clause=one.clause,
            note=one.reason or "",
            asked_at=one.asked_at,
            number=one.number,
        )
        for one in order.returns.filter(decision=Decision.OPEN).select_related("assignment")
    ]
    return found + [
        AskedFor("extension", order.unit_name, "", one.basis, one.reason or "", one.asked_at, days=one.days)
        for one in order.extensions.filter(decision=Decision.OPEN)
    ]


def _reason_name(code: str) -> str:
    return next((row.name for row in policies.reasons("return") if row.code == code), code)


def files_for(actor: Actor, order: Order) -> list[OrderFile]:
    """The files of an order; a protected caller's voice is not heard in the unit.

    Who asked has his own and those of the answers that went to him: what the unit keeps for itself is not his.
    """
    if is_caller(actor, order):
        with_answers = [one for reply in replies_of(order, only_passed=True) for one in reply.file_ids]
        return list(OrderFile.objects.filter(Q(order=order, by="caller") | Q(pk__in=with_answers)).order_by("at", "id"))
    if not common.roles_on(actor, order):
        return _public_files(order)
    found = list(order.files.order_by("at", "id"))
    whole = sees_whole(actor, order)
    return found if whole else [one for one in found if not (one.is_voice and one.by == "caller")]


def _public_files(order: Order) -> list[OrderFile]:
    """What a follower may have: the papers of the answers, once a person has confirmed that they may be public."""
    if order.is_protected or not Publication.objects.filter(order=order, state=PublicationState.PUBLISHED).exists():
        return []
    with_answers = [one for reply in replies_of(order, only_passed=True) for one in reply.file_ids]
    return list(OrderFile.objects.filter(order=order, pk__in=with_answers).order_by("at", "id"))


def _follows(actor: Actor, order: Order) -> bool:
    return actor.user_id is not None and Follower.objects.filter(order=order, person_id=actor.user_id).exists()


def file_content(
    actor: Actor, order_id: UUID, file_id: UUID, range_header: str | None = None
) -> tuple[Delivery, Iterator[bytes]]:
    """A file's bytes for who asked or handles it; an official's look is journalled.

    Raises NOT_FOUND, FILE_NOT_FOUND.
    """
    order = Order.objects.filter(pk=order_id).first()
    mine = order is not None and actor.user_id is not None and is_caller(actor, order)
    if order is None or not (mine or common.roles_on(actor, order) or _follows(actor, order)):
        raise DomainError(InquiryError.NOT_FOUND)
    found = next((one for one in files_for(actor, order) if one.id == file_id), None)
    if found is None:
        raise DomainError(InquiryError.FILE_NOT_FOUND)
    if not mine and common.roles_on(actor, order):
        attachment_services.note_read(actor=actor, file_id=found.file_id, organisation_id=order.unit_id)
    return attachments.serve(found.file_id, range_header)


def tasks_for(
    actor: Actor, *, state: str, sort: str, cursor: str | None, limit: int, desk: bool = False
) -> tuple[list[tuple[TaskInfo, Order]], str | None]:
    """An official's to-dos about orders, with their orders, by time left or newest."""
    kinds = DESK_TASK_KINDS if desk else TASK_KINDS
    page = clocks.tasks_for(actor, state=state, sort=sort, cursor=cursor, limit=limit, kinds=kinds)
    parts = [task.subject_id for task in page.items if task.subject_kind == common.PART]
    of_part = dict(Assignment.objects.filter(pk__in=parts).values_list("id", "order_id"))
    ids = {task.id: of_part.get(task.subject_id, task.subject_id) for task in page.items}
    orders = _listed().in_bulk(list(ids.values()))
    return [(task, orders[ids[task.id]]) for task in page.items if ids[task.id] in orders], page.next


def snapshot_for(actor: Actor) -> dict[str, Any]:
    """The inquiries part of a person's live state: what was asked and what is followed, newest first."""
    if actor.user_id is None:
        return {"inquiries": []}
    followed = Follower.objects.filter(person_id=actor.user_id).values("order_id")
    rows = _listed().filter(Q(caller__person_id=actor.user_id) | Q(pk__in=followed))
    return {"inquiries": [summaries.summary(order) for order in rows.order_by("-received_at", "-id")[:MAX_SNAPSHOT]]}


def due_before(moment: datetime) -> QuerySet[Order]:
    """Open orders whose limit ends before a moment, for the watchers."""
    return Order.objects.filter(is_open=True, due_at__lt=moment)


def _listed() -> QuerySet[Order]:
    return Order.objects.select_related("topic").defer(*summaries.NEVER_LISTED)
