"""Tables of the contacts. Names and posts are kept beside accounts for search; mobile numbers are not."""

from __future__ import annotations

from django.db import models


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
