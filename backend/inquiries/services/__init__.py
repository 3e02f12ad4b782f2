"""The public door for changes to inquiries."""

from backend.inquiries.services.acting import act
from backend.inquiries.services.calls import note_call, take_call
from backend.inquiries.services.county_desks import close_county_desk, open_county_desk
from backend.inquiries.services.files import add_file
from backend.inquiries.services.hearing import archive_old, reopen, say, say_by_text
from backend.inquiries.services.knowledge import (
    Wording,
    change_entry,
    entry_from_order,
    review_entry,
    set_entry_state,
    tell_reviews_due,
    write_entry,
)
from backend.inquiries.services.outside import file_request, issue_key, order_no_of
from backend.inquiries.services.publishing import decide, propose
from backend.inquiries.services.recordings import (
    claim_recordings,
    give_back_recordings,
    keep_recording,
    note_recording,
)
from backend.inquiries.services.registration import ask, join, register
from backend.inquiries.services.shifts import hand_over, take_over
from backend.inquiries.services.sideways import urge_own

__all__ = [
    "Wording",
    "act",
    "add_file",
    "archive_old",
    "ask",
    "change_entry",
    "claim_recordings",
    "close_county_desk",
    "decide",
    "entry_from_order",
    "file_request",
    "give_back_recordings",
    "hand_over",
    "issue_key",
    "join",
    "keep_recording",
    "note_call",
    "note_recording",
    "open_county_desk",
    "order_no_of",
    "propose",
    "register",
    "reopen",
    "review_entry",
    "say",
    "say_by_text",
    "set_entry_state",
    "take_call",
    "take_over",
    "tell_reviews_due",
    "urge_own",
    "write_entry",
]
