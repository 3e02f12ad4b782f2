"""Texts, wordings and numbers, as other apps read them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Now

from sms.models import Attempt, InboundMessage, Message, TemplateVersion
from sms.rules import numbers
from sms.rules.states import OURS
from sms.services.policies import template_in_force, template_info
from sms.types import AttemptInfo, AttemptState, InboundInfo, MessageInfo, MessageState, Purpose, TemplateInfo


def normalise_mobile(value: str, *, pointer: str = "/phone") -> str:
    """A mainland mobile as E.164 (`+8613…`). Raises DomainError 422 `sms_number_not_allowed`."""
    return numbers.normalise_mobile(value, pointer=pointer)


def inbound(inbound_id: UUID | str) -> InboundInfo:
    """A text that came in, with number and wording in clear, for the app that acts on it. LookupError when unknown."""
    row = InboundMessage.objects.filter(pk=inbound_id).first()
    if row is None:
        raise LookupError("no such inbound text")
    return InboundInfo(
        id=row.pk,
        from_number=row.from_number or "",
        to_number=row.to_number,
        text=row.text or "",
        extension=row.extension,
        received_at=row.received_at,
        opt_out=row.opt_out,
    )


def message(message_id: UUID | str) -> MessageInfo | None:
    """A text's state and attempts, number masked and wording left out; None when unknown."""
    return _one(pk=message_id)


def message_by_reference(reference: str) -> MessageInfo | None:
    """The text that stands for an intent; None when it was never queued."""
    return _one(reference=reference)


def messages_by_reference(references: Sequence[str]) -> dict[str, MessageInfo]:
    """Several texts by their references; unknown ones are left out."""
    rows = _messages().filter(reference__in=list(references))
    return {row.reference: message_info(row) for row in rows}


def template(code: str) -> TemplateInfo:
    """The wording in force. Raises DomainError `sms_template_not_found`."""
    return template_in_force(code)


def template_version(version_id: UUID | str) -> TemplateInfo:
    """The wording that a message was sent with, in force or not; its `reply_map` says what the digits meant then."""
    return template_info(TemplateVersion.objects.select_related("template").get(pk=version_id))


def waiting_by_purpose() -> dict[str, int]:
    """How many texts wait or are under way, for the operators' dashboard."""
    counted = Message.objects.filter(state__in=OURS, due_at__lte=Now()).values("purpose").annotate(number=Count("id"))
    return {row["purpose"]: row["number"] for row in counted}


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related("template_version__template").prefetch_related("attempts")


def _one(**by: object) -> MessageInfo | None:
    row = _messages().filter(**by).first()
    return message_info(row) if row else None


def message_info(row: Message) -> MessageInfo:
    """The plain record of a text."""
    return MessageInfo(
        id=row.pk,
        reference=row.reference,
        template=row.template_version.template.code,
        template_version_id=row.template_version_id,
        purpose=Purpose(row.purpose),
        to_masked=row.to_masked,
        parts=row.parts,
        state=MessageState(row.state),
        reason=row.reason,
        provider_code=row.provider_code,
        gateway=row.gateway,
        maybe_duplicate=row.maybe_duplicate,
        queued_at=row.queued_at,
        due_at=row.due_at,
        finished_at=row.finished_at,
        attempts=tuple(_attempt(a) for a in sorted(row.attempts.all(), key=lambda a: a.ordinal)),
    )


def _attempt(row: Attempt) -> AttemptInfo:
    return AttemptInfo(
        id=row.pk,
        ordinal=row.ordinal,
        gateway=row.gateway,
        state=AttemptState(row.state),
        sid=row.sid or "",
        code=row.code,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
