"""Decisions of the power repository in plain Python: codes, cross-field checks, life cycle, forms, search text."""
