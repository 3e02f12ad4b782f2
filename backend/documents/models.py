"""Tables of official documents. That a number is given once and none is left out is held by the database."""

from __future__ import annotations

from django.db import models

from backend.documents.types import Act, Direction, Kind, Openness, Reason, State, Urgency
from kernel.models import Entity, Versioned


def _choices(values: type) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in values]  # type: ignore[attr-defined]


class DocumentRule(models.Model):
    """From a day on: limits by urgency, when an unread document is told by SMS, how much one holds."""

    effective_from = models.DateField(primary_key=True)
    handle_days = models.JSONField()
    sms_hours = models.JSONField()
    chase_minutes = models.PositiveSmallIntegerField()
    max_people = models.PositiveSmallIntegerField()
    max_files = models.PositiveSmallIntegerField()
    max_file_mb = models.PositiveSmallIntegerField()


class AgencyCode(Entity):
    """A code (机关代字) under which an organisation numbers what it sends: 宿政办发, 宿政办函."""

    organisation_id = models.UUIDField()
    code = models.CharField(max_length=12, unique=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id"], name="document_code_org")]


class Document(Versioned):
    """An official document of one organisation: what it received, or what it writes."""

    direction = models.CharField(max_length=8, choices=_choices(Direction))
    state = models.CharField(max_length=14, choices=_choices(State))
    kind = models.CharField(max_length=12, choices=_choices(Kind))
    urgency = models.CharField(max_length=12, choices=_choices(Urgency), default=Urgency.PLAIN)
    openness = models.CharField(max_length=10, choices=_choices(Openness), default=Openness.INTERNAL)
    title = models.CharField(max_length=150)
    body = models.TextField(blank=True)
    organisation_id = models.UUIDField()
    path = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=120)
    drafter_id = models.UUIDField()
    drafter_name = models.CharField(max_length=60)
    checker_id = models.UUIDField(null=True)
    leader_id = models.UUIDField(null=True)
    leader_name = models.CharField(max_length=60, blank=True)
    sender = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=40, blank=True)
    register_no = models.PositiveIntegerField(null=True)
    dated = models.DateField(null=True)
    recipients = models.CharField(max_length=500, blank=True)
    copies_to = models.CharField(max_length=500, blank=True)
    copies = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    edition = models.PositiveSmallIntegerField(default=1)
    page_file_id = models.UUIDField(null=True)
    source = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="arrivals")

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "direction", "-id"], name="document_of_org"),
            models.Index(fields=["drafter_id", "-id"], name="document_drafted"),
        ]


class TakenNumber(Entity):
    """A number that was given out. It stays when the document is declared void, so the series shows no gap."""

    code = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="taken")
    title = models.CharField(max_length=150)
    taken_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year", "serial"], name="document_number_once")]


class Edition(Entity):
    """The text as it stood once."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    body = models.TextField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_edition_once")]


class Step(Entity):
    """One act in the document's story."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=12, choices=_choices(Act))
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=60)
    opinion = models.CharField(max_length=1000, blank=True)
    people = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["document", "at"], name="document_story")]


class Part(Entity):
    """Somebody's turn to countersign or to handle: given, done, with what opinion."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="parts")
    act = models.CharField(max_length=12, choices=_choices(Act))
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    unit_name = models.CharField(max_length=120)
    is_lead = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=1000, blank=True)
    chased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "act", "person_id"], name="document_part_once")]


class Reader(Entity):
    """Somebody who was given the document to read, and whether it was read (阅知回执)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readers")
    person_id = models.UUIDField()
    name = models.CharField(max_length=60)
    unit_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=12, choices=_choices(Reason))
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True)
    sms_due_at = models.DateTimeField()
    sms_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "person_id"], name="document_reader_once")]
        indexes = [
            models.Index(fields=["person_id", "document"], name="document_reader_person"),
            models.Index(
                fields=["sms_due_at"], condition=models.Q(read_at=None, sms_at=None), name="document_unread_due"
            ),
        ]


class Layer(Entity):
    """Handwriting and words of one person over one page, beside the document and never in it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="layers")
    page = models.PositiveSmallIntegerField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=60)
    strokes = models.JSONField(default=list)
    words = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "page", "by_id"], name="document_layer_once")]


class DocumentFile(Entity):
    """A scan or an annex."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    file_id = models.UUIDField(unique=True)
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()
