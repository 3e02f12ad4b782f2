"""Invitations, what came back, the one rating of a case with its history, and rectifications."""

from __future__ import annotations

from django.db import models

from backend.ratings.types import (
    Channel,
    InvitationState,
    NoText,
    RectificationAction,
    RectificationState,
    ReplyFate,
    ReplyKind,
)
from kernel.crypto import EncryptedTextField
from kernel.models import Entity, Versioned

_COMMENT = "ratings.comment"
_RAW = "ratings.reply"


class Invitation(Entity):
    """The asking for a rating: one for each closed case. It also opens the case for rating in the app.

    `number_index` finds the case of a text; the number itself is not kept here. `extension` is what follows our number
    in the sender of the text, so that the reply names its case. `reply_map` is the meaning of digits as it was asked.
    """

    case_id = models.UUIDField(unique=True)
    case_no = models.CharField(max_length=40)
    power_name = models.CharField(max_length=200)
    organisation_id = models.UUIDField()
    person_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in InvitationState])
    no_text = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in NoText])
    number_index = models.BinaryField(max_length=32, null=True)
    extension = models.CharField(max_length=4, blank=True)
    reply_map = models.JSONField(default=dict)
    message_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField()
    ask_on = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    window_ends_at = models.DateTimeField()
    reason_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_index", "extension"],
                condition=models.Q(state="open") & ~models.Q(extension=""),
                name="invitation_extension_once",
            )
        ]
        indexes = [
            models.Index(fields=["number_index", "-asked_at"], name="invitation_number"),
            models.Index(fields=["ask_on"], condition=models.Q(state="waiting"), name="invitation_waiting"),
            models.Index(fields=["organisation_id", "closed_at"], name="invitation_organisation"),
        ]


class AutoAnswer(Entity):
    """An automatic answer to a reply: of each kind at most one for an invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "kind"], name="auto_answer_once")]


class NumberDay(models.Model):
    """How many texts of a kind a number has got from the ratings on a day."""

    number_index = models.BinaryField(max_length=32)
    day = models.DateField()
    kind = models.CharField(max_length=20)
    used = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number_index", "day", "kind"], name="rating_number_day_once")]


class RatingReply(Entity):
    """A text that answered an invitation, whatever became of it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="replies")
    inbound_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ReplyKind])
    fate = models.CharField(max_length=20, choices=[(f.value, f.value) for f in ReplyFate])
    level = models.PositiveSmallIntegerField(null=True)
    raw = EncryptedTextField(context=_RAW)
    received_at = models.DateTimeField()


class Rating(Versioned):
    """The one effective rating of a case. One found invalid by a second person stays, and leaves the figures."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="rating")
    case_id = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    level = models.PositiveSmallIntegerField()
    tags = models.JSONField(default=list)
    comment = EncryptedTextField(context=_COMMENT, null=True)
    channel = models.CharField(max_length=4, choices=[(c.value, c.value) for c in Channel])
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    invalid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=5), name="rating_level_range"),
        ]
        indexes = [models.Index(fields=["organisation_id", "rated_at"], name="rating_organisation")]


class RatingChange(Entity):
    """Each value a rating has had, the first included."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="changes")
    ordinal = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    tags = models.JSONField(default=list)
    comment = EncryptedTextField(context=_COMMENT, null=True)
    channel = models.CharField(max_length=4)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rating", "ordinal"], name="rating_change_once")]


class RatingTag(Entity):
    """What a rating may be about (domain.md 7.1)."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)


class RatingPolicy(Entity):
    """Limits of the ratings, from a date on. Days of contacting and mending are working days."""

    effective_from = models.DateField(unique=True)
    invitations_per_day = models.PositiveSmallIntegerField()
    answers_per_day = models.PositiveSmallIntegerField()
    change_seconds = models.PositiveIntegerField()
    late_days = models.PositiveSmallIntegerField()
    contact_days = models.PositiveSmallIntegerField()
    simple_days = models.PositiveSmallIntegerField()
    complex_days = models.PositiveSmallIntegerField()
    weights = models.JSONField()


class Rectification(Versioned):
    """A bad rating being made good (domain.md 7.2). One at a time for a rating."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="rectifications")
    case_id = models.UUIDField()
    case_no = models.CharField(max_length=40)
    power_name = models.CharField(max_length=200)
    organisation_id = models.UUIDField()
    person_id = models.UUIDField()
    level = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in RectificationState])
    assignee_id = models.UUIDField(null=True)
    claimant_id = models.UUIDField(null=True)
    contact_due_on = models.DateField()
    mend_due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    contacted_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rating"],
                condition=~models.Q(state__in=("closed", "invalid")),
                name="rectification_one_open",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "-opened_at", "-id"], name="rectification_list")]


class RectificationStep(Entity):
    """One act of a rectification, with what the official wrote."""

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="steps")
    action = models.CharField(max_length=16, choices=[(a.value, a.value) for a in RectificationAction])
    from_state = models.CharField(max_length=16)
    to_state = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True)
    note = EncryptedTextField(context="ratings.note", null=True)
    at = models.DateTimeField()
