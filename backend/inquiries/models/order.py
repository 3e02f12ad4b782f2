"""Work orders. Who asks stands in a table of its own, so that what handles an order cannot show it by accident."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from backend.inquiries.models.rows import Topic, choices
from backend.inquiries.types import (
    Action,
    Channel,
    Decision,
    Outcome,
    Part,
    PartState,
    ReplyState,
    RequestType,
    Resolution,
    Side,
    State,
    Urgency,
    Via,
)
from kernel.crypto import EncryptedTextField
from kernel.models import Entity, Versioned


class Order(Versioned):
    """What somebody asked of the city and where it stands. Holds nothing that names the caller.

    `is_open` follows the state and `rank` the urgency for the sake of small indexes; `terms` are hashed pairs of signs
    of the words; `warned_for` is the limit whose nearing was told, `reminded_for` the one after whose end the unit was
    reminded in writing; `shown_content` are the words without names and numbers: all a unit sees of a protected order.
    """

    order_no = models.CharField(max_length=20, unique=True)
    query_code = EncryptedTextField(context="inquiries.query_code")
    query_digest = models.BinaryField()
    channel = models.CharField(max_length=10, choices=choices(Channel))
    request_type = models.CharField(max_length=12, choices=choices(RequestType))
    urgency = models.CharField(max_length=8, choices=choices(Urgency))
    rank = models.PositiveSmallIntegerField(default=0)
    is_heavy = models.BooleanField(default=False)
    is_petition = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    public_ok = models.BooleanField(default=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    content = EncryptedTextField(context="inquiries.content")
    shown_content = EncryptedTextField(context="inquiries.shown_content")
    place_words = EncryptedTextField(context="inquiries.place", null=True)
    area_code = models.CharField(max_length=12, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    occurred_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    terms = ArrayField(models.IntegerField(), default=list)
    state = models.CharField(max_length=20, choices=choices(State))
    is_open = models.BooleanField(default=True)
    centre_id = models.UUIDField()
    centre_path = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    unit_path = models.CharField(max_length=200, blank=True)
    answerable_id = models.UUIDField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    dispatched_by = models.UUIDField(null=True)
    first_dispatched_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warned_for = models.DateTimeField(null=True)
    reminded_for = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    criticised_on = models.DateField(null=True)
    unit_done_at = models.DateTimeField(null=True)
    unit_resolution = models.CharField(max_length=12, choices=choices(Resolution), blank=True)
    contacted = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    said_at = models.DateTimeField(null=True)
    said_via = models.CharField(max_length=8, choices=choices(Via), blank=True)
    reviewer_id = models.UUIDField(null=True)
    barred_reviewer_id = models.UUIDField(null=True)
    final_ruling = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=0)
    redo_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    return_count = models.PositiveSmallIntegerField(default=0)
    urge_count = models.PositiveSmallIntegerField(default=0)
    follower_count = models.PositiveSmallIntegerField(default=0)
    call_tries = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    outcome = models.CharField(max_length=20, choices=choices(Outcome), blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["centre_id", "-rank", "received_at", "id"], condition=models.Q(is_open=True), name="order_desk"
            ),
            models.Index(
                fields=["centre_id", "due_at", "state", "rank", "id"],
                condition=models.Q(is_open=True),
                name="order_board",
            ),
            models.Index(
                fields=["unit_id", "-rank", "received_at", "id"],
                condition=models.Q(is_open=True),
                name="order_unit_desk",
            ),
            models.Index(fields=["centre_id", "state", "-received_at", "-id"], name="order_by_state"),
            models.Index(fields=["centre_id", "-received_at", "-id"], name="order_newest"),
            models.Index(fields=["unit_id", "-received_at", "-id"], name="order_of_unit"),
            models.Index(fields=["received_at", "topic", "area_code"], name="order_hot"),
            models.Index(fields=["-closed_at"], condition=models.Q(state="closed"), name="order_to_archive"),
            models.Index(fields=["due_at"], condition=models.Q(is_open=True), name="order_due"),
            models.Index(
                fields=["-received_at"],
                condition=models.Q(is_open=True, is_confidential=False, public_ok=True),
                name="order_open_newest",
            ),
            GinIndex(fields=["terms"], condition=models.Q(is_open=True), name="order_open_terms"),
        ]

    @property
    def is_protected(self) -> bool:
        """Whether the handling unit must never learn who asked: always for a report (举报), else when asked for."""
        return self.is_confidential or self.request_type == RequestType.REPORT


class OrderCaller(Entity):
    """Who asked. Read only through `selectors.callers`, which knows who may see it."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="caller")
    person_id = models.UUIDField(null=True)
    name = EncryptedTextField(context="inquiries.caller_name", null=True)
    phone = EncryptedTextField(context="inquiries.caller_phone", null=True)
    phone_index = models.BinaryField(null=True)
    gender = models.CharField(max_length=8, blank=True)
    client_ref = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where there is one

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "client_ref"], condition=~models.Q(client_ref=None), name="caller_draft_once"
            )
        ]
        indexes = [
            models.Index(fields=["person_id", "-order"], name="caller_person"),
            models.Index(fields=["phone_index", "-order"], name="caller_phone"),
        ]


