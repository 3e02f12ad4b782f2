"""Notices to many: read by everybody, written and let go at the desk."""
