"""Bodies that come in, and the shapes that go out."""

from __future__ import annotations

from rest_framework import serializers

from mobile_api.platform.serializers import StrictSerializer

S = serializers
MAX_PAGE = 50
DIAL = r"^[0-9+\- ]*$"


class ContactListQuery(StrictSerializer):
    """Parameters of the list."""

    unit_id = S.UUIDField(required=False)
    q = S.CharField(max_length=40, required=False, default="", allow_blank=True)
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.IntegerField(min_value=1, max_value=MAX_PAGE, required=False)


class ContactChangesQuery(StrictSerializer):
    """Parameters of what is new."""

    since = S.IntegerField(min_value=0, max_value=2**62, required=False, default=0)


class ContactUnitsQuery(StrictSerializer):
    """Which unit; without it the top of one's own tree."""

    unit_id = S.UUIDField(required=False)


class ContactBody(StrictSerializer):
    """What is to change; what is not named stays."""

    post = S.CharField(max_length=60, required=False, allow_blank=True)
    office_phone = S.RegexField(DIAL, max_length=20, required=False, allow_blank=True)
    short_number = S.RegexField(DIAL, max_length=8, required=False, allow_blank=True)


class DepartureBody(StrictSerializer):
    """Who takes over, and why somebody leaves."""

    successor_id = S.UUIDField()
    reason = S.CharField(max_length=200)


class ContactRowShape(S.Serializer):
    """An official in a list; mobile numbers are on the page of the person only."""

    id = S.UUIDField()
    name = S.CharField()
    unit_id = S.UUIDField()
    unit_name = S.CharField()
    post = S.CharField(allow_blank=True)
    office_phone = S.CharField(allow_blank=True)
    short_number = S.CharField(allow_blank=True)


class ContactPageShape(S.Serializer):
    """A page of officials."""

    items = ContactRowShape(many=True)
    next = S.CharField(allow_null=True)


class ContactChangeShape(ContactRowShape):
    """A card that changed. `has_left`: out of my branch, to be forgotten; then all else is empty."""

    name = S.CharField(allow_blank=True)
    unit_id = S.UUIDField(allow_null=True)
    unit_name = S.CharField(allow_blank=True)
    spoken = S.CharField(allow_blank=True)
    has_left = S.BooleanField()


class ContactChangesShape(S.Serializer):
    """What is new; `since` for the next question. Ask again while `items` is not empty. With another `scope` than last
    time one forgets all that was kept and asks from 0."""

    items = ContactChangeShape(many=True)
    since = S.IntegerField()
    scope = S.CharField()


class ContactShape(ContactRowShape):
    """An official. `mobile` is masked unless `is_mobile_open`."""

    mobile = S.CharField(allow_blank=True)
    is_mobile_open = S.BooleanField()
    may_change = S.BooleanField()
    may_let_leave = S.BooleanField()


class ContactUnitShape(S.Serializer):
    """A unit and how many people are in office there and below."""

    id = S.UUIDField()
    name = S.CharField()
    level = S.CharField()
    people = S.IntegerField()


class ContactPlaceShape(S.Serializer):
    """A unit above."""

    id = S.UUIDField()
    name = S.CharField()


class ContactBranchShape(S.Serializer):
    """A unit, the line above it from the top, and what is right below it."""

    unit = ContactUnitShape()
    above = ContactPlaceShape(many=True)
    items = ContactUnitShape(many=True)


class LeavingTaskShape(S.Serializer):
    """An open to-do. `subject_kind`: case, document, meeting, work_task …"""

    id = S.UUIDField()
    subject_kind = S.CharField()
    title = S.CharField()
    due_on = S.DateField(allow_null=True)
    overdue = S.BooleanField()


class LeavingDelegationShape(S.Serializer):
    """Somebody who is stood in for."""

    id = S.UUIDField()
    principal_name = S.CharField()
    from_on = S.DateField()
    to_on = S.DateField()


class LeavingShape(S.Serializer):
    """What somebody would hand over."""

    name = S.CharField()
    unit_name = S.CharField()
    tasks = LeavingTaskShape(many=True)
    delegations = LeavingDelegationShape(many=True)


class DepartureShape(S.Serializer):
    """What was handed over."""

    tasks = S.IntegerField()
    delegations = S.IntegerField()
    successor_name = S.CharField()
