"""Reading meetings. Seen by who called them and who is invited (or acts for one of these); rooms by all officials."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from backend.attachments import selectors as attachments
from backend.attachments import services as attachment_services
from backend.attachments.types import Delivery
from backend.meetings import rules
from backend.meetings.models import Attendee, Decision, Meeting, MeetingFile, MeetingRule, Room
from backend.meetings.types import MeetingError, MeetingState, RoomInfo, SignInCode
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.crypto import blind_index
from kernel.errors import CommonError, DomainError

HORIZON = timedelta(days=7)


def meetings_of(actor: Actor, *, upcoming: bool) -> QuerySet[Meeting]:
    """The meetings one called or is invited to, still ahead (soonest first by the caller's order) or over."""
    now = clock.now()
    rows = _visible(actor).filter(ends_at__gt=now) if upcoming else _visible(actor).filter(ends_at__lte=now)
    own = Attendee.objects.filter(person_id=actor.person_id, removed_at=None)
    return rows.prefetch_related(Prefetch("attendees", queryset=own, to_attr="own_rows"))


def meeting_for(actor: Actor, meeting_id: UUID) -> Meeting:
    """One meeting with people, papers, decisions. Raises NOT_FOUND for everybody else."""
    people = Attendee.objects.filter(removed_at=None).order_by("id")
    found = (
        _visible(actor)
        .select_related("room")
        .prefetch_related(
            Prefetch("attendees", queryset=people),
            Prefetch("files", queryset=MeetingFile.objects.order_by("id")),
            Prefetch("decisions", queryset=Decision.objects.order_by("number")),
        )
        .filter(pk=meeting_id)
        .first()
    )
    if found is None:
        raise DomainError(MeetingError.NOT_FOUND)
    return found


def may_run(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor called the meeting, or acts for who did."""
    return workflow.acts_for(actor, meeting.organiser_id)


def own_row(actor: Actor, meeting: Meeting) -> Attendee | None:
    """The invitation that the actor answers: the own one, else one of somebody the actor acts for."""
    rows = {row.person_id: row for row in meeting.attendees.all()}
    people = [actor.person_id, *workflow.principals_of(actor)]
    return next((rows[person] for person in people if person in rows), None)


def serve_file(
    actor: Actor, meeting_id: UUID, file_id: UUID, range_header: str | None
) -> tuple[Delivery, Iterator[bytes]]:
    """A paper of a meeting one may see. Raises NOT_FOUND."""
    meeting = meeting_for(actor, meeting_id)
    if not any(row.file_id == file_id for row in meeting.files.all()):
        raise DomainError(MeetingError.NOT_FOUND)
    attachment_services.note_read(actor=actor, file_id=file_id, organisation_id=meeting.organisation_id)
    return attachments.serve(file_id, range_header)


def sign_in_code(actor: Actor, meeting_id: UUID) -> tuple[SignInCode, Meeting]:
    """What the screen in the room shows now; for who called the meeting. Raises NOT_FOUND, NOT_YOURS, OVER."""
    meeting = meeting_for(actor, meeting_id)
    if not may_run(actor, meeting):
        raise DomainError(MeetingError.NOT_YOURS)
    now = clock.now()
    if meeting.state == MeetingState.CANCELLED or meeting.ends_at <= now:
        raise DomainError(MeetingError.OVER)
    seconds = rules_seconds()
    step = rules.step_of(now, seconds)
    shown = digits(meeting.id, step)
    link = f"{settings.PUBLIC_BASE_URL}/palm/meetings/{meeting.id}/sign-in?code={shown}"
    return SignInCode(shown, link, rules.step_ends(step, seconds, now), now), meeting


def digits(meeting_id: UUID, step: int) -> str:
    """The code of a meeting for one step of time: keyed, so that nobody can reckon it outside."""
    return rules.digits_of(blind_index(f"{meeting_id}:{step}", purpose="meetings.sign_in"))


def rules_seconds() -> int:
    """How long a code shows."""
    rows = MeetingRule.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from")
    return rows.values_list("code_seconds", flat=True)[0]


def rooms_in_reach(actor: Actor) -> QuerySet[Room]:
    """Rooms of one's own branch of the tree: at one's organisation, above it, below it. FORBIDDEN for citizens."""
    check_official(actor)
    paths = sorted({grant.path for grant in actor.grants})
    wanted = Q(pk=None)
    for path in paths:
        codes = path.rstrip("/").split("/")
        above = ["/".join(codes[: size + 1]) + "/" for size in range(len(codes))]
        wanted |= Q(path__in=above) | Q(path__startswith=path)
    return Room.objects.filter(wanted, given_up_on=None)


def check_official(actor: Actor) -> None:
    """Refuse who is no official. Raises FORBIDDEN."""
    if actor.kind is not ActorKind.OFFICIAL:
        raise DomainError(CommonError.FORBIDDEN)


def rooms(actor: Actor, *, starts_at: datetime, ends_at: datetime, seats: int = 1) -> list[RoomInfo]:
    """The rooms with whether they are free then, who has them, and from when they are free; fitting ones first."""
    if not starts_at < ends_at:
        raise DomainError(MeetingError.BAD_TIME, hours=int(HORIZON.total_seconds() // 3600))
    found = list(rooms_in_reach(actor).filter(seats__gte=seats).order_by("seats", "name", "id")[:100])
    until = ends_at + HORIZON
    taken: dict[UUID, list[Meeting]] = {}
    for row in _holding().filter(room__in=found, starts_at__lt=until, ends_at__gt=starts_at).order_by("starts_at"):
        if row.room_id is not None:
            taken.setdefault(row.room_id, []).append(row)
    infos = [_room_info(room, taken.get(room.id, []), starts_at, ends_at) for room in found]
    return sorted(infos, key=lambda info: not info.free)


def holder_of(room: Room, starts_at: datetime, ends_at: datetime) -> Meeting | None:
    """The meeting that has a room in a time."""
    return _holding().filter(room=room, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at").first()


def _holding() -> QuerySet[Meeting]:
    return Meeting.objects.exclude(state=MeetingState.CANCELLED)


def _room_info(room: Room, taken: list[Meeting], starts_at: datetime, ends_at: datetime) -> RoomInfo:
    first = next((row for row in taken if row.starts_at < ends_at), None)
    busy = [(row.starts_at, row.ends_at) for row in taken]
    free_from = rules.next_free(busy, starts_at, ends_at - starts_at, ends_at + HORIZON)
    return RoomInfo(
        id=room.id,
        name=room.name,
        place=room.place,
        seats=room.seats,
        equipment=room.equipment,
        organisation_id=room.organisation_id,
        free=first is None,
        holder=f"{first.unit_name} {first.organiser_name}" if first else "",
        free_from=free_from,
    )


def _visible(actor: Actor) -> QuerySet[Meeting]:
    people = [actor.person_id, *workflow.principals_of(actor)]
    invited = Attendee.objects.filter(meeting=OuterRef("pk"), person_id__in=people, removed_at=None)
    return Meeting.objects.filter(Q(organiser_id__in=people) | Exists(invited))
