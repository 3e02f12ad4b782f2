"""The agenda's public door for writers."""

from backend.agenda.services.feeds import close_feed, open_feed
from backend.agenda.services.reports import draft_report, hand_in_report, write_report
from backend.agenda.services.schedule import add_entry, change_entry, remove_entry, share, unshare
from backend.agenda.services.work import change_task, drop_task, give_task, report_progress

__all__ = [
    "add_entry",
    "change_entry",
    "change_task",
    "close_feed",
    "draft_report",
    "drop_task",
    "give_task",
    "hand_in_report",
    "open_feed",
    "remove_entry",
    "report_progress",
    "share",
    "unshare",
    "write_report",
]
