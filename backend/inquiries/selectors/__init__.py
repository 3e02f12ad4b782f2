"""The public door for reading inquiries."""

from __future__ import annotations

from typing import Any

from backend.inquiries.policies import centres, reasons, topics
from backend.inquiries.selectors import desk, orders
from backend.inquiries.selectors.callers import CALLER_FIELDS, caller_for, masked_caller, unmasked_caller
from backend.inquiries.selectors.desk import (
    call,
    call_row,
    caller_history,
    calls,
    handovers,
    hot_topics,
    publications,
    published,
    published_one,
    statistics,
    units,
    wallboard,
)
from backend.inquiries.selectors.looks import LOOKS, look, looks_at_mine
from backend.inquiries.selectors.orders import (
    actions_for,
    desk_centre,
    desk_centres,
    desk_orders,
    due_before,
    file_content,
    files_for,
    followed_orders,
    handled_order,
    is_caller,
    open_requests_of,
    own_order,
    own_orders,
    place_for,
    progress,
    replies_of,
    sees_centre,
    sees_whole,
    tasks_for,
    words_for,
)
from backend.inquiries.selectors.outside import is_over, open_request, open_requests
from backend.inquiries.selectors.recordings import recording, recordings_for
from backend.inquiries.selectors.search import (
    Similar,
    knowledge,
    knowledge_entry,
    similar_open,
    sounds_urgent,
    suggest_entries,
    suggest_topics,
    suggest_units,
    versions_of,
    writes,
)
from backend.inquiries.selectors.terms import reopen_until, terms
from backend.inquiries.services.calls import recording_state
from backend.inquiries.stories import clocks_of, story, whose_clock
from backend.inquiries.summaries import label, matter, summary
from kernel.actors import Actor


def snapshot_for(actor: Actor) -> dict[str, Any]:
    """The inquiries' part of a person's live state: what was asked or is followed; for operators the live calls."""
    return {**orders.snapshot_for(actor), **desk.snapshot_for(actor)}


__all__ = [
    "CALLER_FIELDS",
    "LOOKS",
    "Similar",
    "actions_for",
    "call",
    "call_row",
    "caller_for",
    "caller_history",
    "calls",
    "centres",
    "clocks_of",
    "desk_centre",
    "desk_centres",
    "desk_orders",
    "due_before",
    "file_content",
    "files_for",
    "followed_orders",
    "handled_order",
    "handovers",
    "hot_topics",
    "is_caller",
    "is_over",
    "knowledge",
    "knowledge_entry",
    "label",
    "look",
    "looks_at_mine",
    "masked_caller",
    "matter",
    "open_request",
    "open_requests",
    "open_requests_of",
    "own_order",
    "own_orders",
    "place_for",
    "progress",
    "publications",
    "published",
    "published_one",
    "reasons",
    "recording",
    "recording_state",
    "recordings_for",
    "reopen_until",
    "replies_of",
    "sees_centre",
    "sees_whole",
    "similar_open",
    "snapshot_for",
    "sounds_urgent",
    "statistics",
    "story",
    "suggest_entries",
    "suggest_topics",
    "suggest_units",
    "summary",
    "tasks_for",
    "terms",
    "topics",
    "units",
    "unmasked_caller",
    "versions_of",
    "wallboard",
    "whose_clock",
    "words_for",
    "writes",
]
