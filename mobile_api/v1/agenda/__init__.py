"""Schedules, work tasks, weekly reports, delegations and the calendar feed over HTTP."""
