"""Full-text search of Chinese: a text is the set of its words, characters and pairs of characters."""

from __future__ import annotations

import re
import unicodedata

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z0-9]+")
MAX_TOKENS = 4000
MAX_QUERY = 60


def tokens(text: str) -> list[str]:
    """What a text can be found by: Latin words and numbers, each character, each pair of neighbours; sorted."""
    flat = unicodedata.normalize("NFKC", text).lower()
    found = set(_WORD.findall(flat))
    for run in _CHINESE.findall(flat):
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return sorted(found)[:MAX_TOKENS]


def wanted(query: str) -> list[str]:
    """What a text must contain to fit a query: words, pairs of characters, a lone character as it is."""
    flat = unicodedata.normalize("NFKC", query[:MAX_QUERY]).lower()
    found = set(_WORD.findall(flat))
    for run in _CHINESE.findall(flat):
        found.update([run] if len(run) == 1 else (run[i : i + 2] for i in range(len(run) - 1)))
    return sorted(found)
