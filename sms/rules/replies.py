"""The one thing every reply is checked for, whatever it answers: the wish to get no more of these texts."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_SIGNATURE = re.compile(r"^【[^】]{0,40}】")
_TRAILING = re.compile(r"[\s.。!~,、]+$")
_OPT_OUT = frozenset({"T", "TD", "R", "退订", "拒收", "0000", "STOP"})
_OPT_IN = frozenset({"KT", "恢复接收", "START"})


def plain(text: str) -> str:
    """A reply trimmed, NFKC-normalised, without invisible signs and without a leading 【…】 (reliability 2.1)."""
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    return _SIGNATURE.sub("", cleaned).strip()


def is_opt_out(text: str) -> bool:
    """Whether the whole message is a word of refusal (T, TD, R, 退订, 拒收, 0000, STOP)."""
    return _bare(text) in _OPT_OUT


def is_opt_in(text: str) -> bool:
    """Whether the whole message takes a refusal back (KT, 恢复接收, START)."""
    return _bare(text) in _OPT_IN


def _bare(text: str) -> str:
    return _TRAILING.sub("", plain(text)).upper()
