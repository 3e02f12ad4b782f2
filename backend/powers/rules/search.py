"""Search text of the catalogue: Chinese, full pinyin without spaces, initials; and what a person typed, made alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kernel import pinyin

MAX_TERMS = 8
MAX_QUERY = 100
_NOT_WORD = re.compile(r"[^\w\s]|_")
_WORD = re.compile(r"\s+")


def fold(text: str) -> str:
    """Text for comparing: full-width folded (NFKC), lower case, signs dropped, single spaces."""
    flat = unicodedata.normalize("NFKC", text).lower()
    return " ".join(_NOT_WORD.sub("", flat).split())


def joined(text: str) -> str:
    """`fold` without any space: the form that names are compared in."""
    return _WORD.sub("", fold(text))


def pinyin_full(text: str) -> str:
    """Pinyin of the whole text, folded and without spaces: 行政 许可 → xingzhengxuke."""
    return pinyin.full(joined(text))


def pinyin_initials(text: str) -> str:
    """First letters of the pinyin, of the folded text: 教师资格 → jszg."""
    return pinyin.initials(joined(text))


def terms(query: str) -> list[str]:
    """The words of a query, folded; all of them must be found. At most eight, of a query cut at 100 characters."""
    return fold(query[:MAX_QUERY]).split()[:MAX_TERMS]


def search_text(name: str, *, words: Iterable[str] = ()) -> str:
    """The searchable line of an item.

    It holds the name, each of `words` (organisation, keywords, codes), the full pinyin and the initials of the name
    and of the words, parted by spaces, the name's parts first.
    """
    others = [word for word in words if word]
    spoken = [word for word in others if not word.isascii()]
    parts = [joined(name), pinyin_full(name), pinyin_initials(name)]
    parts += [joined(word) for word in others]
    parts += [pinyin_full(word) for word in spoken]
    parts += [pinyin_initials(word) for word in spoken]
    return " ".join(dict.fromkeys(part for part in parts if part))
