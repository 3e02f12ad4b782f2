"""What every act on a document shares: the locked row, who may, the story, the event, the to-dos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo, Role
from backend.documents import rules
from backend.documents.models import Document, DocumentRule, Edition, Part, Reader, Step
from backend.documents.rules import Rules
from backend.documents.types import ACT_NAMES, STATE_NAMES, Act, DocumentError, Kind, State, Urgency
from backend.journal.services import record_change
from backend.workflow import selectors as workflow
from backend.workflow import services as todos
from backend.workflow.types import PERSONAL
from kernel import clock, realtime
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError
from kernel.events import Event, EventType

SUBJECT = "document"
CLERK = str(Role.DOCUMENT_CLERK)
TURN = {
    State.ARRIVED: Act.SIGN,
    State.SIGNED: Act.REGISTER,
    State.REGISTERED: Act.PROPOSE,
    State.PROPOSED: Act.INSTRUCT,
    State.INSTRUCTED: Act.HANDLE,
    State.HANDLED: Act.ARCHIVE,
    State.CHECKING: Act.CHECK,
    State.COUNTERSIGNING: Act.COUNTERSIGN,
    State.SIGNING: Act.ISSUE,
    State.ISSUED: Act.RECHECK,
    State.NUMBERED: Act.DISTRIBUTE,
}
_PARTS = frozenset({Act.HANDLE, Act.COUNTERSIGN})


def rules_today() -> Rules:
    """The rules in force."""
    row = DocumentRule.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from")[:1].get()
    return Rules(
        handle_days=row.handle_days,
        sms_hours=row.sms_hours,
        chase_minutes=row.chase_minutes,
        max_people=row.max_people,
        max_files=row.max_files,
        max_file_mb=row.max_file_mb,
    )


def is_clerk(document: Document, actor: Actor) -> bool:
    """Whether the actor keeps the documents of this very organisation (文书)."""
    return any(grant.role == CLERK and grant.organisation_id == document.organisation_id for grant in actor.grants)


def has_part_in(people: Sequence[UUID]) -> Q:
    """The documents that these people write, decide on, handle or were given to read."""
    mine = Q(drafter_id__in=people) | Q(checker_id__in=people) | Q(leader_id__in=people)
    parts = Part.objects.filter(person_id__in=people).values("document_id")
    return mine | Q(id__in=parts) | Q(id__in=Reader.objects.filter(person_id__in=people).values("document_id"))


def visible(actor: Actor) -> Q:
    """The documents that an actor may see: own ones, those of whom the actor acts for, a clerk the organisation's."""
    people = [actor.person_id, *workflow.principals_of(actor)]
    kept = [grant.organisation_id for grant in actor.grants if grant.role == CLERK]
    return has_part_in(people) | Q(organisation_id__in=kept)


def locked(actor: Actor, document_id: UUID, version: int | None) -> Document:
    """A document that the actor may see, locked. Raises NOT_FOUND, STALE."""
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None or not Document.objects.filter(visible(actor), pk=document_id).exists():
        raise DomainError(DocumentError.NOT_FOUND)
    if version is not None and version != document.version:
        current = {"version": document.version, "state": document.state}
        raise DomainError(CommonError.STALE, extra={"current": current})
    return document


def step_of(document: Document, act: Act) -> State | None:
    """The state that an act leads to. Raises WRONG_STATE."""
    try:
        return rules.leads_to(act, State(document.state))
    except ValueError as exc:
        raise DomainError(DocumentError.WRONG_STATE, state=STATE_NAMES[State(document.state)].zh) from exc


def refuse_secret(*texts: str) -> None:
    """Refuse what bears a secrecy grade (this network is not secret). Raises SECRET."""
    found = rules.secrecy_grade(*texts)
    if found:
        raise DomainError(DocumentError.SECRET, found=found)


def need_opinion(act: Act, opinion: str) -> str:
    """The opinion, trimmed. Raises OPINION_MISSING."""
    trimmed = opinion.strip()
    if act in rules.NEEDS_OPINION and not trimmed:
        raise DomainError(DocumentError.OPINION_MISSING)
    return trimmed


def home(actor: Actor) -> OfficialInfo:
    """The official who acts. Raises FORBIDDEN for everybody else."""
    found = accounts.officials(ids=[actor.person_id]) if actor.kind is ActorKind.OFFICIAL else []
    if not found:
        raise DomainError(CommonError.FORBIDDEN)
    return found[0]


def chosen(people: Iterable[UUID], units: Iterable[UUID] = ()) -> list[OfficialInfo]:
    """The officials named, and all of these units. Raises NOBODY, TOO_MANY."""
    named, places = set(people), list(units)
    found = accounts.officials(ids=named, organisation_ids=places) if named or places else []
    if not found or not named <= {info.id for info in found}:
        raise DomainError(DocumentError.NOBODY)
    most = rules_today().max_people
    if len(found) > most:
        raise DomainError(DocumentError.TOO_MANY, most=most)
    return found


def unit_of(info: OfficialInfo) -> str:
    """The short name of an official's organisation."""
    return info.organisation.short_name or info.organisation.name


