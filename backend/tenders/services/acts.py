"""Acts outside the platform: the desk says on which day they happened, so that days that count from them are known."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.tenders.models import RecordedAct, Section
from backend.tenders.services import common, lawful
from backend.tenders.types import Act, TenderError
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, FieldError, Text
from kernel.ids import uuid7

_FUTURE = Text("日期不能晚于今天。", "The day cannot lie in the future.")
_EARLY = Text("不能早于 {earliest}。", "Not before {earliest}.")


@transaction.atomic
def record_act(*, actor: Actor, section_id: UUID, act: str, done_on: date) -> RecordedAct:
    """Say on which day a report came, a report was handed in, a contract was signed, or bonds were returned.

    A slip is mended by saying it again, until a notice has said it publicly. Raises NOT_FOUND, NOT_ALLOWED_NOW,
    CONTENT_INCOMPLETE for a day in the future or before the act was possible, SUSPENDED for a contract signed while a
    query waits.
    """
    section = common.desk_section(actor, section_id)
    found = next((one for one in lawful.calendar_of(section) if one.act == act and one.recordable), None)
    if found is None:
        raise common.not_now(section)
    _check_day(done_on, found.earliest)
    if act == Act.SIGNING:
        common.check_signing(section, done_on)
    row = keep(section, Act(act), done_on, actor.user_id)
    record(
        actor=actor,
        action="tender.act_recorded",
        subject=("tender_section", section.id),
        organisation_id=section.project.organisation_id,
        data={"act": act, "done_on": done_on.isoformat()},
    )
    return row


def keep(section: Section, act: Act, done_on: date, said_by: UUID | None) -> RecordedAct:
    """Keep the day of an act. The caller holds the section's row and has checked the day."""
    said = {"done_on": done_on, "recorded_at": clock.now(), "recorded_by": said_by}
    row, _ = RecordedAct.objects.update_or_create(
        section=section, act=act, defaults=said, create_defaults={"id": uuid7(), **said}
    )
    return row


def _check_day(done_on: date, earliest: date | None) -> None:
    faults = []
    if done_on > clock.today():
        faults.append(FieldError("/done_on", "in_the_future", _FUTURE))
    if earliest is not None and done_on < earliest:
        faults.append(FieldError("/done_on", "too_early", _EARLY, {"earliest": earliest.isoformat()}))
    if faults:
        raise DomainError(TenderError.CONTENT_INCOMPLETE, errors=faults)
