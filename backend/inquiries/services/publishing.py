"""Answered inquiries for everybody: proposed with what was found of people hidden, confirmed by a person."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.inquiries import events
from backend.inquiries.models import Order, OrderCaller, Publication
from backend.inquiries.rules import privacy, states, wording
from backend.inquiries.services import common
from backend.inquiries.types import InquiryError, Outcome, PublicationState, ReplyState
from backend.journal.services import record_change
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError, FieldError, Text

_LEFT = Text("仍有：{kinds}。", "Still there: {kinds_en}.")
_KINDS = {
    "name": Text("姓名", "names"),
    "mobile": Text("手机号", "mobile numbers"),
    "landline": Text("电话", "phone numbers"),
    "id_number": Text("身份证号", "ID numbers"),
    "bank_card": Text("银行卡号", "bank cards"),
    "plate": Text("车牌号", "plates"),
    "email": Text("邮箱", "e-mail addresses"),
    "home": Text("门牌", "house numbers"),
}
_OTHER = Text("个人信息", "personal data")
DECIDERS = (states.SHIFT_LEADER, states.OFFICE)


@transaction.atomic
def propose(*, actor: Actor, order_id: UUID) -> Publication:
    """Propose a closed order for the public: question and answer with names, phones, ID numbers and plates hidden.

    Proposing again gives the same proposal. Raises NOT_FOUND, PUBLICATION_REFUSED for reports, confidential and open
    ones, and where the caller said no.
    """
    order = Order.objects.select_related("topic").filter(pk=order_id).first()
    if order is None or not any(actor.has_role(role, path=order.centre_path) for role in states.CENTRE_ROLES):
        raise DomainError(InquiryError.NOT_FOUND)
    found = Publication.objects.filter(order=order).first()
    if found is not None:
        return found
    reply = order.replies.filter(state=ReplyState.PASSED).order_by("-written_at").first()
    answered = order.outcome in {Outcome.ANSWERED_DIRECTLY, Outcome.SATISFIED, Outcome.UNSATISFIED, Outcome.UNREACHABLE}
    if order.is_protected or not order.public_ok or reply is None or not answered:
        raise DomainError(InquiryError.PUBLICATION_REFUSED)
    names = _names(order)
    question, answer = privacy.hidden(order.content or "", names), privacy.hidden(reply.text or "", names)
    row = Publication.objects.create(
        order=order,
        question=question,
        answer=answer,
        found=_counted(f"{order.content}\n{reply.text}", names),
        unit_name=reply.unit_name,
        topic=order.topic,
        request_type=order.request_type,
        area_code=order.area_code[:9],
        unit_says=reply.resolution,
        citizen_says_solved=order.solved,
        asked_on=clock.local(order.received_at).date(),
        answered_on=clock.local(reply.signed_at or reply.written_at).date(),
        search_text=_search_text(order, question, answer),
        proposed_at=clock.now(),
    )
    _tell(actor, row)
    return row


@transaction.atomic
def decide(
    *, actor: Actor, publication_id: UUID, version: int, publish: bool, question: str = "", answer: str = ""
) -> Publication:
    """A person confirms (having hidden what else names somebody) or refuses; a published one can be taken back.

    Raises ENTRY_NOT_FOUND, NOT_YOUR_POST, STALE, PRIVACY_LEFT with what still stands open.
    """
    row = (
        Publication.objects.select_for_update(of=("self",))
        .select_related("order__topic")
        .filter(pk=publication_id)
        .first()
    )
    if row is None or not any(actor.has_role(role, path=row.order.centre_path) for role in states.CENTRE_ROLES):
        raise DomainError(InquiryError.NOT_FOUND)
    if not any(actor.has_role(role, path=row.order.centre_path) for role in DECIDERS):
        raise DomainError(InquiryError.NOT_YOUR_POST)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": row.version, "state": row.state}})
    row.question, row.answer = question.strip() or row.question, answer.strip() or row.answer
    now = clock.now()
    if publish:
        _check_hidden(row)
        row.state, row.published_at = PublicationState.PUBLISHED, now
        row.search_text = _search_text(row.order, row.question, row.answer)
    else:
        taken = row.state == PublicationState.PUBLISHED
        row.state = PublicationState.WITHDRAWN if taken else PublicationState.REFUSED
    row.decided_by, row.decided_at = actor.user_id, now
    row.save_change("question", "answer", "state", "published_at", "decided_by", "decided_at", "search_text", at=now)
    _tell(actor, row)
    return row


def _check_hidden(row: Publication) -> None:
    names = _names(row.order)
    faults = []
    for name in ("question", "answer"):
        left = privacy.left_over(getattr(row, name), names)
        if left:
            kinds = [_KINDS.get(kind, _OTHER) for kind in sorted(left)]
            said = {"kinds": "、".join(one.zh for one in kinds), "kinds_en": ", ".join(one.en for one in kinds)}
            faults.append(FieldError(f"/{name}", "privacy", _LEFT, said))
    if faults:
        raise DomainError(InquiryError.PRIVACY_LEFT, errors=faults)


def _names(order: Order) -> tuple[str, ...]:
    caller = OrderCaller.objects.filter(order=order).first()
    return (caller.name,) if caller is not None and caller.name else ()


def _counted(text: str, names: tuple[str, ...]) -> dict[str, int]:
    return privacy.counted(text, names)


def _search_text(order: Order, question: str, answer: str) -> str:
    topic = order.topic.name if order.topic else ""
    return wording.search_text(wording.title_of(question), words=[topic], body=question + answer)


def _tell(actor: Actor, row: Publication) -> None:
    record_change(
        actor=actor,
        event=events.PUBLICATION_CHANGED,
        subject=(common.SUBJECT, row.order_id),
        organisation_id=row.order.centre_id,
        data={"order_id": str(row.order_id), "state": str(row.state)},
    )
