"""Shares of traffic between carriers: who takes the next text, who loses share and why, who gets it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """When a carrier counts as failing or slow, how far and how often shares move (hundredths, seconds)."""

    errors: int
    error_percent: int
    slow_percent: int
    step: int
    rest: timedelta
    calm: timedelta


@dataclass(frozen=True, slots=True)
class Standing:
    """A carrier over the last window: calls, faults among them; texts long enough under way, slow ones among them."""

    share: int
    target: int
    moved_at: datetime | None
    calls: int = 0
    faults: int = 0
    travelled: int = 0
    slow: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A new share and the reason for it."""

    gateway: str
    share: int
    why: str


def order(shares: Mapping[str, int], roll: float, avoid: str = "") -> list[str]:
    """Carriers in the order to be asked: the first drawn by share with `roll` in [0, 1), the others by share; the one
    that has just failed this text comes last."""
    names = sorted(shares, key=lambda name: (-shares[name], name))
    whole = sum(shares.values())
    mark, chosen = roll * whole, names[0]
    for name in names:
        if mark < shares[name]:
            chosen = name
            break
        mark -= shares[name]
    ranked = [chosen, *(name for name in names if name != chosen)]
    return [name for name in ranked if name != avoid] + [name for name in ranked if name == avoid]


def open_for(openings: int, first: int, longest: int) -> timedelta:
    """How long a circuit stays open at its n-th opening in a row: doubled each time, up to the longest."""
    return timedelta(seconds=min(first * 2 ** min(openings, 16), longest))


def complaint(standing: Standing, limits: Limits) -> str:
    """Why a carrier should lose share, in a few words; empty when it does its work."""
    if standing.faults >= limits.errors:
        return f"{standing.faults} errors"
    if standing.calls >= 10 and standing.faults * 100 >= limits.error_percent * standing.calls:
        return f"{standing.faults} of {standing.calls} calls failed"
    if standing.travelled >= 10 and standing.slow * 100 >= limits.slow_percent * standing.travelled:
        return f"{standing.slow} of {standing.travelled} texts slow"
    return ""


def moves(standings: Mapping[str, Standing], limits: Limits, now: datetime) -> list[Move]:
    """The shares to change now.

    A carrier that fails gives a step to those that work; nothing moves when all fail, nor soon after the last
    move. When all is calm, shares drift back to their targets, a step at a time.
    """
    complaints = {name: complaint(standing, limits) for name, standing in standings.items()}
    bad = [name for name, why in complaints.items() if why]
    last = max((standing.moved_at for standing in standings.values() if standing.moved_at), default=None)
    if len(standings) < 2 or len(bad) == len(standings):
        return []
    if bad:
        return [] if last is not None and now - last < limits.rest else _away(standings, complaints, limits.step)
    return [] if last is not None and now - last < limits.calm else _back(standings, limits.step)


def _away(standings: Mapping[str, Standing], complaints: Mapping[str, str], step: int) -> list[Move]:
    losers = [name for name in standings if complaints[name] and standings[name].share > 0]
    winners = [name for name in standings if not complaints[name]]
    taken = {name: min(step, standings[name].share) for name in losers}
    if not losers:
        return []
    lost = [Move(name, standings[name].share - taken[name], complaints[name]) for name in losers]
    return lost + _shared(winners, standings, sum(taken.values()), f"taken over from {', '.join(losers)}")


def _shared(winners: Sequence[str], standings: Mapping[str, Standing], points: int, why: str) -> list[Move]:
    each, rest = divmod(points, len(winners))
    return [
        Move(name, standings[name].share + each + (1 if place < rest else 0), why) for place, name in enumerate(winners)
    ]


def _back(standings: Mapping[str, Standing], step: int) -> list[Move]:
    changed = []
    for name, standing in standings.items():
        gap = standing.target - standing.share
        if gap:
            stride = min(abs(gap), step)
            changed.append(Move(name, standing.share + (stride if gap > 0 else -stride), "back to its own share"))
    return changed
