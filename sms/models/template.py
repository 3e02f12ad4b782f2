"""Wordings as the carrier approved them."""

from __future__ import annotations

from django.db import models

from kernel.models import Entity


class Template(Entity):
    """A kind of text, named by a stable code that senders use."""

    code = models.CharField(max_length=40, unique=True)
    meaning = models.CharField(max_length=200)


class TemplateVersion(Entity):
    """One wording of a template. A changed text is a new version with its own approval; old ones stay.

    `params` is a list of `{"name", "max_length", "shorten"}`. `reply_map` gives the canonical level of each reply digit
    for texts that ask for a rating (in some cities 1 is best). In force: the newest approved one whose day has come, of
    the organisation that sends where it has one of its own.
    """

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    signature = models.CharField(max_length=20)
    text = models.CharField(max_length=500)
    params = models.JSONField(default=list)
    reply_map = models.JSONField(default=dict)
    effective_from = models.DateField()
    approved_at = models.DateTimeField(null=True)
    approval_number = models.CharField(max_length=80, blank=True)
    organisation_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="sms_template_version_once")]
