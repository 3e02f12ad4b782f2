"""Schedules, work tasks, weekly reports and the calendar feed of each person."""
