"""Reminders that have come due."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.meetings import events, rules
from backend.meetings.models import Meeting, Reminder
from backend.meetings.services import common
from backend.meetings.types import MeetingState
from kernel import clock
from kernel.actors import Actor

BATCH = 50
_SYSTEM = Actor.system("meetings.reminders")


def remind_due() -> int:
    """Send what is due, each reminder once; how many. Safe to run twice at once, late, or after a long stop."""
    ids = list(
        Reminder.objects.filter(done_at=None, due_at__lte=clock.now())
        .order_by("due_at", "id")
        .values_list("id", flat=True)[:BATCH]
    )
    return sum(_remind(found) for found in ids)


@transaction.atomic
def _remind(reminder_id: UUID) -> bool:
    waiting = Reminder.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=reminder_id, done_at=None)
    row = waiting.first()
    if row is None:
        return False
    meeting = Meeting.objects.get(pk=row.meeting_id)
    row.done_at = clock.now()
    row.save(update_fields=["done_at"])
    if meeting.state != MeetingState.CALLED or meeting.starts_at <= row.done_at:
        return False
    people = rules.to_remind((one.person_id, one.answer) for one in common.invited(meeting))
    common.tell(meeting, _SYSTEM, events.REMINDED, people, minutes_before=row.minutes_before)
    return True
