"""Wordings on their way: proposed, looked at, tried on one phone, approved by the carrier, in force from a day on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kernel import clock
from kernel.crypto import blind_index
from kernel.errors import DomainError
from kernel.masking import MaskKind, mask
from sms.models import Message, Tariff, Template, TemplateVersion
from sms.rules.numbers import normalise_mobile
from sms.rules.schedule import give_up_time
from sms.rules.text import check_template, parts, render, units
from sms.services.carriers import active_gateways
from sms.services.policies import policy_in_force, template_info
from sms.types import MessageState, Purpose, SmsError, TemplateParam


@dataclass(frozen=True, slots=True)
class Preview:
    """A filled wording: its length, the texts it is billed as, and what it costs at each carrier in milli-yuan."""

    text: str
    units: int
    parts: int
    milli_yuan: dict[str, int]


@transaction.atomic
def propose_template_version(
    *,
    code: str,
    signature: str,
    text: str,
    params: Sequence[TemplateParam],
    effective_from: date,
    reply_map: Mapping[str, int] | None = None,
    organisation_id: UUID | None = None,
) -> UUID:
    """Add a wording that nobody gets yet; with `organisation_id`, that organisation's own. What was sent stays.

    Raises ValueError when text, signature and parameters do not fit each other or other versions' parameters (senders
    fill what they always filled), DomainError `sms_template_not_found` for an unknown code.
    """
    check_template(signature, text, params)
    template = Template.objects.select_for_update().filter(code=code).first()
    if template is None:
        raise DomainError(SmsError.TEMPLATE_NOT_FOUND, template=code)
    _check_fillable(template, params)
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        template=template,
        number=last + 1,
        signature=signature,
        text=text,
        params=[{"name": p.name, "max_length": p.max_length, "shorten": p.shorten} for p in params],
        reply_map=dict(reply_map or {}),
        effective_from=effective_from,
        organisation_id=organisation_id,
    )
    return version.pk


def _check_fillable(template: Template, params: Sequence[TemplateParam]) -> None:
    """Senders give the parameters of the wording in force: a new one that wants another would stop its texts."""
    current = template.versions.filter(approved_at__isnull=False).order_by("-effective_from", "-number").first()
    if current is not None and {row["name"] for row in current.params} != {param.name for param in params}:
        raise ValueError("senders fill other parameters than these")


def approve_proposed(*, version_id: UUID, approval_number: str, approved_at: datetime) -> None:
    """The carrier has approved a proposed wording. LookupError for an unknown one or one that is approved already."""
    waiting = TemplateVersion.objects.filter(pk=version_id, approved_at=None)
    if not waiting.update(approved_at=approved_at, approval_number=approval_number):
        raise LookupError("no such proposed wording")


def preview(*, version_id: UUID, values: Mapping[str, str]) -> Preview:
    """A wording filled with these values. Raises DomainError `sms_template_params` when they do not fit."""
    info = template_info(_version(version_id))
    text = render(info.signature, info.text, info.params, values)
    return Preview(text, units(text), parts(text), {name: parts(text) * _price(name) for name in active_gateways()})


@transaction.atomic
def send_test(*, version_id: UUID, to: str, values: Mapping[str, str]) -> UUID:
    """Send a wording to one phone, approved or not, as a text of its own. Returns the message's id."""
    number, version = normalise_mobile(to, pointer="/to"), _version(version_id)
    filled, policy, now = preview(version_id=version_id, values=values), policy_in_force(Purpose.STATUTORY), clock.now()
    message = Message.objects.create(
        reference=f"template:{version_id}:test:{secrets.token_hex(8)}",
        purpose=Purpose.STATUTORY,
        template_version=version,
        to_number=number,
        to_index=blind_index(number, purpose="sms.number"),
        to_masked=mask(number, MaskKind.MOBILE),
        text=filled.text,
        parts=filled.parts,
        state=MessageState.QUEUED,
        queued_at=now,
        due_at=now,
        give_up_at=give_up_time(policy, now),
    )
    return message.pk


def _version(version_id: UUID) -> TemplateVersion:
    version = TemplateVersion.objects.select_related("template").filter(pk=version_id).first()
    if version is None:
        raise DomainError(SmsError.TEMPLATE_NOT_FOUND, template=str(version_id))
    return version


def _price(gateway: str) -> int:
    found = Tariff.objects.filter(gateway=gateway, effective_from__lte=clock.today()).order_by("-effective_from")
    return found.values_list("milli_yuan", flat=True).first() or 0
