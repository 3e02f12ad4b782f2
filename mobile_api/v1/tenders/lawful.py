"""Bodies of lawful dates: the earliest ones of a notice, and the calendar of a section."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.tenders.types import ACT_NAMES, RECORDED, Act, ActState, LawfulAct, PeriodFault
from mobile_api.platform.serializers import StrictSerializer, at
from mobile_api.v1.tenders.documents import language
from mobile_api.v1.tenders.shapes import PossibilityShape

S = serializers


class ActBody(StrictSerializer):
    """On which day something happened outside the platform."""

    act = S.ChoiceField(choices=[act.value for act in RECORDED])
    done_on = S.DateField()


class LawfulDateShape(S.Serializer):
    """The earliest lawful day of a time that a notice sets."""

    name = S.CharField(help_text="The item of the notice's content.")
    rule = S.CharField()
    earliest = S.DateField()
    basis = S.CharField()


class LawfulDatesShape(S.Serializer):
    """The earliest lawful days, were the notice published today."""

    items = LawfulDateShape(many=True)


class LawfulActShape(S.Serializer):
    """An act and its lawful time."""

    act = S.ChoiceField(choices=[act.value for act in Act])
    label = S.CharField()  # type: ignore[assignment]
    state = S.ChoiceField(choices=[state.value for state in ActState])
    earliest = S.DateField(allow_null=True, help_text="The first lawful day.")
    latest = S.DateField(allow_null=True, help_text="The last lawful day; one of rest moves to the next working day.")
    moment = S.DateTimeField(allow_null=True, help_text="Where the hour is fixed too.")
    done_on = S.DateField(allow_null=True)
    why = S.CharField(help_text="Why not now, or what has to be kept in mind. May be empty.")
    basis = S.CharField()
    writes = S.CharField(help_text="The kind of notice by which it is done. May be empty.")
    recordable = S.BooleanField(help_text="Its day may be entered or mended.")


class LawfulCalendarShape(S.Serializer):
    """The calendar of lawful dates of a section: which notices may come out, and every act in the order of time."""

    items = PossibilityShape(many=True)
    acts = LawfulActShape(many=True)
    now = S.DateTimeField()


def lawful_date(fault: PeriodFault) -> dict[str, Any]:
    """The earliest lawful day of an item."""
    return {
        "name": fault.pointer.rsplit("/", 1)[-1],
        "rule": fault.rule.render(language()),
        "earliest": fault.earliest.isoformat(),
        "basis": fault.basis,
    }


def lawful_act(found: LawfulAct) -> dict[str, Any]:
    """An act of the calendar."""
    return {
        "act": found.act.value,
        "label": ACT_NAMES[found.act].render(language()),
        "state": found.state.value,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "latest": found.latest.isoformat() if found.latest else None,
        "moment": at(found.moment) if found.moment else None,
        "done_on": found.done_on.isoformat() if found.done_on else None,
        "why": found.why.render(language()) if found.why else "",
        "basis": found.basis,
        "writes": found.writes.value if found.writes else "",
        "recordable": found.recordable,
    }
