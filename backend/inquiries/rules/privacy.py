"""Personal data in free text, found by its form: numbers, plates, mail addresses, names that introduce themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from backend.inquiries.types import Finding

MARK = "＊"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方"
    "石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文施陶翟严华褚卫戚喻"
)
_TITLES = "先生|女士|小姐|阿姨|大爷|大妈|大姐|大哥|师傅|老师|医生|同志|校长|主任|书记|经理|老板"
_SIGN = "[\u4e00-\u9fff]"
_BOUND, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BORN = r"(?:19|20)\d{2}\s?(?:0\d|1[0-2])[0-3]\d"
_ROOM = r"\s?\d{1,5}\s?(?:室|号|户)"
_FLAT = rf"\d{{1,3}}\s?单元{_ROOM}"
_SAYS = "我叫|我是|本人|姓名[:：为是]?|名叫|联系人[:：]?|当事人"
_AFTER_NAME = r"(?=[，,。.；;\s：:（(的在住电手]|$)"
PATTERNS: Sequence[tuple[str, re.Pattern[str], int]] = tuple(
    (kind, re.compile(pattern), group)
    for kind, pattern, group in (
        ("id_number", rf"{_BOUND}\d{{6}}\s?{_BORN}\s?\d{{3}}[0-9Xx]{_END}", 0),
        ("mobile", r"(?<![0-9])(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?![0-9])", 0),
        ("landline", r"(?<![0-9])0\d{2,3}[\s-]?\d{7,8}(?![0-9])", 0),
        ("bank_card", r"(?<![0-9])[3-6]\d{3}(?:[\s-]?\d{4}){3}(?:[\s-]?\d{1,3})?(?![0-9])", 0),
        ("plate", rf"[{_PROVINCES}][A-HJ-NP-Z][·•\s-]?(?:[DF]?[A-HJ-NP-Z0-9]{{5}}[DF]?)", 0),
        ("email", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", 0),
        ("home", rf"\d{{1,4}}\s?(?:号楼|栋|幢|座)(?:\s?\d{{1,3}}\s?单元)?(?:{_ROOM})?|{_FLAT}", 0),
        ("name", rf"(?:{_SAYS})\s?([{_SURNAMES}]{_SIGN}{{1,2}}?){_AFTER_NAME}", 1),
        ("name", rf"([{_SURNAMES}](?:{_SIGN}{{0,2}}?))(?={_TITLES})", 1),
    )
)


def findings(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """Where personal data stands in a text, in order, without overlaps; `names` are those known to belong to people."""
    found = [
        Finding(kind, match.start(group), match.end(group))
        for kind, pattern, group in PATTERNS
        for match in pattern.finditer(text)
    ]
    for name in names:
        if len(name.strip()) > 1:
            found += [Finding("name", m.start(), m.end()) for m in re.finditer(re.escape(name.strip()), text)]
    return _merged(sorted(found, key=lambda one: (one.start, -one.end)))


def _merged(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, one.end))
        else:
            kept.append(one)
    return kept


def hidden(text: str, names: Iterable[str] = ()) -> str:
    """The text with what was found covered by marks of the same length; a whole name keeps its family name."""
    covered = list(text)
    for one in findings(text, names):
        start = one.start + (1 if one.kind == "name" and one.end - one.start > 1 else 0)
        covered[start : one.end] = MARK * (one.end - start)
    return "".join(covered)


def counted(text: str, names: Iterable[str] = ()) -> dict[str, int]:
    """How many of each kind were found."""
    numbers: dict[str, int] = {}
    for one in findings(text, names):
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
    return numbers


def left_over(text: str, names: Iterable[str] = ()) -> dict[str, int]:
    """What still stands open in a text that is to be published; marks are nobody's data."""
    open_ones = [one for one in findings(text, names) if MARK not in text[one.start : one.end]]
    numbers: dict[str, int] = {}
    for one in open_ones:
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
    return numbers
