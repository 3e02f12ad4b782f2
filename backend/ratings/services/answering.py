"""Automatic answers to replies. Each kind once for an invitation and once a day for a number, so that they never loop
with an answering machine (reliability F25)."""

from __future__ import annotations

from django.db import transaction

from backend.ratings.models import AutoAnswer, Invitation
from backend.ratings.policies import policy_in_force
from backend.ratings.rules.figures import is_bad
from backend.ratings.services.common import count_today
from backend.ratings.types import LEVEL_NAMES
from kernel import clock
from kernel.errors import DomainError
from sms import services as sms
from sms.types import Purpose

CHINESE = "zh-hans"


def explain(row: Invitation, number: str) -> bool:
    """Say how to answer."""
    return _answer(row, number, "rating_help", {}, limited=True)


def conflict(row: Invitation, number: str) -> bool:
    """Digit and word disagree: ask."""
    return _answer(row, number, "rating_conflict", {}, limited=True)


def which(row: Invitation, number: str) -> bool:
    """Several cases may be meant: ask for the code."""
    return _answer(row, number, "rating_which", {"example": f"{row.case_no[-4:]} 5"}, limited=True)


def too_late(row: Invitation, number: str) -> bool:
    """The window is over: say so."""
    return _answer(row, number, "rating_late", {}, limited=True)


def thank(row: Invitation, number: str, level: int, *, has_comment: bool) -> bool:
    """Thank for a rating; after a bad one without a comment ask once for a reason, and do not press."""
    if is_bad(level) and not has_comment and row.reason_asked_at is None:
        row.reason_asked_at = clock.now()
        row.save(update_fields=["reason_asked_at"])
        return _answer(row, number, "rating_reason", {"days": str(policy_in_force().contact_days)}, limited=False)
    name = LEVEL_NAMES[level].render(CHINESE)
    return _answer(row, number, "rating_thanks", {"level": name}, limited=False)


def _answer(row: Invitation, number: str, template: str, params: dict[str, str], *, limited: bool) -> bool:
    """Queue an answer unless there was one of this kind. A number that cannot get texts is left alone."""
    answer = AutoAnswer(invitation=row, kind=template)
    AutoAnswer.objects.bulk_create([answer], ignore_conflicts=True)
    if not AutoAnswer.objects.filter(pk=answer.pk).exists():
        return False
    index = bytes(row.number_index or b"")
    if limited and not count_today(index, template, policy_in_force().answers_per_day):
        return False
    try:
        with transaction.atomic():
            sms.queue_message(
                to=number,
                template=template,
                params=params,
                purpose=Purpose.BULK,
                reference=f"rating:{row.case_id}:{template}",
                person_id=row.person_id,
                organisation_id=row.organisation_id,
                extension=row.extension,
            )
    except DomainError:
        return False
    return True
