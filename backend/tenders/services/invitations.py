"""Answers to invitations to tender. Nobody but the invited company sees them before the opening (Tender Law 22)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.accounts.types import LegalPersonInfo
from backend.journal.services import record
from backend.tenders.models import Bid, InvitationReply, Notice
from backend.tenders.services import bidders, common
from backend.tenders.types import BidState, NoticeKind, NoticeState, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import uuid7


@transaction.atomic
def answer_invitation(*, actor: Actor, notice_id: UUID, company_id: UUID, accept: bool) -> InvitationReply:
    """Take part, which takes the documents too, or not; may be said otherwise as long as the documents are on offer.

    Raises NOT_REPRESENTED, NOT_FOUND for a company that is not invited, NOT_ALLOWED_NOW, SALE_CLOSED, BID_STANDS when
    a bid was handed in.
    """
    company = common.represented(actor, company_id)
    notice = _invitation(notice_id, company.id)
    for section_id in notice.section_ids:
        section = common.share_section(section_id)
        if section.state not in bidders.OPEN_STATES:
            raise common.not_now(section)
        if accept:
            bidders.take_documents(actor=actor, section_id=section_id, company_id=company.id)
        elif _has_bid(section_id, company.id):
            raise DomainError(TenderError.BID_STANDS)
    return _keep(actor, notice, company, accept=accept)


def _invitation(notice_id: UUID, company_id: UUID) -> Notice:
    rows = Notice.objects.filter(kind=NoticeKind.INVITATION, state=NoticeState.PUBLISHED)
    notice = rows.filter(pk=notice_id, content__invited__contains=[str(company_id)]).first()
    if notice is None:
        raise DomainError(TenderError.NOT_FOUND)
    return notice


def _has_bid(section_id: UUID, company_id: UUID) -> bool:
    own = Bid.objects.filter(section_id=section_id, mark=common.mark(section_id, company_id))
    return own.filter(state=BidState.RECEIPTED).exists()


def _keep(actor: Actor, notice: Notice, company: LegalPersonInfo, *, accept: bool) -> InvitationReply:
    said = {
        "identity": common.sealed_identity(company, actor),
        "accepted": accept,
        "answered_at": clock.now(),
    }
    row, _ = InvitationReply.objects.update_or_create(
        notice=notice, mark=common.mark(notice.id, company.id), defaults=said, create_defaults={"id": uuid7(), **said}
    )
    record(
        actor=common.BOX,
        action="tender.invitation_answered",
        subject=("tender_invitation_reply", row.id),
        organisation_id=None,
        data={},
        private={"company": str(company.id), "person": str(actor.person_id), "accepted": str(accept)},
    )
    return row
