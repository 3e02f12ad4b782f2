"""Words compared and searched: folded, in pairs of signs, in pinyin."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from difflib import SequenceMatcher

from kernel import pinyin

MAX_TERMS = 24
MAX_QUERY_WORDS = 8
TITLE_LENGTH = 40
GREETING_LENGTH = 6
_NOT_WORD = re.compile(r"[^\w\s]|_")
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[。！？!?\n；;]")
_FILLERS = re.compile(
    r"(您好|你好|请问|麻烦|希望|有关部门|部门|相关|反映|我是|我们|我想|咨询|投诉|举报|建议|一下|这个|那个|已经|因为|所以|但是|没有"
    r"|[的了在是我你他她它们和与及就都而且或把被让给到去来有不也很还会能要请这那个吗呢吧啊])"
)


def fold(text: str) -> str:
    """Text for comparing: full-width folded, lower case, signs dropped, single spaces."""
    flat = unicodedata.normalize("NFKC", text).lower()
    return " ".join(_NOT_WORD.sub(" ", flat).split())


def joined(text: str) -> str:
    """`fold` without any space."""
    return _SPACE.sub("", fold(text))


def title_of(words: str) -> str:
    """A title made of the first sentence that says something; a greeting says nothing."""
    parts = [part.strip() for part in _SENTENCE.split(words) if part.strip()] or [words.strip()]
    first = next((part for part in parts if len(part) >= GREETING_LENGTH), parts[0])
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def terms(text: str) -> list[int]:
    """Hashed pairs of signs of the words that carry meaning, at most 24, each once, in the order of the text."""
    found: dict[int, None] = {}
    for run in _FILLERS.sub(" ", fold(text)).split():
        for pair in _pairs(run):
            found.setdefault(_hashed(pair))
            if len(found) == MAX_TERMS:
                return list(found)
    return list(found)


def _pairs(run: str) -> Iterable[str]:
    if run.isascii():
        return [run] if len(run) > 1 else []
    return [run[index : index + 2] for index in range(len(run) - 1)]


def _hashed(pair: str) -> int:
    return zlib.crc32(pair.encode()) - 2**31


def overlap(one: Iterable[int], other: Iterable[int]) -> float:
    """How alike two sets of terms are: shared ones as a share of the smaller set, 0 to 1."""
    left, right = set(one), set(other)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def is_same_answer(text: str, earlier: Iterable[str], *, percent: int) -> bool:
    """Whether an answer repeats an earlier one: alike to `percent` after folding; signs and spaces do not count."""
    mine = joined(text)
    return any(_alike(mine, joined(old)) * 100 >= percent for old in earlier)


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def search_text(title: str, *, words: Iterable[str] = (), body: str = "") -> str:
    """The searchable line of an entry: title and words in signs, pinyin and initials; the body in signs only."""
    parts: list[str] = []
    for text in (title, *words):
        if text:
            flat = joined(text)
            parts += [flat, pinyin.full(flat), pinyin.initials(flat)]
    return " ".join(dict.fromkeys([*parts, joined(body)])).strip()


def query_words(query: str) -> list[str]:
    """The words of a query, folded; all of them must be found."""
    return fold(query[:100]).split()[:MAX_QUERY_WORDS]
