"""Giving a document to people, and knowing who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo
from backend.documents import events
from backend.documents.models import Document, Reader
from backend.documents.services import common
from backend.documents.types import Act, Direction, DocumentError, Reason, State
from backend.journal.services import record
from backend.workflow import services as todos
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

BATCH = 50
_SYSTEM = Actor.system("documents.unread")


def give(document: Document, people: Sequence[OfficialInfo], reason: Reason) -> list[UUID]:
    """Note who is given the document; who had it already keeps the receipt. Returns those who are new."""
    known = set(document.readers.values_list("person_id", flat=True))
    new = [info for info in people if info.id not in known]
    now = clock.now()
    due = now + timedelta(hours=common.rules_today().sms_hours[document.urgency])
    Reader.objects.bulk_create(
        Reader(
            document=document,
            person_id=info.id,
            name=info.name,
            unit_name=common.unit_of(info),
            reason=reason,
            sent_at=now,
            sms_due_at=due,
        )
        for info in new
    )
    return [info.id for info in new]


def circulate(
    document: Document, actor: Actor, *, people: Sequence[UUID], units: Sequence[UUID] = (), opinion: str = ""
) -> None:
    """Give it to people to read (传阅): by the clerk, the leader, or who handles it."""
    if not common.is_clerk(document, actor):
        _check_concerned(document, actor)
    _send(document, actor, Act.CIRCULATE, common.chosen(people, units), Reason.CIRCULATED, opinion)


def distribute(
    document: Document, actor: Actor, *, people: Sequence[UUID] = (), units: Sequence[UUID] = (), opinion: str = ""
) -> None:
    """Send out what is numbered (核发): to people to read, to organisations to be signed for by their clerk."""
    common.check_clerk(document, actor)
    if not people and not units:
        raise DomainError(DocumentError.NOBODY)
    for unit in dict.fromkeys(units):
        _arrive(document, actor, unit)
    found = common.chosen(people) if people else []
    document.state = State.DISTRIBUTED
    document.save_change("state", at=clock.now())
    common.hand_on(document, actor)
    names = [accounts.organisation(unit).name for unit in dict.fromkeys(units)]
    _send(document, actor, Act.DISTRIBUTE, found, Reason.DISTRIBUTED, opinion, names)


def _arrive(document: Document, actor: Actor, unit: UUID) -> None:
    """The document as the other organisation gets it: waiting to be signed for. Once for each organisation."""
    place = accounts.organisation(unit)
    if document.arrivals.filter(organisation_id=unit).exists():
        return
    arrived = Document.objects.create(
        direction=Direction.INCOMING,
        state=State.ARRIVED,
        source=document,
        organisation_id=place.id,
        path=place.path,
        unit_name=place.name,
        drafter_id=document.drafter_id,
        drafter_name=document.drafter_name,
        sender=document.unit_name,
        page_file_id=document.page_file_id,
        updated_at=clock.now(),
        **{name: getattr(document, name) for name in _CARRIED},
    )
    common.keep_edition(arrived, actor)
    common.hand_on(arrived, actor)


_CARRIED = ("kind", "urgency", "openness", "title", "body", "number", "dated", "recipients", "copies_to", "copies")


def _send(
    document: Document,
    actor: Actor,
    act: Act,
    found: Sequence[OfficialInfo],
    reason: Reason,
    opinion: str,
    units: Sequence[str] = (),
) -> None:
    new = give(document, found, reason)
    common.note_step(document, actor, act, opinion, [*units, *(info.name for info in found)])
    sent = events.SENT_URGENT if common.is_urgent(document) else events.SENT
    common.tell(document, actor, sent if new else events.RECORDED, act, new, opinion)


def _check_concerned(document: Document, actor: Actor) -> None:
    concerned = {document.leader_id, *document.parts.values_list("person_id", flat=True)}
    if actor.person_id not in concerned:
        raise DomainError(DocumentError.NOT_YOURS, holder=common.holder_names(document))


@transaction.atomic
def read(*, actor: Actor, document_id: UUID) -> bool:
    """Note that somebody who was given the document has opened it; once. Returns whether it was the first time."""
    row = (
        Reader.objects.select_for_update()
        .filter(document_id=document_id, person_id=actor.person_id, read_at=None)
        .select_related("document")
        .first()
    )
    if row is None:
        return False
    row.read_at = clock.now()
    row.save(update_fields=["read_at"])
    record(
        actor=actor,
        action="documents.read",
        subject=(common.SUBJECT, document_id),
        organisation_id=row.document.organisation_id,
        data={"person_id": actor.person_id},
    )
    return True


def chase(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Ask all who have not read, and whose turn it is, once more (催办); the same people not twice within minutes."""
    if not common.is_clerk(document, actor) and actor.person_id not in {document.leader_id, document.drafter_id}:
        raise DomainError(DocumentError.NOT_YOURS, holder=common.holder_names(document))
    now = clock.now()
    before = now - timedelta(minutes=common.rules_today().chase_minutes)
    unread = document.readers.filter(read_at=None).exclude(chased_at__gt=before)
    waiting = document.parts.filter(done_at=None, person_id__in=common.holders(document)).exclude(chased_at__gt=before)
    people = [*unread.values_list("person_id", flat=True), *waiting.values_list("person_id", flat=True)]
    if document.state in {State.CHECKING, State.SIGNING, State.PROPOSED}:
        people += common.holders(document)
    people = [one for one in dict.fromkeys(people) if one != actor.person_id]
    if not people:
        raise DomainError(DocumentError.NOTHING_TO_CHASE)
    unread.update(chased_at=now)
    waiting.update(chased_at=now)
    names = [info.name for info in accounts.officials(ids=set(people))]
    common.note_step(document, actor, Act.CHASE, opinion, names)
    common.tell(document, actor, events.CHASED, Act.CHASE, people, opinion)


def archive(document: Document, actor: Actor, *, opinion: str = "") -> None:
    """Put it into the archive (归档); nothing is changed in it any more."""
    common.check_clerk(document, actor)
    document.state = State.ARCHIVED
    document.save_change("state", at=clock.now())
    todos.close_tasks(subject=(common.SUBJECT, document.id), by=actor, actor=actor)
    common.note_step(document, actor, Act.ARCHIVE, opinion)
    common.tell(document, actor, events.RECORDED, Act.ARCHIVE)


def text_unread() -> int:
    """Tell by SMS what was not read for hours, each once; how many documents. Safe to run twice at once, or late."""
    due = Reader.objects.filter(read_at=None, sms_at=None, sms_due_at__lte=clock.now())
    ids = list(due.order_by("sms_due_at").values_list("document_id", flat=True)[:BATCH])
    return sum(_text(found) for found in dict.fromkeys(ids))


@transaction.atomic
def _text(document_id: UUID) -> bool:
    now = clock.now()
    rows = Reader.objects.select_for_update(skip_locked=True).filter(
        document_id=document_id, read_at=None, sms_at=None, sms_due_at__lte=now
    )
    people = [row.person_id for row in rows]
    if not people:
        return False
    Reader.objects.filter(document_id=document_id, person_id__in=people).update(sms_at=now)
    document = Document.objects.get(pk=document_id)
    if document.state != State.VOID:
        common.tell(document, _SYSTEM, events.UNREAD, Act.CHASE, people)
    return True
