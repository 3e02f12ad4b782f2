"""Decisions about texts in plain Python: no database, no Django."""
