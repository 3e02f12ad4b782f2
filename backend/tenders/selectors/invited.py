"""Invitations, for those invited only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.accounts import selectors as accounts
from backend.accounts.types import LegalPersonInfo
from backend.attachments import selectors as attachments
from backend.attachments.types import Delivery
from backend.tenders.models import InvitationReply, Notice, NoticeFile, Section
from backend.tenders.services import common
from backend.tenders.types import NoticeKind, NoticeState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

MOST = 200
_NOT_SHOWN = "invited"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a company is invited to, and what it answered (None: nothing yet). Without who else is invited."""

    notice: Notice
    company: LegalPersonInfo
    sections: list[Section]
    accepted: bool | None
    answered_at: datetime | None
    now: datetime

    @property
    def content(self) -> dict[str, Any]:
        """What the notice says to the invited."""
        return {name: value for name, value in self.notice.content.items() if name != _NOT_SHOWN}

    @property
    def answerable(self) -> bool:
        """Whether an answer is still possible: bids are open and the documents on offer."""
        return all(
            one.state == "bidding" and one.documents_until is not None and self.now <= one.documents_until
            for one in self.sections
        )


def invitations_of(actor: Actor, company_id: UUID) -> list[Invitation]:
    """The invitations of a company, the latest first. Raises NOT_REPRESENTED."""
    company = common.represented(actor, company_id)
    rows = list(_published(company.id).order_by("-published_at")[:MOST])
    wanted = {found for row in rows for found in row.section_ids}
    sections = Section.objects.in_bulk(wanted)
    marks = {row.id: common.mark(row.id, company.id) for row in rows}
    replies = {one.notice_id: one for one in InvitationReply.objects.filter(mark__in=list(marks.values()))}
    return [_of(row, company, [sections[one] for one in row.section_ids], replies.get(row.id)) for row in rows]


def invitation(actor: Actor, notice_id: UUID, company_id: UUID | None = None) -> Invitation:
    """An invitation of one of the actor's companies. Raises NOT_FOUND for everybody else."""
    held = accounts.legal_persons_of(actor.person_id) if actor.user_id else []
    for company in held:
        if company_id not in (None, company.id):
            continue
        row = _published(company.id).filter(pk=notice_id).first()
        if row is not None:
            mark = common.mark(row.id, company.id)
            reply = InvitationReply.objects.filter(notice=row, mark=mark).first()
            sections = list(Section.objects.filter(pk__in=row.section_ids).order_by("number"))
            return _of(row, company, sections, reply)
    raise DomainError(TenderError.NOT_FOUND)


def invitation_file(
    actor: Actor, notice_id: UUID, file_id: UUID, range_header: str | None = None
) -> tuple[Delivery, Iterator[bytes]]:
    """The bytes of a file of an invitation. Raises NOT_FOUND for everybody who is not invited."""
    row = NoticeFile.objects.filter(pk=file_id, notice=invitation(actor, notice_id).notice).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    return attachments.serve(row.file_id, range_header)


def _published(company_id: UUID) -> QuerySet[Notice]:
    rows = Notice.objects.filter(Q(kind=NoticeKind.INVITATION, state=NoticeState.PUBLISHED))
    found = rows.filter(content__invited__contains=[str(company_id)])
    return found.select_related("project").prefetch_related("files")


def _of(row: Notice, company: LegalPersonInfo, sections: list[Section], reply: InvitationReply | None) -> Invitation:
    accepted, at = (reply.accepted, reply.answered_at) if reply else (None, None)
    return Invitation(row, company, sections, accepted, at, clock.now())
