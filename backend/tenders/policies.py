"""The lawful numbers in force on a day."""

from __future__ import annotations

from datetime import date

from backend.tenders.models import TenderPolicy
from backend.tenders.types import PeriodRule, Unit


def rules_on(law: str, day: date) -> dict[str, PeriodRule]:
    """All numbers of a law as they hold on `day`, by code."""
    rows = (
        TenderPolicy.objects.filter(law=law, effective_from__lte=day)
        .order_by("code", "-effective_from")
        .distinct("code")
    )
    return {row.code: PeriodRule(row.code, row.value, Unit(row.unit), row.basis) for row in rows}
