"""The figures of domain.md 7.4. No answer is not a good rating: a ratio without a denominator is None, never 100 %."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.ratings.types import Counts, RatingFigures

BAD_LEVELS = frozenset({1, 2})


def is_bad(level: int) -> bool:
    """Whether a level is 差评 and starts the rectification flow."""
    return level in BAD_LEVELS


def figures(counts: Counts, weights: Sequence[int]) -> RatingFigures:
    """Figures from counts. `weights` are for level 5 down to 1; ratios lie between 0 and 1, None without a base.

    `counts.levels` holds ratings that count: late ones and those found invalid by a second person are left out.
    """
    valid = sum(counts.levels.values())
    good = _sum(counts.levels, (5, 4, 3))
    bad = _sum(counts.levels, (2, 1))
    weighted = sum(weight * counts.levels.get(level, 0) for level, weight in zip((5, 4, 3, 2, 1), weights, strict=True))
    return RatingFigures(
        closed=counts.closed,
        invited=counts.invited,
        delivered=counts.delivered,
        rated=counts.rated,
        valid=valid,
        levels={level: counts.levels.get(level, 0) for level in (5, 4, 3, 2, 1)},
        participation=_ratio(counts.rated, counts.closed),
        sms_participation=_ratio(counts.rated_by_sms, counts.delivered),
        satisfaction=_ratio(good, valid),
        bad_rate=_ratio(bad, valid),
        contact_rate=_ratio(counts.contacted, counts.contactable),
        on_time_rate=_ratio(counts.mended_in_time, counts.verified_valid),
        score=weighted / valid if valid else None,
    )


def _sum(levels: Mapping[int, int], wanted: Sequence[int]) -> int:
    return sum(levels.get(level, 0) for level in wanted)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
