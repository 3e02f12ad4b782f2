"""Endpoints of the agenda."""
