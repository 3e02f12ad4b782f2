"""Bodies of invitations."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from mobile_api.platform.serializers import at
from mobile_api.v1.tenders import documents
from mobile_api.v1.tenders.serializers import CompanyBody
from mobile_api.v1.tenders.shapes import CompanyShape, TenderFileShape, TenderSectionShape

S = serializers


class ReplyBody(CompanyBody):
    """Whether a company takes part."""

    accept = S.BooleanField()


class InvitationRowShape(S.Serializer):
    """An invitation in the list of a company."""

    id = S.UUIDField()
    title = S.CharField()
    project_id = S.UUIDField()
    project_name = S.CharField()
    buyer_name = S.CharField()
    company = CompanyShape()
    accepted = S.BooleanField(allow_null=True, help_text="Null: not answered yet.")
    answered_at = S.DateTimeField(allow_null=True)
    answerable = S.BooleanField(help_text="An answer may be given, or changed.")
    published_at = S.DateTimeField()
    documents_until = S.DateTimeField(allow_null=True)
    bids_until = S.DateTimeField(allow_null=True)


class InvitationsShape(S.Serializer):
    """The invitations of a company; `now` is the clock that decides."""

    items = InvitationRowShape(many=True)
    now = S.DateTimeField()


class InvitationShape(InvitationRowShape):
    """An invitation as the invited reads it; who else is invited is not told."""

    content = S.DictField(help_text="What the invitation says.")
    files = TenderFileShape(many=True)
    sections = TenderSectionShape(many=True)
    now = S.DateTimeField()


def row(found: Any) -> dict[str, Any]:
    """An invitation in a list."""
    first = found.sections[0]
    return {
        "id": str(found.notice.id),
        "title": found.notice.title,
        "project_id": str(found.notice.project_id),
        "project_name": found.notice.project.name,
        "buyer_name": found.notice.project.buyer_name,
        "company": documents.company(found.company),
        "accepted": found.accepted,
        "answered_at": at(found.answered_at),
        "answerable": found.answerable,
        "published_at": at(found.notice.published_at),
        "documents_until": at(first.documents_until),
        "bids_until": at(first.bids_until),
    }


def page(found: Any) -> dict[str, Any]:
    """An invitation by itself."""
    return {
        **row(found),
        "content": found.content,
        "files": [documents.file(one) for one in found.notice.files.all()],
        "sections": [documents.section(one) for one in found.sections],
        "now": at(found.now),
    }
