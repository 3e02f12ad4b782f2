"""What everybody may see, without signing in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from backend.accounts import selectors as accounts
from backend.attachments import selectors as attachments
from backend.attachments.types import Delivery
from backend.tenders.models import Notice, NoticeFile, OpeningRecord, Project, Question, Release, Section
from backend.tenders.rules import calendar, receipts
from backend.tenders.rules.search import wanted
from backend.tenders.services import bidders, common
from backend.tenders.types import KIND_NAMES, NOT_PUBLIC, NoticeKind, NoticeState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, Text


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a project's story: a notice that came out, or a time that is set."""

    kind: str
    title: Text
    at: datetime
    past: bool
    notice_id: UUID | None = None
    section_no: str = ""


def published_projects(filters: Mapping[str, Any]) -> QuerySet[Project]:
    """Projects with at least one notice, to be ordered and paged by the caller.

    `filters`: q (full text), category, region (prefix), min_fen, max_fen, state, closes_before, buyer (all optional).
    """
    rows = Project.objects.filter(first_published_at__isnull=False)
    if words := wanted(str(filters.get("q") or "")):
        rows = rows.filter(tokens__contains=words)
    exact = {"category": "category", "state": "state", "buyer": "organisation_id"}
    ranges = {
        "region": "region_code__startswith",
        "min_fen": "amount_fen__gte",
        "max_fen": "amount_fen__lte",
        "closes_before": "next_deadline__lte",
    }
    given = {field: filters[name] for name, field in {**exact, **ranges}.items() if filters.get(name) is not None}
    return rows.filter(**given)


def public_project(project_id: UUID, actor: Actor | None = None) -> Project:
    """A published project; one that only the invited may see for them. Raises PROJECT_NOT_FOUND."""
    row = Project.objects.filter(pk=project_id).first()
    if row is None or not _sees(row, actor):
        raise DomainError(TenderError.PROJECT_NOT_FOUND)
    return row


def _sees(project: Project, actor: Actor | None) -> bool:
    if project.first_published_at is not None:
        return True
    if actor is None or actor.user_id is None:
        return False
    return common.may_see(project, [found.id for found in accounts.legal_persons_of(actor.user_id)])


def sections_of(project: Project) -> list[Section]:
    """The sections of a project, by number."""
    return list(project.sections.order_by("number"))


def _public_notices() -> QuerySet[Notice]:
    return Notice.objects.filter(state=NoticeState.PUBLISHED).exclude(kind__in=NOT_PUBLIC)


def public_notice(notice_id: UUID, actor: Actor | None = None) -> Notice:
    """A published notice that everybody may see, or the invited. Raises NOT_FOUND."""
    row = _public_notices().select_related("project").prefetch_related("files").filter(pk=notice_id).first()
    if row is None or not _sees(row.project, actor):
        raise DomainError(TenderError.NOT_FOUND)
    return row


def notice_content(
    notice_id: UUID, file_id: UUID, range_header: str | None = None, actor: Actor | None = None
) -> tuple[Delivery, Iterator[bytes]]:
    """The bytes of a public notice's file. Raises NOT_FOUND."""
    row = NoticeFile.objects.filter(pk=file_id, notice=public_notice(notice_id, actor)).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    return attachments.serve(row.file_id, range_header)


def story_of(project: Project) -> list[Moment]:
    """The whole story on one line of time: what came out, and the times that are set, oldest first."""
    now = clock.now()
    told = [
        Moment(row.kind, KIND_NAMES[NoticeKind(row.kind)], row.published_at, True, row.id)
        for row in _public_notices().filter(project=project)
        if row.published_at
    ]
    set_times = [
        Moment(kind, title, at, at <= now, section_no=section.number)
        for section in sections_of(project)
        for kind, title, at in _times(section)
        if at is not None
    ]
    return sorted([*told, *set_times], key=lambda moment: moment.at)


def _times(section: Section) -> list[tuple[str, Text, datetime | None]]:
    return [
        ("questions_until", _QUESTIONS, bidders.questions_close(section)),
        ("documents_until", _DOCUMENTS, section.documents_until),
        ("bids_until", _DEADLINE, section.bids_until),
        ("opened", _OPENED, section.opened_at),
        ("objections_until", _OBJECTIONS, section.publicity_until),
    ]


_QUESTIONS = Text("提问截止", "Questions until")
_DOCUMENTS = Text("文件获取截止", "Documents until")
_DEADLINE = Text("投标截止、开标", "Bids due and opened")
_OPENED = Text("已开标", "Opened")
_OBJECTIONS = Text("公示异议截止", "Objections until")


def answered_questions(section_id: UUID, actor: Actor | None = None) -> list[Question]:
    """The answers to everybody, without who asked. Raises NOT_FOUND for a section nobody may see yet."""
    return list(_visible_section(section_id, actor).questions.exclude(answered_at=None).order_by("answered_at"))


def _visible_section(section_id: UUID, actor: Actor | None) -> Section:
    row = Section.objects.select_related("project").filter(pk=section_id).first()
    if row is None or not _sees(row.project, actor):
        raise DomainError(TenderError.NOT_FOUND)
    return row


def opening_record(section_id: UUID, actor: Actor | None = None) -> dict[str, Any]:
    """The signed record of an opening. Raises NOT_FOUND before there is one."""
    row = OpeningRecord.objects.filter(section=_visible_section(section_id, actor)).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    content: dict[str, Any] = row.content
    return content


def signing_key() -> str:
    """The public key of receipts and opening records, base64 of 32 bytes (Ed25519)."""
    return receipts.public_key(common.signing_seed())


def server_time() -> datetime:
    """The clock that decides, for countdowns."""
    return clock.now()


def calendar_entry(project_id: UUID, actor: Actor | None = None) -> str:
    """The times of a project as an iCalendar file. Raises PROJECT_NOT_FOUND."""
    project = public_project(project_id, actor)
    entries = [
        calendar.Entry(
            uid=f"{section.id}-{kind}-{section.deadline_version}@{project.ocid}",
            start=at,
            length=timedelta(minutes=30),
            summary=f"{title.zh}：{section.name}",
            place=section.opening_place,
            link=f"{settings.PUBLIC_BASE_URL}/palm/tenders/{project.id}",
        )
        for section in sections_of(project)
        for kind, title, at in _times(section)
        if at is not None and kind != "opened"
    ]
    return calendar.render(entries, clock.now())


def releases() -> QuerySet[Release]:
    """All releases, to be paged in the order in which they were written."""
    return Release.objects.all()


def record_of(ocid: str) -> list[dict[str, Any]]:
    """The releases of one process. Raises PROJECT_NOT_FOUND."""
    rows = list(Release.objects.filter(project__ocid=ocid).order_by("released_at", "id"))
    if not rows:
        raise DomainError(TenderError.PROJECT_NOT_FOUND)
    return [row.release for row in rows]
