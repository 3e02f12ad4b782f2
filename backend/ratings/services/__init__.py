"""The ratings' public door."""

from backend.ratings.services.acting import act
from backend.ratings.services.inviting import note_text_outcome, open_invitation, send_waiting
from backend.ratings.services.rating import change_rating, rate
from backend.ratings.services.receiving import receive_reply

__all__ = [
    "act",
    "change_rating",
    "note_text_outcome",
    "open_invitation",
    "rate",
    "receive_reply",
    "send_waiting",
]