class Follower(Entity):
    """Somebody who said "me too" and is told what the caller is told."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="followers")
    person_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "person_id"], name="follower_once")]
        indexes = [models.Index(fields=["person_id", "-at"])]


class Assignment(Entity):
    """A unit's part in an order, from a dispatch on."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="assignments")
    unit_id = models.UUIDField()
    unit_name = models.CharField(max_length=200)
    unit_path = models.CharField(max_length=200)
    part = models.CharField(max_length=8, choices=choices(Part))
    state = models.CharField(max_length=12, choices=choices(PartState), default=PartState.DISPATCHED)
    round = models.PositiveSmallIntegerField(default=0)
    dispatched_at = models.DateTimeField()
    dispatched_by = models.UUIDField(null=True)
    return_due_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    opinion = EncryptedTextField(context="inquiries.opinion", null=True)
    file_ids = ArrayField(models.UUIDField(), default=list)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["order", "part", "state"]),
            models.Index(fields=["unit_id", "state", "-dispatched_at"]),
        ]


class OrderEntry(Entity):
    """Who did what on an order. Never changed. A caller's entry names nobody."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="entries")
    action = models.CharField(max_length=24, choices=choices(Action))
    side = models.CharField(max_length=10, choices=choices(Side))
    state = models.CharField(max_length=20, choices=choices(State))
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=100, blank=True)
    actor_kind = models.CharField(max_length=12)
    unit_name = models.CharField(max_length=200, blank=True)
    note = EncryptedTextField(context="inquiries.note", null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["order", "at", "id"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Reply(Entity):
    """A unit's answer in a round: its words, the rule it rests on, what became of the matter by the unit's account.

    `file_ids` are files of the unit (`OrderFile`) that go to the citizen with it.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices(ReplyState), default=ReplyState.SUBMITTED)
    text = EncryptedTextField(context="inquiries.reply")
    law_basis = models.CharField(max_length=500)
    resolution = models.CharField(max_length=12, choices=choices(Resolution))
    unit_id = models.UUIDField()
    unit_name = models.CharField(max_length=200)
    written_by = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    signed_by = models.UUIDField(null=True)
    signed_name = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField(null=True)
    file_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["order", "-written_at"])]


class ReturnRequest(Entity):
    """A unit asks to give an order back, in the standard form: reason, the clause on duties it rests on."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    unit_id = models.UUIDField()
    reason_code = models.CharField(max_length=40)
    clause = models.CharField(max_length=300)
    reason = EncryptedTextField(context="inquiries.return")
    state_before = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=choices(Decision), default=Decision.OPEN)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="return_number_once")]


class ExtensionRequest(Entity):
    """A unit asks for more time: length, basis, reason."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="extensions")
    round = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300)
    reason = EncryptedTextField(context="inquiries.extension")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=choices(Decision), default=Decision.OPEN)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "round"], name="extension_once_a_round")]


class CallBack(Entity):
    """A try to hear from the citizen, or what the citizen said of himself. Never changed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    via = models.CharField(max_length=8, choices=choices(Via))
    reached = models.BooleanField()
    contacted = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    note = EncryptedTextField(context="inquiries.callback", null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["order", "at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
