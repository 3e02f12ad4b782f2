"""Who hears of what: new tenders by subscription, changes by the documents taken, deadlines as they come near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from backend.accounts import selectors as accounts
from backend.journal.services import record
from backend.tenders.models import Alert, DocumentsTaken, Notice, Project, Section, Subscription
from backend.tenders.policies import rules_on
from backend.tenders.rules.search import wanted
from backend.tenders.services import common
from backend.tenders.types import (
    KIND_NAMES,
    AlertKind,
    Category,
    Law,
    Less,
    NoticeKind,
    Pace,
    SectionState,
    TenderError,
)
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.ids import uuid7

NEWS = frozenset({NoticeKind.PLAN, NoticeKind.PREQUAL, NoticeKind.TENDER})
BY_SMS = frozenset({AlertKind.CHANGE, AlertKind.INVITED})
FIELDS = ("name", "categories", "regions", "min_fen", "max_fen", "keyword", "buyer_id", "pace", "by_sms", "active")


@transaction.atomic
def subscribe(*, actor: Actor, wishes: Mapping[str, Any]) -> Subscription:
    """Save a search that tells of new tenders. Raises SUBSCRIPTION_LIMIT."""
    limit = rules_on(Law.TENDER, clock.today())["subscriptions"].value
    common.take_turn(actor.person_id.bytes)
    if Subscription.objects.filter(person_id=actor.person_id).count() >= limit:
        raise DomainError(TenderError.SUBSCRIPTION_LIMIT, limit=limit)
    row = Subscription(id=uuid7(), person_id=actor.person_id, **{name: wishes[name] for name in FIELDS})
    row.tokens = wanted(row.keyword)
    row.save(force_insert=True)
    _note(actor, row, "tender.subscribed")
    return row


@transaction.atomic
def change_subscription(
    *, actor: Actor, subscription_id: UUID, version: int, wishes: Mapping[str, Any]
) -> Subscription:
    """Change a saved search; what is not named stays. Raises NOT_FOUND for others', STALE."""
    row = _own(actor, subscription_id)
    if row.version != version:
        raise DomainError(CommonError.STALE, extra={"current_version": row.version})
    for name, value in wishes.items():
        setattr(row, name, value)
    row.tokens = wanted(row.keyword)
    row.save_change(*FIELDS, "tokens", at=clock.now())
    _note(actor, row, "tender.subscription_changed")
    return row


@transaction.atomic
def unsubscribe(*, actor: Actor, subscription_id: UUID) -> None:
    """Forget a saved search. Raises NOT_FOUND for others'."""
    row = _own(actor, subscription_id)
    _note(actor, row, "tender.unsubscribed")
    row.delete()


@transaction.atomic
def less_of_this(*, actor: Actor, about_id: UUID, how: str = Less.SLOWER) -> Subscription:
    """What an alert came from is told once a day from now on; what already was, not at all.

    To mute ends what fitted: the keyword, or the project's category out of those of the saved search. Raises NOT_FOUND.
    """
    alert = Alert.objects.filter(about_id=about_id, person_id=actor.person_id).exclude(subscription_id=None).first()
    if alert is None or alert.subscription_id is None:
        raise DomainError(TenderError.NOT_FOUND)
    row = _own(actor, alert.subscription_id)
    if how == Less.MUTE:
        _mute(row, Project.objects.get(pk=alert.project_id).category)
    else:
        row.active = row.pace != Pace.DAILY
        row.pace, row.by_sms = Pace.DAILY, False
    row.save_change("pace", "by_sms", "active", "categories", at=clock.now())
    _note(actor, row, "tender.subscription_quieter")
    return row


def _mute(row: Subscription, category: str) -> None:
    """A search for a word ends; any other goes on without the category, as long as one is left."""
    left = [one for one in row.categories or [found.value for found in Category] if one != category]
    if row.keyword or not left:
        row.active = False
    else:
        row.categories = left


def _own(actor: Actor, subscription_id: UUID) -> Subscription:
    rows = Subscription.objects.select_for_update()
    row = rows.filter(pk=subscription_id, person_id=actor.person_id).first()
    if row is None:
        raise DomainError(TenderError.NOT_FOUND)
    return row


def _note(actor: Actor, row: Subscription, action: str) -> None:
    record(
        actor=actor,
        action=action,
        subject=("tender_subscription", row.id),
        organisation_id=None,
        data={"pace": str(row.pace), "active": row.active},
    )


