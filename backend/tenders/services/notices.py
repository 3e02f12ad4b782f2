"""Notices: written, looked at by a second person, published for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.attachments import services as attachments
from backend.journal.services import record, record_change
from backend.tenders.events import NOTICE_PUBLISHED
from backend.tenders.models import Notice, NoticeFile, Project, Section
from backend.tenders.rules import notices as rules
from backend.tenders.services import checking, common, effects, releases
from backend.tenders.types import KIND_NAMES, SYSTEM_KINDS, NoticeKind, NoticeState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.ids import take_number, uuid7

MAX_FILE_BYTES = 20 * 1024 * 1024


@transaction.atomic
def draft_notice(
    *,
    actor: Actor,
    project_id: UUID,
    kind: str,
    section_ids: Sequence[UUID],
    title: str,
    content: Mapping[str, Any],
) -> Notice:
    """Begin a notice about sections of a project (all of them when none is named).

    Raises PROJECT_NOT_FOUND, NOT_FOUND for a section that is not the project's or a kind that only the system writes.
    """
    project = common.lock_project(actor, project_id)
    if not common.holds(actor, project, common.EDITOR) or kind in SYSTEM_KINDS:
        raise DomainError(TenderError.NOT_FOUND)
    own = set(project.sections.values_list("id", flat=True))
    wanted = set(section_ids) or own
    if not wanted <= own:
        raise DomainError(TenderError.NOT_FOUND)
    now = clock.now()
    notice = Notice.objects.create(
        id=uuid7(),
        project=project,
        section_ids=sorted(wanted),
        kind=NoticeKind(kind),
        state=NoticeState.DRAFT,
        title=title or f"{project.name}{KIND_NAMES[NoticeKind(kind)].zh}",
        content=dict(content),
        author_id=actor.user_id,
        created_at=now,
        updated_at=now,
    )
    _note(actor, notice, "tender.notice_drafted")
    return notice


@transaction.atomic
def change_draft(*, actor: Actor, notice_id: UUID, version: int, title: str, content: Mapping[str, Any]) -> Notice:
    """Write a draft anew. Raises NOT_FOUND, STALE, IMMUTABLE for what is under review or published."""
    notice = _own(actor, notice_id, version, common.EDITOR)
    _require(notice, NoticeState.DRAFT)
    notice.title, notice.content = title or notice.title, dict(content)
    notice.author_id = actor.user_id
    notice.save_change("title", "content", "author_id", at=clock.now())
    _note(actor, notice, "tender.notice_changed")
    return notice


def add_file(*, actor: Actor, notice_id: UUID, upload: Any, filename: str) -> NoticeFile:
    """Add a file to a draft. Raises NOT_FOUND, IMMUTABLE, and what `attachments.store` raises."""
    with transaction.atomic():
        _require(_own(actor, notice_id, None, common.EDITOR), NoticeState.DRAFT)
    stored = attachments.store(
        actor=actor,
        upload=upload,
        filename=filename,
        max_bytes=MAX_FILE_BYTES,
        owner=("tender_notice", notice_id),
    )
    try:
        return _attach(actor, notice_id, stored)
    except DomainError:
        attachments.discard(actor=actor, file_id=stored.id)
        raise


@transaction.atomic
def _attach(actor: Actor, notice_id: UUID, stored: Any) -> NoticeFile:
    notice = _own(actor, notice_id, None, common.EDITOR)
    _require(notice, NoticeState.DRAFT)
    row = NoticeFile.objects.create(
        notice=notice,
        file_id=stored.id,
        filename=stored.filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
    )
    notice.save_change(at=clock.now())
    return row


@transaction.atomic
def submit_notice(*, actor: Actor, notice_id: UUID, version: int) -> Notice:
    """Hand a draft to a second person. Raises NOT_FOUND, STALE, IMMUTABLE, CONTENT_INCOMPLETE."""
    notice = _own(actor, notice_id, version, common.EDITOR)
    _require(notice, NoticeState.DRAFT)
    checking.check_content(notice)
    notice.state = NoticeState.IN_REVIEW
    notice.save_change("state", at=clock.now())
    _note(actor, notice, "tender.notice_submitted")
    return notice


@transaction.atomic
def return_notice(*, actor: Actor, notice_id: UUID, version: int, note: str) -> Notice:
    """Give a notice back to its author with what is to be mended. Raises NOT_FOUND, STALE, IMMUTABLE, SECOND_PERSON."""
    notice = _under_review(actor, notice_id, version)
    notice.state, notice.reviewer_id, notice.review_note = NoticeState.DRAFT, actor.user_id, note[:500]
    notice.save_change("state", "reviewer_id", "review_note", at=clock.now())
    _note(actor, notice, "tender.notice_returned")
    return notice


@transaction.atomic
def discard_notice(*, actor: Actor, notice_id: UUID, version: int) -> Notice:
    """Throw a draft away. Raises NOT_FOUND, STALE, IMMUTABLE."""
    notice = _own(actor, notice_id, version, common.EDITOR)
    _require(notice, NoticeState.DRAFT)
    notice.state = NoticeState.DISCARDED
    notice.save_change("state", at=clock.now())
    _note(actor, notice, "tender.notice_discarded")
    return notice


@transaction.atomic
def publish_notice(*, actor: Actor, notice_id: UUID, version: int) -> Notice:
    """Publish a notice after review by a second person: checked against the law as it holds today, then for good.

    Raises NOT_FOUND, STALE, IMMUTABLE, SECOND_PERSON, CONTENT_INCOMPLETE, NOT_ALLOWED_NOW, SUSPENDED, KEY_MISSING,
    PUBLICITY_RUNNING, PERIOD_TOO_SHORT (with each fault's pointer and earliest day), CANDIDATES_INVALID.
    """
    notice = _under_review(actor, notice_id, version)
    notice.reviewer_id = actor.user_id
    return put_out(actor, notice)


def put_out(actor: Actor, notice: Notice) -> Notice:
    """Check, apply to the sections, number, publish and tell. The caller holds the notice's row in a transaction."""
    project = Project.objects.select_for_update().get(pk=notice.project_id)
    locked = Section.objects.select_for_update(of=("self",)).filter(pk__in=notice.section_ids).order_by("id")
    sections = list(locked)
    now = clock.now()
    checking.check_content(notice)
    checking.check_publication(notice, project, sections, now)
    for section in sections:
        effects.apply(notice, section, now)
    serial = take_number("tender.notice", project.number)
    notice.number = f"{project.number}-G{serial:02d}"
    notice.state, notice.published_at = NoticeState.PUBLISHED, now
    notice.save_change("state", "number", "published_at", "reviewer_id", "content", at=now)
    if not common.stays_hidden(project, sections, NoticeKind(notice.kind)):
        project.first_published_at = project.first_published_at or now
    common.refresh(project, now, "first_published_at")
    releases.write_release(notice, project, sections)
    _announce(actor, notice, project)
    return notice


def _announce(actor: Actor, notice: Notice, project: Project) -> None:
    record_change(
        actor=actor,
        event=NOTICE_PUBLISHED,
        subject=("tender_notice", notice.id),
        organisation_id=project.organisation_id,
        data={
            **common.project_facts(project),
            "notice_id": str(notice.id),
            "kind": str(notice.kind),
            "title": notice.title,
            "section_ids": [str(found) for found in notice.section_ids],
            "affects_bids": bool(notice.content.get("affects_bids")),
            "at": clock.local(notice.published_at or clock.now()).isoformat(),
        },
        journal_extra={"number": notice.number, "content_sha256": rules.content_digest(notice.content)},
    )


def _under_review(actor: Actor, notice_id: UUID, version: int) -> Notice:
    notice = _own(actor, notice_id, version, common.REVIEWER)
    _require(notice, NoticeState.IN_REVIEW)
    if notice.author_id == actor.user_id:
        raise DomainError(TenderError.SECOND_PERSON)
    return notice


def _own(actor: Actor, notice_id: UUID, version: int | None, role: str) -> Notice:
    found = Notice.objects.select_for_update(of=("self",)).select_related("project").filter(pk=notice_id).first()
    if found is None or not common.holds(actor, found.project, role):
        raise DomainError(TenderError.NOT_FOUND)
    if version is not None and found.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": found.version})
    return found


def _require(notice: Notice, state: NoticeState) -> None:
    if notice.state != state:
        raise DomainError(TenderError.IMMUTABLE)


def _note(actor: Actor, notice: Notice, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=("tender_notice", notice.id),
        organisation_id=notice.project.organisation_id,
        data={"kind": str(notice.kind), "version": notice.version},
    )
