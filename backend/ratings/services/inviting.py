"""Asking for a rating: once for each closed case, at most so often a day and number, and never again."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record_change
from backend.notifications import selectors as notifications
from backend.ratings.events import INVITED
from backend.ratings.models import Invitation, Rating
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.replies import free_extension
from backend.ratings.services.common import (
    INVITATION,
    SYSTEM,
    case_subject,
    count_today,
    day_text,
    facts,
    number_index,
)
from backend.ratings.types import InvitationState, NoText
from kernel import clock
from kernel.errors import DomainError
from sms import selectors as sms_selectors
from sms import services as sms
from sms.types import MessageState, Purpose
from sms.types import Reason as SmsReason

TEMPLATE = "rating_invitation"
RECENT = timedelta(days=180)
BATCH = 100


@transaction.atomic
def open_invitation(
    *, case_id: UUID, case_no: str, power_name: str, organisation_id: UUID, person_id: UUID, closed_at: datetime
) -> UUID | None:
    """A case was closed: it may be rated in the app from now on, and the person is asked by SMS.

    No text goes without a mobile number, against the person's choice of channels, or after an opt-out. Beyond the
    day's limit for the number the text waits for the next day. None when the case was asked about before.
    """
    row = Invitation(
        case_id=case_id,
        case_no=case_no,
        power_name=power_name,
        organisation_id=organisation_id,
        person_id=person_id,
        state=InvitationState.WAITING,
        closed_at=closed_at,
        window_ends_at=clock.now() + _window(),
    )
    Invitation.objects.bulk_create([row], ignore_conflicts=True)
    if not Invitation.objects.filter(pk=row.pk).exists():
        return None
    _ask(row)
    record_change(
        actor=SYSTEM,
        event=INVITED,
        subject=case_subject(row),
        organisation_id=organisation_id,
        data={**facts(row), "window_ends_on": day_text(clock.local(row.window_ends_at).date())},
        journal_extra={"invitation_id": row.pk, "no_text": row.no_text, "waits": row.state == InvitationState.WAITING},
    )
    return row.pk


def send_waiting() -> int:
    """Ask those whose day has come. Run every minute; safe in parallel. Returns how many were settled."""
    due = Invitation.objects.filter(state=InvitationState.WAITING, ask_on__lte=clock.today()).order_by("ask_on", "id")
    settled = 0
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            row = Invitation.objects.select_for_update(skip_locked=True).filter(pk=pk, state="waiting").first()
            if row is not None:
                _ask(row)
                settled += 1
    return settled


def _window() -> timedelta:
    return timedelta(seconds=settings.RATING_WINDOW_SECONDS)


def _ask(row: Invitation) -> None:
    """Ask by SMS, or say why not. The row ends open for answers, or waiting for another day."""
    phone = accounts.contact_phone(row.person_id)
    row.no_text = _obstacle(row, phone)
    if phone is None or row.no_text:
        _open(row)
        return
    row.number_index = number_index(phone)
    if not count_today(row.number_index, INVITATION, policy_in_force().invitations_per_day):
        row.ask_on = clock.today() + timedelta(days=1)
        row.save()
        return
    _send(row, phone)


def _obstacle(row: Invitation, phone: str | None) -> NoText:
    if phone is None:
        return NoText.NO_NUMBER
    if not notifications.allows(row.person_id, purpose="rating", channel="sms"):
        return NoText.CONSENT_WITHDRAWN
    if Rating.objects.filter(invitation=row).exists():
        return NoText.ALREADY_RATED
    return NoText.WINDOW_OVER if clock.now() >= row.window_ends_at else NoText.NONE


def _open(row: Invitation) -> None:
    row.state = InvitationState.OPEN
    row.save()


def _send(row: Invitation, phone: str) -> None:
    now = clock.now()
    row.extension = _extension(bytes(row.number_index or b""), now)
    row.reply_map = sms_selectors.template(TEMPLATE).reply_map
    row.asked_at = now
    try:
        row.message_id = sms.queue_message(
            to=phone,
            template=TEMPLATE,
            params={"case_no": row.case_no, "window": window_words(settings.RATING_WINDOW_SECONDS)},
            purpose=Purpose.BULK,
            reference=f"rating:{row.case_id}:invitation",
            person_id=row.person_id,
            organisation_id=row.organisation_id,
            extension=row.extension,
        )
    except DomainError:
        row.asked_at, row.extension, row.number_index = None, "", None
        row.no_text = NoText.NO_NUMBER
        _open(row)
        return
    _follow_text(row, now)
    _open(row)


def _follow_text(row: Invitation, now: datetime) -> None:
    """The window runs from when the text may go (quiet hours); a refused text leaves only the app."""
    message = sms_selectors.message(row.message_id) if row.message_id else None
    if message is not None and message.state is MessageState.FAILED:
        refused = message.reason == SmsReason.OPTED_OUT
        row.no_text = NoText.CONSENT_WITHDRAWN if refused else NoText.NO_NUMBER
    row.window_ends_at = max(now, message.due_at if message else now) + _window()


def _extension(index: bytes, now: datetime) -> str:
    """The shortest extension that no invitation of this number has had lately."""
    Invitation.objects.filter(number_index=index, state=InvitationState.OPEN, window_ends_at__lt=now).update(
        state=InvitationState.CLOSED
    )
    taken = Invitation.objects.filter(number_index=index, asked_at__gte=now - RECENT).exclude(extension="")
    return free_extension(frozenset(taken.values_list("extension", flat=True)))


def window_words(seconds: int) -> str:
    """How long one may answer, in words."""
    for size, unit in ((3600, "小时"), (60, "分钟")):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}秒"


@transaction.atomic
def note_text_outcome(*, message_id: UUID, state: str) -> None:
    """An invitation's text reached its end; only delivered ones count for participation by SMS."""
    if state == "delivered":
        Invitation.objects.filter(message_id=message_id, delivered_at=None).update(delivered_at=clock.now())
