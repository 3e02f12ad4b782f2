"""What every test may use: time travel, the relay on demand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from pytest_django import DjangoDbBlocker

from kernel import clock, outbox
from tests import contract_client, flushing, migrated_once
from tests.spreading import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of real processes first: they wait much, and others run beside them instead of after them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def database_turn() -> Iterator[tuple[ExitStack, Path]]:
    """This worker's turn to make its database, until the stack is closed; and the mark that there is a copy."""
    with ExitStack() as stack:
        yield stack, stack.enter_context(migrated_once.turn())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, database_turn: tuple[ExitStack, Path]) -> None:
    """All workers but the first start from the first one's copy."""
    if database_turn[1].exists():
        migrated_once.start_from_copy()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, database_turn: tuple[ExitStack, Path], django_db_blocker: DjangoDbBlocker
) -> None:
    """The migrated database, and how it is emptied between transactional tests."""
    turn, copied = database_turn
    with django_db_blocker.unblock():
        if not copied.exists() and "PYTEST_XDIST_WORKER" in os.environ:
            migrated_once.keep_copy(copied)
        turn.close()
        flushing.spare(flushing.seeded_tables())


@pytest.fixture(scope="session", autouse=True)
def passwords_take_no_time() -> Iterator[None]:
    """Argon2 with the least memory; how strong it is set is tested on the settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(scope="session", autouse=True)
def answers_keep_the_contract() -> Iterator[None]:
    """Every answer under /api/v1/ in any test is held against openapi/openapi.yaml."""
    undo = contract_client.install()
    yield
    undo()


@pytest.fixture
def travel() -> Iterator[Callable[..., None]]:
    """Shift the product's clock: `travel(hours=3)` or `travel(to=datetime(…, tzinfo=…))`; undone after the test."""
    with ExitStack() as stack:

        def go(*, to: datetime | None = None, **delta: float) -> None:
            by = (to - clock.now()) if to else timedelta(**delta)
            stack.enter_context(clock.shifted(by))

        yield go


@pytest.fixture
def deliver_events(db: None) -> Callable[[], int]:
    """Hand over every waiting event, as the relay would, pumps included; returns how many."""

    def deliver() -> int:
        total = 0
        for _ in range(20):
            worked = outbox.run_pending()
            for pump in outbox.pumps():
                pump.run()
            worked += outbox.run_pending()
            total += worked
            if not worked:
                break
        return total

    return deliver
