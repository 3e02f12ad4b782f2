"""Bodies that go out while somebody writes a notice, makes a key or waits for an opening."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.tenders.types import SHARES_NEEDED, STATE_NAMES, SectionState, Waiting
from mobile_api.platform.serializers import at
from mobile_api.v1.tenders.documents import language, project_row
from mobile_api.v1.tenders.shapes import TenderProjectRowShape

S = serializers


class DeskRowShape(TenderProjectRowShape):
    """A project in the list of the desk, with how much waits there."""

    to_review = S.IntegerField(help_text="Notices that wait for a second person.")
    to_answer = S.IntegerField(help_text="Questions without an answer.")
    to_decide = S.IntegerField(help_text="Objections without an answer.")


class DeskProjectPageShape(S.Serializer):
    """One page of the desk."""

    items = DeskRowShape(many=True)
    next = S.CharField(allow_null=True)


class PossibleOpenerShape(S.Serializer):
    """An official who may hold a share of a key."""

    person_id = S.UUIDField()
    name = S.CharField()
    organisation = S.CharField()


class PossibleOpenersShape(S.Serializer):
    """Who may hold a share of a section's key."""

    items = PossibleOpenerShape(many=True)


class InvitedCompanyShape(S.Serializer):
    """A registered company."""

    id = S.UUIDField()
    credit_code = S.CharField()
    name = S.CharField()


class ShareHolderShape(S.Serializer):
    """A holder of a share, by capacity."""

    title = S.CharField()
    brought_at = S.DateTimeField(allow_null=True)
    is_me = S.BooleanField()


class DutyShape(S.Serializer):
    """A section of whose key one holds a share."""

    section_id = S.UUIDField()
    section_no = S.CharField()
    name = S.CharField()
    project_id = S.UUIDField()
    project_name = S.CharField()
    state = S.CharField()
    state_label = S.CharField()
    suspended = S.BooleanField()
    bids_until = S.DateTimeField(allow_null=True)
    title = S.CharField()
    share_digest = S.CharField()
    brought_at = S.DateTimeField(allow_null=True)
    holders = ShareHolderShape(many=True)
    needed = S.IntegerField(help_text="How many shares open the bids.")


class DutiesShape(S.Serializer):
    """The sections one opens."""

    items = DutyShape(many=True)
    now = S.DateTimeField()


def desk_row(row: Any, waiting: Waiting) -> dict[str, Any]:
    """A project in the list of the desk."""
    counts = {"to_review": waiting.notices, "to_answer": waiting.questions, "to_decide": waiting.objections}
    return {**project_row(row), **counts}


def possible_opener(row: Any) -> dict[str, Any]:
    """An official who may hold a share."""
    return {"person_id": str(row.id), "name": row.name, "organisation": row.organisation.name}


def duty(row: Any) -> dict[str, Any]:
    """A section one opens; of the other holders only the capacity is shown."""
    section = row.section
    return {
        "section_id": str(row.section_id),
        "section_no": section.number,
        "name": section.name,
        "project_id": str(section.project_id),
        "project_name": section.project.name,
        "state": section.state,
        "state_label": STATE_NAMES[SectionState(section.state)].render(language()),
        "suspended": section.waits_for > 0,
        "bids_until": at(section.bids_until),
        "title": row.title,
        "share_digest": row.share_digest,
        "brought_at": at(row.brought_at),
        "holders": [
            {"title": one.title, "brought_at": at(one.brought_at), "is_me": one.id == row.id}
            for one in sorted(section.openers.all(), key=lambda one: one.id)
        ],
        "needed": SHARES_NEEDED,
    }