_MATCH = """
    INSERT INTO tenders_alert
        (person_id, about_id, project_id, subscription_id, kind, title, reason, pace, by_sms, due_at)
    SELECT DISTINCT ON (s.person_id)
        s.person_id, %(notice)s, %(project)s, s.id, 'match', %(title)s,
        left(coalesce(nullif(s.name, ''), nullif(s.keyword, ''), '订阅'), 300), s.pace, s.by_sms,
        CASE s.pace WHEN 'daily' THEN %(digest)s ELSE %(now)s END
    FROM tenders_subscription s
    WHERE s.active
      AND (s.categories = '{}' OR %(category)s = ANY(s.categories))
      AND (s.regions = '{}' OR EXISTS (SELECT 1 FROM unnest(s.regions) r WHERE starts_with(%(region)s, r)))
      AND (s.min_fen IS NULL OR %(amount)s >= s.min_fen)
      AND (s.max_fen IS NULL OR %(amount)s <= s.max_fen)
      AND (s.buyer_id IS NULL OR s.buyer_id = %(buyer)s)
      AND s.tokens <@ %(tokens)s::varchar[]
    ORDER BY s.person_id, s.pace, s.by_sms DESC, s.id
    ON CONFLICT (person_id, about_id) DO NOTHING
"""


@transaction.atomic
def match_notice(*, notice_id: UUID) -> int:
    """Write an alert for everybody whose subscriptions fit a new notice, in one statement. Returns how many."""
    notice = Notice.objects.select_related("project").get(pk=notice_id)
    if NoticeKind(notice.kind) not in NEWS:
        return 0
    project, now = notice.project, clock.now()
    values: dict[str, Any] = {
        "notice": notice.id,
        "project": project.id,
        "title": notice.title,
        "now": now,
        "digest": next_digest(now),
        "category": str(project.category),
        "region": project.region_code,
        "amount": project.amount_fen,
        "buyer": project.organisation_id,
        "tokens": project.tokens,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")
        cursor.execute(_MATCH, values)
        return cursor.rowcount


def next_digest(now: datetime) -> datetime:
    """When the next daily digest goes out."""
    hour = rules_on(Law.TENDER, clock.local(now).date())["digest_hour"].value
    today = clock.local(now).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)


@transaction.atomic
def tell_takers(*, about_id: UUID, section_ids: Iterable[UUID], title: str, reason: str, kind: AlertKind) -> int:
    """Write an alert for everybody who acts for a company that took the documents. Returns how many."""
    sections = list(Section.objects.filter(pk__in=list(section_ids)))
    if not sections:
        return 0
    about = Alert(about_id=about_id, project_id=sections[0].project_id, kind=kind, title=title[:300], reason=reason)
    return _tell_once(about, takers([section.id for section in sections]))


@transaction.atomic
def tell_invited(*, notice_id: UUID) -> int:
    """Write an alert for everybody who acts for a company that a notice invites. Returns how many."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.kind != NoticeKind.INVITATION:
        return 0
    companies = [UUID(str(found)) for found in notice.content.get("invited", [])]
    people = {person for company in companies for person in accounts.representatives_of(company)}
    words = {"title": notice.title, "reason": KIND_NAMES[NoticeKind.INVITATION].zh}
    about = Alert(about_id=notice.id, project_id=notice.project_id, kind=AlertKind.INVITED, **words)
    return _tell_once(about, sorted(people))


def _tell_once(about: Alert, people: Iterable[UUID]) -> int:
    """Write an alert like this one for those who have none about the same."""
    told = set(Alert.objects.filter(about_id=about.about_id).values_list("person_id", flat=True))
    rows = [
        Alert(
            person_id=person,
            about_id=about.about_id,
            project_id=about.project_id,
            kind=about.kind,
            title=about.title,
            reason=about.reason,
            pace=Pace.AT_ONCE,
            by_sms=about.kind in BY_SMS,
            due_at=clock.now(),
        )
        for person in people
        if person not in told
    ]
    return len(Alert.objects.bulk_create(rows, ignore_conflicts=True))


def takers(section_ids: Iterable[UUID]) -> list[UUID]:
    """The people who act for the companies that took the documents. For telling them only; shown to nobody."""
    sealed = DocumentsTaken.objects.filter(section_id__in=list(section_ids)).values_list("identity", flat=True)
    companies = {common.identity(found)[0] for found in sealed}
    return sorted({person for company in companies for person in accounts.representatives_of(company)})


@transaction.atomic
def remind_due() -> int:
    """Remind the takers of sections whose deadline is some days away, once for each deadline. Run every minute."""
    now = clock.now()
    days = rules_on(Law.TENDER, clock.local(now).date())["reminder_days"].value
    near = Section.objects.filter(
        state=SectionState.BIDDING, waits_for=0, bids_until__gt=now, bids_until__lte=now + timedelta(days=days)
    )
    told = 0
    for section in near.order_by("bids_until")[:100]:
        deadline = clock.local(section.bids_until or now)
        told += tell_takers(
            about_id=common.named(section.id, f"deadline:{section.deadline_version}"),
            section_ids=[section.id],
            title=section.name,
            reason=f"{deadline:%Y-%m-%d %H:%M}",
            kind=AlertKind.DEADLINE,
        )
    return told
