"""Invited tenders: the invited read, accept or decline; nobody else learns of the tender, of who is invited or of who
answered (Tender Law Art. 17, 22; F35)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backend.notifications.models import Notification
from backend.tenders import selectors, services
from backend.tenders.models import InvitationReply, Notice, Project, Release
from kernel.errors import DomainError
from tests.api.tenders.test_journey import api, ok
from tests.factories import tenders as make
from tests.tenders.test_opening import refused

pytestmark = pytest.mark.django_db
Travel = Callable[..., None]


def invited(*guests: make.Company) -> tuple[make.Tender, Notice]:
    """A tender to which these are invited."""
    tender = make.planned(method="selective")
    content = {name: make.call_content()[name] for name in ("content", "contact", "documents_from", "documents_until")}
    names = [str(guest.id) for guest in guests]
    notice = tender.desk.publish(
        tender.project, "invitation", **content, bids_until=make.later(21), invited=names
    )  # fmt: skip
    return tender, notice


def reply(guest: make.Company, notice: Notice, *, accept: bool) -> None:
    """Answer for a company."""
    services.answer_invitation(actor=guest.actor, notice_id=notice.id, company_id=guest.id, accept=accept)


def test_the_message_leads_to_the_invitation(deliver_events: Callable[[], None]) -> None:
    guest, other = make.company(), make.company()
    _, notice = invited(guest, other)
    deliver_events()
    services.hand_over()
    deliver_events()
    links = dict(
        Notification.objects.filter(person_id__in=[guest.person, other.person]).values_list("person_id", "link")
    )
    assert links == dict.fromkeys([guest.person, other.person], f"/bids/invitations/{notice.id}")


def test_the_invited_see_it_and_not_each_other() -> None:
    guest, other, stranger = make.company(), make.company(), make.company()
    tender, notice = invited(guest, other)
    (row,) = ok(api(guest.person).get(f"/tenders/companies/{guest.id}/invitations"))["items"]
    assert (row["id"], row["accepted"], row["answerable"]) == (str(notice.id), None, True)
    response = api(guest.person).get(f"/tenders/invitations/{notice.id}")
    assert ok(response)["content"]["content"]
    assert not {str(other.id), other.name, "invited"} & set(response.content.decode().split('"'))
    assert ok(api(guest.person).get(f"/tenders/projects/{tender.project.id}"))["name"] == tender.project.name
    theirs = api(stranger.person)
    for path in (
        f"/tenders/invitations/{notice.id}", f"/tenders/projects/{tender.project.id}", f"/tenders/notices/{notice.id}",
        f"/tenders/projects/{tender.project.id}/calendar.ics", f"/tenders/sections/{tender.section.id}/answers",
        f"/tenders/companies/{guest.id}/invitations",
    ):  # fmt: skip
        assert theirs.get(path).status_code in (403, 404), path
    assert ok(theirs.get(f"/tenders/companies/{stranger.id}/invitations"))["items"] == []
    said = {"company_id": str(stranger.id), "accept": True}
    assert theirs.post(f"/tenders/invitations/{notice.id}/reply", said).status_code == 404


def test_accepting_takes_the_documents_and_declining_is_undone_until_they_are_gone(travel: Travel) -> None:
    guest, other = make.company(), make.company()
    tender, notice = invited(guest, other)
    reply(guest, notice, accept=False)
    assert selectors.invitation(guest.actor, notice.id).accepted is False
    assert selectors.standing_of(guest.actor, tender.section.id, guest.id).taken_at is None
    reply(guest, notice, accept=True)
    standing = selectors.standing_of(guest.actor, tender.section.id, guest.id)
    assert standing.taken_at is not None
    assert [one.section.id for one in selectors.involvements_of(guest.actor, guest.id)] == [tender.section.id]
    bid = tender.upload(guest, tender.sealed(guest, 95_000_00))
    services.submit_bid(actor=guest.actor, bid_id=bid.id)
    refused("tender_bid_stands", lambda: reply(guest, notice, accept=False))
    services.withdraw_bid(actor=guest.actor, bid_id=bid.id)
    reply(guest, notice, accept=False)
    travel(days=7)
    assert not selectors.invitation(other.actor, notice.id).answerable
    refused("tender_documents_not_available", lambda: reply(other, notice, accept=True))
    assert InvitationReply.objects.count() == 1


def test_nobody_but_the_invited_learns_of_it_before_the_opening(travel: Travel) -> None:
    guests = [make.company() for _ in range(3)]
    tender, notice = invited(*guests)
    reply(guests[0], notice, accept=True)
    tender.desk.publish(tender.project, "clarification", content="工期含节假日。", affects_bids=False)
    assert not Release.objects.filter(project=tender.project).exists()
    assert tender.project not in selectors.published_projects({})
    with pytest.raises(DomainError):
        selectors.record_of(Project.objects.get(pk=tender.project.pk).ocid)
    seen = [selectors.lawful_calendar(tender.desk.editor, tender.section.id)]
    reply(guests[1], notice, accept=False)
    assert seen == [selectors.lawful_calendar(tender.desk.editor, tender.section.id)], "the desk cannot tell"
    for place, guest in enumerate(guests):
        tender.bid(guest, make.PRICES[place])
    travel(days=22)
    services.close_due()
    tender.open()
    stranger: Any = make.company()
    assert ok(api(stranger.person).get(f"/tenders/projects/{tender.project.id}"))["state"] == "opened"
    with pytest.raises(DomainError):
        selectors.public_notice(notice.id, stranger.actor)
