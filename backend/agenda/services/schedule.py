"""Schedules: one's own, those one keeps for somebody, the unit's; and what others' events put there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.agenda import selectors
from backend.agenda.models import Entry, Share
from backend.agenda.services import common
from backend.agenda.types import AgendaError, EntryKind, Openness, ShareLevel, View
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

FIELDS = ("title", "place", "notes", "starts_at", "ends_at", "all_day", "openness")


@transaction.atomic
def add_entry(
    *,
    actor: Actor,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    owner_id: UUID | None = None,
    for_unit: bool = False,
    place: str = "",
    notes: str = "",
    all_day: bool = False,
    openness: Openness = Openness.UNIT,
) -> Entry:
    """Put something into one's own schedule, one that one keeps (`owner_id`), or that of one's unit (`for_unit`).

    Raises BAD_TIME, NOT_ALLOWED, FORBIDDEN for citizens.
    """
    mine = common.home(actor)
    owner = mine if owner_id in (None, mine.id) else common.official(owner_id)  # type: ignore[arg-type]
    if owner.id != mine.id and selectors.levels(actor, [owner]).get(owner.id) is not View.KEEP:
        raise DomainError(AgendaError.NOT_ALLOWED)
    _check_time(starts_at, ends_at)
    row = Entry.objects.create(
        owner_id=None if for_unit else owner.id,
        organisation_id=owner.organisation.id,
        path=owner.organisation.path,
        kind=EntryKind.OWN,
        title=title.strip(),
        place=place.strip(),
        notes=notes.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        all_day=all_day,
        openness=Openness.UNIT if for_unit else openness,
        updated_at=clock.now(),
    )
    _note(actor, row, "agenda.entry_added")
    return row


@transaction.atomic
def change_entry(*, actor: Actor, entry_id: UUID, version: int, **wishes: Any) -> Entry:
    """Change what is named. Raises NOT_FOUND, NOT_ALLOWED, TAKEN_FROM_ELSEWHERE, STALE, BAD_TIME."""
    row = _kept(actor, entry_id, version)
    for name in FIELDS:
        if name in wishes:
            setattr(row, name, wishes[name])
    _check_time(row.starts_at, row.ends_at)
    row.save_change(*FIELDS, at=clock.now())
    _note(actor, row, "agenda.entry_changed")
    return row


@transaction.atomic
def remove_entry(*, actor: Actor, entry_id: UUID, version: int) -> None:
    """Take an entry out. Raises NOT_FOUND, NOT_ALLOWED, TAKEN_FROM_ELSEWHERE, STALE."""
    row = _kept(actor, entry_id, version)
    row.removed_at = clock.now()
    row.save_change("removed_at", at=row.removed_at)
    _note(actor, row, "agenda.entry_removed")


@transaction.atomic
def share(
    *,
    actor: Actor,
    level: ShareLevel,
    reader_id: UUID | None = None,
    organisation_id: UUID | None = None,
    valid_to: date | None = None,
) -> Share:
    """Let one person, or a unit with all below it, see (or keep) one's schedule from today. Once there is a rule,
    one's own unit sees no more than the rules say. Raises PERSON_UNKNOWN, BAD_TIME, BAD_SHARE, FORBIDDEN.
    """
    mine, today = common.home(actor), clock.today()
    if (reader_id is None) == (organisation_id is None) or (organisation_id and level is ShareLevel.KEEP):
        raise DomainError(AgendaError.BAD_SHARE)
    if valid_to is not None and valid_to < today:
        raise DomainError(AgendaError.BAD_TIME, days=selectors.MAX_DAYS)
    unit = accounts.organisation(organisation_id) if organisation_id else None
    row = Share.objects.create(
        owner_id=mine.id,
        owner_name=mine.name,
        reader_id=reader_id,
        organisation_id=organisation_id,
        path=unit.path if unit else "",
        reader_name=unit.name if unit else common.official(reader_id).name,  # type: ignore[arg-type]
        level=level,
        valid_from=today,
        valid_to=valid_to,
    )
    _note_share(actor, row, "agenda.shared")
    return row


@transaction.atomic
def unshare(*, actor: Actor, share_id: UUID) -> None:
    """Take a rule back. Raises NOT_FOUND for anybody else's."""
    row = Share.objects.select_for_update().filter(pk=share_id, owner_id=actor.person_id).first()
    if row is None:
        raise DomainError(AgendaError.NOT_FOUND)
    _note_share(actor, row, "agenda.unshared")
    row.delete()


def put(
    *,
    people: Iterable[UUID],
    subject: tuple[str, UUID],
    kind: EntryKind,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    all_day: bool = False,
) -> None:
    """Put what happened elsewhere into the schedules of these people, or move what stands there. For receivers."""
    for info in accounts.officials(ids=set(people)):
        Entry.objects.update_or_create(
            owner_id=info.id,
            subject_kind=subject[0],
            subject_id=subject[1],
            defaults={
                "organisation_id": info.organisation.id,
                "path": info.organisation.path,
                "kind": kind,
                "title": title[:200],
                "place": place[:120],
                "starts_at": starts_at,
                "ends_at": ends_at,
                "all_day": all_day,
                "openness": Openness.UNIT,
                "removed_at": None,
                "updated_at": clock.now(),
            },
        )


def move(*, subject: tuple[str, UUID], title: str, starts_at: datetime, ends_at: datetime, place: str) -> None:
    """Something that stands in schedules has changed; who does not come keeps it out. For receivers."""
    rows = Entry.objects.filter(subject_kind=subject[0], subject_id=subject[1])
    rows.update(title=title[:200], starts_at=starts_at, ends_at=ends_at, place=place[:120], updated_at=clock.now())


def take_out(*, subject: tuple[str, UUID], people: Collection[UUID] | None = None) -> None:
    """It does not take place, for anybody or for these people. For receivers."""
    rows = Entry.objects.filter(subject_kind=subject[0], subject_id=subject[1], removed_at=None)
    if people is not None:
        rows = rows.filter(owner_id__in=people)
    rows.update(removed_at=clock.now(), updated_at=clock.now())


def _kept(actor: Actor, entry_id: UUID, version: int) -> Entry:
    row = Entry.objects.select_for_update().filter(pk=entry_id, removed_at=None).first()
    if row is None:
        raise DomainError(AgendaError.NOT_FOUND)
    view = selectors.view_of(actor, row)
    if view is not View.KEEP:
        raise DomainError(AgendaError.NOT_ALLOWED if view is View.DETAILS else AgendaError.NOT_FOUND)
    if row.kind != EntryKind.OWN:
        raise DomainError(AgendaError.TAKEN_FROM_ELSEWHERE)
    common.check_version(row, version)
    return row


def _check_time(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at < starts_at or (ends_at - starts_at).days > selectors.MAX_DAYS:
        raise DomainError(AgendaError.BAD_TIME, days=selectors.MAX_DAYS)


def _note(actor: Actor, row: Entry, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=("agenda_entry", row.id),
        organisation_id=row.organisation_id,
        data={"starts_at": row.starts_at.isoformat(), **common.for_whom(actor, row.owner_id)},
    )


def _note_share(actor: Actor, row: Share, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=("agenda_share", row.id),
        organisation_id=row.organisation_id,
        data={"level": row.level, "reader_id": str(row.reader_id) if row.reader_id else None},
    )
