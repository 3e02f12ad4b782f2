"""Tables of cases."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Reverse

from backend.cases.types import ApplicantKind, CaseState, NoticeKind
from kernel.crypto import EncryptedTextField
from kernel.models import Entity, Versioned


class Case(Versioned):
    """An application and where it stands. It keeps the item's version under which it was drafted and accepted."""

    power_id = models.UUIDField()
    power_version_id = models.UUIDField()
    power_name = models.CharField(max_length=1000)
    organisation_id = models.UUIDField()
    organisation_name = models.CharField(max_length=200)
    organisation_path = models.CharField(max_length=200)
    applicant_id = models.UUIDField()
    applicant_kind = models.CharField(max_length=20, choices=[(kind.value, kind.name) for kind in ApplicantKind])
    legal_person_id = models.UUIDField(null=True)
    identity = EncryptedTextField(context="cases.identity", null=True)
    form = EncryptedTextField(context="cases.form")
    state = models.CharField(max_length=24, choices=[(state.value, state.name) for state in CaseState])
    step_index = models.PositiveSmallIntegerField(default=0)
    step_role = models.CharField(max_length=40, blank=True)
    state_before_pause = models.CharField(max_length=24, blank=True)
    case_no = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001 - null until it is numbered
    query_code = EncryptedTextField(context="cases.query_code", null=True)
    query_digest = models.BinaryField(null=True)
    submitted_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    supplement_count = models.PositiveSmallIntegerField(default=0)
    supplement_items = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["applicant_id", "-updated_at", "-id"]),
            models.Index(fields=["organisation_id", "state"]),
            models.Index(OpClass(Reverse("case_no"), name="text_pattern_ops"), name="case_last_digits"),
        ]


class CaseStep(Entity):
    """Who did what on a case, with which opinion. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    action = models.CharField(max_length=24)
    step_code = models.CharField(max_length=40, blank=True)
    step_name = models.CharField(max_length=100, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=100, blank=True)
    actor_kind = models.CharField(max_length=12)
    opinion = EncryptedTextField(context="cases.opinion", null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class CaseNotice(Entity):
    """A written voucher given to the applicant; numbered without gaps per organisation and year."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.name) for kind in NoticeKind])
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=40)
    paragraphs = EncryptedTextField(context="cases.notice")
    issued_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class CaseMaterial(Entity):
    """A file handed in for one entry of the item's list of documents."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="materials")
    code = models.CharField(max_length=40)
    file_id = models.UUIDField(unique=True)
    filename = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "code"])]


class CasePolicy(models.Model):
    """A number that governs cases, with the date from which it holds."""

    name = models.CharField(max_length=40)
    value = models.IntegerField()
    effective_from = models.DateField()
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "effective_from"], name="case_policy_once")]


class OpinionWording(models.Model):
    """A wording an official may choose instead of typing, with the dates between which it is offered.

    `field` is the field of the act it fills; `type_code` narrows it to items of one type (empty: all).
    """

    action = models.CharField(max_length=24)
    field = models.CharField(max_length=20)
    text = models.CharField(max_length=500)
    type_code = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["action", "position"], name="case_wording_order")]
