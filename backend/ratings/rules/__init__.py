"""Decisions about ratings, without a database."""
