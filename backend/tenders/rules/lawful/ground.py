"""What the rules of the calendar look at, and the words they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backend.tenders.rules import notices, periods
from backend.tenders.types import SectionState
from backend.tenders.types.acts import LawfulFacts
from backend.workflow.types import Calendar
from kernel.errors import Text


@dataclass(frozen=True, slots=True)
class Ground:
    """What every rule looks at."""

    calendar: Calendar
    rules: periods.Rules
    facts: LawfulFacts

    @property
    def today(self) -> date:
        """The day in Suqian."""
        return notices.day_of(self.facts.now)

    @property
    def state(self) -> SectionState:
        """Where the section stands."""
        return self.facts.section.state

    @property
    def deadline(self) -> datetime | None:
        """Until when bids are received."""
        return self.facts.section.deadline

    def opens_on(self) -> date:
        """The first day on which the bids can be open, as things stand."""
        if self.facts.opened_on:
            return self.facts.opened_on
        if self.deadline is not None:
            return max(self.today, notices.day_of(self.deadline))
        start = max(self.today, notices.day_of(self.facts.documents_from or self.facts.now))
        return self.first("bid_period", start)

    def award_on(self) -> date:
        """The first day on which a winner can be fixed, as things stand: after the display of the candidates."""
        until = self.facts.section.publicity_until
        if until is not None:
            return notices.day_of(until)
        return self.first("publicity", max(self.today, self.opens_on()), roll=True)

    def first(self, code: str, start: date, *, roll: bool = False) -> date:
        """The first day on which a period is over."""
        return periods.after(self.calendar, start, self.rules[code], roll=roll)

    def last(self, code: str, start: date) -> date:
        """The last day of a duty; one that ends on a day of rest ends on the next working day."""
        return periods.after(self.calendar, start, self.rules[code], roll=True)

    def basis(self, code: str) -> str:
        """The article of a number."""
        return self.rules[code].basis


def zh(day: date) -> str:
    """A day in a Chinese sentence."""
    return f" {day.month} 月 {day.day} 日"


STANDS = Text("答复前招标活动暂停。", "The procedure stands still until the answer.")
