"""Shapes of the published figures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.statistics.types import Measure


class Shape(serializers.Serializer[Any]):
    """A part of an answer."""


def _count(text: str) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, min_value=0, help_text=text)


def _share(text: str) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, min_value=0, max_value=1, help_text=text)


class PublishedFiguresSerializer(Shape):
    """Figures of a group. Null: hidden (its measure stands in `hidden`), or nothing to divide by."""

    received = _count("Applications that came in.")
    closed = _count("Cases that were closed.")
    judged = _count("Closed cases with a promise: the base of `on_time_rate`.")
    on_time = _count("Of these, decided within the promised limit.")
    on_time_rate = _share("on_time / judged.")
    average_days = serializers.FloatField(allow_null=True, min_value=0, help_text="Working days until the decision.")
    average_promise = serializers.FloatField(allow_null=True, min_value=0, help_text="Working days promised for them.")
    rated = _count("Closed cases that were rated: the base of `satisfaction`.")
    satisfied = _count("Of these, rated 3 to 5.")
    satisfaction = _share("satisfied / rated.")
    hidden = serializers.ListField(
        child=serializers.ChoiceField([measure.value for measure in Measure]),
        help_text="Measures that too few cases stand behind, or from which such a one could be worked out.",
    )


class MonthFiguresSerializer(PublishedFiguresSerializer):
    """Figures of a month."""

    month = serializers.RegexField(r"^\d{4}-\d{2}$")


class OfficeFiguresSerializer(PublishedFiguresSerializer):
    """Figures of an organisation in the year."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    level = serializers.ChoiceField(["city", "county", "township"])


class ThemeFiguresSerializer(PublishedFiguresSerializer):
    """Figures of a topic in the year; an item may belong to several."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class PublishedStatisticsSerializer(Shape):
    """The figures of a year."""

    year = serializers.IntegerField()
    years = serializers.ListField(child=serializers.IntegerField(), help_text="Years that can be asked for.")
    as_of = serializers.DateField(help_text="The last day counted: yesterday.")
    hide_below = serializers.IntegerField(min_value=1, help_text="Smaller groups are hidden.")
    total = PublishedFiguresSerializer()
    months = MonthFiguresSerializer(many=True)
    organisations = OfficeFiguresSerializer(many=True, help_text="Empty when one organisation or topic was chosen.")
    themes = ThemeFiguresSerializer(many=True, help_text="Empty when one organisation or topic was chosen.")
    organisation = OfficeFiguresSerializer(allow_null=True, help_text="The organisation chosen.")
    theme = ThemeFiguresSerializer(allow_null=True, help_text="The topic chosen.")
