"""Lists for those who keep the system running: texts, and wordings. Who may read them decides the caller."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, QuerySet

from kernel import clock
from kernel.crypto import blind_index
from sms.models import Message, TemplateVersion
from sms.rules.numbers import normalise_mobile
from sms.rules.states import OURS
from sms.types import MessageState, TextGroup

LATELY = timedelta(hours=24)
_FAILED = (MessageState.FAILED, MessageState.UNDELIVERED)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text in a list; no wording and no whole number."""

    id: UUID
    purpose: str
    template: str
    to_masked: str
    state: str
    reason: str
    gateway: str
    parts: int
    failures: int
    queued_at: datetime
    due_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A wording with what its preview needs. `is_in_force`: it is what the next text of its kind is made of."""

    id: UUID
    code: str
    meaning: str
    version: int
    text: str
    params: tuple[str, ...]
    approval_number: str
    approved_at: datetime | None
    effective_from: date
    organisation_id: UUID | None
    is_in_force: bool


def texts(*, group: TextGroup, organisation_ids: Collection[UUID] | None = None, number: str = "") -> QuerySet[Message]:
    """Texts of a group, of these organisations (None: of all), to one number where it is given. Raises DomainError
    for a number that is none."""
    rows = Message.objects.select_related("template_version__template")
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=organisation_ids)
    if number:
        rows = rows.filter(to_index=blind_index(normalise_mobile(number, pointer="/phone"), purpose="sms.number"))
    if group is TextGroup.WAITING:
        return rows.filter(state__in=OURS)
    if group is TextGroup.FAILING:
        return rows.filter(state__in=OURS, failures__gt=0)
    return rows.filter(state__in=_FAILED) if group is TextGroup.FAILED else rows


def text_row(row: Message) -> TextRow:
    """The plain record of a text in a list."""
    return TextRow(
        id=row.pk,
        purpose=row.purpose,
        template=row.template_version.template.meaning,
        to_masked=row.to_masked,
        state=row.state,
        reason=row.reason,
        gateway=row.gateway,
        parts=row.parts,
        failures=row.failures,
        queued_at=row.queued_at,
        due_at=row.due_at,
        finished_at=row.finished_at,
    )


def troubled() -> dict[str, dict[str, int]]:
    """By purpose: texts that wait after a failed try (`failing`), and those that failed for good within a day."""
    found: dict[str, dict[str, int]] = {}
    failing = Message.objects.filter(state__in=OURS, failures__gt=0)
    failed = Message.objects.filter(state__in=_FAILED, finished_at__gt=clock.now() - LATELY)
    for name, rows in (("failing", failing), ("failed_lately", failed)):
        for row in rows.values("purpose").annotate(number=Count("id")):
            found.setdefault(row["purpose"], {})[name] = row["number"]
    return found


def wordings() -> list[WordingRow]:
    """Every common wording, newest first within its kind, and organisations' own after it."""
    rows = TemplateVersion.objects.select_related("template").order_by(
        "template__code", F("organisation_id").asc(nulls_first=True), "-effective_from", "-number"
    )
    today, seen = clock.today(), set()
    found = []
    for row in rows:
        of = (row.template_id, row.organisation_id)
        is_in_force = of not in seen and row.approved_at is not None and row.effective_from <= today
        if is_in_force:
            seen.add(of)
        found.append(_wording(row, is_in_force))
    return found


def _wording(row: TemplateVersion, is_in_force: bool) -> WordingRow:
    return WordingRow(
        id=row.pk,
        code=row.template.code,
        meaning=row.template.meaning,
        version=row.number,
        text=f"【{row.signature}】{row.text}",
        params=tuple(param["name"] for param in row.params),
        approval_number=row.approval_number,
        approved_at=row.approved_at,
        effective_from=row.effective_from,
        organisation_id=row.organisation_id,
        is_in_force=is_in_force,
    )
