"""What the notifications do on others' events."""

from __future__ import annotations

from uuid import UUID

from backend.notifications.services import (
    follow,
    record_push_outcome,
    record_sms_outcome,
    record_topic_push,
    settle_about,
    tell,
)
from kernel.events import Event, subscriber

TOLD = (
    "account.session_revoked",
    "agenda.task_changed",
    "agenda.task_finished",
    "attendance.correction_decided",
    "attendance.dispute_answered",
    "attendance.month_shown",
    "attendance.roster_changed",
    "case.accepted",
    "case.acceptance_refused",
    "case.closed",
    "case.deemed_accepted",
    "case.delivered",
    "case.denied",
    "case.extended",
    "case.granted",
    "case.resumed",
    "case.sent_back",
    "case.step_passed",
    "case.submitted",
    "case.supplement_requested",
    "case.supplemented",
    "case.suspended",
    "case.withdrawn",
    "contacts.handed_over",
    "documents.chased",
    "documents.handed",
    "documents.handed_urgent",
    "documents.handled",
    "documents.instructed",
    "documents.issued",
    "documents.numbered",
    "documents.sent",
    "documents.sent_back",
    "documents.sent_urgent",
    "documents.unread",
    "documents.voided",
    "inquiry.caller_answered",
    "inquiry.caller_closed",
    "inquiry.caller_dispatched",
    "inquiry.caller_ended",
    "inquiry.caller_extended",
    "inquiry.caller_received",
    "inquiry.caller_redone",
    "inquiry.caller_reopened",
    "inquiry.criticised",
    "inquiry.limit_near",
    "inquiry.overdue",
    "inquiry.reminded",
    "inquiry.urged",
    "knowledge.review_due",
    "leave.cancelled",
    "leave.granted",
    "leave.refused",
    "leave.requested",
    "leave.returned",
    "leave.stand_in",
    "leave.withdrawn",
    "meetings.answered",
    "meetings.called",
    "meetings.cancelled",
    "meetings.changed",
    "meetings.minuted",
    "meetings.reminded",
    "meetings.uninvited",
    "meetings.urged",
    "notifications.alert_proposed",
    "notifications.alert_refused",
    "rating.feedback_given",
    "rating.invited",
    "rating.received",
    "rating.rectification_closed",
    "rating.rectification_opened",
    "rating.rectification_reopened",
    "workflow.delegated",
    "workflow.task_opened",
)


@subscriber("notifications.tell", to=TOLD)
def on_told(event: Event) -> None:
    """Something that people are told about, unless its sender says that they are told in other words."""
    if not event.data.get("silent"):
        tell(event)


@subscriber("notifications.task_closed", to=("workflow.task_closed",))
def on_task_closed(event: Event) -> None:
    """A to-do is done, perhaps by a colleague: its message asks for nothing any more."""
    settle_about(about=f"task:{event.data['task_id']}")


@subscriber("notifications.sms", to=("sms.message_finished",))
def on_sms_finished(event: Event) -> None:
    """How a text ended."""
    record_sms_outcome(reference=event.data["reference"], state=event.data["state"], reason=event.data["reason"])


@subscriber("notifications.push", to=("push.message_finished",))
def on_push_finished(event: Event) -> None:
    """How a push ended."""
    record_push_outcome(reference=event.data["reference"], state=event.data["state"], reason=event.data["reason"])


@subscriber("notifications.topic_push", to=("push.topic_message_finished",))
def on_topic_push_finished(event: Event) -> None:
    """How a push to many ended."""
    record_topic_push(reference=event.data["reference"], state=event.data["state"], reason=event.data["reason"])


@subscriber("notifications.follow", to=("push.device_registered",))
def on_device_registered(event: Event) -> None:
    """A person has a device: its topics follow the person's settings."""
    follow(UUID(event.data["person_id"]))
