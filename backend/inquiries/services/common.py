"""What every act on an order shares: the locked row, what it may write, the story, the event, the live screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.inquiries import policies, summaries
from backend.inquiries.events import CALLER_TOLD
from backend.inquiries.models import Assignment, Follower, Order, OrderCaller, OrderEntry
from backend.inquiries.rules import states
from backend.inquiries.rules.texts import answer_code
from backend.inquiries.types import STATE_LABELS, Action, InquiryError, PartState, Side, State
from backend.journal.services import record_change
from backend.workflow import services as workflow
from kernel import clock, realtime
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError
from kernel.events import Event, EventType, emit

SUBJECT, PART = "inquiry", "inquiry_part"
ACTIVE = (PartState.DISPATCHED, PartState.SIGNED, PartState.ANSWERABLE)


def locked(order_id: UUID) -> Order:
    """An order, locked, with its turn taken. Raises NOT_FOUND."""
    if not Order.objects.filter(pk=order_id).exists():
        raise DomainError(InquiryError.NOT_FOUND)
    take_turn()
    return Order.objects.select_for_update(of=("self",)).select_related("topic").get(pk=order_id)


def desk_of(actor: Actor) -> OrganisationInfo | None:
    """The centre at which an official holds a post: the city's, which covers all, else a county's own."""
    held = {grant.path for grant in actor.grants if grant.role in states.CENTRE_ROLES}
    if not held:
        return None
    city = policies.centre()
    if any(city.path.startswith(path) for path in held):
        return city
    if not any(path.startswith(city.path) for path in held):
        return None
    return next((one for one in policies.centres()[1:] if any(one.path.startswith(path) for path in held)), None)


def take_turn() -> None:
    """Wait until nobody of the hotline's net is in the middle of an act: acts write to the live logs of several posts,
    also of two centres, and take numbers, each in its own order; without turns two could wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(43, 0)")


def own_order(actor: Actor, order_id: UUID, version: int | None) -> Order:
    """The caller's own order, locked. Raises NOT_FOUND for anybody else's, STALE."""
    if not OrderCaller.objects.filter(order_id=order_id, person_id=actor.person_id).exists():
        raise DomainError(InquiryError.NOT_FOUND)
    order = locked(order_id)
    check_version(order, version)
    return order


def roles_on(actor: Actor, order: Order) -> set[str]:
    """The roles by which an official reaches an order: the hotline's over its centre, a unit's over its part."""
    held = {role for role in states.CENTRE_ROLES if actor.has_role(role, path=order.centre_path)}
    paths = [part.unit_path for part in parts(order)]
    held |= {role for role in states.UNIT_ROLES if any(actor.has_role(role, path=path) for path in paths)}
    return held


def parts(order: Order) -> list[Assignment]:
    """The units that have to do with the order now, read once for each loaded order."""
    found: list[Assignment] | None = order.__dict__.get("_parts")
    if found is None:
        found = order.__dict__["_parts"] = list(
            order.assignments.filter(state__in=ACTIVE).order_by("dispatched_at", "id")
        )
    return found


def forget_parts(order: Order) -> None:
    """The units were changed: read them anew."""
    order.__dict__.pop("_parts", None)


def lead_part(order: Order) -> Assignment:
    """The lead unit's part. Raises NOT_FOUND when nobody has it."""
    found = [part for part in parts(order) if part.part == "lead" and part.state != PartState.ANSWERABLE]
    if not found:
        raise DomainError(InquiryError.NOT_FOUND)
    return found[-1]


def is_own(actor: Actor, order: Order) -> bool:
    """Whether the official asked for it himself."""
    return OrderCaller.objects.filter(order=order, person_id=actor.user_id).exists()


def check_version(order: Order, version: int | None) -> None:
    """Refuse an act on something else than what the actor has seen."""
    if version is not None and version != order.version:
        now = {"version": order.version, "state": order.state, "updated_at": clock.local(order.updated_at).isoformat()}
        raise DomainError(CommonError.STALE, extra={"current": now})


