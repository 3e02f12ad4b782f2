"""The life of a text: provider's words to states, and the rule that news only moves forward (reliability F15)."""

from __future__ import annotations

from sms.types import MessageState, OutcomeKind

_RANK = {
    MessageState.QUEUED: 0,
    MessageState.RETRYING: 0,
    MessageState.DISPATCHING: 10,
    MessageState.UNKNOWN: 10,
    MessageState.ACCEPTED: 20,
    MessageState.SENDING: 25,
    MessageState.SENT: 30,
    MessageState.FAILED: 40,
    MessageState.UNDELIVERED: 40,
    MessageState.DELIVERED: 50,
}
_PROVIDER_WORDS = {
    "accepted": MessageState.ACCEPTED,
    "scheduled": MessageState.ACCEPTED,
    "queued": MessageState.ACCEPTED,
    "sending": MessageState.SENDING,
    "sent": MessageState.SENT,
    "failed": MessageState.FAILED,
    "canceled": MessageState.FAILED,
    "undelivered": MessageState.UNDELIVERED,
    "partially_delivered": MessageState.UNDELIVERED,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.DELIVERED,
}
FINAL = frozenset({MessageState.FAILED, MessageState.UNDELIVERED, MessageState.DELIVERED})
OURS = frozenset({MessageState.QUEUED, MessageState.RETRYING, MessageState.DISPATCHING, MessageState.UNKNOWN})
WAITING = frozenset({MessageState.QUEUED, MessageState.RETRYING})
CARRIED = frozenset({MessageState.ACCEPTED, MessageState.SENDING, MessageState.SENT})
_AFTER_CALL = {
    OutcomeKind.ACCEPTED: MessageState.ACCEPTED,
    OutcomeKind.REFUSED: MessageState.FAILED,
    OutcomeKind.AGAIN: MessageState.RETRYING,
    OutcomeKind.UNKNOWN: MessageState.UNKNOWN,
}


def rank(state: MessageState) -> int:
    """How far along a state is; news of a lower or equal rank changes nothing."""
    return _RANK[state]


def reported(word: str) -> MessageState | None:
    """The state behind a provider's status word; None for a word we do not know, which is then only kept."""
    return _PROVIDER_WORDS.get(word.strip().lower())


def advance(current: MessageState, news: MessageState) -> MessageState:
    """The state after news from the provider: the higher rank. A late `delivered` always wins, even over `failed`."""
    return news if _RANK[news] > _RANK[current] else current


def after_call(current: MessageState, outcome: OutcomeKind) -> MessageState:
    """The state after our own call ended. What the provider has reported meanwhile is never taken back."""
    if current not in OURS:
        return advance(current, MessageState.ACCEPTED) if outcome is OutcomeKind.ACCEPTED else current
    return _AFTER_CALL[outcome]
