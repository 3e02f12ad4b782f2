"""The printed page: made after the number is certain, so that nobody waits for the next number while it is drawn."""

from __future__ import annotations

from importlib import import_module
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from backend.attachments import services as attachments
from backend.attachments.types import MediaType
from backend.documents import rules
from backend.documents.models import Document
from backend.documents.services import common
from backend.documents.types import URGENCY_NAMES, Direction, Kind, Sheet, State, Urgency
from kernel import clock
from kernel.actors import Actor

MAX_PAGE_BYTES = 20 * 1024 * 1024
BATCH = 20
_SYSTEM = Actor.system("documents.pages")


def print_page(document: Document, actor: Actor = _SYSTEM) -> None:
    """Draw and keep the page of a numbered document that has none; of two at once, one is kept."""
    printing = import_module("backend.documents.printing")  # its library costs a second that only this step needs
    upload = ContentFile(printing.render(sheet_of(document)), name="page.pdf")
    info = attachments.store(
        actor=actor,
        upload=upload,
        filename=f"{document.number}.pdf",
        accepts=[MediaType.PDF.value],
        max_bytes=MAX_PAGE_BYTES,
        owner=(common.SUBJECT, document.id),
    )
    document.page_file_id = _kept(document.id, info.id)


@transaction.atomic
def _kept(document_id: UUID, file_id: UUID) -> UUID:
    row = Document.objects.select_for_update().get(pk=document_id)
    if row.page_file_id is not None:
        attachments.discard(actor=_SYSTEM, file_id=file_id)
        return row.page_file_id
    row.page_file_id = file_id
    row.save(update_fields=["page_file_id"])
    row.arrivals.filter(page_file_id=None).update(page_file_id=file_id)
    return file_id


def print_missing() -> int:
    """Print what was numbered when somebody pulled the plug; how many."""
    waiting = Document.objects.filter(
        direction=Direction.OUTGOING, state__in=[State.NUMBERED, State.DISTRIBUTED], page_file_id=None
    ).order_by("id")
    rows = list(waiting[:BATCH])
    for row in rows:
        print_page(row)
    return len(rows)


def sheet_of(document: Document) -> Sheet:
    """What the printed page says."""
    urgency = Urgency(document.urgency)
    return Sheet(
        organisation=document.unit_name,
        number=document.number,
        urgency="" if urgency is Urgency.PLAIN else URGENCY_NAMES[urgency].zh,
        title=document.title,
        recipients=document.recipients,
        body=document.body,
        signer=document.leader_name,
        dated=rules.chinese_date(document.dated or clock.today()),
        copies_to=document.copies_to,
        printed_by=document.unit_name,
        printed_on=rules.chinese_date(clock.today()),
        is_upward=Kind(document.kind) in rules.UPWARD,
        copies=document.copies,
    )
