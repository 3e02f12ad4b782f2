"""What a text message says as a rating (reliability 2.1). It counts only when nothing is left to guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from backend.ratings.types import ParsedReply, ReplyKind

WORD_LEVELS = {"非常不满意": 1, "不满意": 2, "基本满意": 3, "满意": 4, "非常满意": 5}
_WORDS = sorted(WORD_LEVELS, key=len, reverse=True)
_NUMERALS = {
    **dict(zip("一二三四五", "12345", strict=True)),
    **dict(zip("壹贰叁肆伍", "12345", strict=True)),
    **dict(zip("壹貳參肆伍", "12345", strict=True)),
    **dict(zip("❶❷❸❹❺", "12345", strict=True)),
    **dict(zip("➊➋➌➍➎", "12345", strict=True)),
}
_OPT_OUT = frozenset({"T", "TD", "R", "退订", "拒收", "0000", "STOP"})
_SIGNATURE = re.compile(r"^【[^】]{0,40}】")
_SEPARATOR = re.compile(r"[\s,，.。;；:：!！?？、~～…\-—|]+")
_CODED = re.compile(r"^(\d{4})[\s,，:：\-]+(.+)$", re.DOTALL)
_WITHIN_NUMBERS = frozenset(".:-—~")
_ONLY_NUMBERS = re.compile(rf"(?:[0-9%/分星]|[一二三四五壹贰叁肆伍]|{_SEPARATOR.pattern})+")
_KEYCAP = "\u20e3"
_VARIATION = range(0xFE00, 0xFE10)


_FOR_THE_HOTLINE = re.compile(r"^(?:W\s*\d{6}|12345)", re.IGNORECASE)


def is_for_the_hotline(text: str) -> bool:
    """Whether a text names an order of the 12345 hotline, or asks it something: nothing that ratings should answer."""
    return _FOR_THE_HOTLINE.match(plain(text)) is not None


def plain(text: str) -> str:
    """A reply NFKC-normalised and trimmed, without invisible signs and without a leading 【…】."""
    normal = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in normal if not _is_invisible(sign)).strip()
    return _SIGNATURE.sub("", seen).strip()


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign == _KEYCAP or ord(sign) in _VARIATION


def parse_reply(text: str, reply_map: Mapping[str, int]) -> ParsedReply:
    """Read a whole message. `reply_map` says which digit means which level in the invitation that it answers.

    LEVEL: a digit of the map (full-width, Chinese, circled or keycap too), alone or with 分 or 星, or one of the five
    words, or both in agreement; a comment only after a separator. CONFLICT: digit and word disagree. OPT_OUT: the whole
    message is a word of refusal. HELP: everything else, also numbers outside the map, decimals, sentences that merely
    begin with a digit. Never raises, never guesses a level.
    """
    said = plain(text)
    if _SEPARATOR.sub("", said).upper() in _OPT_OUT:
        return ParsedReply(ReplyKind.OPT_OUT)
    digit, rest = _take_digit(said)
    word, rest = _take_word(rest)
    if digit is None and word is not None:
        digit, rest = _take_digit_after(rest)
    if digit is None and word is None:
        return ParsedReply(ReplyKind.HELP)
    return _judge(digit, word, rest, reply_map)


def split_code(text: str) -> tuple[str, str] | None:
    """Split `0187 5` into the last four digits of a case number and the rating; None for any other shape."""
    found = _CODED.match(plain(text))
    return (found.group(1), found.group(2)) if found else None


def _take_digit(text: str) -> tuple[str | None, str]:
    if not text:
        return None, text
    sign = _NUMERALS.get(text[0], text[0])
    if not (sign.isascii() and sign.isdigit()):
        return None, text
    rest = text[1:]
    unit = re.match(r"\s*[分星]", rest)
    return sign, rest[unit.end() :] if unit else rest


def _take_digit_after(text: str) -> tuple[str | None, str]:
    """The digit that may follow a word, if it stands for itself and does not begin a sentence (`不满意 3天了`)."""
    separator = _SEPARATOR.match(text)
    digit, rest = _take_digit(text[separator.end() :] if separator else text)
    if digit is not None and (not rest or _SEPARATOR.match(rest)):
        return digit, rest
    return None, text


def _take_word(text: str) -> tuple[str | None, str]:
    bare = _SEPARATOR.sub("", text, count=1) if _SEPARATOR.match(text) else text
    for word in _WORDS:
        if bare.startswith(word) and _ends_here(bare[len(word) :]):
            return word, bare[len(word) :]
    return None, text


def _ends_here(rest: str) -> bool:
    return not rest or bool(_SEPARATOR.match(rest)) or _take_digit(rest)[0] is not None


def _judge(digit: str | None, word: str | None, rest: str, reply_map: Mapping[str, int]) -> ParsedReply:
    comment = _comment(rest)
    level = WORD_LEVELS[word] if word else reply_map.get(digit or "")
    if comment is None or level is None or (digit is not None and digit not in reply_map):
        return ParsedReply(ReplyKind.HELP)
    if digit is not None and word is not None and reply_map[digit] != level:
        return ParsedReply(ReplyKind.CONFLICT)
    return ParsedReply(ReplyKind.LEVEL, level=level, comment=comment)


def _comment(rest: str) -> str | None:
    """What stands after a separator; None when the message is no rating: glued on, a decimal, or a second rating."""
    if not rest:
        return ""
    separator = _SEPARATOR.match(rest)
    if separator is None:
        return None
    comment = rest[separator.end() :]
    if comment[:1].isdigit() and separator.group(0) in _WITHIN_NUMBERS:
        return None
    return None if _SEPARATOR.sub("", comment) in WORD_LEVELS or _ONLY_NUMBERS.fullmatch(comment) else comment


def free_extension(taken: frozenset[str]) -> str:
    """The shortest extension of 2 to 4 digits that is not taken; beyond 9,990 of them none (empty)."""
    for size in (2, 3, 4):
        for number in range(10 ** (size - 1), 10**size):
            if str(number) not in taken:
                return str(number)
    return ""
