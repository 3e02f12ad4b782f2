"""Numbers that govern cases, as they hold on a day."""

from __future__ import annotations

from datetime import date

from backend.cases.models import CasePolicy

NOTICE_DAYS = "notice_days"
EXTENSION_DAYS = "extension_days"
DRAFTS = "drafts"
FRESH_FACTOR_MINUTES = "fresh_factor_minutes"
DELIVERY_DAYS = "delivery_days"


def value(name: str, day: date) -> int:
    """The number that holds on `day`. Raises CasePolicy.DoesNotExist when none was set, which seeding prevents."""
    return (
        CasePolicy.objects.filter(name=name, effective_from__lte=day)
        .order_by("-effective_from")
        .values_list("value", flat=True)[0]
    )
