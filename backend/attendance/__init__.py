"""Attendance: shifts, punches, rosters, and the month's sheet that its person sees first."""
