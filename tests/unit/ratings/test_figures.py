"""domain.md 7.4: figures; "not rated" is told apart and never counted as good."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.ratings.rules.figures import figures, is_bad
from backend.ratings.types import Counts

WEIGHTS = (100, 80, 60, 30, 0)


def test_nothing_rated_is_a_dash() -> None:
    """No valid rating: no ratio at all, though cases were closed."""
    found = figures(Counts(closed=40, invited=30, delivered=28), WEIGHTS)
    assert (found.satisfaction, found.bad_rate, found.score) == (None, None, None)
    assert found.participation == 0.0


def test_figures_of_a_department() -> None:
    """Every ratio over its own base."""
    found = figures(
        Counts(
            closed=20, invited=18, delivered=16, rated=10, rated_by_sms=8, levels={5: 4, 4: 2, 3: 1, 2: 1, 1: 1},
            contactable=2, contacted=1, verified_valid=1, mended_in_time=1,
        ),
        WEIGHTS,
    )  # fmt: skip
    assert found.valid == 9
    assert found.satisfaction == 7 / 9
    assert found.bad_rate == 2 / 9
    assert found.participation == 0.5
    assert found.sms_participation == 0.5
    assert found.contact_rate == 0.5
    assert found.on_time_rate == 1.0
    assert found.score == (400 + 160 + 60 + 30) / 9


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 50)))
def test_good_and_bad_make_a_whole(levels: dict[int, int]) -> None:
    """Satisfaction and bad rate add up to 1 wherever there is one."""
    found = figures(Counts(closed=500, rated=sum(levels.values()), levels=levels), WEIGHTS)
    if found.satisfaction is None or found.bad_rate is None:
        assert sum(levels.values()) == 0
        return
    assert abs(found.satisfaction + found.bad_rate - 1) < 1e-9
    assert found.score is not None
    assert 0 <= found.score <= 100


def test_what_is_bad() -> None:
    """不满意 and 非常不满意 start the rectification flow."""
    assert [level for level in range(1, 6) if is_bad(level)] == [1, 2]
