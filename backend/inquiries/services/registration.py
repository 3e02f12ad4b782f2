"""How something becomes an order: from the app, a call, a text, a letter, an outside client."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo
from backend.inquiries import events, policies, summaries
from backend.inquiries.models import Follower, Order, OrderCaller, Topic
from backend.inquiries.rules import guessing, privacy, states, texts, wording
from backend.inquiries.services import clocks, common
from backend.inquiries.services.calls import attach_order
from backend.inquiries.services.phones import normal_phone, phone_index
from backend.inquiries.types import (
    Action,
    ActRequest,
    CallerInfo,
    Channel,
    InquiryError,
    Receipt,
    Report,
    RequestType,
    Side,
    State,
    Urgency,
)
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.crypto import blind_index
from kernel.errors import DomainError, FieldError, Text
from kernel.ids import take_number, uuid7

QUERY_PURPOSE = "inquiries.query_code"
_WORDS_NEEDED = Text("请写明您的诉求。", "Say what it is about.")


@transaction.atomic
def ask(*, actor: Actor, report: Report) -> Receipt:
    """A signed-in citizen asks, complains, suggests, praises. The same `client_ref` again gives the first receipt.

    Raises FIELD_NEEDED without words, TOO_MANY, TOPIC_UNKNOWN, NOT_READY.
    """
    person = actor.person_id
    known = OrderCaller.objects.select_related("order").filter(person_id=person, client_ref=report.client_ref or None)
    if report.client_ref and (first := known.first()) is not None:
        return receipt_of(first.order)
    _check_daily(person)
    identity = accounts.identity_of(person)
    caller = CallerInfo(
        name="" if report.is_anonymous else (identity.name if identity else ""),
        phone=accounts.contact_phone(person) or "",
        person_id=person,
    )
    return receipt_of(create(actor, report, caller, State.RECEIVED))


@transaction.atomic
def register(*, actor: Actor, report: Report, call_id: UUID | None = None) -> Order:
    """An operator registers what somebody says on the phone, or what a letter says. Raises NOT_YOUR_POST,
    FIELD_NEEDED, TOPIC_UNKNOWN, CALL_NOT_FOUND."""
    centre = common.desk_of(actor)
    if centre is None or not any(actor.has_role(role, path=centre.path) for role in states.DESK):
        raise DomainError(InquiryError.NOT_YOUR_POST)
    caller = report.caller
    if caller.phone and caller.person_id is None and not report.is_anonymous:
        caller = CallerInfo(caller.name, caller.phone, caller.gender, accounts.person_with_phone(caller.phone))
    order = create(actor, report, caller, State.REGISTERED, near=centre)
    if call_id is not None:
        attach_order(actor=actor, call_id=call_id, order=order)
    return order


def create(
    actor: Actor, report: Report, caller: CallerInfo, state: State, *, near: OrganisationInfo | None = None
) -> Order:
    """Write a new order with its caller apart, number it, start the hotline's own limit, tell."""
    words = report.words.strip()
    if not words:
        raise DomainError(InquiryError.FIELD_NEEDED, errors=[FieldError("/words", "required", _WORDS_NEEDED)])
    centre = policies.centre_for(report.place.area_code, near)
    common.take_turn()
    now = clock.now()
    order = _build(report, words, caller, now)
    order.centre_id, order.centre_path, order.state = centre.id, centre.path, state
    _number(order, now)
    order.save(force_insert=True)
    _keep_caller(order, caller, report)
    change = common.Change(order, actor, Action.REGISTER)
    change.note(channel=str(order.channel))
    common.tell(order, change.actor, events.RECEIVED, now, area_code=order.area_code)
    due_at = clocks.start(order, change.actor, policies.limit(clocks.DISPATCH, order), organisation_id=centre.id)
    if order.is_petition:
        clocks.start(order, change.actor, policies.limit(clocks.ACCEPT, order), organisation_id=centre.id)
    common.open_task(order, change.actor, "dispatch", states.DISPATCHER, due_at)
    common.tell_caller(order, "received")
    return order


def _build(report: Report, words: str, caller: CallerInfo, now: datetime) -> Order:
    topic = _topic_of(report, words)
    kind = report.request_type or RequestType((topic.request_type if topic else "") or guessing.guess_type(words))
    urgent = guessing.is_urgent(words) or bool(topic and topic.urgent)
    urgency = report.urgency or (Urgency.URGENT if urgent else Urgency.NORMAL)
    names = (caller.name,) if caller.name else ()
    return Order(
        id=uuid7(),
        channel=report.channel,
        request_type=kind,
        urgency=urgency,
        rank=states.RANKS[urgency],
        is_petition=report.is_petition,
        is_anonymous=report.is_anonymous,
        is_confidential=report.is_confidential,
        public_ok=report.public_ok,
        topic=topic,
        title=privacy.hidden(report.title.strip() or wording.title_of(words), names)[:120],
        content=words,
        shown_content=privacy.hidden(words, names),
        place_words=report.place.words.strip() or None,
        area_code=report.place.area_code,
        longitude=report.place.longitude,
        latitude=report.place.latitude,
        occurred_at=report.occurred_at,
        received_at=now,
        terms=wording.terms(privacy.hidden(words, names)),
    )


