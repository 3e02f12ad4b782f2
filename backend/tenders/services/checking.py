"""What stands against publishing a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from backend.tenders.models import Bid, Notice, Project, Section
from backend.tenders.policies import rules_on
from backend.tenders.rules import notices as rules
from backend.tenders.services import common
from backend.tenders.types import (
    BID_KINDS,
    BidState,
    NoticeKind,
    PeriodFault,
    PlannedNotice,
    SectionFacts,
    TenderError,
)
from backend.workflow import selectors as workflow
from kernel import clock
from kernel.errors import DomainError, FieldError, Text

ONE_SECTION = frozenset(
    {
        NoticeKind.CANDIDATES,
        NoticeKind.AWARD,
        NoticeKind.AWARD_LETTER,
        NoticeKind.CONTRACT,
        NoticeKind.OPENING_RECORD,
    }
)
_TIMES = ("documents_from", "documents_until", "bids_until", "applications_until", "new_deadline", "objections_to")
_DAYS = ("report_received_on", "signed_on", "period_start", "period_end")
_DAY = Text("请填写日期。", "Give a day.")
_TIME = Text("请填写带时区的时间。", "Give a time with its zone.")
_PAST = Text("时间须晚于现在。", "Give a time in the future.")
_EARLIER = Text("投标截止时间只能延后。", "The deadline can only be moved to a later time.")
_WHY = Text("请写明改由其他候选人中标的原因。", "Say why another candidate wins.")
_SINGLE = Text("此类公告每次只针对一个标段。", "A notice of this kind is about one section.")
_SHORT = Text("{rule}：最早为 {earliest}（{basis}）", "{rule_en}: the earliest is {earliest} ({basis})")


def check_content(notice: Notice) -> None:
    """Refuse a notice that lacks what its kind must say. Raises CONTENT_INCOMPLETE."""
    kind = NoticeKind(notice.kind)
    faults = rules.missing(kind, notice.content)
    for name in _TIMES:
        if notice.content.get(name):
            faults += _time_faults(notice, name)
    faults += [fault for name in _DAYS if notice.content.get(name) for fault in _day_faults(notice, name)]
    if kind is NoticeKind.AWARD and not notice.content.get("content") and _has_winner(notice):
        faults.append(FieldError("/content/content", "required", _WHY))
    if kind in ONE_SECTION and len(notice.section_ids) != 1:
        faults.append(FieldError("/section_ids", "one_section", _SINGLE))
    if faults:
        raise DomainError(TenderError.CONTENT_INCOMPLETE, errors=faults)


def _has_winner(notice: Notice) -> bool:
    return Section.objects.filter(pk__in=notice.section_ids, winner__isnull=False).exists()


def _time_faults(notice: Notice, name: str) -> list[FieldError]:
    try:
        rules.moment(notice.content[name])
    except ValueError:
        return [FieldError(f"/content/{name}", "invalid", _TIME)]
    return []


def _day_faults(notice: Notice, name: str) -> list[FieldError]:
    try:
        date.fromisoformat(str(notice.content[name]))
    except ValueError:
        return [FieldError(f"/content/{name}", "invalid", _DAY)]
    return []


def check_publication(notice: Notice, project: Project, sections: list[Section], now: datetime) -> None:
    """Refuse a notice whose time has not come, or that would break a lawful period.

    Raises NOT_ALLOWED_NOW, SUSPENDED, KEY_MISSING, PUBLICITY_RUNNING, PERIOD_TOO_SHORT, CONTENT_INCOMPLETE,
    CANDIDATES_INVALID.
    """
    planned = PlannedNotice(NoticeKind(notice.kind), now, notice.content)
    for section in sections:
        _check_possible(planned, section, now)
        _check_times(planned, section, now)
        _refuse_faults(faults_of(planned, project, facts_to_check(section)))
        _check_candidates(planned, section, project)


def _check_possible(planned: PlannedNotice, section: Section, now: datetime) -> None:
    facts = common.facts_of(section)
    if rules.possibility(planned.kind, facts, now).allowed:
        if planned.kind is NoticeKind.CONTRACT:
            common.check_signing(section, date.fromisoformat(planned.content["signed_on"]))
        return
    if facts.state not in rules.POSSIBLE[planned.kind]:
        raise common.not_now(section)
    if facts.signed and planned.kind in rules.UNTIL_SIGNED:
        raise DomainError(TenderError.CONTRACT_SIGNED)
    if facts.suspended and planned.kind in rules.HELD_BY_OBJECTION:
        raise DomainError(TenderError.SUSPENDED)
    if planned.kind in BID_KINDS:
        raise DomainError(TenderError.KEY_MISSING)
    until = f"{clock.local(facts.publicity_until or now):%Y-%m-%d %H:%M}"
    raise DomainError(TenderError.PUBLICITY_RUNNING, until=until)


def _check_times(planned: PlannedNotice, section: Section, now: datetime) -> None:
    faults = [
        FieldError(f"/content/{name}", "in_the_past", _PAST)
        for name in _TIMES[1:]
        if planned.content.get(name) and rules.moment(planned.content[name]) <= now
    ]
    later = rules.new_deadline(planned.content)
    due = common.due_of(section)
    if later is not None and due is not None and later < due:
        faults.append(FieldError("/content/new_deadline", "earlier", _EARLIER))
    if faults:
        raise DomainError(TenderError.CONTENT_INCOMPLETE, errors=faults)


def facts_to_check(section: Section) -> SectionFacts:
    """A section's facts with the deadline that a change now is about."""
    return replace(common.facts_of(section), deadline=common.due_of(section))


