"""Closed cases and the texts that answer their invitations."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from backend.accounts.types import OrganisationInfo
from backend.ratings.models import Invitation
from kernel import outbox
from sms.models import Message
from sms.services import receive_text
from tests.factories import accounts
from tests.factories.notifications import case_event
from tests.factories.sms import random_case_no


@dataclass(frozen=True)
class Asked:
    """Somebody whose case was closed and who was asked by SMS."""

    person_id: UUID
    phone: str
    case_id: UUID
    case_no: str
    organisation: OrganisationInfo

    @property
    def invitation(self) -> Invitation:
        """The asking."""
        return Invitation.objects.get(case_id=self.case_id)

    def answer(self, text: str, *, extension: bool = True, sid: str = "", sender: str = "") -> None:
        """Reply to the text, by its extension or to the bare number."""
        target = settings.TWILIO_FROM_NUMBER + (self.invitation.extension if extension else "")
        text_in(sender or self.phone, text, to=target, sid=sid)


def relay() -> None:
    """Hand over every waiting event."""
    for _ in range(50):
        if not outbox.run_pending():
            return


def text_in(sender: str, text: str, *, to: str = "", sid: str = "") -> None:
    """A text comes in and is handled."""
    receive_text(
        sid=sid or "SM" + secrets.token_hex(16),
        from_number=sender,
        to_number=to or settings.TWILIO_FROM_NUMBER,
        text=text,
    )
    relay()


def asked(
    *, phone: str = "", person_id: UUID | None = None, organisation: OrganisationInfo | None = None, case_no: str = ""
) -> Asked:
    """A case of somebody is closed, and the invitation goes out."""
    number = phone or accounts.mobile()
    person = person_id or accounts.citizen(phone=number)
    place = organisation or accounts.organisation()
    case = case_no or random_case_no()
    event = case_event("case.closed", person, organisation_id=place.id, case_no=case)
    relay()
    return Asked(person, number, event.subject_id, case, place)


def texts_to(number: str) -> list[str]:
    """Codes of the templates of all texts queued for a number by the ratings, oldest first."""
    rows = Message.objects.select_related("template_version__template").order_by("queued_at", "id")
    return [
        row.template_version.template.code
        for row in rows
        if row.to_number == number and row.template_version.template.code.startswith("rating_")
    ]
