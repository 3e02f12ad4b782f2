"""How an order is shown in lists and live updates. Nothing of who asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend.inquiries.models import Order
from backend.inquiries.rules import states
from backend.inquiries.types import OUTCOME_LABELS, STATE_LABELS, TYPE_LABELS, Outcome, RequestType, State
from kernel import clock

NEVER_LISTED = ("content", "shown_content", "place_words", "query_code", "query_digest", "terms")


def summary(order: Order, language: str = "zh-hans") -> dict[str, Any]:
    """A row of the list of those who asked, JSON-ready."""
    return {
        "id": str(order.id),
        "order_no": order.order_no,
        "title": order.title,
        "topic": matter(order, language),
        "request_type": str(order.request_type),
        "request_type_label": TYPE_LABELS[RequestType(order.request_type)].render(language),
        "urgency": str(order.urgency),
        "state": str(order.state),
        "state_label": label(order.state, language),
        "outcome": order.outcome or None,
        "outcome_label": OUTCOME_LABELS[Outcome(order.outcome)].render(language) if order.outcome else None,
        "holder": order.unit_name or "12345",
        "clock": states.waiting_for(State(order.state)),
        "due_at": moment(order.due_at),
        "received_at": moment(order.received_at),
        "updated_at": moment(order.updated_at),
        "unit_says": order.unit_resolution or None,
        "citizen_says_solved": order.solved,
        "followers": order.follower_count,
        "version": order.version,
    }


def matter(order: Order, language: str = "zh-hans") -> str:
    """What an order is about without a word of its own: the topic's name, else its kind."""
    if order.topic is not None:
        return order.topic.name_en if language.startswith("en") else order.topic.name
    return TYPE_LABELS[RequestType(order.request_type)].render(language)


def label(state: str, language: str = "zh-hans") -> str:
    """What people call a state."""
    return STATE_LABELS[State(state)].render(language)


def moment(at: datetime | None) -> str | None:
    """A moment for people in Suqian."""
    return clock.local(at).isoformat(timespec="milliseconds") if at else None
