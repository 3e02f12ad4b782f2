"""Telling people about an event: the message centre, a text, a push, each with its own state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.accounts import selectors as accounts
from backend.notifications import rules, selectors
from backend.notifications.models import ChannelDelivery, Notification, Policy, QuietHours, TextTemplate
from backend.notifications.services import screens
from backend.notifications.types import Audience, Channel, DeliveryState, Plan, Purpose, Reach, Reason, Urgency
from backend.push import selectors as push_selectors
from backend.push import services as push
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.errors import DomainError
from kernel.events import Event
from sms import services as sms
from sms.types import Purpose as SmsPurpose

GENERAL = "push.general"
_LINKS = {
    ("case", Audience.APPLICANT): "/cases/{id}",
    ("case", Audience.HANDLERS): "/approval/cases/{id}",
    ("inquiry", Audience.APPLICANT): "/inquiries/{id}",
    ("inquiry", Audience.HANDLERS): "/inquiries/handling/{id}",
    ("rectification", Audience.HANDLERS): "/ratings/rectifications/{id}",
    ("user", Audience.APPLICANT): "/me/sessions",
    ("delegation", Audience.APPLICANT): "/agenda/todos",
    ("meeting", Audience.APPLICANT): "/meetings/{id}",
    ("meeting", Audience.HANDLERS): "/meetings/{id}",
    ("attendance_correction", Audience.APPLICANT): "/attendance/corrections/{id}",
    ("attendance_correction", Audience.HANDLERS): "/attendance/corrections/{id}",
    ("attendance_sheet", Audience.APPLICANT): "/attendance",
    ("attendance_sheet", Audience.HANDLERS): "/attendance/unit",
    ("attendance_roster", Audience.APPLICANT): "/attendance",
    ("leave_request", Audience.APPLICANT): "/leave/requests/{id}",
    ("contact", Audience.APPLICANT): "/agenda/todos",
    ("document", Audience.APPLICANT): "/documents/{id}",
    ("document", Audience.HANDLERS): "/documents/{id}",
    ("knowledge", Audience.HANDLERS): "/desk/knowledge/{id}",
    ("alert", Audience.APPLICANT): "/desk/notices/{id}",
    ("alert", Audience.HANDLERS): "/desk/notices/{id}",
    ("work_task", Audience.APPLICANT): "/agenda/tasks/{id}",
    ("work_task", Audience.HANDLERS): "/agenda/tasks/{id}",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A text chosen for somebody."""

    title: str
    body: str
    push_title: str
    sms_params: dict[str, str] | None


def tell(event: Event) -> int:
    """Tell everybody whom the table names for this event. Returns how many messages there are."""
    told = 0
    for policy in policies_for(event.type):
        people = _audience(policy, event)
        screens.hold(people)
        for person_id in people:
            told += _tell_one(policy, event, person_id)
    return told


def foretell(event: Event) -> list[tuple[str, str]]:
    """What the applicant will read of an event, as (title, text), each in the applicant's language. Tells nobody."""
    told = [policy for policy in policies_for(event.type) if policy.audience == Audience.APPLICANT]
    wordings = [
        _worded(policy, event, accounts.preferred_language(person_id))
        for policy in told
        for person_id in _audience(policy, event)
    ]
    return [(wording.title, wording.body) for wording in wordings]


def policies_for(event_type: str) -> list[Policy]:
    """The rows of the table in force today for an event, one an audience."""
    rows = Policy.objects.filter(event_type=event_type, effective_from__lte=clock.today())
    return list(rows.order_by("audience", "-effective_from").distinct("audience"))


def _audience(policy: Policy, event: Event) -> list[UUID]:
    if policy.audience == Audience.APPLICANT:
        named = event.data.get("applicant_id") or event.data.get("user_id")
        people = event.data.get("people") or ([named] if named else [])
        return [UUID(found) for found in people if found != event.data.get("by_id")]
    assignee, role = event.data.get("assignee_id"), event.data.get("role") or policy.role
    if assignee:
        return [UUID(assignee), *([] if role else workflow.delegates_of(UUID(assignee)))]
    return sorted(accounts.people_with_role(role, event.organisation_id)) if event.organisation_id and role else []


@transaction.atomic
def _tell_one(policy: Policy, event: Event, person_id: UUID) -> int:
    language = accounts.preferred_language(person_id)
    wording = _worded(policy, event, language)
    row = Notification(
        person_id=person_id,
        event_id=event.id,
        event_type=event.type,
        audience=policy.audience,
        title=wording.title,
        body=wording.body,
        link=_link(event, Audience(policy.audience)),
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        about=f"task:{event.data['task_id']}" if "task_id" in event.data else "",
        purpose=policy.purpose,
        statutory=policy.statutory,
        urgency=policy.urgency,
        push_title=wording.push_title,
        ttl_seconds=policy.ttl_seconds,
        sms_template=policy.sms_template if wording.sms_params else "",
        sms_params=wording.sms_params or {},
        organisation_id=event.organisation_id,
        at=clock.now(),
    )
    row.save(force_insert=True)
    reach = _reach(person_id, policy)
    plans = rules.plan([Channel(name) for name in policy.channels], reach, statutory=policy.statutory)
    for plan in plans:
        _carry(row, plan)
    screens.show(row, event_id=event.id)
    return 1


