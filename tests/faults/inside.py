"""What is done through the product's own services, on its database: imported when Django is set up."""

from __future__ import annotations

import secrets
import time
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from psycopg_pool import PoolTimeout

from backend.accounts import selectors as accounts
from backend.partners import services as partners
from kernel import clock
from kernel.actors import Actor
from kernel.events import Event
from kernel.ids import uuid7
from sms.types import Purpose
from tests.factories.sms import queue_notice, random_mobile

_ACTOR = Actor.system("faults")


def queue(purpose: str) -> str:
    """Queue one text, with the same reference until the database has said yes; returns its number."""
    number, reference = random_mobile(), f"fault:{secrets.token_hex(8)}"
    while True:
        try:
            queue_notice(number, purpose=Purpose(purpose), reference=reference)
            return number
        except (DatabaseError, PoolTimeout):
            connection.close()
            time.sleep(0.2)


def partner_at(url: str) -> UUID:
    """A partner of the whole city with an endpoint there."""
    root = next(iter(_roots()))
    code = secrets.token_hex(6)
    partners.add_partner(actor=_ACTOR, code=code, name="掌上宿迁", organisation_id=root.id, scopes=["cases.progress"])
    return partners.add_endpoint(actor=_ACTOR, code=code, url=url)[0]


def tell_partners(count: int) -> None:
    """Events of cases of the city."""
    root = next(iter(_roots()))
    for number in range(count):
        data = {"case_no": f"3213002026{number:08d}", "state": "accepted", "version": 1}
        event = Event(uuid7(), "case.accepted", 1, "case", uuid7(), root.id, clock.now(), data)
        partners.queue_webhooks(event=event)


def _roots() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_organisation WHERE parent_id IS NULL ORDER BY path LIMIT 1")
        return [accounts.organisation(row[0]) for row in cursor.fetchall()]