def check_state(order: Order, action: Action) -> None:
    """Refuse an act that the order's state does not allow."""
    state = State(order.state)
    if state not in states.RULES[action].states:
        label = STATE_LABELS[state]
        raise DomainError(
            InquiryError.ACTION_NOT_ALLOWED,
            state=label.zh,
            state_en=label.en,
            extra={"current": {"state": order.state, "version": order.version}},
        )


def concealed(order: Order, actor: Actor) -> Actor:
    """The actor as the journal, tasks and files may know him: nobody in particular, where the caller is protected."""
    if actor.kind is ActorKind.OFFICIAL and not order.is_protected:
        return actor
    if order.is_protected and (actor.kind is not ActorKind.OFFICIAL or is_own(actor, order)):
        return Actor(kind=ActorKind.CITIZEN) if actor.user_id else Actor(kind=actor.kind, name=actor.name)
    return actor


class Change:
    """One act on a locked order: collects what it writes, refuses what it does not own, and ends with `finish`."""

    def __init__(self, order: Order, actor: Actor, action: Action) -> None:
        self.order, self.action = order, action
        self.actor = concealed(order, actor)
        self.now = clock.now()
        self.fields: list[str] = []

    def set(self, **values: Any) -> None:
        """Write fields of the order. AssertionError for one that belongs to other acts."""
        if "state" in values:
            is_open = values["state"] not in states.ENDED
            if is_open != self.order.is_open:
                values["is_open"] = is_open
        foreign = states.fields_not_owned(self.action, values)
        if foreign:
            raise AssertionError(f"{self.action} does not own {sorted(foreign)}")
        for name, value in values.items():
            setattr(self.order, name, value)
        self.fields += [name for name in values if name not in self.fields]

    def note(self, *, note: str = "", side: Side = Side.ALL, unit_name: str = "", **facts: Any) -> None:
        """Keep who did what, in the story."""
        official = self.actor.kind is ActorKind.OFFICIAL and self.actor.user_id is not None
        OrderEntry.objects.create(
            order=self.order,
            action=self.action,
            side=side,
            state=self.order.state,
            actor_id=self.actor.user_id if official else None,
            actor_name=accounts.display_name(self.actor.person_id) if official else "",
            actor_kind=self.actor.kind.value,
            unit_name=unit_name,
            note=note.strip() or None,
            facts=plain(facts),
            at=self.now,
        )

    def finish(self, event: EventType, **data: Any) -> Event:
        """Write the row, journal, emit, show. Ends every act."""
        self.order.save_change(*self.fields, at=self.now)
        return tell(self.order, self.actor, event, self.now, **data)


def tell(order: Order, actor: Actor, event: EventType, at: datetime, **data: Any) -> Event:
    """Journal and emit a fact about the order as it stands, and show it on live screens."""
    told = record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, order.id),
        organisation_id=order.unit_id or order.centre_id,
        data={**facts(order, at), **plain(data)},
    )
    show(order, told.id, event.name)
    return told


def show(order: Order, event_id: UUID, type: str) -> None:
    """Put the order as it stands on the screens of those who asked and follow; tell the desk that it has moved.

    The desk is told which order, not how it stands: its screens read what they show, so nothing of it lies in logs.
    """
    people = list(OrderCaller.objects.filter(order=order).exclude(person_id=None).values_list("person_id", flat=True))
    people += (
        list(Follower.objects.filter(order=order).values_list("person_id", flat=True)) if order.follower_count else []
    )
    row = {"upsert": {"inquiries": [summaries.summary(order)]}}
    desk = accounts.people_with_any_role(states.CENTRE_ROLES, order.centre_id)
    patches: dict[UUID, Mapping[str, Any]] = {person: {} for person in desk}
    patches |= {person: row for person in people if person}
    realtime.publish_each(patches, event_id=event_id, type=type, subject=(SUBJECT, order.id))