def _link(event: Event, audience: Audience) -> str:
    if "case_id" in event.data and audience is Audience.APPLICANT:
        return f"/cases/{event.data['case_id']}"
    return _LINKS.get((event.subject_kind, audience), "/inbox").format(id=event.subject_id)


def _worded(policy: Policy, event: Event, language: str) -> Wording:
    chosen, general = texts(policy.template), texts(GENERAL)
    words = rules.facts(event.data, language)
    english = language.startswith("en")
    title, body = (chosen.title_en, chosen.body_en) if english else (chosen.title_zh, chosen.body_zh)
    lock_screen = (chosen.push_en or general.title_en) if english else (chosen.push_zh or general.title_zh)
    chinese = rules.facts(event.data, "zh-hans")
    return Wording(
        title=rules.fill(title, words)[:200],
        body=rules.fill(body, words),
        push_title=lock_screen,
        sms_params=rules.sms_words(policy.sms_params, chinese) if policy.sms_template else None,
    )


def texts(code: str) -> TextTemplate:
    """The wording with this code that holds today."""
    rows = TextTemplate.objects.filter(code=code, effective_from__lte=clock.today())
    return rows.order_by("-effective_from", "-number")[:1].get()


def _reach(person_id: UUID, policy: Policy) -> Reach:
    return Reach(
        has_number=bool(policy.sms_template) and accounts.contact_phone(person_id) is not None,
        has_device=push_selectors.has_device(person_id),
        off=selectors.switched_off(person_id, policy.purpose),
    )


def _carry(row: Notification, plan: Plan) -> None:
    if plan.channel is Channel.INBOX:
        note(row, plan.channel, DeliveryState.DELIVERED)
    elif not plan.use:
        note(row, plan.channel, DeliveryState.SKIPPED, plan.reason)
    else:
        CARRY[plan.channel](row, plan.reason)


def carry_by_sms(row: Notification, reason: str = "") -> None:
    """Queue the text of a message; what stands against it becomes the channel's reason."""
    phone = accounts.contact_phone(row.person_id)
    if phone is None or not row.sms_template:
        missing = Reason.TEXT_INCOMPLETE if phone else Reason.NO_NUMBER
        note(row, Channel.SMS, DeliveryState.FAILED, missing)
        return
    reference = f"notification:{row.pk}:sms"
    note(row, Channel.SMS, DeliveryState.QUEUED, reason, reference)
    try:
        sms.queue_message(
            to=phone,
            template=row.sms_template,
            params=row.sms_params,
            purpose=SmsPurpose.STATUTORY if row.statutory else SmsPurpose.BULK,
            reference=reference,
            person_id=row.person_id,
            organisation_id=row.organisation_id,
        )
    except DomainError as exc:
        note(row, Channel.SMS, DeliveryState.FAILED, exc.code.code[:40])


def carry_by_push(row: Notification, reason: str = "") -> None:
    """Queue a push for each device of the person; it carries no content, only where to fetch it."""
    reference = f"notification:{row.pk}:push"
    devices = push.queue_push(
        person_id=row.person_id,
        title=row.push_title,
        body="",
        link=row.link,
        collapse_key=row.pk.hex,
        urgency=row.urgency,
        reference=reference,
        ttl=row.ttl_seconds,
        notification_id=row.pk,
        not_before=_after_quiet(row),
        badge=selectors.unread(row.person_id),
    )
    if devices:
        note(row, Channel.PUSH, DeliveryState.QUEUED, reason, reference)
    else:
        note(row, Channel.PUSH, DeliveryState.SKIPPED, Reason.NO_DEVICE)


def _after_quiet(row: Notification) -> datetime | None:
    """When a push about work that is not urgent may go: not at night."""
    if row.purpose != Purpose.WORK or row.urgency == Urgency.HIGH or settings.SMS_QUIET_HOURS_OFF:
        return None
    hours = QuietHours.objects.filter(effective_from__lte=clock.today()).order_by("-effective_from").first()
    return rules.after_quiet(clock.now(), hours.quiet_from, hours.quiet_until) if hours else None


CARRY = {Channel.SMS: carry_by_sms, Channel.PUSH: carry_by_push}


def note(
    row: Notification, channel: Channel, state: DeliveryState, reason: str = "", reference: str | None = None
) -> None:
    """Write what became of a message on a channel."""
    fields = {"state": state, "reason": str(reason), "at": clock.now()}
    if reference is not None:
        fields["reference"] = reference
    ChannelDelivery.objects.update_or_create(notification=row, channel=channel, defaults=fields)


def carried(row: Notification) -> Sequence[ChannelDelivery]:
    """The channels of a message."""
    return list(ChannelDelivery.objects.filter(notification=row))
