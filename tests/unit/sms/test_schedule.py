"""Retry schedule, budgets, quiet hours (domain.md 9.2), Retry-After."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.rules.schedule import SHANGHAI, after_quiet, give_up_time, is_over, next_try, retry_after
from sms.types import Purpose, SendingPolicy


def policy(quiet: tuple[time, time] | None = (time(21), time(8))) -> SendingPolicy:
    return SendingPolicy(
        purpose=Purpose.STATUTORY,
        give_up=timedelta(hours=72),
        delays=(timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=5)),
        quiet_from=quiet[0] if quiet else None,
        quiet_until=quiet[1] if quiet else None,
        receipt_wait=timedelta(hours=72),
        hourly_limit=0,
        daily_limit=0,
    )


def at(hour: int, minute: int = 0, second: int = 0, day: int = 25) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (at(20, 59, 59), at(20, 59, 59)),
        (at(21), at(8, day=26)),
        (at(23, 59, 59), at(8, day=26)),
        (at(0), at(8)),
        (at(7, 59, 59), at(8)),
        (at(8), at(8)),
        (at(12), at(12)),
    ],
)
def test_quiet_hours_hold_back_until_eight(moment: datetime, goes: datetime) -> None:
    assert after_quiet(policy(), moment.astimezone(UTC)) == goes


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = policy((time(12), time(14)))
    assert after_quiet(noon, at(13)) == at(14)
    assert after_quiet(noon, at(14)) == at(14)
    assert after_quiet(policy(None), at(23)) == at(23)


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)))
def test_nothing_goes_in_quiet_hours_or_earlier_than_asked(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    goes = after_quiet(policy(), moment)
    assert goes >= moment
    assert goes - moment <= timedelta(hours=11)
    assert time(8) <= goes.astimezone(SHANGHAI).time() < time(21)


@given(st.integers(1, 500), st.floats(0, 1))
def test_delays_grow_then_stay(failures: int, spread: float) -> None:
    due = next_try(policy(None), failures, at(12), spread=spread)
    base = policy().delays[min(failures, 3) - 1]
    assert base <= due - at(12) <= base * 1.2


def test_budget() -> None:
    assert give_up_time(policy(), at(12)) == at(12) + timedelta(hours=72)
    assert give_up_time(policy(), at(22)) == at(8, day=26) + timedelta(hours=72)
    assert is_over(at(12), at(12))
    assert not is_over(at(12), at(11, 59))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 1),
        ("999999999999", 3600),
        (None, None),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("１", None),
        ("Wed, 25 Nov 2026 04:00:30 GMT", 30),
        ("Wed, 25 Nov 2026 03:00:00 GMT", 1),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, "Wed, 25 Nov 2026 04:00:00 GMT") == seconds


def test_a_date_without_a_date_to_measure_from_is_not_used() -> None:
    assert retry_after("Wed, 25 Nov 2026 04:00:30 GMT", None) is None
