"""Tables of the service centres: what stands where, who sits where, and what is handled there from which day on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from backend.centres.types import CentreLevel, Facing, FeatureKind, WindowKind
from kernel.models import Entity, Versioned


class ServiceCentre(Versioned):
    """A place where people are served: 政务服务中心, or the service station of a township."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=12, choices=[(level.value, level.name) for level in CentreLevel])
    region_code = models.CharField(max_length=12)
    organisation_id = models.UUIDField()
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=60)
    transport = models.CharField(max_length=300, blank=True)
    access_note = models.CharField(max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    position = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)


class OpeningHours(Entity):
    """When a centre is open on a weekday; two rows make a day with a lunch break."""

    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__range=(1, 7)), name="centre_weekday_known"),
            models.CheckConstraint(condition=models.Q(opens__lt=models.F("closes")), name="centre_hours_in_order"),
        ]


class ServiceHall(Entity):
    """A hall on a floor; its plan is `width` × `height` units of ten centimetres."""

    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, related_name="halls")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    floor = models.SmallIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "code"], name="service_hall_once")]


class HallFeature(Entity):
    """Something on the plan that is no window: walls, doors, lifts, waiting areas."""

    hall = models.ForeignKey(ServiceHall, on_delete=models.CASCADE, related_name="features")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.name) for kind in FeatureKind])
    label = models.CharField(max_length=40, blank=True)
    label_en = models.CharField(max_length=60, blank=True)
    points = models.JSONField()
    position = models.PositiveSmallIntegerField()


class Placed(models.Model):
    """A rectangle on the plan of a hall."""

    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        abstract = True


class HallZone(Placed, Entity):
    """A part of a hall under one sign."""

    hall = models.ForeignKey(ServiceHall, on_delete=models.CASCADE, related_name="zones")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    tone = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "code"], name="hall_zone_once")]


class ServiceWindow(Placed, Entity):
    """A window. Its number is unique in its centre; one that was given up keeps its row and its past duties."""

    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, related_name="windows")
    zone = models.ForeignKey(HallZone, on_delete=models.SET_NULL, null=True, related_name="windows")
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.name) for kind in WindowKind])
    facing = models.CharField(max_length=8, choices=[(side.value, side.name) for side in Facing])
    is_accessible = models.BooleanField(default=False)
    counter_services = ArrayField(models.CharField(max_length=60), default=list)
    position = models.PositiveSmallIntegerField()
    given_up_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="service_window_number_once")]


class WindowDuty(Entity):
    """What a window handles from which day on: one item, or all items that an organisation has in its hall."""

    window = models.ForeignKey(ServiceWindow, on_delete=models.PROTECT, related_name="duties")
    power_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(power_id=None) ^ models.Q(organisation_id=None), name="window_duty_one_kind"
            ),
            models.UniqueConstraint(
                fields=["window", "power_id"],
                condition=models.Q(effective_to=None, organisation_id=None),
                name="window_duty_item_once",
            ),
            models.UniqueConstraint(
                fields=["window", "organisation_id"],
                condition=models.Q(effective_to=None, power_id=None),
                name="window_duty_office_once",
            ),
        ]


class WindowClosure(Entity):
    """Days on which a window is shut, both included; `until` is None while nobody knows."""

    window = models.ForeignKey(ServiceWindow, on_delete=models.CASCADE, related_name="closures")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=100)
    reason_en = models.CharField(max_length=120, blank=True)
    instead = models.CharField(max_length=12, blank=True)
