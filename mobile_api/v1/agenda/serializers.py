"""Bodies and parameters that come in, and what goes out."""

from __future__ import annotations

from rest_framework import serializers

from backend.agenda.types import Openness, ShareLevel
from mobile_api.platform.serializers import StrictSerializer

S = serializers
SUBJECTS = ["", "case", "inquiry", "document", "meeting"]


class AgendaEmptyBody(StrictSerializer):
    """A body without fields."""


class EntriesQuery(StrictSerializer):
    """Whose schedule, from when to when (62 days at most)."""

    since = S.DateTimeField()
    until = S.DateTimeField()
    owner_id = S.UUIDField(required=False, default=None)
    unit_id = S.UUIDField(required=False, default=None)


class ScheduleEntryBody(StrictSerializer):
    """Something for a schedule: one's own, one that one keeps (`owner_id`), or that of one's unit (`for_unit`)."""

    title = S.CharField(max_length=200)
    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()
    owner_id = S.UUIDField(required=False, allow_null=True)
    for_unit = S.BooleanField(required=False)
    place = S.CharField(max_length=120, required=False, allow_blank=True)
    notes = S.CharField(max_length=500, required=False, allow_blank=True)
    all_day = S.BooleanField(required=False)
    openness = S.ChoiceField(choices=[member.value for member in Openness], required=False)


class ScheduleEntryChangeBody(StrictSerializer):
    """What is to change; what is not named stays."""

    title = S.CharField(max_length=200, required=False)
    starts_at = S.DateTimeField(required=False)
    ends_at = S.DateTimeField(required=False)
    place = S.CharField(max_length=120, required=False, allow_blank=True)
    notes = S.CharField(max_length=500, required=False, allow_blank=True)
    all_day = S.BooleanField(required=False)
    openness = S.ChoiceField(choices=[member.value for member in Openness], required=False)


class ScheduleShareBody(StrictSerializer):
    """Who may see one's schedule: one person, or a unit with all below it; nobody but a person can keep it."""

    level = S.ChoiceField(choices=[member.value for member in ShareLevel])
    reader_id = S.UUIDField(required=False, allow_null=True)
    organisation_id = S.UUIDField(required=False, allow_null=True)
    valid_to = S.DateField(required=False, allow_null=True)


class TasksQuery(StrictSerializer):
    """Which tasks."""

    which = S.ChoiceField(choices=["mine", "given"], required=False, default="mine")
    state = S.ChoiceField(choices=["open", "ended"], required=False, default="open")
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


class WorkTaskBody(StrictSerializer):
    """A piece of work, for oneself or somebody else, perhaps about something that stands elsewhere."""

    title = S.CharField(max_length=200)
    due_on = S.DateField()
    owner_id = S.UUIDField(required=False, allow_null=True)
    details = S.CharField(max_length=4000, required=False, allow_blank=True)
    subject_kind = S.ChoiceField(choices=SUBJECTS, required=False)
    subject_id = S.UUIDField(required=False, allow_null=True)
    subject_label = S.CharField(max_length=200, required=False, allow_blank=True)


class WorkTaskChangeBody(StrictSerializer):
    """What is to change; what is not named stays."""

    title = S.CharField(max_length=200, required=False)
    details = S.CharField(max_length=4000, required=False, allow_blank=True)
    due_on = S.DateField(required=False)
    owner_id = S.UUIDField(required=False)


class WorkTaskProgressBody(StrictSerializer):
    """How it stands, in percent."""

    progress = S.IntegerField(min_value=0, max_value=100)
    text = S.CharField(max_length=500, required=False, default="", allow_blank=True)


class WorkTaskDropBody(StrictSerializer):
    """Why it need not be done."""

    reason = S.CharField(max_length=500)


class WeeklyReportBody(StrictSerializer):
    """One's own words."""

    done = S.CharField(max_length=8000, allow_blank=True)
    planned = S.CharField(max_length=8000, allow_blank=True)
    problems = S.CharField(max_length=8000, allow_blank=True)


class DelegationBody(StrictSerializer):
    """Who does one's own to-dos, from a day to a day."""

    delegate_id = S.UUIDField()
    from_on = S.DateField()
    to_on = S.DateField()
    reason = S.CharField(max_length=200, required=False, default="", allow_blank=True)


class TodosQuery(StrictSerializer):
    """A page of to-dos."""

    state = S.ChoiceField(choices=["open", "done"], required=False, default="open")
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


# -- what goes out


class ScheduleEntryShape(S.Serializer):
    """An entry as one may see it: with `view` busy, words and subject are empty; with keep, one may change it."""

    id = S.UUIDField()
    owner_id = S.UUIDField(allow_null=True)
    kind = S.CharField()
    view = S.CharField()
    title = S.CharField(allow_blank=True)
    place = S.CharField(allow_blank=True)
    notes = S.CharField(allow_blank=True)
    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()
    all_day = S.BooleanField()
    openness = S.CharField()
    subject_kind = S.CharField(allow_blank=True)
    subject_id = S.UUIDField(allow_null=True)
    version = S.IntegerField()


