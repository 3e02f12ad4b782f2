"""Bodies and parameters that come in, shapes that go out."""

from __future__ import annotations

from rest_framework import serializers

from backend.leave.types import Group, Half, LeaveState, Unit
from mobile_api.platform.serializers import StrictSerializer

S = serializers
HALVES = [half.value for half in Half]
STATES = [state.value for state in LeaveState]
GROUPS = [group.value for group in Group]
ACTS = ["decide", "withdraw", "cancel", "return", "add_file", "remove_file"]


class LeaveBody(StrictSerializer):
    """A request. Both halves are taken: from the morning (or afternoon) of the first day to that of the last one."""

    kind = S.RegexField(r"^[a-z_]{1,20}$", max_length=20)
    starts_on = S.DateField()
    starts_half = S.ChoiceField(choices=HALVES, required=False, default="am")
    ends_on = S.DateField()
    ends_half = S.ChoiceField(choices=HALVES, required=False, default="pm")
    reason = S.CharField(max_length=500, required=False, default="", allow_blank=True)
    destination = S.CharField(max_length=120, required=False, default="", allow_blank=True)
    stand_in_id = S.UUIDField(required=False, default=None, allow_null=True)


class LeaveDecisionBody(StrictSerializer):
    """Agree, or refuse with a reason."""

    agree = S.BooleanField()
    comment = S.CharField(max_length=500, required=False, default="", allow_blank=True)


class LeaveEmptyBody(StrictSerializer):
    """A body without fields."""


class LeaveCancelBody(StrictSerializer):
    """Why it is not needed."""

    reason = S.CharField(max_length=300, required=False, default="", allow_blank=True)


class LeaveReturnBody(StrictSerializer):
    """The first half-day at work again."""

    returned_on = S.DateField()
    returned_half = S.ChoiceField(choices=HALVES, required=False, default="am")


class LeaveFileBody(StrictSerializer):
    """A proof."""

    file = S.FileField()


class LeaveListQuery(StrictSerializer):
    """Which requests."""

    to_decide = S.BooleanField(required=False, default=False)
    state = S.ChoiceField(choices=STATES, required=False, default="")
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


class LeaveBalanceQuery(StrictSerializer):
    """Which year."""

    year = S.IntegerField(min_value=2013, max_value=2100, required=False)


class LeaveAwayQuery(StrictSerializer):
    """Which unit."""

    unit_id = S.UUIDField(required=False, default=None)


class LeaveCareerBody(StrictSerializer):
    """Since when somebody works; `carried` days of last year may be taken in this one."""

    person_id = S.UUIDField()
    works_since = S.DateField()
    carried = S.DecimalField(max_digits=4, decimal_places=1, min_value=0, max_value=30, required=False, allow_null=True)


# -- what goes out


class LeaveKindShape(S.Serializer):
    """A kind. A proof is needed above `paper_above_days`; above `second_above_days` the next level decides too."""

    code = S.CharField()
    name = S.CharField()
    group = S.ChoiceField(choices=GROUPS)
    unit = S.ChoiceField(choices=[unit.value for unit in Unit])
    half_days = S.BooleanField()
    from_balance = S.BooleanField()
    paper = S.BooleanField()
    paper_above_days = S.FloatField()
    destination = S.BooleanField()
    most_days = S.FloatField(allow_null=True)
    second_above_days = S.FloatField(allow_null=True)
    basis = S.CharField(allow_blank=True)


class LeaveKindsShape(S.Serializer):
    """The kinds that hold today."""

    items = LeaveKindShape(many=True)


class LeaveBalanceShape(S.Serializer):
    """Days of a year. `waiting` is the part of `used` that is not decided yet; `known`: the start of work is noted."""

    kind = S.CharField()
    name = S.CharField()
    year = S.IntegerField()
    granted = S.FloatField()
    carried = S.FloatField()
    used = S.FloatField()
    waiting = S.FloatField()
    left = S.FloatField()
    known = S.BooleanField()


class LeaveBalancesShape(S.Serializer):
    """Balances of a year."""

    year = S.IntegerField()
    items = LeaveBalanceShape(many=True)


class LeaveRowShape(S.Serializer):
    """A request in a list."""

    id = S.UUIDField()
    person_id = S.UUIDField()
    name = S.CharField()
    unit_name = S.CharField()
    kind = S.CharField()
    kind_name = S.CharField()
    group = S.ChoiceField(choices=GROUPS)
    state = S.ChoiceField(choices=STATES)
    state_name = S.CharField()
    starts_on = S.DateField()
    starts_half = S.ChoiceField(choices=HALVES)
    ends_on = S.DateField()
    ends_half = S.ChoiceField(choices=HALVES)
    days = S.FloatField()
    unit = S.ChoiceField(choices=[unit.value for unit in Unit])
    destination = S.CharField(allow_blank=True)
    stand_in_id = S.UUIDField(allow_null=True)
    stand_in_name = S.CharField(allow_blank=True)
    level = S.IntegerField()
    levels = S.IntegerField()
    asked_at = S.DateTimeField()
    version = S.IntegerField()


class LeavePageShape(S.Serializer):
    """A page of requests."""

    items = LeaveRowShape(many=True)
    next = S.CharField(allow_null=True)


class LeaveDecisionShape(S.Serializer):
    """What was decided at a level; `for_name` when somebody decided for who is away."""

    level = S.IntegerField()
    name = S.CharField()
    for_name = S.CharField(allow_blank=True)
    agreed = S.BooleanField()
    comment = S.CharField(allow_blank=True)
    at = S.DateTimeField()


class LeaveFileShape(S.Serializer):
    """A proof."""

    id = S.UUIDField()
    filename = S.CharField()
    media_type = S.CharField()
    size = S.IntegerField()


class LeaveShape(LeaveRowShape):
    """A request. `asked_*` is what was asked for, the rest what was really taken; `acts` is what I may do now."""

    reason = S.CharField(allow_blank=True)
    asked_ends_on = S.DateField()
    asked_ends_half = S.ChoiceField(choices=HALVES)
    asked_days = S.FloatField()
    returned_on = S.DateField(allow_null=True)
    returned_half = S.CharField(allow_blank=True)
    ended_reason = S.CharField(allow_blank=True)
    ended_at = S.DateTimeField(allow_null=True)
    waiting_for = S.ListField(child=S.CharField())
    decisions = LeaveDecisionShape(many=True)
    files = LeaveFileShape(many=True)
    paper_missing = S.BooleanField()
    acts = S.ListField(child=S.ChoiceField(choices=ACTS))
    now = S.DateTimeField()


class LeaveAwayShape(S.Serializer):
    """Somebody who is away now; why is not said."""

    person_id = S.UUIDField()
    name = S.CharField()
    group = S.ChoiceField(choices=GROUPS)
    group_name = S.CharField()
    until = S.DateField()
    until_half = S.ChoiceField(choices=HALVES)
    stand_in_name = S.CharField(allow_blank=True)


class LeaveAwayListShape(S.Serializer):
    """Who of a unit is away now."""

    items = LeaveAwayShape(many=True)
