"""What is said, and on which channels; without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.notifications.types import CHOSEN, STATUTORY, Channel, Plan, Purpose, Reach, Reason

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MISSING = "—"


def facts(data: Mapping[str, Any], language: str) -> dict[str, str]:
    """The data of an event as words for a text: days as 12月6日 or 6 Dec, numbers as digits, None left out."""
    return {name: _word(value, language) for name, value in data.items() if isinstance(value, str | int | float)}


def _word(value: str | float, language: str) -> str:
    if not isinstance(value, str) or not _DAY.match(value):
        return str(value)
    try:
        day = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).astimezone(_SHANGHAI)
    except ValueError:
        return value
    return f"{day.day} {_MONTHS[day.month - 1]}" if language.startswith("en") else f"{day.month}月{day.day}日"


def fill(text: str, words: Mapping[str, str]) -> str:
    """Fill the named places of a text; a place without a word shows —."""
    return _PLACE.sub(lambda place: words.get(place.group(1)) or MISSING, text)


def places(text: str) -> frozenset[str]:
    """The named places of a text."""
    return frozenset(_PLACE.findall(text))


def sms_words(mapping: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str] | None:
    """The parameters of a text message from the words of an event; None when one of them is missing.

    A source that begins with = is the word itself.
    """
    found = {name: source[1:] if source.startswith("=") else words.get(source, "") for name, source in mapping.items()}
    return found if all(found.values()) else None


def plan(channels: Iterable[Channel], reach: Reach, *, statutory: bool) -> list[Plan]:
    """What to do on each channel. A statutory notice that no chosen channel can carry goes on whichever can."""
    wanted = list(channels)
    plans = [Plan(channel, True) if channel is Channel.INBOX else _one(channel, reach) for channel in wanted]
    if not statutory or any(found.use and found.channel in CHOSEN for found in plans):
        return plans
    for channel in CHOSEN:
        if _works(channel, reach):
            others = [found for found in plans if found.channel is not channel]
            return [*others, Plan(channel, True, Reason.INSTEAD)]
    return plans


def _one(channel: Channel, reach: Reach) -> Plan:
    if channel in reach.off:
        return Plan(channel, False, Reason.PREFERENCE)
    if not _works(channel, reach):
        return Plan(channel, False, Reason.NO_NUMBER if channel is Channel.SMS else Reason.NO_DEVICE)
    return Plan(channel, True)


def _works(channel: Channel, reach: Reach) -> bool:
    return reach.has_number if channel is Channel.SMS else reach.has_device


def after_quiet(moment: datetime, begins: time, ends: time) -> datetime:
    """The moment, or the end of the quiet hours it falls into (the end itself is loud), by the clock of Suqian."""
    wall = moment.astimezone(_SHANGHAI)
    hour = wall.time()
    is_quiet = begins <= hour < ends if begins < ends else hour >= begins or hour < ends
    if not is_quiet or begins == ends:
        return moment
    opening = datetime.combine(wall.date(), ends, tzinfo=_SHANGHAI)
    return opening if opening > wall else opening + timedelta(days=1)


def merged(current: Mapping[str, Mapping[str, bool]], change: Mapping[str, Mapping[str, bool]]) -> dict[str, Any]:
    """A person's choices after a change; what is not named stays."""
    names = {*current, *change}
    return {name: {**current.get(name, {}), **change.get(name, {})} for name in sorted(names)}


def silenced(choices: Mapping[str, Mapping[str, bool]]) -> list[Purpose]:
    """Statutory purposes that these choices would leave without any channel."""
    return [
        purpose
        for purpose in Purpose
        if purpose in STATUTORY and not any(choices.get(purpose, {}).get(channel, True) for channel in CHOSEN)
    ]
