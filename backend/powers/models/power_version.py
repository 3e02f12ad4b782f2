"""A version of an item: the whole implementation list, with the dates from and until which it holds."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from backend.powers.models.power_item import PowerItem
from backend.powers.types import (
    CrossRegionScope,
    HandlingKind,
    LifeCycle,
    LimitUnit,
    PowerSource,
    ProjectType,
    ResultType,
)
from kernel.models import Versioned

OPEN_STATES = (LifeCycle.DRAFT, LifeCycle.SUBMITTED, LifeCycle.LEGAL_REVIEW, LifeCycle.CONFIRMED)
VERSION_STATES = (*OPEN_STATES, LifeCycle.PUBLISHED)
MOVING_FIELDS = (
    "state",
    "version",
    "updated_at",
    "effective_from",
    "effective_to",
    "published_by",
    "published_at",
    "search_text",
    "sort_key",
    "name_key",
)


class DateRange(models.Func):
    """PostgreSQL's daterange(from, to)."""

    function = "DATERANGE"
    output_field = DateRangeField()


class ContentFields(models.Model):
    """The fields of `types.VersionContent`, under the same names.

    Rows that belong to one version only, are frozen with it and are always read whole (steps, materials, fees, legal
    bases, questions) stand as structured JSON; `rules.content` is their schema.
    """

    name = models.CharField(max_length=1000)
    name_en = models.CharField(max_length=200, blank=True)
    keywords = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    themes = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    audience = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    legal_bases = models.JSONField(default=list)
    power_source = models.CharField(max_length=20, default=PowerSource.STATUTORY)
    entrusted_body = models.CharField(max_length=100, blank=True)
    joint_bodies = models.JSONField(default=list)
    legal_limit = models.PositiveSmallIntegerField(default=0)
    legal_unit = models.CharField(max_length=2, default=LimitUnit.WORKING_DAYS)
    legal_note = models.CharField(max_length=500, blank=True)
    promised_limit = models.PositiveSmallIntegerField(default=0)
    promised_unit = models.CharField(max_length=2, default=LimitUnit.WORKING_DAYS)
    promised_note = models.CharField(max_length=500, blank=True)
    special_procedures = models.JSONField(default=list)
    project_type = models.CharField(max_length=12, default=ProjectType.COMMITTED)
    handling_kind = models.CharField(max_length=20, default=HandlingKind.OWN)
    handle_forms = models.JSONField(default=list)
    conditions = models.JSONField(default=list)
    quantity_limit = models.CharField(max_length=500, blank=True)
    onsite_visits = models.PositiveSmallIntegerField(default=1)
    onsite_reason = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    consult_phone = models.CharField(max_length=100, blank=True)
    complaint_phone = models.CharField(max_length=100, blank=True)
    is_online = models.BooleanField(default=False)
    online_depth = models.PositiveSmallIntegerField(default=1)
    is_appointment = models.BooleanField(default=False)
    is_pay_online = models.BooleanField(default=False)
    is_express = models.BooleanField(default=False)
    is_self_service = models.BooleanField(default=False)
    is_in_hall = models.BooleanField(default=False)
    cross_region_scope = models.CharField(max_length=10, default=CrossRegionScope.NONE)
    is_fee = models.BooleanField(default=False)
    fees = models.JSONField(default=list)
    result_name = models.CharField(max_length=200, blank=True)
    result_type = models.CharField(max_length=12, default=ResultType.NONE)
    result_validity = models.CharField(max_length=500, blank=True)
    remedy_text = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    materials = models.JSONField(default=list)
    faqs = models.JSONField(default=list)
    form_schema = models.JSONField(default=dict)

    class Meta:
        abstract = True


class PowerVersion(ContentFields, Versioned):
    """A numbered version. Once confirmed, its content is frozen in the database itself; running cases point at it."""

    item = models.ForeignKey(PowerItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in VERSION_STATES], default=LifeCycle.DRAFT)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)

    search_text = models.TextField(default="")
    name_key = models.CharField(max_length=1000, default="")
    sort_key = models.CharField(max_length=40, default="", db_collation="C")

    authors = ArrayField(models.UUIDField(), default=list)
    submitted_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    review_opinion = models.CharField(max_length=1000, blank=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="power_version_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(state__in=OPEN_STATES), name="power_version_one_open"
            ),
            models.CheckConstraint(condition=models.Q(state__in=VERSION_STATES), name="power_version_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=LifeCycle.PUBLISHED) | models.Q(effective_from__isnull=False),
                name="power_version_published_has_date",
            ),
            ExclusionConstraint(
                name="power_version_no_overlap",
                expressions=[
                    (DateRange("effective_from", "effective_to"), RangeOperators.OVERLAPS),
                    ("item", RangeOperators.EQUAL),
                ],
                condition=models.Q(state=LifeCycle.PUBLISHED),
            ),
        ]
        indexes = [
            GinIndex(
                fields=["search_text"],
                name="power_version_search",
                opclasses=["gin_trgm_ops"],
                condition=models.Q(state=LifeCycle.PUBLISHED),
            ),
            models.Index(fields=["sort_key", "id"], name="power_version_order"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="power_version_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=[LifeCycle.CONFIRMED, LifeCycle.PUBLISHED]),
                func=(
                    "IF to_jsonb(NEW) - ARRAY["
                    + ", ".join(f"'{name}'" for name in MOVING_FIELDS)
                    + "] <> to_jsonb(OLD) - ARRAY["
                    + ", ".join(f"'{name}'" for name in MOVING_FIELDS)
                    + "] THEN RAISE EXCEPTION 'a confirmed version cannot be changed'"
                    " USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="power_version_no_delete", operation=pgtrigger.Delete),
        ]
