"""Bodies that go out: what one's company takes part in, and who acts for it."""

from __future__ import annotations

from rest_framework import serializers

S = serializers


class DelegateShape(S.Serializer):
    """Somebody who acts for a company; the name is masked."""

    person_id = S.UUIDField()
    name = S.CharField()
    is_me = S.BooleanField()


class DelegatesShape(S.Serializer):
    """Who acts for a company."""

    items = DelegateShape(many=True)


class InvolvementShape(S.Serializer):
    """A section whose documents one's company took, and how its bid stands."""

    section_id = S.UUIDField()
    section_no = S.CharField()
    section_name = S.CharField()
    project_id = S.UUIDField()
    project_name = S.CharField()
    state = S.CharField()
    state_label = S.CharField()
    suspended = S.BooleanField()
    bids_until = S.DateTimeField(allow_null=True)
    taken_at = S.DateTimeField()
    bid_state = S.CharField(help_text="Empty without a bid.")
    needs_confirmation = S.BooleanField()


class InvolvementsShape(S.Serializer):
    """What one's company takes part in; `now` is the clock that decides."""

    items = InvolvementShape(many=True)
    now = S.DateTimeField()
