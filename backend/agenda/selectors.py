"""Reading schedules, tasks, reports and feeds. Who sees how much is decided where the rows are fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import OfficialInfo
from backend.agenda import rules
from backend.agenda.models import Entry, Feed, Share, WeeklyReport, WorkTask
from backend.agenda.types import (
    AgendaError,
    EntryInfo,
    EntryKind,
    Openness,
    ReportState,
    ShareLevel,
    View,
)
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.actors import Actor, ActorKind
from kernel.clock import SHANGHAI
from kernel.errors import CommonError, DomainError, Text

MAX_DAYS = 62
FEED_PAST, FEED_AHEAD = timedelta(days=30), timedelta(days=180)
_DUE = Text("到期：", "Due: ")
_FEED_NAME = Text("政务日程", "Office calendar")


def entries(
    actor: Actor, *, since: datetime, until: datetime, owner_ids: Sequence[UUID] = (), unit_id: UUID | None = None
) -> list[EntryInfo]:
    """What stands in these schedules (one's own without any), or in a unit's plan and its people's, as the actor may
    see it. Somebody whose schedule is not the actor's to see gives NOT_FOUND. Raises BAD_TIME, FORBIDDEN."""
    _check_official(actor)
    if not since < until or (until - since).days > MAX_DAYS:
        raise DomainError(AgendaError.BAD_TIME, days=MAX_DAYS)
    rows = Entry.objects.filter(starts_at__lt=until, ends_at__gte=since, removed_at=None)
    if unit_id is not None:
        return _of_unit(actor, rows, unit_id)
    people = accounts.officials(ids=set(owner_ids) or {actor.person_id})
    seen = levels(actor, people)
    if set(owner_ids) - set(seen):
        raise DomainError(AgendaError.NOT_FOUND)
    return [_info(row, seen) for row in rows.filter(owner_id__in=seen).order_by("starts_at", "id")]


def _of_unit(actor: Actor, rows: QuerySet[Entry], unit_id: UUID) -> list[EntryInfo]:
    path = accounts.path_of(unit_id)
    if path is None or not _in_branch(actor, path):
        raise DomainError(AgendaError.NOT_FOUND)
    seen = levels(actor, accounts.officials(organisation_ids=[unit_id]))
    wanted = Q(owner_id=None, organisation_id=unit_id) | Q(owner_id__in=seen)
    return [
        _info(row, seen, unit_level=_unit_level(actor, path)) for row in rows.filter(wanted).order_by("starts_at", "id")
    ]


def levels(actor: Actor, people: Collection[OfficialInfo]) -> dict[UUID, View]:
    """How much of each of these people's schedules the actor sees; who is left out is not to be seen."""
    found: dict[UUID, list[Share]] = {}
    today = clock.today()
    for row in _shares_today(today).filter(owner_id__in=[info.id for info in people]):
        found.setdefault(row.owner_id, []).append(row)
    mine = {actor.user_id, *workflow.principals_of(actor)}
    seen = {}
    for info in people:
        shares = found.get(info.id, [])
        level = rules.granted(
            is_own=info.id in mine,
            same_unit=_in_unit(actor, info.organisation.path),
            has_rules=bool(shares),
            shares=[ShareLevel(row.level) for row in shares if _reaches(row, actor)],
        )
        if level is not None:
            seen[info.id] = level
    return seen


def view_of(actor: Actor, row: Entry) -> View | None:
    """How the actor sees one entry."""
    if row.owner_id is None:
        return _unit_level(actor, row.path)
    level = levels(actor, accounts.officials(ids=[row.owner_id])).get(row.owner_id)
    return None if level is None else rules.shown_as(level, row.openness)


def entry_for(actor: Actor, entry_id: UUID) -> EntryInfo:
    """One entry as the actor may see it. Raises NOT_FOUND."""
    row = Entry.objects.filter(pk=entry_id, removed_at=None).first()
    view = view_of(actor, row) if row is not None else None
    if row is None or view is None:
        raise DomainError(AgendaError.NOT_FOUND)
    return _shown(row, view)


def people_seen(actor: Actor) -> list[tuple[OfficialInfo, View]]:
    """Whose schedules the actor sees: oneself, colleagues of the unit, and who has made a rule for the actor."""
    _check_official(actor)
    units = {grant.organisation_id for grant in actor.grants}
    reaching = [row.owner_id for row in _shares_today(clock.today()).order_by("id")[:500] if _reaches(row, actor)]
    people = accounts.officials(
        ids={actor.person_id, *reaching, *workflow.principals_of(actor)}, organisation_ids=units
    )
    seen = levels(actor, people)
    return [(info, seen[info.id]) for info in people if info.id in seen]


def own_shares(actor: Actor) -> list[Share]:
    """The rules one has made, newest first."""
    return list(_shares_today(clock.today()).filter(owner_id=actor.person_id).order_by("-id"))


def standing(person_id: UUID, since: datetime, until: datetime) -> QuerySet[Entry]:
    """What stands in a person's own schedule in a time. The caller has checked the right."""
    return Entry.objects.filter(owner_id=person_id, removed_at=None, starts_at__lt=until, ends_at__gte=since)


# -- tasks and reports


def tasks_of(actor: Actor, *, given: bool = False, open_only: bool = True) -> QuerySet[WorkTask]:
    """The work tasks one has to do (or is to do for somebody), or has given to others."""
    _check_official(actor)
    people = [actor.person_id, *workflow.principals_of(actor)]
    rows = (
        WorkTask.objects.filter(giver_id=actor.person_id).exclude(owner_id=actor.person_id)
        if given
        else WorkTask.objects.filter(owner_id__in=people)
    )
    return rows.filter(state="open") if open_only else rows.exclude(state="open")


def task_for(actor: Actor, task_id: UUID) -> WorkTask:
    """One task with its notes, for its owner and who gave it. Raises TASK_NOT_FOUND."""
    row = WorkTask.objects.prefetch_related("notes").filter(pk=task_id).first()
    if row is None or not (workflow.acts_for(actor, row.owner_id) or workflow.acts_for(actor, row.giver_id)):
        raise DomainError(AgendaError.TASK_NOT_FOUND)
    return row


def reports_seen(actor: Actor, week: date) -> list[WeeklyReport]:
    """The reports of a week that were handed in and are the actor's to read: of one's unit's leaders' subtree."""
    _check_official(actor)
    reach = Q(person_id=actor.person_id)
    for path in sorted(_led(actor)):
        reach |= Q(path__startswith=path, state=ReportState.HANDED_IN)
    return list(WeeklyReport.objects.filter(reach, week=week).order_by("path", "person_id")[:200])


def _led(actor: Actor) -> set[str]:
    return {grant.path for grant in actor.grants if grant.role in LEADERS}


LEADERS = frozenset({"approver", "inquiry_head", "hotline_leader"})


# -- feeds


def feed_digest(secret: str) -> bytes:
    """What is kept of a feed's secret: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).digest()


def has_feed(actor: Actor) -> Feed | None:
    """One's open feed, if any; its secret is not known any more."""
    return Feed.objects.filter(person_id=actor.person_id, revoked_at=None).first()


def feed(secret: str) -> str:
    """The calendar behind a private address: meetings, entries, leave, and days by which something is due.

    Raises NOT_FOUND for an unknown or closed one, and for a person who is not in office any more.
    """
    row = Feed.objects.filter(digest=feed_digest(secret), revoked_at=None).first()
    if row is None or not accounts.officials(ids=[row.person_id]):
        raise DomainError(CommonError.NOT_FOUND)
    now = clock.now()
    since, until = now - FEED_PAST, now + FEED_AHEAD
    stands = standing(row.person_id, since, until).order_by("starts_at", "id")[:1000]
    items = [
        rules.CalendarItem(
            uid=one.id,
            title=one.title,
            starts_at=clock.local(one.starts_at),
            ends_at=clock.local(one.ends_at),
            whole_days=one.all_day,
            changed_at=one.updated_at,
            sequence=one.version - 1,
            place=one.place,
            notes=one.notes,
        )
        for one in stands
    ]
    return rules.calendar(
        _FEED_NAME.render(row.language), [*items, *_due_items(row.person_id, since, row.language)], SHANGHAI.key
    )


def _due_items(person_id: UUID, since: datetime, language: str) -> list[rules.CalendarItem]:
    found = workflow.own_with_due_date(person_id, clock.local(since).date())
    return [
        rules.CalendarItem(
            uid=task.id,
            title=_DUE.render(language) + task.title,
            starts_at=_noon(task.due_on),
            ends_at=_noon(task.due_on),
            whole_days=True,
            changed_at=task.opened_at,
            sequence=0,
            is_busy=False,
        )
        for task in found
        if task.due_on is not None
    ]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=SHANGHAI)


