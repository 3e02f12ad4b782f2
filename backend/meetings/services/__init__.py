"""The meetings' public door for writers."""

from backend.meetings.services.answering import answer, sign_in, urge
from backend.meetings.services.calling import call_meeting, cancel_meeting, change_meeting
from backend.meetings.services.files import add_file, remove_file
from backend.meetings.services.minuting import write_minutes
from backend.meetings.services.reminding import remind_due
from backend.meetings.services.rooms import keep_room, load_rooms

__all__ = [
    "add_file",
    "answer",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "keep_room",
    "load_rooms",
    "remind_due",
    "remove_file",
    "sign_in",
    "urge",
    "write_minutes",
]
