"""What comes in: signed for, registered, proposed, instructed, handled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.documents import events, rules
from backend.documents.models import Document, Part
from backend.documents.services import common, spreading
from backend.documents.services.drafting import move
from backend.documents.types import Act, Direction, DocumentError, Kind, Openness, Reason, State, Urgency
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.ids import take_number


@transaction.atomic
def receive(*, actor: Actor, sender: str, kind: Kind, title: str, number: str = "", **more: Any) -> Document:
    """Sign for a document on paper or from another system (签收), at this very moment.

    `number` is the sender's; brackets of every make are put right. Raises BAD_NUMBER, SECRET, FORBIDDEN.
    """
    info = common.home(actor)
    if not any(grant.role == common.CLERK and grant.organisation_id == info.organisation.id for grant in actor.grants):
        raise DomainError(CommonError.FORBIDDEN)
    common.refuse_secret(title, more.get("body", ""), sender, number)
    written = _number(number)
    now = clock.now()
    document = Document.objects.create(
        direction=Direction.INCOMING,
        state=State.SIGNED,
        kind=kind,
        title=title.strip(),
        body=more.get("body", ""),
        sender=sender.strip(),
        number=written,
        urgency=more.get("urgency", Urgency.PLAIN),
        openness=more.get("openness", Openness.INTERNAL),
        dated=more.get("dated"),
        copies=more.get("copies", 1),
        recipients=info.organisation.name,
        organisation_id=info.organisation.id,
        path=info.organisation.path,
        unit_name=info.organisation.name,
        drafter_id=actor.person_id,
        drafter_name=info.name,
        signed_at=now,
        updated_at=now,
    )
    common.keep_edition(document, actor)
    common.note_step(document, actor, Act.SIGN)
    common.hand_on(document, actor)
    common.tell(document, actor, events.RECORDED, Act.SIGN)
    return document


def _number(text: str) -> str:
    if not text.strip():
        return ""
    written = rules.number_of(text)
    if written is None:
        raise DomainError(DocumentError.BAD_NUMBER)
    return written


def sign(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Sign for what another organisation has distributed; urgent ones show the exact time."""
    common.check_clerk(document, actor)
    document.signed_at, document.drafter_id = clock.now(), actor.person_id
    document.drafter_name = common.home(actor).name
    move(document, actor, Act.SIGN, State.SIGNED, opinion, "signed_at", "drafter_id", "drafter_name")


def register(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Enter it into the register of the year (登记): the number without gaps, and the day by which it is handled."""
    common.check_clerk(document, actor)
    document.due_on = common.due_by_urgency(document.urgency, kind=document.kind)
    year = clock.today().year
    document.register_no = take_number("document.register", f"{document.organisation_id.hex}:{year}")
    move(document, actor, Act.REGISTER, State.REGISTERED, opinion, "due_on", "register_no")


def propose(document: Document, actor: Actor, *, leader_id: UUID, opinion: str) -> None:
    """Propose what to do (拟办) and put it before a leader."""
    common.check_clerk(document, actor)
    info = common.chosen([leader_id])[0]
    document.leader_id, document.leader_name = leader_id, info.name
    move(document, actor, Act.PROPOSE, State.PROPOSED, opinion, "leader_id", "leader_name")


def instruct(
    document: Document,
    actor: Actor,
    *,
    opinion: str,
    lead_id: UUID,
    assistants: Sequence[UUID] = (),
    readers: Sequence[UUID] = (),
    due_on: date | None = None,
) -> None:
    """A leader's instruction (批示): who handles it, who helps, who is to know. All of them are told at once."""
    common.check_turn(document, actor)
    named = [lead_id, *assistants, *readers]
    found = {info.id: info for info in common.chosen(named)}
    for person in dict.fromkeys([lead_id, *assistants]):
        Part.objects.create(
            document=document,
            act=Act.HANDLE,
            person_id=person,
            name=found[person].name,
            unit_name=common.unit_of(found[person]),
            is_lead=person == lead_id,
        )
    spreading.give(document, [found[person] for person in dict.fromkeys(named)], Reason.INSTRUCTED)
    document.due_on = due_on or document.due_on
    document.state = State.INSTRUCTED
    document.save_change("state", "due_on", at=clock.now())
    common.note_step(document, actor, Act.INSTRUCT, opinion, (found[one].name for one in dict.fromkeys(named)))
    common.hand_on(document, actor)
    common.tell(document, actor, events.INSTRUCTED, Act.INSTRUCT, named, opinion)


def handle(document: Document, actor: Actor, *, opinion: str) -> None:
    """Report what was done (承办). When everybody has, the document is handled and who instructed hears of it."""
    person = common.check_turn(document, actor)
    part = document.parts.get(act=Act.HANDLE, person_id=person)
    part.done_at, part.opinion = clock.now(), opinion
    part.save(update_fields=["done_at", "opinion"])
    if document.parts.filter(act=Act.HANDLE, done_at=None).exists():
        move(document, actor, Act.HANDLE, State.INSTRUCTED, opinion, told=[])
        return
    told = [document.leader_id] if document.leader_id else []
    move(document, actor, Act.HANDLE, State.HANDLED, opinion, told=told, event=events.HANDLED)
