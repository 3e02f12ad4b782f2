"""F39: 64 parallel writers and rollbacks leave no gap and no fork; anchors leave the database in time."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from backend.journal import rules, services
from backend.journal.models import JournalAnchor, JournalLine
from backend.journal.verification import verify_journal
from kernel.actors import Actor
from kernel.ids import uuid7
from tests.factories import journal

WRITERS, ROUNDS = 64, 5


class Rollback(Exception):  # noqa: N818 - thrown on purpose
    """Ends a transaction without an effect."""


def _write(seed: int) -> int:
    kept = 0
    chance = random.Random(seed)
    for _ in range(ROUNDS):
        give_up = chance.random() < 0.3
        try:
            with transaction.atomic():
                services.record(
                    actor=Actor.system("tests"),
                    action="tests.raced",
                    subject=("case", uuid7()),
                    organisation_id=None,
                    data={"writer": seed},
                )
                if give_up:
                    raise Rollback
        except Rollback:
            continue
        finally:
            connection.close()
        kept += 1
    return kept


def _seal(stop: threading.Event) -> None:
    try:
        while not stop.is_set():
            services.seal_pending()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_and_sealers() -> None:
    """Two sealers at once beside 64 writers, a third of whose transactions roll back."""
    stop = threading.Event()
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        sealers = [pool.submit(_seal, stop) for _ in range(2)]
        kept = sum(pool.map(_write, range(WRITERS)))
        stop.set()
        for sealer in sealers:
            sealer.result()
    services.seal_pending()
    assert 0 < kept < WRITERS * ROUNDS
    assert list(JournalLine.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, kept + 1))
    verdict = verify_journal()
    assert (verdict.ok, verdict.lines, verdict.loose) == (True, kept, 0)


@pytest.mark.django_db
def test_anchors_leave_the_database_in_time(travel: Callable[..., None], anchor_file: Path) -> None:
    """The first at once, then one a minute while there is something new."""
    journal.sealed_lines(3)
    journal.sealed_lines(2)
    assert [rules.parse_anchor(line).seq for line in anchor_file.read_text().splitlines()] == [3]  # type: ignore[union-attr]
    travel(seconds=60)
    services.seal_pending()
    services.seal_pending()
    travel(seconds=600)
    services.seal_pending()
    assert [rules.parse_anchor(line).seq for line in anchor_file.read_text().splitlines()] == [3, 5]  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_thousand_lines_are_anchored_at_once(anchor_file: Path) -> None:
    """Not only time counts."""
    journal.sealed_lines(1)
    journal.sealed_lines(1000)
    assert [rules.parse_anchor(line).seq for line in anchor_file.read_text().splitlines()] == [1, 1001]  # type: ignore[union-attr]
    assert JournalAnchor.objects.count() == 2


@pytest.mark.django_db
def test_an_anchor_that_did_not_reach_the_file_reaches_it_later(anchor_file: Path) -> None:
    """A crash between the commit and the write."""
    journal.sealed_lines(3)
    written = anchor_file.read_text()
    anchor_file.unlink()
    services.seal_pending()
    assert anchor_file.read_text() == written
