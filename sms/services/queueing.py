"""Queueing a text: a row in the caller's transaction, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.crypto import blind_index
from kernel.errors import DomainError
from kernel.masking import MaskKind, mask
from sms.models import Message, OptOut
from sms.rules.numbers import normalise_mobile
from sms.rules.schedule import after_quiet, give_up_time
from sms.rules.text import parts, render
from sms.services import limits
from sms.services.outcomes import settle
from sms.services.policies import policy_in_force, template_in_force
from sms.types import MessageState, Purpose, Reason, SendingPolicy, SmsError, TemplateInfo


def queue_message(
    *,
    to: str,
    template: str,
    params: Mapping[str, str],
    purpose: Purpose,
    reference: str,
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    extension: str | None = None,
) -> UUID:
    """Queue a text in the transaction of the change that asks for it; it is lost or sent together with that change.

    `reference` names the intent (for example `case:<id>:accepted`): the same reference is the same message, however
    often it is queued. A number that has opted out of BULK, or is over its limit, gets no text: the message is there,
    failed, with the reason; a STATUTORY text over the limit waits for the next hour or day instead.

    Returns the message's id. Raises DomainError `sms_number_not_allowed`, `sms_template_not_found`,
    `sms_template_params` or `sms_reference_reused` (same reference for another number or template).
    """
    number = normalise_mobile(to, pointer="/to")
    wording = template_in_force(template, organisation_id)
    with transaction.atomic():
        now = clock.now()
        policy = policy_in_force(purpose)
        message = _build(number, wording, params, policy, reference, now)
        message.person_id, message.organisation_id = person_id, organisation_id
        message.extension = extension or ""
        Message.objects.bulk_create([message], ignore_conflicts=True)
        kept = Message.objects.select_related("template_version__template").get(reference=reference)
        if kept.pk != message.pk:
            return _same(kept, message, wording).pk
        _gate(kept, policy, now)
    return message.pk


def _build(
    number: str,
    wording: TemplateInfo,
    params: Mapping[str, str],
    policy: SendingPolicy,
    reference: str,
    now: datetime,
) -> Message:
    text = render(wording.signature, wording.text, wording.params, params)
    return Message(
        reference=reference,
        purpose=policy.purpose,
        template_version_id=wording.version_id,
        to_number=number,
        to_index=blind_index(number, purpose="sms.number"),
        to_masked=mask(number, MaskKind.MOBILE),
        text=text,
        parts=parts(text),
        state=MessageState.QUEUED,
        queued_at=now,
        due_at=after_quiet(policy, now),
        give_up_at=give_up_time(policy, now),
    )


def _same(kept: Message, asked: Message, wording: TemplateInfo) -> Message:
    if bytes(kept.to_index) != asked.to_index or kept.template_version.template.code != wording.code:
        raise DomainError(SmsError.REFERENCE_REUSED)
    return kept


def _gate(message: Message, policy: SendingPolicy, now: datetime) -> None:
    """Stop or delay what must not go now."""
    index = bytes(message.to_index)
    if policy.purpose is Purpose.BULK and is_opted_out(index):
        settle(message, MessageState.FAILED, reason=Reason.OPTED_OUT, now=now)
        return
    free_at = limits.count(index, policy, now)
    if free_at is None:
        return
    if policy.purpose is not Purpose.STATUTORY:
        settle(message, MessageState.FAILED, reason=Reason.NUMBER_LIMIT, now=now)
        return
    message.due_at = after_quiet(policy, free_at)
    message.give_up_at = give_up_time(policy, message.due_at)
    message.save(update_fields=["due_at", "give_up_at"])


def is_opted_out(number_index: bytes) -> bool:
    """Whether a number wants no BULK texts."""
    return OptOut.objects.filter(number_index=number_index, purpose=Purpose.BULK, ended_at=None).exists()
