"""Which topic the words speak for, which unit it belongs to. Plain counting that can be explained to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from backend.inquiries.rules.wording import joined
from backend.inquiries.types import RequestType, TopicGuess, UnitGuess

_TYPE_WORDS: tuple[tuple[RequestType, tuple[str, ...]], ...] = (
    (RequestType.REPORT, ("举报", "检举", "揭发")),
    (RequestType.PRAISE, ("表扬", "感谢", "点赞", "致谢")),
    (RequestType.COMPLAINT, ("投诉", "扰民", "不作为", "乱收费", "拖欠", "欺诈", "态度差", "推诿")),
    (RequestType.SUGGESTION, ("建议", "希望增加", "能否增设", "提议")),
    (RequestType.CRITICISM, ("批评",)),
    (
        RequestType.INQUIRY,
        ("咨询", "请问", "怎么办理", "如何", "需要什么材料", "多少钱", "几点", "什么时候", "政策", "?", "？"),
    ),
    (RequestType.HELP, ("求助", "帮助", "坏了", "停水", "停电", "漏水", "堵塞", "塌陷", "不亮", "维修", "清理")),
)
URGENT_WORDS = (
    "燃气泄漏", "煤气泄漏", "漏气", "塌陷", "坍塌", "井盖缺失", "井盖不见", "触电", "电线掉落", "停暖", "大面积停水",
    "大面积停电", "溺水", "有人受伤", "爆管", "高压线", "中毒", "轻生",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TopicWords:
    """A topic with the words that speak for it."""

    code: str
    path: str
    request_type: str
    words: tuple[str, ...]


def guess_type(words: str) -> RequestType:
    """What somebody seems to want; help when nothing speaks for anything."""
    flat = words if "?" in words or "？" in words else joined(words)
    scores = {kind: sum(flat.count(sign) for sign in signs) for kind, signs in _TYPE_WORDS}
    best = max(scores.values())
    return (
        next((kind for kind, _ in _TYPE_WORDS if scores[kind] == best), RequestType.HELP) if best else RequestType.HELP
    )


def is_urgent(words: str) -> bool:
    """Whether the words tell of danger; a person decides in the end."""
    flat = joined(words)
    return any(sign in flat for sign in URGENT_WORDS)


def guess_topics(words: str, topics: Iterable[TopicWords], *, most: int = 3) -> list[TopicGuess]:
    """The topics that most of their words, and the longest ones, are found for; best first."""
    flat = joined(words)
    weighed = [(sum(len(sign) * flat.count(sign) for sign in topic.words), topic) for topic in topics]
    found = sorted((pair for pair in weighed if pair[0]), key=lambda pair: (-pair[0], pair[1].code))
    total = sum(weight for weight, _ in found) or 1
    wanted = str(guess_type(words))
    return [
        TopicGuess(topic.code, topic.path, topic.request_type or wanted, round(weight / total, 3))
        for weight, topic in found[:most]
    ]


def guess_units(
    duty: tuple[UUID, str] | None, past: Mapping[tuple[UUID, str], int], *, most: int = 3
) -> list[UnitGuess]:
    """Units by the duty list and by where such matters went before (those that kept the order); best first."""
    total = sum(past.values())
    scores: dict[tuple[UUID, str], tuple[float, str]] = {
        unit: (round(count / total, 3), "past") for unit, count in past.items()
    }
    if duty is not None:
        learned = scores.get(duty, (0.0, "topic"))[0]
        base = 0.5 if total < 20 else 0.2
        scores[duty] = (round(min(1.0, learned + base), 3), "topic")
    best = sorted(scores.items(), key=lambda pair: (-pair[1][0], pair[0][1]))[:most]
    return [UnitGuess(unit[0], unit[1], score, why) for unit, (score, why) in best]
