"""Shares of traffic: drawn by share, moved for errors and slowness, given back in calm (F11)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sms.rules.carriers import Limits, Standing, moves, open_for, order

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LIMITS = Limits(
    errors=50, error_percent=20, slow_percent=15, step=10, rest=timedelta(minutes=1), calm=timedelta(minutes=4)
)


def after(standings: dict[str, Standing], now: datetime = NOW) -> dict[str, int]:
    return {move.gateway: move.share for move in moves(standings, LIMITS, now)}


def test_errors_and_slowness_move_a_step() -> None:
    well = Standing(50, 50, None, calls=100)
    assert after({"a": Standing(50, 50, None, calls=500, faults=50), "b": well}) == {"a": 40, "b": 60}
    assert after({"a": Standing(50, 50, None, calls=10, faults=2), "b": well}) == {"a": 40, "b": 60}
    assert after({"a": Standing(50, 50, None, travelled=20, slow=3), "b": well}) == {"a": 40, "b": 60}
    assert after({"a": Standing(50, 50, None, travelled=20, slow=2), "b": well}) == {}
    assert after({"a": Standing(50, 50, None, calls=9, faults=9), "b": well}) == {}


def test_nothing_moves_when_all_are_bad_nor_soon_after_a_move() -> None:
    bad = Standing(50, 50, None, calls=100, faults=60)
    assert after({"a": bad, "b": bad}) == {}
    assert after({"a": bad}) == {}
    lately = Standing(40, 50, NOW - timedelta(seconds=59), calls=100, faults=60)
    assert after({"a": lately, "b": Standing(60, 50, lately.moved_at)}) == {}


def test_everything_is_back_within_half_an_hour_of_calm() -> None:
    shares, moment = {"a": 0, "b": 100}, NOW
    moved = NOW
    for _ in range(30 * 12):
        moment += timedelta(seconds=5)
        found = after({name: Standing(share, 50, moved) for name, share in shares.items()}, moment)
        if found:
            shares, moved = found, moment
    assert shares == {"a": 50, "b": 50}


@given(
    shares=st.dictionaries(st.sampled_from("abc"), st.integers(0, 100), min_size=1).filter(lambda s: sum(s.values())),
    roll=st.floats(0, 1, exclude_max=True),
    avoid=st.sampled_from(["", "a", "b"]),
)
def test_each_is_asked_once_and_the_one_that_failed_last(shares: dict[str, int], roll: float, avoid: str) -> None:
    found = order(shares, roll, avoid)
    assert sorted(found) == sorted(shares)
    if avoid in shares:
        assert found[-1] == avoid
    elif len(shares) > 1:
        assert shares[found[0]] > 0


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(0, 80), st.integers(0, 30), st.integers(0, 30)),
        min_size=2,
        max_size=4,
    )
)
def test_shares_are_neither_made_nor_lost(rows: list[tuple[int, int, int, int]]) -> None:
    standings = {
        str(place): Standing(share, share, None, calls=80, faults=faults, travelled=30, slow=min(slow, 30))
        for place, (share, faults, slow, _) in enumerate(rows)
    }
    found = after(standings)
    whole = {name: found.get(name, standing.share) for name, standing in standings.items()}
    assert sum(whole.values()) == sum(row[0] for row in rows)
    assert all(share >= 0 for share in whole.values())


def test_a_circuit_stays_open_longer_each_time() -> None:
    assert [open_for(count, 5, 60).total_seconds() for count in range(6)] == [5, 10, 20, 40, 60, 60]
