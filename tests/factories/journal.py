"""Journal lines for tests, written and sealed as the product does it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from backend.journal import services
from kernel import clock
from kernel.actors import Actor
from kernel.ids import uuid7


def write_lines(count: int, *, subject: tuple[str, UUID] | None = None, organisation_id: UUID | None = None) -> None:
    """Write so many lines without events."""
    with transaction.atomic():
        for number in range(count):
            services.record(
                actor=Actor.system("tests"),
                action="tests.happened",
                subject=subject or ("case", uuid7()),
                organisation_id=organisation_id,
                data={"number": number, "at": clock.today()},
                private={"name": f"张三{number}"} if number % 3 == 0 else None,
            )


def sealed_lines(count: int) -> None:
    """Write so many lines and seal them."""
    write_lines(count)
    services.seal_pending()
