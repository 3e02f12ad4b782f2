"""Templates and policies in force, and how new ones come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q

from kernel import clock
from kernel.errors import DomainError
from sms.models import Policy, Template, TemplateVersion
from sms.rules.text import check_template
from sms.types import Purpose, SendingPolicy, SmsError, TemplateInfo, TemplateParam


def template_info(version: TemplateVersion) -> TemplateInfo:
    """The plain record of a wording."""
    params = tuple(TemplateParam(row["name"], row["max_length"], row.get("shorten", False)) for row in version.params)
    return TemplateInfo(
        code=version.template.code,
        version_id=version.pk,
        version=version.number,
        signature=version.signature,
        text=version.text,
        params=params,
        reply_map={str(digit): int(level) for digit, level in version.reply_map.items()},
    )


def template_in_force(code: str, organisation_id: UUID | None = None) -> TemplateInfo:
    """The newest approved wording whose day has come, an organisation's own before the common one. Raises DomainError
    `sms_template_not_found`."""
    version = (
        TemplateVersion.objects.select_related("template")
        .filter(template__code=code, approved_at__isnull=False, effective_from__lte=clock.today())
        .filter(Q(organisation_id=None) | Q(organisation_id=organisation_id))
        .order_by(F("organisation_id").asc(nulls_last=True), "-effective_from", "-number")
        .first()
    )
    if version is None:
        raise DomainError(SmsError.TEMPLATE_NOT_FOUND, template=code)
    return template_info(version)


def policy_in_force(purpose: Purpose) -> SendingPolicy:
    """The newest policy of a purpose whose day has come. LookupError when there is none, which a migration prevents.

    `settings.SMS_QUIET_HOURS_OFF` (development and tests; refused in production) lifts the quiet hours.
    """
    row = Policy.objects.filter(purpose=purpose, effective_from__lte=clock.today()).order_by("-effective_from").first()
    if row is None:
        raise LookupError(f"no sms policy for {purpose}")
    loud = getattr(settings, "SMS_QUIET_HOURS_OFF", False)
    return SendingPolicy(
        purpose=purpose,
        give_up=timedelta(seconds=row.give_up_seconds),
        delays=tuple(timedelta(seconds=seconds) for seconds in row.delays_seconds),
        quiet_from=None if loud else row.quiet_from,
        quiet_until=None if loud else row.quiet_until,
        receipt_wait=timedelta(seconds=row.receipt_wait_seconds),
        hourly_limit=row.hourly_limit,
        daily_limit=row.daily_limit,
    )


def set_policy(
    *,
    purpose: Purpose,
    effective_from: date,
    give_up: timedelta,
    delays: Sequence[timedelta],
    quiet: tuple[time, time] | None,
    receipt_wait: timedelta = timedelta(hours=72),
    hourly_limit: int = 0,
    daily_limit: int = 0,
) -> None:
    """Write how texts of a purpose are treated from a day on. Raises ValueError without delays or budget."""
    if not delays or give_up <= timedelta(0) or any(delay <= timedelta(0) for delay in delays):
        raise ValueError("a policy needs a budget and at least one delay, all above zero")
    Policy.objects.update_or_create(
        purpose=purpose,
        effective_from=effective_from,
        defaults={
            "give_up_seconds": int(give_up.total_seconds()),
            "delays_seconds": [delay.total_seconds() for delay in delays],
            "quiet_from": quiet[0] if quiet else None,
            "quiet_until": quiet[1] if quiet else None,
            "receipt_wait_seconds": int(receipt_wait.total_seconds()),
            "hourly_limit": hourly_limit,
            "daily_limit": daily_limit,
        },
    )


@transaction.atomic
def approve_template_version(
    *,
    code: str,
    signature: str,
    text: str,
    params: Sequence[TemplateParam],
    effective_from: date,
    approval_number: str,
    approved_at: datetime,
    reply_map: Mapping[str, int] | None = None,
) -> UUID:
    """Add a wording that the carrier has approved. Raises ValueError when text, signature and parameters do not fit,
    DomainError `sms_template_not_found` for an unknown code."""
    check_template(signature, text, params)
    template = Template.objects.select_for_update().filter(code=code).first()
    if template is None:
        raise DomainError(SmsError.TEMPLATE_NOT_FOUND, template=code)
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        template=template,
        number=last + 1,
        signature=signature,
        text=text,
        params=[{"name": p.name, "max_length": p.max_length, "shorten": p.shorten} for p in params],
        reply_map=dict(reply_map or {}),
        effective_from=effective_from,
        approved_at=approved_at,
        approval_number=approval_number,
    )
    return version.pk
