"""What the words speak for: topics, similar open matters, units, entries of the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from backend.inquiries import policies, summaries
from backend.inquiries.models import Assignment, KnowledgeEntry, KnowledgeVersion, Order
from backend.inquiries.rules import guessing, wording
from backend.inquiries.services.knowledge import may_write
from backend.inquiries.types import EntryState, InquiryError, RequestType, TopicGuess, UnitGuess
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

MAX_CANDIDATES = 400
MAX_SIMILAR = 5
MAX_ENTRIES = 3
PAST_DAYS = 180
_SIMILAR = """
    SELECT id, terms, area_code, topic_id FROM (
        SELECT id, terms, area_code, topic_id, received_at FROM inquiries_order
        WHERE is_open AND terms && %(terms)s::int[] AND request_type <> %(report)s AND NOT is_confidential AND public_ok
          AND received_at > %(since)s
        ORDER BY received_at DESC LIMIT 5000
    ) near
    ORDER BY (SELECT count(*) FROM unnest(terms) term WHERE term = ANY (%(terms)s::int[])) DESC, received_at DESC
    LIMIT %(most)s
"""


_NAMED = """
    SELECT entry.id FROM inquiries_knowledgeentry entry
    JOIN inquiries_knowledgeversion wording ON wording.entry_id = entry.id AND wording.number = entry.number
    CROSS JOIN LATERAL (
        SELECT count(*) AS named FROM jsonb_array_elements_text(wording.keywords) keyword
        WHERE length(keyword) > 1 AND position(lower(keyword) IN %(words)s) > 0
    ) found
    WHERE entry.state = 'published' AND found.named > 0
    ORDER BY found.named DESC, entry.uses DESC, entry.id LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Similar:
    """An open matter like the one at hand, and how alike (0 to 1)."""

    order: Order
    likeness: float


def suggest_topics(words: str) -> list[TopicGuess]:
    """The topics that the words speak for."""
    return guessing.guess_topics(words, policies.topic_words())


def sounds_urgent(words: str) -> bool:
    """Whether the words tell of danger."""
    return guessing.is_urgent(words)


def similar_open(
    words: str, *, area_code: str = "", topic_code: str = "", exclude: UUID | None = None
) -> list[Similar]:
    """Open matters like these words, most alike first; never a report, a confidential one, one not for the public."""
    terms = wording.terms(words)
    if not terms:
        return []
    since = clock.now() - timedelta(days=policies.number(policies.SIMILAR_DAYS))
    with connection.cursor() as cursor:
        cursor.execute(
            _SIMILAR, {"terms": terms, "since": since, "report": RequestType.REPORT.value, "most": MAX_CANDIDATES}
        )
        rows = cursor.fetchall()
    topic_id = policies.topic(topic_code).pk if topic_code else None
    weighed = {row[0]: _likeness(terms, row, area_code, topic_id) for row in rows if row[0] != exclude}
    least = policies.number(policies.SIMILAR_PERCENT) / 100
    best = sorted((pair for pair in weighed.items() if pair[1] >= least), key=lambda pair: -pair[1])[:MAX_SIMILAR]
    orders = Order.objects.select_related("topic").defer(*summaries.NEVER_LISTED).in_bulk([key for key, _ in best])
    return [Similar(orders[key], round(value, 2)) for key, value in best if key in orders]


def _likeness(terms: Sequence[int], row: Sequence[Any], area_code: str, topic_id: int | None) -> float:
    found = wording.overlap(terms, row[1])
    if area_code and row[2]:
        found *= 1.15 if row[2][:6] == area_code[:6] else 0.7
    if topic_id is not None and row[3] is not None:
        found *= 1.15 if row[3] == topic_id else 0.8
    return min(found, 1.0)


def suggest_units(*, topic_code: str, area_code: str, within: str = "") -> list[UnitGuess]:
    """The units a matter probably belongs to: by the duty list, and by where such ones went and stayed; only those
    below a centre's path."""
    topic = policies.topic(topic_code) if topic_code else None
    duty = policies.duty_unit(topic, area_code)
    duty = duty if duty is not None and duty.path.startswith(within) else None
    past: dict[tuple[UUID, str], int] = {}
    if topic is not None:
        since = clock.now() - timedelta(days=PAST_DAYS)
        rows = Assignment.objects.filter(
            order__topic=topic,
            part="lead",
            state__in=("signed", "done"),
            dispatched_at__gt=since,
            unit_path__startswith=within,
        )
        if area_code:
            rows = rows.filter(order__area_code__startswith=area_code[:6])
        counted = rows.values("unit_id", "unit_name").annotate(number=Count("id")).order_by("-number")[:20]
        past = {(row["unit_id"], row["unit_name"]): row["number"] for row in counted}
    return guessing.guess_units((duty.id, duty.name) if duty else None, past)


def knowledge(query: str, *, actor: Actor | None = None, state: str = "") -> QuerySet[KnowledgeEntry]:
    """Entries that hold every word of the query, in signs, pinyin or initials. Everybody reads those in force; drafts
    and retired ones only who may write for their owner."""
    rows = KnowledgeEntry.objects.select_related("topic")
    for word in wording.query_words(query):
        rows = rows.filter(search_text__contains=word)
    if state and state != EntryState.PUBLISHED and actor is not None:
        reach = Q(pk=None)
        for grant in actor.grants:
            reach |= Q(owner_path__startswith=grant.path)
        return rows.filter(reach, state=EntryState(state))
    return rows.filter(in_force())


def suggest_entries(words: str, topic_code: str) -> list[KnowledgeEntry]:
    """Entries that may answer these words: those whose keywords are named in them, then the most used of the topic."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"words": words.lower()})
        named = [row[0] for row in cursor.fetchall()]
    rows = KnowledgeEntry.objects.filter(in_force())
    found = rows.in_bulk(named)
    chosen = [found[key] for key in named if key in found][:MAX_ENTRIES]
    if topic_code and len(chosen) < MAX_ENTRIES:
        of_topic = rows.filter(topic__code=topic_code).exclude(pk__in=named).order_by("-uses", "-id")
        chosen += of_topic[: MAX_ENTRIES - len(chosen)]
    return chosen


def in_force() -> Q:
    """Published, begun, not over."""
    today = clock.today()
    return Q(state=EntryState.PUBLISHED, valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))


def knowledge_entry(actor: Actor, entry_id: UUID) -> KnowledgeEntry:
    """One entry: in force for everybody, in any state for who may write it. Raises ENTRY_NOT_FOUND."""
    entry = KnowledgeEntry.objects.select_related("topic").filter(pk=entry_id).first()
    if entry is None:
        raise DomainError(InquiryError.ENTRY_NOT_FOUND)
    if not may_write(actor, entry.owner_path) and not KnowledgeEntry.objects.filter(in_force(), pk=entry_id).exists():
        raise DomainError(InquiryError.ENTRY_NOT_FOUND)
    return entry


def versions_of(entry: KnowledgeEntry) -> list[KnowledgeVersion]:
    """The wordings of an entry, newest first."""
    return list(entry.versions.order_by("-number"))


def writes(actor: Actor, entry: KnowledgeEntry) -> bool:
    """Whether the actor may change the entry."""
    return may_write(actor, entry.owner_path)
