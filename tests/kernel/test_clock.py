"""The database's clock decides; a wrong clock of this process changes nothing (reliability F19)."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from django.db import transaction

from kernel import clock


@pytest.mark.django_db
def test_moves_on_inside_a_transaction() -> None:
    with transaction.atomic():
        first = clock.now()
        time.sleep(0.01)  # the transaction's start time would stand still
        assert clock.now() > first


@pytest.mark.django_db
def test_day_is_the_day_in_suqian(travel) -> None:  # type: ignore[no-untyped-def]
    travel(to=datetime(2026, 11, 23, 17, 30, tzinfo=UTC))
    assert clock.today().isoformat() == "2026-11-24"
