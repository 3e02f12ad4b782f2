"""Outside clients (Open311): keys, and what they file."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from backend.inquiries import policies
from backend.inquiries.models import ClientKey, OpenRequest, Order
from backend.inquiries.services.registration import from_machine
from backend.inquiries.types import InquiryError, Report
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.ids import uuid7

KEY_BYTES = 24


@transaction.atomic
def issue_key(*, actor: Actor, name: str, email: str = "") -> str:
    """A new key for an outside client; shown once, only its digest is kept."""
    key = secrets.token_urlsafe(KEY_BYTES)
    row = ClientKey.objects.create(name=name, email=email, digest=_digest(key))
    record(
        actor=actor,
        action="inquiry.client_key_issued",
        subject=("inquiry_client", row.id),
        organisation_id=policies.centre().id,
        data={"name": name},
    )
    return key


@transaction.atomic
def file_request(*, api_key: str, report: Report, daily_limit: int = 1000) -> OpenRequest:
    """An outside client files a request. Raises FORBIDDEN for an unknown or revoked key, TOO_MANY, FIELD_NEEDED."""
    client = ClientKey.objects.filter(digest=_digest(api_key), revoked_at=None).first()
    if client is None:
        raise DomainError(CommonError.FORBIDDEN)
    since = clock.now() - timedelta(days=1)
    if client.requests.filter(created_at__gt=since).count() >= daily_limit:
        raise DomainError(InquiryError.TOO_MANY, limit=daily_limit)
    order: Order = from_machine(report=report, name=f"open311:{client.name}"[:60])
    return OpenRequest.objects.create(order=order, client=client, token=uuid7())


def order_no_of(token: UUID) -> str:
    """The number that a token stands for. Raises NOT_FOUND."""
    found = OpenRequest.objects.select_related("order").filter(token=token).first()
    if found is None:
        raise DomainError(InquiryError.NOT_FOUND)
    return found.order.order_no


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
