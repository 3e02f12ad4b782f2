"""Decisions of the inquiries in plain Python."""
