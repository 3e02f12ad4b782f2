"""What the desk says of acts that happen outside the platform."""

from __future__ import annotations

from django.db import models

from backend.tenders.models.project import Section
from backend.tenders.types import RECORDED
from kernel.models import Entity


class RecordedAct(Entity):
    """An evaluation report, a report to the supervisor, a signature, bonds returned: on which day, said by whom."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=20, choices=[(act.value, act.value) for act in RECORDED])
    done_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "act"], name="tender_act_once")]
