"""Attendance's public door for changes."""

from backend.attendance.services.punching import Position, punch
from backend.attendance.services.shifts import USUAL, change_shift, keep_place, keep_shift, load_shifts

__all__ = ["USUAL", "Position", "change_shift", "keep_place", "keep_shift", "load_shifts", "punch"]