def facts(order: Order, at: datetime) -> dict[str, Any]:
    """What every event of an order holds. Nothing of who asked."""
    return {
        "order_id": str(order.id),
        "order_no": order.order_no,
        "topic": summaries.matter(order),
        "request_type": str(order.request_type),
        "urgency": str(order.urgency),
        "channel": str(order.channel),
        "unit_id": str(order.unit_id) if order.unit_id else None,
        "unit_name": order.unit_name,
        "state": str(order.state),
        "version": order.version,
        "at": at.isoformat(),
    }


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them."""
    return {name: _plain(value) for name, value in data.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


_ENDS = "。．.；;，, \n"
"""The texts around it end their sentences themselves."""


def tell_caller(order: Order, name: str, *, what: str = "") -> None:
    """Tell those who asked and those who follow. No journal line: the act has one, and this one would name the caller.

    The event belongs to the hotline, never to the unit.
    """
    caller = OrderCaller.objects.filter(order=order).first()
    people: list[UUID | None] = [caller.person_id if caller else None]
    people += (
        list(Follower.objects.filter(order=order).values_list("person_id", flat=True)) if order.follower_count else []
    )
    due = clock.local(order.due_at).date().isoformat() if order.due_at else ""
    for person in dict.fromkeys(people):
        emit(
            CALLER_TOLD[name],
            subject=(SUBJECT, order.id),
            organisation_id=order.centre_id,
            data={
                "order_id": str(order.id),
                "order_no": order.order_no,
                "applicant_id": str(person) if person else None,
                "topic": summaries.matter(order),
                "unit_name": order.unit_name or "12345",
                "due_on": due,
                "query_code": order.query_code if caller and person == caller.person_id else "",
                "answer_code": answer_code(order.order_no),
                "what": what[:200].rstrip(_ENDS),
            },
        )


def unit_files(order: Order, chosen: Sequence[UUID]) -> list[UUID]:
    """Files that units put with the order. Raises FILE_NOT_FOUND for any other."""
    wanted = list(dict.fromkeys(chosen))
    if wanted and order.files.filter(pk__in=wanted, by="unit").count() != len(wanted):
        raise DomainError(InquiryError.FILE_NOT_FOUND)
    return wanted


def open_task(
    order: Order, actor: Actor, kind: str, role: str, due_at: datetime | None, *, part: Assignment | None = None
) -> None:
    """Put something to do before a post: a unit's for its part, the hotline's otherwise."""
    workflow.open_task(
        subject=(PART, part.id) if part is not None else (SUBJECT, order.id),
        kind=f"inquiry.{kind}",
        organisation_id=part.unit_id if part is not None else order.unit_id if kind in UNIT_TASKS else order.centre_id,  # type: ignore[arg-type]
        role=role,
        title=f"{summaries.matter(order)} {order.order_no}",
        due_on=clock.local(due_at).date() if due_at else None,
        actor=actor,
    )


UNIT_TASKS = frozenset({"sign", "reply", "sign_off"})


def close_tasks(order: Order, actor: Actor, kinds: Sequence[str] | None = None) -> None:
    """Take what was waiting off the lists."""
    wanted = [f"inquiry.{kind}" for kind in kinds] if kinds is not None else None
    workflow.close_tasks(subject=(SUBJECT, order.id), kinds=wanted, by=actor, actor=actor)


def close_part_tasks(order: Order, actor: Actor) -> None:
    """Nothing is left to do for assisting units."""
    for part in parts(order):
        close_part_task(part, actor)


def close_part_task(part: Assignment, actor: Actor) -> None:
    """Nothing is left to do for one assisting unit."""
    workflow.close_tasks(subject=(PART, part.id), by=actor, actor=actor)


def next_task(order: Order, actor: Actor, kind: str, role: str, due_at: datetime | None) -> None:
    """What waited is done; the next thing waits for its post."""
    close_tasks(order, actor)
    open_task(order, actor, kind, role, due_at)
