"""Decisions of tenders in plain Python."""
