"""Bodies that come in, and the shapes that go out."""

from __future__ import annotations

from rest_framework import serializers

from mobile_api.platform.serializers import StrictSerializer

S = serializers
DIAL = r"^[0-9+\- ]*$"


class ContactListQuery(StrictSerializer):
    """Parameters of the list."""

    unit_id = S.UUIDField(required=False)
    q = S.CharField(max_length=40, required=False, default="", allow_blank=True)
    cursor = S.CharField(max_length=1000, required=False, allow_blank=True)
    limit = S.CharField(max_length=3, required=False)


class ContactChangesQuery(StrictSerializer):
    """Parameters of what is new."""

    since = S.IntegerField(min_value=0, max_value=2**62, required=False, default=0)


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
    """A card that changed; `has_left` for who is to be forgotten."""

    has_left = S.BooleanField()


class ContactChangesShape(S.Serializer):
    """What is new; `since` for the next question. Ask again while `items` is not empty."""

    items = ContactChangeShape(many=True)
    since = S.IntegerField()


class ContactShape(ContactRowShape):
    """An official. `mobile` is masked unless `is_mobile_open`."""

    mobile = S.CharField(allow_blank=True)
    is_mobile_open = S.BooleanField()
    may_change = S.BooleanField()


class DepartureShape(S.Serializer):
    """What was handed over."""

    tasks = S.IntegerField()
    delegations = S.IntegerField()
    successor_name = S.CharField()
