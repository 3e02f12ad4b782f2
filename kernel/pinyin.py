"""How Chinese is spoken, for search: full pinyin and initials, without tones."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from typing import Any


@cache
def _library() -> Any:
    """pypinyin, read when the first word is spoken: its dictionaries cost every process a third of a second."""
    return import_module("pypinyin")


@lru_cache(maxsize=4096)
def full(text: str) -> str:
    """Pinyin of a text without tones and spaces: 教师 → jiaoshi, 绿 → lv. Other letters and digits stay."""
    library = _library()
    return "".join(library.lazy_pinyin(text, style=library.Style.NORMAL, v_to_u=False))


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """First letters of the pinyin: 教师资格 → jszg."""
    library = _library()
    return "".join(library.lazy_pinyin(text, style=library.Style.FIRST_LETTER))
