"""Tables of the contacts. Names and posts are kept beside accounts for search; mobile numbers are not."""

from __future__ import annotations

from django.db import models

from kernel.models import Entity


class Card(models.Model):
    """How an official is reached. `changed` grows with each change of any card: phones ask for what is new."""

    person_id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)
    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=120)
    post = models.CharField(max_length=60, blank=True)
    office_phone = models.CharField(max_length=20, blank=True)
    short_number = models.CharField(max_length=8, blank=True)
    spoken = models.CharField(max_length=400)
    changed = models.BigIntegerField(unique=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "name"], name="contact_of_unit")]


class Formerly(Entity):
    """Where somebody was before a move: phones of that branch forget the card at this change."""

    person_id = models.UUIDField()
    path = models.CharField(max_length=200)
    changed = models.BigIntegerField(unique=True)


class ContactPolicy(models.Model):
    """From a day on: how many people's cards an official is shown a day, and how many go into the phone's own book."""

    effective_from = models.DateField(primary_key=True)
    daily_cards = models.PositiveIntegerField()
    daily_changes = models.PositiveIntegerField()


class Reading(Entity):
    """How many different cards an official was shown on a day, by hand and for the phone's book."""

    person_id = models.UUIDField()
    day = models.DateField()
    cards = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "day"], name="contact_reading_once")]


class Shown(Entity):
    """A card that was shown in a reading; a second look counts nothing."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="shown")
    card_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "card_id"], name="contact_shown_once")]