def note_step(document: Document, actor: Actor, act: Act, opinion: str = "", people: Iterable[str] = ()) -> None:
    """Put an act into the document's story."""
    names = "、".join(people)
    Step.objects.create(
        document=document,
        act=act,
        by_id=actor.person_id,
        by_name=home(actor).name,
        opinion=opinion,
        people=names if len(names) <= 2000 else names[:1999] + "…",
        at=clock.now(),
    )


def keep_edition(document: Document, actor: Actor) -> None:
    """Keep the text as it stands as the next edition."""
    Edition.objects.create(
        document=document,
        number=document.edition,
        title=document.title,
        body=document.body,
        by_id=actor.person_id,
        by_name=home(actor).name,
        at=clock.now(),
    )


def is_urgent(document: Document) -> bool:
    """Whether those who are told must hear at once."""
    return document.urgency != Urgency.PLAIN


def tell(
    document: Document, actor: Actor, event: EventType, act: Act, people: Iterable[UUID] = (), opinion: str = ""
) -> Event:
    """Journal and emit what was done; tell these people, and let the open pages of all concerned read anew."""
    named = [str(person) for person in dict.fromkeys(people) if person is not None]
    kept = record_change(
        actor=actor,
        event=event,
        subject=(SUBJECT, document.id),
        organisation_id=document.organisation_id,
        data={
            "document_id": document.id,
            "title": document.title,
            "number": document.number,
            "unit_name": document.unit_name,
            "act": str(act),
            "step": ACT_NAMES[act].zh,
            "step_en": ACT_NAMES[act].en,
            "state": document.state,
            "urgency": document.urgency,
            "opinion": opinion[:200],
            "by_name": home(actor).name if actor.is_signed_in else "",
            "people": named,
            "by_id": actor.user_id,
            "version": document.version,
        },
    )
    watching = {document.drafter_id, document.leader_id, document.checker_id} - {None}
    watching |= set(document.parts.values_list("person_id", flat=True))
    realtime.publish(
        sorted(one for one in watching if one), event_id=kept.id, type="documents.moved",
        subject=(SUBJECT, document.id), data={},
    )  # fmt: skip
    return kept


def hand_on(document: Document, actor: Actor, *, silent: bool = True) -> list[UUID]:
    """Close what was to be done and put the next step before whose turn it is; these people (none for clerks)."""
    todos.close_tasks(subject=(SUBJECT, document.id), by=actor, actor=actor)
    act = TURN.get(State(document.state))
    if act is None:
        return []
    people = holders(document)
    turns: list[UUID | None] = [*people] or [None]
    for person in turns:
        todos.open_task(
            subject=(SUBJECT, document.id),
            kind=f"document.{act}",
            organisation_id=document.organisation_id,
            role=PERSONAL if person else CLERK,
            title=f"公文{TASK_NAMES.get(act, ACT_NAMES[act].zh)}：{document.title}",
            due_on=document.due_on,
            assignee_id=person,
            actor=actor,
            silent=silent and person is not None,
        )
    return people


TASK_NAMES = {Act.RECHECK: "复核编号", Act.DISTRIBUTE: "分发", Act.ARCHIVE: "归档"}


def holders(document: Document) -> list[UUID]:
    """Whose turn it is now, by name; empty when it is the clerk's or nobody's."""
    act = TURN.get(State(document.state))
    if act in _PARTS:
        return list(document.parts.filter(act=act, done_at=None).order_by("id").values_list("person_id", flat=True))
    person = {
        State.CHECKING: document.checker_id,
        State.SIGNING: document.leader_id,
        State.PROPOSED: document.leader_id,
    }.get(State(document.state))
    return [person] if person else []


def holder_names(document: Document) -> str:
    """Whose turn it is, in words."""
    names = {info.id: info.name for info in accounts.officials(ids=holders(document))}
    return "、".join(names.values()) or "文书"


def check_turn(document: Document, actor: Actor) -> UUID:
    """The person of the turn for whom the actor acts. Raises NOT_YOURS."""
    for person in holders(document):
        if workflow.acts_for(actor, person):
            return person
    raise DomainError(DocumentError.NOT_YOURS, holder=holder_names(document))


def check_drafter(document: Document, actor: Actor) -> None:
    """Refuse who neither drafted it nor stands in for who did (on leave, or gone). Raises NOT_YOURS."""
    if not workflow.acts_for(actor, document.drafter_id):
        raise DomainError(DocumentError.NOT_YOURS, holder=document.drafter_name)


def check_clerk(document: Document, actor: Actor) -> None:
    """Refuse everybody but the organisation's clerk. Raises NOT_YOURS."""
    if not is_clerk(document, actor):
        raise DomainError(DocumentError.NOT_YOURS, holder="文书")


def due_by_urgency(urgency: str, *, kind: str = "") -> date:
    """The day by which something of this urgency is to be handled; a request (请示) waits less than the rest."""
    days = rules_today().handle_days
    limit = min(days[urgency], days[Urgency.URGENT] * 2) if kind == Kind.REQUEST else days[urgency]
    return workflow.due_date(workflow.received_on(clock.now()), limit)