# -- inner


def _check_official(actor: Actor) -> None:
    if actor.kind is not ActorKind.OFFICIAL:
        raise DomainError(CommonError.FORBIDDEN)


def _shares_today(today: date) -> QuerySet[Share]:
    return Share.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)


def _reaches(row: Share, actor: Actor) -> bool:
    if row.reader_id is not None:
        return row.reader_id == actor.user_id
    return any(grant.path.startswith(row.path) for grant in actor.grants)


def _in_unit(actor: Actor, path: str) -> bool:
    return any(grant.path == path for grant in actor.grants)


def _in_branch(actor: Actor, path: str) -> bool:
    return any(grant.path.startswith(path) or path.startswith(grant.path) for grant in actor.grants)


def _unit_level(actor: Actor, path: str) -> View | None:
    if _in_unit(actor, path):
        return View.KEEP
    return View.DETAILS if _in_branch(actor, path) else None


def _info(row: Entry, seen: dict[UUID, View], *, unit_level: View | None = None) -> EntryInfo:
    level = unit_level if row.owner_id is None else seen[row.owner_id]
    return _shown(row, rules.shown_as(level or View.BUSY, row.openness))


def _shown(row: Entry, view: View) -> EntryInfo:
    hidden = view is View.BUSY
    return EntryInfo(
        id=row.id,
        owner_id=row.owner_id,
        organisation_id=row.organisation_id,
        kind=EntryKind.OWN if hidden else EntryKind(row.kind),
        view=view,
        title="" if hidden else row.title,
        place="" if hidden else row.place,
        notes="" if hidden else row.notes,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        all_day=row.all_day,
        openness=Openness(row.openness),
        subject_kind="" if hidden else row.subject_kind,
        subject_id=None if hidden else row.subject_id,
        version=row.version,
    )