def _topic_of(report: Report, words: str) -> Topic | None:
    if report.topic_code:
        return policies.topic(report.topic_code)
    guesses = guessing.guess_topics(words, policies.topic_words(), most=1)
    return policies.topic(guesses[0].code) if guesses else None


def _number(order: Order, now: datetime) -> None:
    day = clock.local(now).date()
    code = texts.query_code()
    order.query_code, order.query_digest = code, query_digest(code)
    order.order_no = texts.order_number(day, take_number("inquiry", day.isoformat()))


def query_digest(code: str) -> bytes:
    """What is compared when somebody asks for progress."""
    return blind_index(texts.normalised_code(code), purpose=QUERY_PURPOSE)


def _keep_caller(order: Order, caller: CallerInfo, report: Report) -> None:
    OrderCaller.objects.create(
        order=order,
        person_id=caller.person_id,
        name=None if report.is_anonymous else caller.name.strip() or None,
        phone=normal_phone(caller.phone) if caller.phone else None,
        phone_index=phone_index(caller.phone) if caller.phone else None,
        gender=caller.gender,
        client_ref=report.client_ref or None,
    )


def _check_daily(person: UUID) -> None:
    most = policies.number(policies.DAILY_LIMIT)
    since = clock.now() - timedelta(days=1)
    if OrderCaller.objects.filter(person_id=person, order__received_at__gt=since).count() >= most:
        raise DomainError(InquiryError.TOO_MANY, limit=most)


def receipt_of(order: Order) -> Receipt:
    """What the citizen keeps. The day of the answer is what the limit would give from today on."""
    limit = policies.limit(clocks.ANSWER, order)
    due = clocks.moment_of(limit, order.received_at) if limit else None
    return Receipt(
        order_id=order.id,
        order_no=order.order_no,
        query_code=order.query_code or "",
        received_at=order.received_at,
        answer_due_on=clock.local(due).date() if due else None,
        version=order.version,
    )


def complete(actor: Actor, order: Order, request: ActRequest) -> None:
    """An operator completes what came by app, text or mail: kind, topic, urgency."""
    _classify(actor, order, request, Action.REGISTER)


def classify(actor: Actor, order: Order, request: ActRequest) -> None:
    """Kind, topic, urgency or weight are set anew. What was a report stays one."""
    _classify(actor, order, request, Action.CLASSIFY)


def _classify(actor: Actor, order: Order, request: ActRequest, action: Action) -> None:
    change = common.Change(order, actor, action)
    if request.topic_code:
        change.set(topic_id=policies.topic(request.topic_code).pk)
        order.topic = policies.topic(request.topic_code)
    if request.request_type and order.request_type != RequestType.REPORT:
        change.set(request_type=request.request_type)
    if request.urgency:
        change.set(urgency=request.urgency, rank=states.RANKS[Urgency(request.urgency)])
    if request.heavy is not None:
        change.set(is_heavy=request.heavy)
    if action is Action.REGISTER:
        change.set(state=State.REGISTERED)
    change.note(note=request.note, side=Side.OFFICIALS, topic=summaries.matter(order))
    change.finish(events.REGISTERED if action is Action.REGISTER else events.CLASSIFIED)


@transaction.atomic
def join(*, actor: Actor, order_id: UUID) -> Order:
    """“Me too”: follow somebody else's open matter and be told what the caller is told. Joining twice is joining once.

    Raises NOT_FOUND, also for what is protected, ACTION_NOT_ALLOWED.
    """
    order = common.locked(order_id)
    own = OrderCaller.objects.filter(order=order, person_id=actor.person_id).exists()
    if order.is_protected or not order.public_ok or own:
        raise DomainError(InquiryError.NOT_FOUND)
    common.check_state(order, Action.JOIN)
    _, fresh = Follower.objects.get_or_create(order=order, person_id=actor.person_id, defaults={"at": clock.now()})
    if not fresh:
        return order
    change = common.Change(order, actor, Action.JOIN)
    change.set(follower_count=order.follower_count + 1)
    change.note(count=order.follower_count)
    change.finish(events.JOINED, count=order.follower_count)
    return order


def from_machine(*, report: Report, name: str) -> Order:
    """What came in by text or from an outside client: received, to be completed by an operator. Needs a transaction."""
    person = accounts.person_with_phone(report.caller.phone) if report.caller.phone else None
    caller = CallerInfo(report.caller.name, report.caller.phone, report.caller.gender, person)
    kind = ActorKind.PROVIDER if report.channel is Channel.OPEN311 else ActorKind.SYSTEM
    return create(Actor(kind=kind, name=name), report, caller, State.RECEIVED)
