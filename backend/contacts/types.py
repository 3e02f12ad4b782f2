"""Values of the contacts. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from backend.accounts.types import OrganisationInfo
from backend.workflow.types import DelegationInfo, TaskInfo
from kernel.errors import ErrorCode, error


class ContactError(ErrorCode):
    """Refusals of the contacts."""

    NOT_FOUND = error(
        "contact_not_found",
        404,
        zh=("没有找到这位工作人员", "可能已经离任，请重新查找。"),
        en=("No such official", "The person may have left. Search again."),
    )
    NOT_YOURS = error(
        "contact_not_yours",
        403,
        zh=("只有本人或系统管理员可以修改", "请联系本单位的系统管理员。"),
        en=("Only the person or a system manager may change it", "Ask your system manager."),
    )
    BAD_SUCCESSOR = error(
        "contact_bad_successor",
        422,
        zh=("接任人不正确", "接任人须是在职的其他工作人员。"),
        en=("Wrong successor", "It must be somebody else who is in office."),
    )
    ENOUGH_TODAY = error(
        "contact_enough_today",
        429,
        zh=("今天查看的人员已到上限", "一天最多查看 {limit} 人，{until} 起可以继续。今天已经查看过的人员不受影响。"),
        en=(
            "The limit of people a day is reached",
            "At most {limit} people a day; go on from {until}. Those already seen today stay open.",
        ),
    )


@dataclass(frozen=True, slots=True)
class CardInfo:
    """An official as the caller may see it: `mobile` is masked (138****5678) unless `is_mobile_open`."""

    id: UUID
    name: str
    unit_id: UUID
    unit_name: str
    post: str
    office_phone: str
    short_number: str
    mobile: str
    is_mobile_open: bool
    may_change: bool
    may_let_leave: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and how many people are in office there and below."""

    info: OrganisationInfo
    people: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit, the line of units above it from the top, and the units right below it."""

    unit: Unit
    above: tuple[OrganisationInfo, ...]
    below: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody has open: to-dos by time left, and what others delegated to them."""

    name: str
    unit_name: str
    tasks: tuple[TaskInfo, ...]
    delegations: tuple[DelegationInfo, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """What somebody who left has handed over."""

    tasks: int
    delegations: int
    successor_name: str
