"""Reading official documents. Seen by who writes, decides, handles or reads them, and by the organisation's clerk."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from backend.attachments import selectors as attachments
from backend.attachments import services as attachment_services
from backend.attachments.types import Delivery
from backend.documents import rules
from backend.documents.models import AgencyCode, Document, Edition, Layer, Part, Reader, Step, TakenNumber
from backend.documents.services import common
from backend.documents.types import Act, Direction, DocumentError, EditionInfo, NumberInfo, State
from backend.workflow import selectors as workflow
from backend.workflow.types import TaskInfo
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError

BOXES = ("todo", "unread", "incoming", "outgoing", "all")
_CLERKS = frozenset(
    {Act.SIGN, Act.REGISTER, Act.PROPOSE, Act.RECHECK, Act.REOPEN, Act.DISTRIBUTE, Act.ARCHIVE, Act.VOID}
)
_TURNS = frozenset({Act.CHECK, Act.COUNTERSIGN, Act.ISSUE, Act.SEND_BACK, Act.INSTRUCT, Act.HANDLE})


def documents_of(actor: Actor, *, box: str = "all", q: str = "") -> QuerySet[Document]:
    """The documents that one may see: to do, unread, incoming, outgoing, or all; by words of title, number or sender.

    Raises FORBIDDEN for who is no official.
    """
    check_official(actor)
    rows = Document.objects.filter(common.visible(actor))
    if box == "todo":
        rows = rows.filter(id__in=[task.subject_id for task in _tasks(actor)])
    if box == "unread":
        rows = rows.filter(id__in=_unread(actor))
    if box in {"incoming", "outgoing"}:
        rows = rows.filter(direction=Direction(box))
    if q.strip():
        number = rules.number_of(q) or q.strip()
        rows = rows.filter(Q(title__icontains=q.strip()) | Q(number__icontains=number) | Q(sender__icontains=q.strip()))
    own = Reader.objects.filter(person_id=actor.person_id)
    return rows.prefetch_related(Prefetch("readers", queryset=own, to_attr="own_rows"))


def _unread(actor: Actor) -> QuerySet[Reader, UUID]:
    return Reader.objects.filter(person_id=actor.person_id, read_at=None).values_list("document_id", flat=True)


def _tasks(actor: Actor) -> tuple[TaskInfo, ...]:
    return workflow.tasks_for(actor, kinds=[f"document.{act}" for act in Act], limit=100).items


def document_for(actor: Actor, document_id: UUID) -> Document:
    """One document with its story, parts, readers, files, layers. Raises NOT_FOUND for everybody else."""
    check_official(actor)
    found = (
        Document.objects.filter(common.visible(actor))
        .prefetch_related(
            Prefetch("steps", queryset=Step.objects.order_by("at", "id")),
            Prefetch("parts", queryset=Part.objects.order_by("id")),
            Prefetch("readers", queryset=Reader.objects.order_by("id")),
            Prefetch("layers", queryset=Layer.objects.order_by("page", "id")),
            "files",
        )
        .filter(pk=document_id)
        .first()
    )
    if found is None:
        raise DomainError(DocumentError.NOT_FOUND)
    return found


def acts_for(actor: Actor, document: Document) -> list[Act]:
    """What the actor may do to the document now, the next step first."""
    possible = [act for act in Act if State(document.state) in rules.STEPS[act][0]]
    allowed = [act for act in possible if _may(actor, document, act)]
    turn = common.TURN.get(State(document.state))
    return sorted(allowed, key=lambda act: act is not turn)


def _may(actor: Actor, document: Document, act: Act) -> bool:
    if document.direction == Direction.INCOMING and act in {Act.DISTRIBUTE, Act.VOID}:
        return False
    if act in _CLERKS:
        return common.is_clerk(document, actor)
    if act in _TURNS:
        return any(workflow.acts_for(actor, person) for person in common.holders(document))
    if act is Act.SUBMIT:
        return writes(actor, document)
    concerned = {document.leader_id, *(part.person_id for part in document.parts.all())}
    if act is Act.CHASE:
        concerned.add(document.drafter_id)
        return _can_chase(actor, document) and (common.is_clerk(document, actor) or actor.person_id in concerned)
    return common.is_clerk(document, actor) or actor.person_id in concerned


def writes(actor: Actor, document: Document) -> bool:
    """Whether the actor drafted it, or stands in for who did (on leave, or gone)."""
    return workflow.acts_for(actor, document.drafter_id)


def _can_chase(actor: Actor, document: Document) -> bool:
    silent = {row.person_id for row in document.readers.all() if row.read_at is None}
    return bool({*silent, *common.holders(document)} - {actor.person_id})


def editions_of(actor: Actor, document_id: UUID) -> list[EditionInfo]:
    """The texts as they stood, the first one first, each with its differences from the one before. Raises NOT_FOUND."""
    document_for(actor, document_id)
    rows = list(Edition.objects.filter(document_id=document_id).order_by("number"))
    return [
        EditionInfo(
            number=row.number,
            title=row.title,
            by_name=row.by_name,
            at=row.at,
            pieces=tuple(rules.differences(before.body if before else row.body, row.body)),
        )
        for before, row in zip([None, *rows], rows, strict=False)
    ]


def holder_of(document: Document) -> str:
    """Who has it now, in words; empty when nobody has to do anything."""
    return common.holder_names(document) if State(document.state) in common.TURN else ""


def codes_of(actor: Actor) -> list[str]:
    """The agency codes of the organisations whose documents the actor keeps."""
    kept = [grant.organisation_id for grant in actor.grants if grant.role == common.CLERK]
    return list(AgencyCode.objects.filter(organisation_id__in=kept).order_by("id").values_list("code", flat=True))


def numbers_of(actor: Actor, *, code: str, year: int) -> list[NumberInfo]:
    """The register of numbers of a code and year, void ones among them; for the clerk. Raises NO_CODE."""
    check_official(actor)
    if code not in codes_of(actor):
        raise DomainError(DocumentError.NO_CODE)
    return [
        NumberInfo(
            number=rules.composed(row.code, row.year, row.serial),
            serial=row.serial,
            title=row.title,
            taken_at=row.taken_at,
            void_at=row.void_at,
            void_reason=row.void_reason,
        )
        for row in TakenNumber.objects.filter(code=code, year=year).order_by("serial")
    ]


def serve_file(
    actor: Actor, document_id: UUID, file_id: UUID, range_header: str | None
) -> tuple[Delivery, Iterator[bytes]]:
    """The printed page or an annex of a document one may see. Raises NOT_FOUND."""
    document = document_for(actor, document_id)
    if file_id != document.page_file_id and not any(row.file_id == file_id for row in document.files.all()):
        raise DomainError(DocumentError.NOT_FOUND)
    attachment_services.note_read(actor=actor, file_id=file_id, organisation_id=document.organisation_id)
    return attachments.serve(file_id, range_header)


def check_official(actor: Actor) -> None:
    """Refuse who is no official. Raises FORBIDDEN."""
    if actor.kind is not ActorKind.OFFICIAL:
        raise DomainError(CommonError.FORBIDDEN)