def faults_of(planned: PlannedNotice, project: Project, facts: SectionFacts) -> list[PeriodFault]:
    """The lawful periods a notice would break. `TENDER_MIN_SECONDS` (never in production) stands for all of them."""
    if settings.TENDER_MIN_SECONDS:
        return _seconds_faults(planned)
    calendar = workflow.calendar_for(clock.local(planned.at).date(), 120)
    return rules.period_faults(calendar, rules_on(project.law, clock.local(planned.at).date()), planned, facts)


def _seconds_faults(planned: PlannedNotice) -> list[PeriodFault]:
    earliest = planned.at + timedelta(seconds=settings.TENDER_MIN_SECONDS)
    names = ("bids_until", "objections_to") if planned.kind not in {NoticeKind.CHANGE, NoticeKind.CLARIFICATION} else ()
    return [
        PeriodFault(f"/content/{name}", rules.PERIOD_NAMES["bid_period"], clock.local(earliest).date(), "TEST")
        for name in names
        if planned.content.get(name) and rules.moment(planned.content[name]) < earliest
    ]


def _refuse_faults(faults: list[PeriodFault]) -> None:
    if not faults:
        return
    errors = [FieldError(fault.pointer, TenderError.PERIOD_TOO_SHORT.code, _SHORT, _params(fault)) for fault in faults]
    first: dict[str, Any] = dict(_params(faults[0]))
    raise DomainError(TenderError.PERIOD_TOO_SHORT, errors=errors, **first)


def _params(fault: PeriodFault) -> dict[str, str]:
    return {
        "rule": fault.rule.zh,
        "rule_en": fault.rule.en,
        "earliest": fault.earliest.isoformat(),
        "basis": fault.basis,
    }


def _check_candidates(planned: PlannedNotice, section: Section, project: Project) -> None:
    if planned.kind is NoticeKind.CANDIDATES:
        ranks = [entry.get("rank") for entry in planned.content["candidates"] if isinstance(entry, dict)]
        opened = _opened(section)
        named = [entry.get("bid_id") for entry in planned.content["candidates"] if isinstance(entry, dict)]
        limit = rules_on(project.law, clock.today())["max_candidates"].value
        if ranks != list(range(1, len(ranks) + 1)) or len(ranks) > limit or not ranks or len(set(named)) != len(named):
            raise DomainError(TenderError.CANDIDATES_INVALID)
        if not set(named) <= opened:
            raise DomainError(TenderError.CANDIDATES_INVALID)
    elif planned.kind is NoticeKind.AWARD:
        _check_winner(planned, section, project)


def _check_winner(planned: PlannedNotice, section: Section, project: Project) -> None:
    """With public funds the first wins unless dropped out; a winner who falls is followed by the next, with the reason
    made public (Regulation of the Tender Law, Art. 55)."""
    ranks = {one["bid_id"]: one["rank"] for one in section.candidates}
    rank, others_out = ranks.get(planned.content["winner"]), bool(planned.content.get("first_dropped_out"))
    if rank is None or (project.public_funds and rank > 1 and not others_out):
        raise DomainError(TenderError.CANDIDATES_INVALID)
    if section.winner and (rank <= section.winner["rank"] or not others_out):
        raise DomainError(TenderError.AWARD_ORDER)


def _opened(section: Section) -> set[str]:
    found: set[UUID] = set(Bid.objects.filter(section=section, state=BidState.DECRYPTED).values_list("id", flat=True))
    return {str(bid_id) for bid_id in found}
