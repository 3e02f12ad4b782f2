"""Bodies and parameters that come in."""

from __future__ import annotations

from rest_framework import serializers

from backend.meetings.types import Answer
from mobile_api.platform.serializers import StrictSerializer

S = serializers
MAX_NAMED = 500


class MeetingEmptyBody(StrictSerializer):
    """A body without fields."""


class AgendaItemBody(StrictSerializer):
    """A point of a meeting's agenda."""

    title = S.CharField(max_length=120)
    speaker = S.CharField(max_length=60, required=False, default="", allow_blank=True)
    minutes = S.IntegerField(min_value=0, max_value=600, required=False, default=0)


class _People(StrictSerializer):
    people = S.ListField(child=S.UUIDField(), max_length=MAX_NAMED, required=False)
    units = S.ListField(child=S.UUIDField(), max_length=100, required=False)
    observers = S.ListField(child=S.UUIDField(), max_length=MAX_NAMED, required=False)


class MeetingBody(_People):
    """A new meeting. `people` and all of `units` are invited; the caller is host unless `host_id` says otherwise."""

    title = S.CharField(max_length=110)
    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()
    host_id = S.UUIDField(required=False, allow_null=True)
    room_id = S.UUIDField(required=False, allow_null=True)
    place = S.CharField(max_length=120, required=False, allow_blank=True)
    agenda = S.ListField(child=AgendaItemBody(), max_length=30, required=False)
    notes = S.CharField(max_length=2000, required=False, allow_blank=True)
    receipt_by = S.DateTimeField(required=False, allow_null=True)


class MeetingChangeBody(_People):
    """What is to change; what is not named stays. Naming people, units or observers names all of them."""

    title = S.CharField(max_length=110, required=False)
    starts_at = S.DateTimeField(required=False)
    ends_at = S.DateTimeField(required=False)
    room_id = S.UUIDField(required=False, allow_null=True)
    place = S.CharField(max_length=120, required=False, allow_blank=True)
    agenda = S.ListField(child=AgendaItemBody(), max_length=30, required=False)
    notes = S.CharField(max_length=2000, required=False, allow_blank=True)
    receipt_by = S.DateTimeField(required=False)


class MeetingCancelBody(StrictSerializer):
    """Why it does not take place."""

    reason = S.CharField(max_length=300)


class ReceiptBody(StrictSerializer):
    """An answer (回执); `person_id` when one answers for who is away."""

    answer = S.ChoiceField(choices=[Answer.ATTEND.value, Answer.LEAVE.value, Answer.SUBSTITUTE.value])
    reason = S.CharField(max_length=300, required=False, default="", allow_blank=True)
    substitute_name = S.CharField(max_length=60, required=False, default="", allow_blank=True)
    substitute_post = S.CharField(max_length=60, required=False, default="", allow_blank=True)
    person_id = S.UUIDField(required=False, default=None, allow_null=True)


class SignInBody(StrictSerializer):
    """The digits on the screen in the room."""

    code = S.RegexField(r"^[0-9]{8}$", max_length=8)


class MeetingDecisionBody(StrictSerializer):
    """What somebody is to do by when."""

    text = S.CharField(max_length=200)
    owner_id = S.UUIDField()
    due_on = S.DateField()


class MinutesBody(StrictSerializer):
    """Minutes, and decisions that are new."""

    text = S.CharField(max_length=20000)
    decisions = S.ListField(child=MeetingDecisionBody(), max_length=50, required=False, default=list)


class MeetingFileBody(StrictSerializer):
    """A paper."""

    file = S.FileField()


class MeetingListQuery(StrictSerializer):
    """Which meetings."""

    when = S.ChoiceField(choices=["upcoming", "past"], required=False, default="upcoming")
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


class RoomListQuery(StrictSerializer):
    """For which time, for how many."""

    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()
    seats = S.IntegerField(min_value=1, max_value=10000, required=False, default=1)


class RoomBody(StrictSerializer):
    """A room of an organisation; the name says which."""

    organisation_id = S.UUIDField()
    name = S.CharField(max_length=60)
    seats = S.IntegerField(min_value=1, max_value=10000)
    place = S.CharField(max_length=120, required=False, allow_blank=True)
    equipment = S.CharField(max_length=200, required=False, allow_blank=True)


