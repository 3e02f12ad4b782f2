"""Sharing a secret among several so that any `threshold` of them have it and fewer know nothing (Shamir, GF(256)).

The field is that of AES (polynomial 0x11b); a share is the bytes of the values followed by one byte x, as HashiCorp
Vault writes it, so that others' tools can read ours. Lookups do not depend on secrets through branches, but this is
Python: no constant time is promised. It runs for a moment, on the device of the tenderer or in the opening.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

_EXP = [0] * 510
_LOG = [0] * 256


def _tables() -> None:
    value = 1
    for power in range(255):
        _EXP[power] = _EXP[power + 255] = value
        _LOG[value] = power
        value ^= (value << 1) ^ (0x11B if value & 0x80 else 0)
        value &= 0xFF


_tables()


def _times(left: int, right: int) -> int:
    return _EXP[_LOG[left] + _LOG[right]] if left and right else 0


def _over(left: int, right: int) -> int:
    return _EXP[_LOG[left] + 255 - _LOG[right]] if left else 0


def split(secret: bytes, *, shares: int, threshold: int) -> list[bytes]:
    """Make `shares` shares, any `threshold` of which give the secret. Raises ValueError for numbers that make no sense.

    Each share is one byte longer than the secret; the last byte is its place x, from 1.
    """
    if not 2 <= threshold <= shares <= 255 or not secret:
        raise ValueError("2 <= threshold <= shares <= 255, and a secret")
    curves = [[byte, *secrets.token_bytes(threshold - 1)] for byte in secret]
    return [bytes(_at(curve, x) for curve in curves) + bytes([x]) for x in range(1, shares + 1)]


def _at(curve: Sequence[int], x: int) -> int:
    value = 0
    for coefficient in reversed(curve):
        value = _times(value, x) ^ coefficient
    return value


def combine(shares: Sequence[bytes]) -> bytes:
    """The secret from at least `threshold` shares. Too few, or shares of different secrets, give another value.

    Raises ValueError for shares of different lengths, a share twice, or a share at place 0.
    """
    places = [share[-1] for share in shares]
    if len(shares) < 2 or len({len(share) for share in shares}) != 1 or len(shares[0]) < 2:
        raise ValueError("at least two shares of one length")
    if len(set(places)) != len(places) or 0 in places:
        raise ValueError("each share once, none at place 0")
    weights = [_weight(place, places) for place in places]
    return bytes(_sum(weights, [share[i] for share in shares]) for i in range(len(shares[0]) - 1))


def _weight(place: int, places: Sequence[int]) -> int:
    weight = 1
    for other in places:
        if other != place:
            weight = _times(weight, _over(other, other ^ place))
    return weight


def _sum(weights: Sequence[int], values: Sequence[int]) -> int:
    total = 0
    for weight, value in zip(weights, values, strict=True):
        total ^= _times(weight, value)
    return total
