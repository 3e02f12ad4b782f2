"""Public values of the published figures. No Django here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from kernel.errors import ErrorCode, error


class Measure(StrEnum):
    """What is counted by itself and hidden by itself where too few stand behind it."""

    RECEIVED = "received"
    CLOSED = "closed"
    RATED = "rated"


class StatisticsError(ErrorCode):
    """Refusals of the published figures."""

    NOT_FOUND = error(
        "statistics_not_found",
        404,
        zh=("没有这一范围的统计数据", "请选择列表中的年份、单位或主题。"),
        en=("No figures for this choice", "Choose a year, an organisation or a topic from the lists."),
    )
    ONE_AT_A_TIME = error(
        "statistics_one_at_a_time",
        400,
        zh=("请只选择单位或主题之一", "为避免推算出个别办件，不同时按单位和主题细分。"),
        en=("Choose an organisation or a topic, not both", "Finer cells would let single cases be worked out."),
    )
    FILE_UNREADABLE = error(
        "statistics_file_unreadable",
        422,
        zh=("无法读取历史数据文件", "{reason}"),
        en=("The file of past cases cannot be read", "{reason}"),
    )


@dataclass(slots=True)
class Counts:
    """Sums of a group of cases. Days are working days, summed over the `measured` ones."""

    received: int = 0
    closed: int = 0
    judged: int = 0
    on_time: int = 0
    measured: int = 0
    days: int = 0
    promised: int = 0
    rated: int = 0
    satisfied: int = 0

    def add(self, other: Counts) -> None:
        """Take another group in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def of(self, measure: Measure) -> int:
        """How many stand behind a measure."""
        number: int = getattr(self, measure.value)
        return number


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown of a group. None: hidden (then the measure stands in `hidden`), or nothing to divide by."""

    received: int | None
    closed: int | None
    judged: int | None
    on_time: int | None
    on_time_rate: float | None
    average_days: float | None
    average_promise: float | None
    rated: int | None
    satisfied: int | None
    satisfaction: float | None
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of a month, `YYYY-MM`."""

    month: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation or a topic with its figures of the year."""

    key: UUID | str
    name: str
    name_en: str
    level: str
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The published figures of a year. They end with the day `as_of`, so that today's cases do not show one by one."""

    year: int
    years: tuple[int, ...]
    as_of: date
    hide_below: int
    total: Figures
    months: tuple[MonthFigures, ...]
    organisations: tuple[Group, ...]
    themes: tuple[Group, ...]
    choice: Group | None = None


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case of the system before, without anybody's name: what its figures need and nothing else."""

    reference: str
    organisation_code: str
    item_code: str
    received_on: date
    closed_on: date | None
    working_days: int | None
    promised_days: int | None
    is_on_time: bool | None
    rating_level: int | None


@dataclass(slots=True)
class PastImport:
    """What an import of past cases did."""

    total: int = 0
    taken: int = 0
    known: int = 0
    refused: dict[int, str] = field(default_factory=dict)
