"""Attendance's public door for changes."""

from backend.attendance.services.absences import drop_absence, keep_absence
from backend.attendance.services.correcting import ask_correction, decide_correction
from backend.attendance.services.months import answer_dispute, confirm, dispute, look, show_due
from backend.attendance.services.punching import Position, punch
from backend.attendance.services.rosters import Wish, drop_duties, keep_roster
from backend.attendance.services.shifts import USUAL, change_shift, keep_place, keep_shift, load_shifts

__all__ = [
    "USUAL",
    "Position",
    "Wish",
    "answer_dispute",
    "ask_correction",
    "change_shift",
    "confirm",
    "decide_correction",
    "dispute",
    "drop_absence",
    "drop_duties",
    "keep_absence",
    "keep_place",
    "keep_roster",
    "keep_shift",
    "load_shifts",
    "look",
    "punch",
    "show_due",
]
