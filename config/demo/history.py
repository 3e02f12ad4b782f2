"""A past for the demo city: cases as the system before would have handed them over, without anybody's name.

The same seed gives the same past. It is told as what it is: its source is named "demo".
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from backend.powers import selectors as powers
from backend.statistics.types import PastCase
from backend.workflow import selectors as workflow
from backend.workflow.types import Calendar
from kernel import clock

SOURCE = "demo"
SINCE = date(2025, 1, 1)
RATED = 0.42
LEVELS, WEIGHTS = (5, 4, 3, 2, 1), (62, 26, 9, 2, 1)
BUSY = (1.0, 0.6, 1.2, 1.1, 1.0, 1.1, 0.9, 0.9, 1.2, 0.9, 1.1, 1.0)


def cases(seed: str) -> Iterator[PastCase]:
    """Cases from SINCE until yesterday, for every item of the public catalogue."""
    today = clock.today()
    calendar = workflow.calendar_for(SINCE, (today - SINCE).days)
    items = sorted(powers.find_powers(powers.PowerQuery()), key=lambda row: row.item.local_code)
    for row in items:
        chance = random.Random(f"{seed}/{row.item.local_code}")
        yield from _of_item(row, chance, calendar, today)


def _of_item(row: Any, chance: random.Random, calendar: Calendar, today: date) -> Iterator[PastCase]:
    a_month = chance.choice((3, 8, 14, 22, 35))
    code, day, number = row.item.local_code, SINCE, 0
    while day < today:
        likely = a_month * BUSY[day.month - 1] / 21
        arrivals = int(likely) + (chance.random() < likely % 1) if calendar.is_workday(day) else 0
        for _ in range(arrivals):
            number += 1
            yield _case(row, f"{code}/{number}", day, chance, calendar, today)
        day += timedelta(days=1)


def _case(
    row: Any, reference: str, received_on: date, chance: random.Random, calendar: Calendar, today: date
) -> PastCase:
    promised = row.promised_limit
    taken = min(promised, chance.randint(max(0, promised // 3), promised)) if promised else 0
    if promised and chance.random() < 0.025:
        taken = promised + chance.randint(1, 4)
    closed_on = _later(received_on, taken, calendar)
    is_closed = closed_on < today
    level = chance.choices(LEVELS, WEIGHTS)[0] if is_closed and chance.random() < RATED else None
    return PastCase(
        reference=reference,
        organisation_code=row.item.organisation.code,
        item_code=row.item.local_code,
        received_on=received_on,
        closed_on=closed_on if is_closed else None,
        working_days=taken if is_closed else None,
        promised_days=promised if is_closed else None,
        is_on_time=taken <= promised if is_closed else None,
        rating_level=level,
    )


def _later(day: date, workdays: int, calendar: Calendar) -> date:
    left = workdays
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.is_workday(day)
    return day
