"""Business numbers are gap-free per kind and scope, under concurrency and rollback (reliability F24)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from kernel.ids import take_number, uuid7
from kernel.models import NumberCounter


class _RollbackError(Exception):
    pass


def _take(kept: list[int], lock: threading.Lock, *, fail: bool) -> None:
    try:
        with transaction.atomic():
            number = take_number("case:321300", "2026")
            if fail:
                raise _RollbackError
        with lock:
            kept.append(number)
    except _RollbackError:
        pass
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_no_gaps_with_parallel_takers_and_rollbacks() -> None:
    kept: list[int] = []
    lock = threading.Lock()
    threads = [threading.Thread(target=_take, args=(kept, lock), kwargs={"fail": n % 5 == 0}) for n in range(60)]
    for start in range(0, len(threads), 6):
        for thread in threads[start : start + 6]:
            thread.start()
        for thread in threads[start : start + 6]:
            thread.join()
    assert sorted(kept) == list(range(1, 49))
    assert NumberCounter.objects.get(kind="case:321300").last == 48


@pytest.mark.django_db(transaction=True)
def test_refuses_to_number_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        take_number("case:321300", "2026")


def test_ids_are_version_seven_and_ascend() -> None:
    made = [uuid7() for _ in range(100)]
    assert all(one.version == 7 for one in made)
    assert made == sorted(made)
