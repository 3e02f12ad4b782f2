"""What tenders do on their own and others' events, and what is due at a time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.tenders import services
from backend.tenders.types import KIND_NAMES, AlertKind, NoticeKind
from kernel.events import Event, subscriber
from kernel.outbox import register_pump

REASONS = {
    "tender.question_answered": "新的答疑",
    "tender.objection_filed": "有异议，程序暂停",
    "tender.objection_answered": "异议已答复",
    "tender.bids_closed": "投标已截止",
    "tender.opened": "开标记录已公布",
}


@subscriber("tenders.alert_subscribers", to=("tender.notice_published",))
def on_notice_published(event: Event) -> None:
    """A notice came out: subscribers hear of new tenders, the invited of theirs, takers of documents of everything."""
    services.match_notice(notice_id=event.subject_id)
    services.tell_invited(notice_id=event.subject_id)
    services.tell_takers(
        about_id=event.subject_id,
        section_ids=[UUID(found) for found in event.data["section_ids"]],
        title=event.data["title"],
        reason=KIND_NAMES[NoticeKind(event.data["kind"])].zh,
        kind=AlertKind.CHANGE,
    )


@subscriber("tenders.tell_takers", to=tuple(REASONS))
def on_section_event(event: Event) -> None:
    """Something happened in a section: those who took its documents hear of it."""
    services.tell_takers(
        about_id=event.id,
        section_ids=[UUID(event.data["section_id"])],
        title=f"{event.data['project_name']} {event.data['section_no']}",
        reason=REASONS[event.type],
        kind=AlertKind.CHANGE,
    )


def _close_due() -> None:
    services.close_due()


def _hand_over() -> None:
    services.hand_over()


def _remind_due() -> None:
    services.remind_due()


register_pump("tenders.close_due", _close_due, every=timedelta(seconds=1))
register_pump("tenders.hand_over", _hand_over, every=timedelta(milliseconds=200))
register_pump("tenders.remind_due", _remind_due, every=timedelta(minutes=5))