class PeopleQuery(StrictSerializer):
    """Of which unit."""

    unit_id = S.UUIDField()


# -- what goes out


class AttendeeShape(S.Serializer):
    """Somebody invited, with the answer. Reasons are for who called the meeting and the person alone."""

    person_id = S.UUIDField()
    name = S.CharField()
    unit_name = S.CharField()
    part = S.CharField()
    answer = S.CharField(allow_blank=True)
    answer_label = S.CharField()
    reason = S.CharField(allow_blank=True)
    substitute_name = S.CharField(allow_blank=True)
    substitute_post = S.CharField(allow_blank=True)
    answered_at = S.DateTimeField(allow_null=True)
    signed_in_at = S.DateTimeField(allow_null=True)


class MeetingRowShape(S.Serializer):
    """A meeting in a list."""

    id = S.UUIDField()
    title = S.CharField()
    state = S.CharField()
    state_label = S.CharField()
    starts_at = S.DateTimeField()
    ends_at = S.DateTimeField()
    place = S.CharField(allow_blank=True)
    unit_name = S.CharField()
    host_name = S.CharField()
    receipt_by = S.DateTimeField()
    is_organiser = S.BooleanField()
    own_answer = S.CharField(allow_null=True, allow_blank=True)


class MeetingPageShape(S.Serializer):
    """A page of meetings."""

    items = MeetingRowShape(many=True)
    next = S.CharField(allow_null=True)


class MeetingFileShape(S.Serializer):
    """A paper."""

    id = S.UUIDField()
    filename = S.CharField()
    media_type = S.CharField()
    size = S.IntegerField()


class MeetingDecisionShape(S.Serializer):
    """A decision."""

    number = S.IntegerField()
    text = S.CharField()
    owner_id = S.UUIDField()
    owner_name = S.CharField()
    due_on = S.DateField()


class AgendaItemShape(S.Serializer):
    """A point of the agenda."""

    title = S.CharField()
    speaker = S.CharField(allow_blank=True)
    minutes = S.IntegerField()


class AnswerCountsShape(S.Serializer):
    """How many answered what; signed in are those who came."""

    invited = S.IntegerField()
    attend = S.IntegerField()
    leave = S.IntegerField()
    substitute = S.IntegerField()
    missing = S.IntegerField()
    signed_in = S.IntegerField()


class MeetingShape(MeetingRowShape):
    """A meeting with everything one may see."""

    organiser_name = S.CharField()
    room_id = S.UUIDField(allow_null=True)
    agenda = AgendaItemShape(many=True)
    notes = S.CharField(allow_blank=True)
    ended_reason = S.CharField(allow_blank=True)
    minutes = S.CharField(allow_blank=True)
    minutes_at = S.DateTimeField(allow_null=True)
    own = AttendeeShape(allow_null=True)
    people = AttendeeShape(many=True)
    counts = AnswerCountsShape()
    files = MeetingFileShape(many=True)
    decisions = MeetingDecisionShape(many=True)
    version = S.IntegerField()
    now = S.DateTimeField()


class UrgedShape(S.Serializer):
    """How many were asked again."""

    urged = S.IntegerField()


class SignInCodeShape(S.Serializer):
    """What the screen in the room shows until `changes_at`."""

    digits = S.CharField()
    link = S.CharField()
    changes_at = S.DateTimeField()
    now = S.DateTimeField()
    signed_in = S.IntegerField()
    expected = S.IntegerField()
    latest = S.ListField(child=S.CharField(), help_text="Names of the last who signed in.")


class MeetingRoomShape(S.Serializer):
    """A room, and whether it is free in the time asked for."""

    id = S.UUIDField()
    name = S.CharField()
    place = S.CharField(allow_blank=True)
    seats = S.IntegerField()
    equipment = S.CharField(allow_blank=True)
    free = S.BooleanField()
    holder = S.CharField(allow_blank=True)
    free_from = S.DateTimeField(allow_null=True)


class MeetingRoomsShape(S.Serializer):
    """Rooms, free ones first."""

    items = MeetingRoomShape(many=True)


class InvitableShape(S.Serializer):
    """Somebody who can be invited."""

    id = S.UUIDField()
    name = S.CharField()
    unit_id = S.UUIDField()
    unit_name = S.CharField()


class InvitablesShape(S.Serializer):
    """The officials of a unit."""

    items = InvitableShape(many=True)
