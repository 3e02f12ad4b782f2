"""Two clerks who send documents to the same organisations in opposite order never wait for each other (issue 6)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from backend.documents.models import Document
from backend.documents.types import Act
from tests.factories.documents import Office

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def test_crosswise_distribution_ends_in_no_deadlock() -> None:
    first, second, third, fourth = (Office(code=code) for code in ("宿甲发", "宿乙发", "宿丙发", "宿丁发"))
    order = [second.place.id, third.place.id]
    sent = [(first.numbered(), fourth.numbered()) for _ in range(ROUNDS)]

    def send(office: Office, document: Document, units: Sequence[UUID], gate: Barrier) -> None:
        try:
            gate.wait(timeout=10)
            office.act(office.clerk, document, Act.DISTRIBUTE, units=units)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for one, other in sent:
            gate = Barrier(2)
            going = [
                pool.submit(send, first, one, order, gate),
                pool.submit(send, fourth, other, order[::-1], gate),
            ]
            for done in going:
                done.result()
    assert Document.objects.filter(source__isnull=False).count() == ROUNDS * 4