class ScheduleEntriesShape(S.Serializer):
    """Entries by time."""

    items = ScheduleEntryShape(many=True)


class SchedulePersonShape(S.Serializer):
    """Somebody whose schedule one sees."""

    id = S.UUIDField()
    name = S.CharField()
    unit_id = S.UUIDField()
    unit_name = S.CharField()
    view = S.CharField()


class SchedulePeopleShape(S.Serializer):
    """Whose schedules one sees."""

    items = SchedulePersonShape(many=True)


class ScheduleShareShape(S.Serializer):
    """A rule for one's schedule."""

    id = S.UUIDField()
    level = S.CharField()
    reader_id = S.UUIDField(allow_null=True)
    organisation_id = S.UUIDField(allow_null=True)
    reader_name = S.CharField()
    valid_to = S.DateField(allow_null=True)


class ScheduleSharesShape(S.Serializer):
    """One's rules."""

    items = ScheduleShareShape(many=True)


class WorkTaskRowShape(S.Serializer):
    """A task in a list."""

    id = S.UUIDField()
    title = S.CharField()
    owner_id = S.UUIDField()
    owner_name = S.CharField()
    giver_name = S.CharField()
    due_on = S.DateField()
    overdue = S.BooleanField()
    progress = S.IntegerField()
    state = S.CharField()
    subject_kind = S.CharField(allow_blank=True)
    subject_id = S.UUIDField(allow_null=True)
    subject_label = S.CharField(allow_blank=True)
    version = S.IntegerField()


class WorkTaskPageShape(S.Serializer):
    """A page of tasks."""

    items = WorkTaskRowShape(many=True)
    next = S.CharField(allow_null=True)


class TaskNoteShape(S.Serializer):
    """What somebody said about how it stands."""

    by_name = S.CharField()
    progress = S.IntegerField()
    text = S.CharField(allow_blank=True)
    at = S.DateTimeField()


class WorkTaskShape(WorkTaskRowShape):
    """A task with its notes."""

    details = S.CharField(allow_blank=True)
    is_owner = S.BooleanField()
    is_giver = S.BooleanField()
    done_at = S.DateTimeField(allow_null=True)
    notes = TaskNoteShape(many=True)


class WeeklyFactShape(S.Serializer):
    """A fact of the week."""

    kind = S.CharField()
    kind_label = S.CharField()
    on = S.DateField()
    text = S.CharField()


class WeeklyReportShape(S.Serializer):
    """A weekly report."""

    id = S.UUIDField()
    week = S.DateField()
    person_name = S.CharField()
    is_own = S.BooleanField()
    facts = WeeklyFactShape(many=True)
    done = S.CharField(allow_blank=True)
    planned = S.CharField(allow_blank=True)
    problems = S.CharField(allow_blank=True)
    state = S.CharField()
    handed_in_at = S.DateTimeField(allow_null=True)
    version = S.IntegerField()


class WeeklyReportsShape(S.Serializer):
    """Reports of a week."""

    items = WeeklyReportShape(many=True)


class CalendarFeedShape(S.Serializer):
    """Whether one's calendar feed is open. The address itself is shown once only, when it is made."""

    open = S.BooleanField()
    opened_at = S.DateTimeField(allow_null=True)
    address = S.CharField(allow_null=True)


class DelegationShape(S.Serializer):
    """A delegation, given or received."""

    id = S.UUIDField()
    principal_id = S.UUIDField()
    principal_name = S.CharField()
    delegate_id = S.UUIDField()
    delegate_name = S.CharField()
    from_on = S.DateField()
    to_on = S.DateField()
    reason = S.CharField(allow_blank=True)
    running = S.BooleanField()
    is_given = S.BooleanField()


class DelegationListShape(S.Serializer):
    """Delegations that have not ended."""

    items = DelegationShape(many=True)


class TodoShape(S.Serializer):
    """A to-do of any kind. `for_name` when it is a colleague's whom one stands in for."""

    id = S.UUIDField()
    kind = S.CharField()
    subject_kind = S.CharField()
    subject_id = S.UUIDField()
    title = S.CharField()
    due_on = S.DateField(allow_null=True)
    remaining = S.IntegerField(allow_null=True, help_text="Working days, negative when late.")
    overdue = S.BooleanField()
    for_name = S.CharField(allow_blank=True)
    done_at = S.DateTimeField(allow_null=True)


class TodoPageShape(S.Serializer):
    """A page of to-dos, the least time left first."""

    items = TodoShape(many=True)
    next = S.CharField(allow_null=True)
