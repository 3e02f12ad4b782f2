"""Photos, voice notes and papers of an order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from backend.attachments import services as attachments
from backend.attachments.types import MediaType, StoredFileInfo
from backend.inquiries import policies
from backend.inquiries.models import Order, OrderFile
from backend.inquiries.rules import privacy
from backend.inquiries.services import common
from backend.inquiries.types import Action, InquiryError, Side
from backend.journal.services import record
from kernel.actors import Actor
from kernel.errors import DomainError

ACCEPTS = [kind.value for kind in MediaType]


def add_file(*, actor: Actor, order_id: UUID, upload: Any, filename: str, by: str) -> OrderFile:
    """Add a file: `by` is `caller`, `unit` or `centre`, as the edge knows the actor's side; checked here.

    Raises NOT_FOUND, ACTION_NOT_ALLOWED, FILES_FULL and what the file store refuses.
    """
    order = _reached(actor, order_id, by)
    hidden = common.concealed(order, actor)
    info = attachments.store(
        actor=hidden,
        upload=upload,
        filename=_name(order, filename, by),
        accepts=ACCEPTS,
        max_bytes=policies.number(policies.MAX_FILE_MB) * 1024 * 1024,
        owner=(common.SUBJECT, order.id),
    )
    return _keep(order.id, hidden, info, by)


def _reached(actor: Actor, order_id: UUID, by: str) -> Order:
    if by == "caller":
        order = Order.objects.filter(pk=order_id, caller__person_id=actor.person_id).first()
    else:
        order = Order.objects.filter(pk=order_id).first()
        order = order if order is not None and common.roles_on(actor, order) else None
    if order is None:
        raise DomainError(InquiryError.NOT_FOUND)
    common.check_state(order, Action.ADD_FILE)
    return order


def _name(order: Order, filename: str, by: str) -> str:
    """A protected caller's file loses the name he gave it, which may be his own."""
    return "附件" if by == "caller" and order.is_protected else privacy.hidden(filename)


@transaction.atomic
def _keep(order_id: UUID, actor: Actor, info: StoredFileInfo, by: str) -> OrderFile:
    order = common.locked(order_id)
    common.check_state(order, Action.ADD_FILE)
    most = policies.number(policies.MAX_FILES)
    if order.files.filter(by=by).count() >= most:
        attachments.discard(actor=Actor.system("inquiries"), file_id=info.id)
        raise DomainError(InquiryError.FILES_FULL, limit=most)
    change = common.Change(order, actor, Action.ADD_FILE)
    row = OrderFile.objects.create(
        order=order,
        file_id=info.id,
        filename=info.filename,
        media_type=info.media_type,
        size=info.size,
        by=by,
        at=change.now,
    )
    change.note(side=Side.ALL if by == "caller" else Side.OFFICIALS, by=by)
    record(
        actor=actor,
        action="inquiry.file_added",
        subject=(common.SUBJECT, order.id),
        organisation_id=order.unit_id or order.centre_id,
        data={"file_id": info.id, "media_type": str(info.media_type), "by": by},
    )
    return row
