"""Writing a document: the draft, its editions, and the way to whoever issues it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.documents import events
from backend.documents.models import Document, Part
from backend.documents.services import common
from backend.documents.types import Act, Direction, Kind, Openness, State, Urgency
from kernel import clock
from kernel.actors import Actor

TEXT = frozenset({"title", "body"})
PLAIN = ("kind", "urgency", "openness", "recipients", "copies_to", "copies", "title", "body")


@transaction.atomic
def draft(*, actor: Actor, kind: Kind, title: str, body: str = "", **more: Any) -> Document:
    """Begin an outgoing document (起草). Raises SECRET, FORBIDDEN for who is no official."""
    info = common.home(actor)
    common.refuse_secret(title, body, more.get("recipients", ""), more.get("copies_to", ""))
    document = Document.objects.create(
        direction=Direction.OUTGOING,
        state=State.DRAFT,
        kind=kind,
        title=title.strip(),
        body=body,
        urgency=more.get("urgency", Urgency.PLAIN),
        openness=more.get("openness", Openness.INTERNAL),
        recipients=more.get("recipients", "").strip(),
        copies_to=more.get("copies_to", "").strip(),
        copies=more.get("copies", 1),
        organisation_id=info.organisation.id,
        path=info.organisation.path,
        unit_name=info.organisation.name,
        drafter_id=actor.person_id,
        drafter_name=info.name,
        updated_at=clock.now(),
    )
    common.keep_edition(document, actor)
    common.tell(document, actor, events.RECORDED, Act.SUBMIT)
    return document


@transaction.atomic
def edit(*, actor: Actor, document_id: UUID, version: int, **wishes: Any) -> Document:
    """Change a draft, or what one is checking; a new text is a new edition, the old ones stay.

    Raises NOT_FOUND, STALE, NOT_YOURS, WRONG_STATE, SECRET.
    """
    document = common.locked(actor, document_id, version)
    _check_writer(document, actor)
    common.refuse_secret(*(str(wishes.get(name, "")) for name in ("title", "body", "recipients", "copies_to")))
    changed = [name for name in PLAIN if name in wishes and getattr(document, name) != wishes[name]]
    for name in changed:
        setattr(document, name, wishes[name])
    if not changed:
        return document
    if TEXT & set(changed):
        document.edition += 1
        common.keep_edition(document, actor)
    document.save_change(*changed, "edition", at=clock.now())
    common.tell(document, actor, events.RECORDED, Act.CHECK if document.state == State.CHECKING else Act.SUBMIT)
    return document


def _check_writer(document: Document, actor: Actor) -> None:
    if document.state == State.DRAFT:
        common.check_drafter(document, actor)
        return
    if document.state != State.CHECKING:
        common.step_of(document, Act.CHECK)
    common.check_turn(document, actor)


def submit(
    document: Document,
    actor: Actor,
    *,
    checker_id: UUID,
    leader_id: UUID,
    countersigners: Sequence[UUID] = (),
    opinion: str = "",
) -> None:
    """Hand a draft in: who checks, who countersigns, who issues. Raises NOT_YOURS, NOBODY."""
    common.check_drafter(document, actor)
    found = {info.id: info for info in common.chosen([checker_id, leader_id, *countersigners])}
    document.checker_id, document.leader_id = checker_id, leader_id
    document.leader_name = found[leader_id].name
    document.due_on = common.due_by_urgency(document.urgency, kind=document.kind)
    Part.objects.filter(document=document, act=Act.COUNTERSIGN).delete()
    for person in dict.fromkeys(countersigners):
        info = found[person]
        Part.objects.create(
            document=document, act=Act.COUNTERSIGN, person_id=person, name=info.name, unit_name=common.unit_of(info)
        )
    move(document, actor, Act.SUBMIT, State.CHECKING, opinion, "checker_id", "leader_id", "leader_name", "due_on")


def check(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Pass the check (核稿); on to those who countersign, or to who issues."""
    common.check_turn(document, actor)
    waiting = document.parts.filter(act=Act.COUNTERSIGN, done_at=None).exists()
    move(document, actor, Act.CHECK, State.COUNTERSIGNING if waiting else State.SIGNING, opinion)


def countersign(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Countersign (会签); after the last it goes to who issues."""
    person = common.check_turn(document, actor)
    part = document.parts.get(act=Act.COUNTERSIGN, person_id=person)
    part.done_at, part.opinion = clock.now(), opinion
    part.save(update_fields=["done_at", "opinion"])
    waiting = document.parts.filter(act=Act.COUNTERSIGN, done_at=None).exists()
    move(document, actor, Act.COUNTERSIGN, State.COUNTERSIGNING if waiting else State.SIGNING, opinion)


def issue(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Issue (签发); the clerk rechecks and numbers it."""
    common.check_turn(document, actor)
    document.issued_at = clock.now()
    move(
        document, actor, Act.ISSUE, State.ISSUED, opinion, "issued_at", told=[document.drafter_id], event=events.ISSUED
    )


def send_back(document: Document, actor: Actor, *, opinion: str) -> None:
    """Back to who drafted it, with what is to be mended."""
    common.check_turn(document, actor)
    document.parts.filter(act=Act.COUNTERSIGN).update(done_at=None, opinion="")
    told = [document.drafter_id]
    move(document, actor, Act.SEND_BACK, State.DRAFT, opinion, told=told, event=events.SENT_BACK)


def reopen(document: Document, actor: Actor, *, opinion: str) -> None:
    """What the recheck found changes the meaning: back to who issued it (regulation of 2012, article 25)."""
    common.check_clerk(document, actor)
    move(document, actor, Act.REOPEN, State.SIGNING, opinion, event=events.SENT_BACK)


def move(
    document: Document,
    actor: Actor,
    act: Act,
    state: State,
    opinion: str,
    *fields: str,
    told: Sequence[UUID] | None = None,
    event: Any = None,
) -> None:
    """Into the next state, onto the next list, into the story; `told` are the next ones unless said otherwise."""
    document.state = state
    document.save_change("state", *fields, at=clock.now())
    common.note_step(document, actor, act, opinion)
    turn = common.hand_on(document, actor)
    default = events.HANDED_URGENT if common.is_urgent(document) else events.HANDED
    people = turn if told is None else told
    kind = event or (default if people else events.RECORDED)
    common.tell(document, actor, kind, act, people, opinion)
